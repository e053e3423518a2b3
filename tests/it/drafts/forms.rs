//! Without a script: the box comes with what was begun elsewhere, and sending it ends it.

use salon::error::Error;

use crate::{
    on_both_engines,
    support::{TestApp, new_key},
};

on_both_engines! {
    the_box_comes_with_the_draft_and_sending_ends_it,
    sending_what_has_become_something_else_leaves_that,
    a_message_that_is_refused_ends_no_draft,
    a_draft_in_a_thread_ends_with_its_form,
    nobody_ends_the_drafts_of_others,
}

async fn the_box_comes_with_the_draft_and_sending_ends_it(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    assert!(!amina.looks_at(talk).await.contains("name=\"draft\""));
    let revision = amina.begins(0, talk, "</textarea>Tea & cake").await.to_string();
    let page = amina.looks_at(talk).await;
    assert!(page.contains("&lt;/textarea&gt;Tea &amp; cake</textarea>"), "{page}");
    assert!(page.contains(&format!("name=\"draft\" value=\"{revision}\"")), "{page}");

    let (key, id, path) = (new_key(), talk.to_string(), format!("/c/{talk}"));
    let fields = [("conversation", &*id), ("key", &*key), ("body", "Tea & cake"), ("draft", &*revision)];
    assert_eq!(amina.submits(&path, "send_message", &fields).await.status, 303);
    assert!(amina.has_in_mind().await.is_empty());
    assert!(!amina.looks_at(talk).await.contains("name=\"draft\""));
    assert_eq!(amina.is_shown_begun(talk).await, None);

    // The same form again ends nothing that was begun since.
    let gone = amina.has_begun().await[0].revision;
    amina.begins(gone, talk, "And milk").await;
    assert_eq!(amina.submits(&path, "send_message", &fields).await.status, 303);
    assert_eq!(amina.has_in_mind().await, ["And milk"]);
    assert_eq!(bruno.reads_texts(talk).await, ["Tea & cake"]);
}

async fn sending_what_has_become_something_else_leaves_that(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let first = amina.begins(0, talk, "Tea").await;
    amina.begins(first, talk, "Tea or coffee").await;
    let fields = [("key", &*new_key()), ("body", "Tea"), ("draft", &*first.to_string())];
    amina.does("send_message", talk, &fields).await.well();
    assert_eq!(amina.has_in_mind().await, ["Tea or coffee"]);
    // Nor does what says nothing of drafts.
    amina.sends(talk, "Tea or coffee").await;
    assert_eq!(amina.has_in_mind().await, ["Tea or coffee"]);
}

async fn a_message_that_is_refused_ends_no_draft(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let revision = amina.begins(0, talk, "Still there?").await.to_string();
    let long = "x".repeat(8_001);
    let (key, id, path) = (new_key(), talk.to_string(), format!("/c/{talk}"));
    let fields = [("conversation", &*id), ("key", &*key), ("body", &*long), ("draft", &*revision)];
    assert_eq!(amina.submits(&path, "send_message", &fields).await.status, 303);
    // What was typed stands there once more.
    assert!(amina.looks_at(talk).await.contains(&long));
    assert_eq!(amina.has_in_mind().await, ["Still there?"]);

    bruno.unfriends(&amina).await;
    let fields = [("key", &*key), ("body", "Still there?"), ("draft", &*revision)];
    assert_eq!(amina.does("send_message", talk, &fields).await.error(), Error::Forbidden);
    assert_eq!(amina.has_in_mind().await, ["Still there?"]);
}

async fn a_draft_in_a_thread_ends_with_its_form(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let root = bruno.sends(talk, "Who brings what?").await.id;
    amina.begins(0, talk, "in the room").await;
    amina.begins_in(talk, root, "I bring tea").await.well();
    let revision = amina.has_begun().await[1].revision.to_string();
    let path = format!("/c/{talk}/t/{root}");
    assert!(amina.page(&path).await.contains(&format!("name=\"draft\" value=\"{revision}\"")));
    let (key, id, thread) = (new_key(), talk.to_string(), root.to_string());
    // In the room it is not the draft of the thread.
    for (there, left) in [(None, 2), (Some(&*thread), 1)] {
        let mut fields = vec![("conversation", &*id), ("body", "I bring tea"), ("draft", &*revision)];
        let key = format!("{key}{left}");
        fields.push(("key", &key));
        fields.extend(there.map(|thread| ("thread", thread)));
        assert_eq!(amina.submits(&path, "send_message", &fields).await.status, 303);
        assert_eq!(amina.has_in_mind().await.len(), left);
    }
}

async fn nobody_ends_the_drafts_of_others(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let revision = amina.begins(0, talk, "mine").await.to_string();
    let fields = [("key", &*new_key()), ("body", "mine"), ("draft", &*revision)];
    bruno.does("send_message", talk, &fields).await.well();
    assert_eq!(amina.has_in_mind().await, ["mine"]);
    for odd in ["", "x", "-1", "0", "9223372036854775807"] {
        let fields = [("key", &*new_key()), ("body", odd), ("draft", odd)];
        assert!([200, 422].contains(&amina.does("send_message", talk, &fields).await.status), "{odd:?}");
    }
    assert_eq!(amina.has_in_mind().await, ["mine"]);
}
