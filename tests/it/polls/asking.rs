//! Posting a poll: once, by whom it may be, and like every other message.

use futures_util::future::join_all;
use salon::error::{Error, Field, Why};

use crate::{
    on_both_engines,
    support::{TestApp, new_key},
};

on_both_engines! {
    a_poll_is_a_message_that_says_the_question,
    the_same_form_sent_again_asks_once,
    what_cannot_be_asked_is_refused,
    polls_keep_to_the_pace_of_messages,
    a_poll_cannot_be_edited_and_is_passed_on_as_its_question,
    a_poll_may_stand_in_a_thread,
    asking_works_as_a_form_and_comes_back_filled_in,
    nothing_of_a_poll_can_be_read_in_the_store,
}

async fn a_poll_is_a_message_that_says_the_question(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut hears = bruno.connects().await;
    let asked = amina.polls(talk, " Where to, **Bruno**? ", &[" Sea ", "", "Hills"]).await;
    let told = hears.next_message().await;
    assert_eq!((told.id, &*told.body, told.voted), (asked.id, "Where to, **Bruno**?", None));
    let poll = told.poll.expect("it says what may be answered");
    let answers: Vec<(&str, u32)> = poll.answers.iter().map(|it| (&*it.text, it.votes)).collect();
    assert_eq!(
        (answers, poll.several, poll.closes, poll.closed),
        (vec![("Sea", 0), ("Hills", 0)], false, None, false)
    );

    let home = bruno.home().await;
    let line = &home.conversations[0];
    assert_eq!((line.unread, &*line.last.as_ref().expect("a last message").text), (1, "Where to, Bruno?"));
    for function in ["pin_message", "save_message"] {
        amina.does(function, talk, &[("message", &asked.id.to_string())]).await.well();
    }
    let pinned = hears.next_message().await;
    assert_eq!(pinned.poll.map(|poll| poll.answers.len()), Some(2), "a change tells all of it");
    let reply = [("key", &*new_key()), ("body", "Sea."), ("reply_to", &*asked.id.to_string())];
    bruno.does("send_message", talk, &reply).await.well();
    let page = bruno.looks_at(talk).await;
    assert!(page.contains("Hills") && page.contains("/do/add_vote") && page.contains("Choose one answer"));
}

async fn the_same_form_sent_again_asks_once(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let key = new_key();
    let fields = [("question", "Tea?"), ("answers[]", "Yes"), ("answers[]", "No"), ("closes", "day")];
    for answer in join_all((0..4).map(|_| amina.asks_all(&key, talk, &fields))).await {
        answer.well();
    }
    assert_eq!(bruno.reads_texts(talk).await, ["Tea?"]);
    for other in [("answers[]", "Later"), ("several", "true")] {
        let more: Vec<_> = fields.into_iter().chain([other]).collect();
        assert_eq!(amina.asks_all(&key, talk, &more).await.error(), Error::Conflict, "{other:?}");
    }
    let said = amina.posts(talk, &key, "Tea?").await;
    assert_eq!(said.error(), Error::Conflict, "the text alone is another message");
    assert_eq!(app.store().await.number("select count(*) from poll_answer").await, 2);
}

async fn what_cannot_be_asked_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let refused = async |fields: &[(&str, &str)]| {
        let answer = amina.asks_all(&new_key(), talk, fields).await;
        assert_eq!(answer.status, 422, "{fields:?}: {}", answer.text());
        answer.error()
    };
    let (yes, no) = (("answers[]", "Yes"), ("answers[]", "No"));
    let (long, nul) = ("x".repeat(301), "a\0b");
    let invalid = Error::invalid;
    assert_eq!(refused(&[("question", ""), yes, no]).await, invalid(Field::Question, Why::Missing));
    let too_long = Why::TooLong { at_most: 300 };
    assert_eq!(refused(&[("question", &long), yes, no]).await, invalid(Field::Question, too_long));
    assert_eq!(refused(&[("question", nul), yes, no]).await, invalid(Field::Question, Why::Characters));
    assert_eq!(refused(&[("question", "q"), yes]).await, invalid(Field::Answers, Why::Missing));
    assert_eq!(
        refused(&[("question", "q"), yes, ("answers[]", " Yes ")]).await,
        invalid(Field::Answers, Why::Wrong)
    );
    assert_eq!(
        refused(&[("question", "q"), yes, ("answers[]", nul)]).await,
        invalid(Field::Answer, Why::Characters)
    );
    for wrong in [("closes", "month"), ("several", "perhaps"), ("thread", "x")] {
        let error = refused(&[("question", "q"), yes, no, wrong]).await;
        assert_eq!(error, invalid(Field::Form, Why::Shape), "{wrong:?}");
    }
    assert_eq!(amina.reads_texts(talk).await, Vec::<String>::new());
}

async fn polls_keep_to_the_pace_of_messages(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    amina.does("set_slow_mode", group, &[("seconds", "30")]).await.well();
    bruno.sends(group, "First").await;
    let fields = [("question", "Tea?"), ("answers[]", "Yes"), ("answers[]", "No")];
    let early = bruno.asks_all(&new_key(), group, &fields).await;
    assert_eq!(early.error(), Error::TooFast { retry_in: 30 });
    app.pass(30_000);
    bruno.asks_all(&new_key(), group, &fields).await.well();
    assert_eq!(carla.asks_all(&new_key(), group, &fields).await.error(), Error::NotFound);
}

async fn a_poll_cannot_be_edited_and_is_passed_on_as_its_question(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let asked = amina.polls(talk, "Tea?", &["Yes", "No"]).await;
    let edit = [("message", &*asked.id.to_string()), ("body", "Coffee?")];
    assert_eq!(amina.does("edit_message", talk, &edit).await.error(), Error::Conflict);
    let editable = format!("editable?conversation={talk}&message={}", asked.id);
    assert_eq!(amina.reads(&editable).await.error(), Error::Conflict);
    let here = format!("/c/{talk}/m/{}", asked.id);
    assert!(!amina.page(&here).await.contains(&format!("{here}/edit")));

    let to = talk.to_string();
    let fields = [("message", &*asked.id.to_string()), ("key", &*new_key()), ("to[]", &*to)];
    bruno.does("forward_message", talk, &fields).await.well();
    let passed_on = amina.reads_conversation(talk).await.messages.pop().expect("it is there");
    assert_eq!((&*passed_on.body, passed_on.forwarded, passed_on.poll), ("Tea?", true, None));
}

async fn a_poll_may_stand_in_a_thread(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let root = amina.sends(talk, "About tea").await;
    let fields =
        [("question", "Tea?"), ("answers[]", "Yes"), ("answers[]", "No"), ("thread", &*root.id.to_string())];
    bruno.asks_all(&new_key(), talk, &fields).await.well();
    assert_eq!(amina.reads_texts(talk).await, ["About tea"]);
    let thread = amina.page(&format!("/c/{talk}/t/{}", root.id)).await;
    assert!(thread.contains("Tea?") && thread.contains("/do/add_vote"));
    let elsewhere = [("question", "Q"), ("answers[]", "1"), ("answers[]", "2"), ("thread", "7")];
    assert_eq!(bruno.asks_all(&new_key(), talk, &elsewhere).await.error(), Error::NotFound);
}

async fn asking_works_as_a_form_and_comes_back_filled_in(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let page = format!("/c/{talk}/poll");
    assert!(amina.looks_at(talk).await.contains(&page));
    let shown = amina.page(&page).await;
    assert_eq!(shown.matches("name=\"answers[]\"").count(), 10);
    let key =
        shown.split_once("name=\"key\" value=\"").expect("a key").1.split('"').next().unwrap_or_default();
    let to = talk.to_string();
    let begun =
        [("conversation", &*to), ("key", key), ("question", "Tea & cake?"), ("answers[]", "Certainly")];
    let refused = amina.submits(&page, "create_poll", &[&begun[..], &[("several", "true")]].concat()).await;
    assert_eq!(refused.location(), page);
    let again = amina.page(&page).await;
    for kept in ["Give at least two answers.", "Tea &amp; cake?", "value=\"Certainly\"", "checked"] {
        assert!(again.contains(kept), "{kept}");
    }
    let whole = [&begun[..], &[("answers[]", ""), ("answers[]", "No")]].concat();
    for _ in 0..2 {
        assert_eq!(amina.submits(&page, "create_poll", &whole).await.location(), format!("/c/{talk}"));
    }
    assert_eq!(bruno.reads_texts(talk).await, ["Tea & cake?"]);
}

async fn nothing_of_a_poll_can_be_read_in_the_store(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.polls(talk, "canary question", &["canary one", "canary two"]).await;
    let place = app.stop().await;
    assert!(!place.holds("canary").await);
}
