//! What is kept, where it is shown, and what ends it.

use salon::{
    conversations::Conversation,
    error::Error,
    realtime::event::{Event, Topic},
    server::conversations::sweep,
};

use super::{BROWSER, OTHER, newer, saved};
use crate::{
    on_both_engines,
    support::{TestApp, cast::PASSWORD},
};

on_both_engines! {
    what_one_begins_is_on_all_devices_and_nobody_elses,
    a_text_is_kept_only_over_what_its_browser_knew,
    what_is_gone_is_not_brought_back_by_a_late_request,
    a_thread_has_a_draft_of_its_own,
    only_what_has_changed_is_told,
    who_leaves_does_not_see_it_until_they_come_back,
    an_account_that_is_deleted_leaves_none,
    nothing_is_kept_in_another_name,
}

const CHANGED: Event = Event::Changed { what: Topic::Drafts };

async fn what_one_begins_is_on_all_devices_and_nobody_elses(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let phone = amina.at_another_browser(&app).await;
    let (mut hers, mut his) = (phone.connects().await, bruno.connects().await);
    amina.begins(0, talk, " Dear Bruno,\nwhat I ").await;
    assert_eq!(hers.next_event().await, CHANGED);

    let drafts = phone.has_begun().await;
    assert_eq!((drafts.len(), &*drafts[0].text, drafts[0].spot()), (1, " Dear Bruno,\nwhat I ", talk.into()));
    assert_eq!(drafts[0].writer.as_str(), BROWSER);
    assert_eq!(phone.is_shown_begun(talk).await.as_deref(), Some("Dear Bruno, what I"));
    assert_eq!(phone.reads_conversation(talk).await.draft.as_ref(), drafts.first());
    assert!(phone.page("/").await.contains("Dear Bruno, what I"));

    assert!(bruno.has_begun().await.is_empty());
    assert_eq!(bruno.is_shown_begun(talk).await, None);
    assert_eq!(bruno.reads_conversation(talk).await.draft, None);
    assert!(!bruno.looks_at(talk).await.contains("what I"));
    assert_eq!(his.events_so_far().await, []);
    drop((hers, his));
    let place = app.stop().await;
    assert!(!place.holds("Dear Bruno").await, "it is sealed");
}

async fn a_text_is_kept_only_over_what_its_browser_knew(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let first = amina.begins(0, talk, "one").await;
    let second = amina.begins(first, talk, "two").await;
    assert!(second > first);
    for over in [0, first, second + 1, -1, i64::MAX] {
        let now = newer(&amina.begins_over(over, talk, "three").await.well());
        assert_eq!((&*now.text, now.revision), ("two", second));
    }
    assert_eq!(amina.has_in_mind().await, ["two"]);
    // A clock that is set back makes no smaller revision.
    app.clock.set(app.now().plus(-3_600_000));
    assert!(amina.begins(second, talk, "three").await > second);
}

async fn what_is_gone_is_not_brought_back_by_a_late_request(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let first = amina.begins(0, talk, "half").await;
    let gone = amina.begins(first, talk, " \n").await;
    for over in [0, first] {
        let now = newer(&amina.begins_over(over, talk, "half a thought").await.well());
        assert_eq!((&*now.text, now.revision, now.writer.as_str()), ("", gone, BROWSER));
    }
    assert_eq!(amina.is_shown_begun(talk).await, None);
    let draft = amina.reads_conversation(talk).await.draft.expect("it is known that there was one");
    assert_eq!((&*draft.text, draft.revision), ("", gone));
    // Even if what was sent comes first.
    let other = app.person("driss").await;
    other.befriends(&amina).await;
    let talk = amina.opens(&other).await;
    amina.begins(0, talk, "").await;
    assert_eq!(saved(&amina.begins_over(0, talk, "late").await), None);
}

async fn a_thread_has_a_draft_of_its_own(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let root = bruno.sends(talk, "Who brings what?").await.id;
    amina.begins(0, talk, "in the room").await;
    amina.begins_in(talk, root, "in the thread").await.well();
    let thread: Conversation =
        amina.reads(&format!("conversation?id={talk}&thread={root}")).await.well().json();
    let draft = thread.draft.expect("it was begun there");
    assert_eq!((&*draft.text, draft.thread, draft.writer.as_str()), ("in the thread", Some(root), OTHER));
    assert_eq!(amina.is_shown_begun(talk).await.as_deref(), Some("in the room"));
    assert_eq!(amina.has_in_mind().await, ["in the room", "in the thread"]);
    assert!(amina.page(&format!("/c/{talk}/t/{root}")).await.contains("in the thread"));

    // Neither what was said elsewhere nor what was said in a thread is the head of one here.
    let carla = app.person("carla").await;
    carla.befriends(&amina).await;
    let elsewhere = carla.opens(&amina).await;
    assert_eq!(amina.begins_in(elsewhere, root, "lost").await.error(), Error::NotFound);
    let fields = [("thread", &*root.to_string()), ("key", "said-in-the-thread"), ("body", "Tea")];
    let answer: salon::messages::Message = bruno.does("send_message", talk, &fields).await.well().json();
    assert_eq!(amina.begins_in(talk, answer.id, "lost").await.error(), Error::NotFound);
}

async fn only_what_has_changed_is_told(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let (one, other) = (amina.opens(&bruno).await, amina.opens(&carla).await);
    let first = amina.begins(0, one, "one").await;
    let second = amina.begins(0, other, "other").await;
    let after = async |revision: i64| {
        let changed: salon::drafts::Changed =
            amina.reads(&format!("drafts?after={revision}")).await.well().json();
        assert_eq!(changed.next, None);
        changed.drafts.into_iter().map(|draft| draft.revision).collect::<Vec<_>>()
    };
    assert_eq!(after(0).await, [first, second]);
    assert_eq!(after(first).await, [second]);
    assert!(after(second).await.is_empty());
    let third = amina.begins(first, one, "").await;
    assert_eq!(after(second).await, [third]);
}

async fn who_leaves_does_not_see_it_until_they_come_back(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let first = bruno.begins(0, group, "I could bring").await;
    bruno.leaves(group).await.well();
    assert!(bruno.has_begun().await.is_empty());
    assert_eq!(bruno.begins_over(first, group, "tea").await.error(), Error::NotFound);
    amina.adds(group, &bruno).await.well();
    assert_eq!(bruno.has_in_mind().await, ["I could bring"]);
    amina.lets_go(group, &bruno).await.well();
    assert!(bruno.has_begun().await.is_empty());
    // With the group it is gone.
    amina.leaves(group).await.well();
    sweep(&app.running.app.writer).await.expect("it can be swept");
    assert_eq!(app.store().await.number("select count(*) from draft").await, 0);
}

async fn an_account_that_is_deleted_leaves_none(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.begins(0, talk, "mine").await;
    bruno.begins(0, talk, "his").await;
    amina.calls("delete_account", &[("name", "amina"), ("current_password", PASSWORD)]).await.well();
    assert_eq!(app.store().await.number("select count(*) from draft").await, 1);
    assert_eq!(bruno.has_in_mind().await, ["his"]);
}

async fn nothing_is_kept_in_another_name(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (her, his) = (amina.id.to_string(), bruno.id.to_string());
    let fields = |sender| [("text", "whose?"), ("writer", BROWSER), ("sender", sender)];
    assert_eq!(bruno.does("save_draft", talk, &fields(&her)).await.error(), Error::SignedOut);
    assert_eq!(bruno.reads(&format!("drafts?reader={her}")).await.error(), Error::SignedOut);
    bruno.does("save_draft", talk, &fields(&his)).await.well();
    assert!(bruno.reads(&format!("drafts?reader={his}")).await.well().text().contains("whose?"));
    assert_eq!(app.browser().reads("drafts").await.error(), Error::SignedOut);
}
