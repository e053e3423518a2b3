//! What stands out in a conversation, and what somebody keeps for themselves.

use futures_util::future::join_all;
use salon::{
    error::Error,
    ids::ConversationId,
    messages::{
        Message,
        pins::{MOST_PINNED, Pins},
        saved::{MOST_SAVED, Saved},
    },
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp},
};

on_both_engines! {
    a_pin_reaches_everybody_with_a_number_of_its_own,
    what_is_pinned_still_names_whom_it_named,
    only_those_who_keep_order_pin_in_a_group,
    what_is_deleted_is_neither_pinned_nor_saved,
    no_more_is_pinned_than_may_be,
    what_one_saves_one_sees_alone,
    whoever_leaves_sees_no_more_of_it,
    what_is_saved_comes_in_pages,
    saving_is_bounded,
    both_work_as_forms,
}

impl Person {
    async fn about(&self, function: &str, message: &Message) -> Answer {
        self.does(function, message.conversation, &[("message", &message.id.to_string())]).await
    }

    async fn reads_pins(&self, talk: ConversationId) -> Vec<String> {
        let pins: Pins = self.reads(&format!("pins?conversation={talk}")).await.well().json();
        pins.messages.into_iter().map(|message| message.body).collect()
    }

    async fn reads_saved(&self, after: &str) -> Saved {
        self.reads(&format!("saved?{after}")).await.well().json()
    }

    async fn reads_saved_texts(&self) -> Vec<String> {
        self.reads_saved("").await.lines.into_iter().map(|line| line.message.body).collect()
    }
}

async fn a_pin_reaches_everybody_with_a_number_of_its_own(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (first, second) = (amina.sends(talk, "first").await, amina.sends(talk, "second").await);
    let mut his = bruno.connects().await;
    amina.about("pin_message", &first).await.well();
    let pinned = Message { pinned: Some(amina.id), revision: second.position + 1, ..first.clone() };
    assert_eq!(his.next_event().await, Event::Message(Box::new(pinned.clone())));
    assert_eq!(bruno.reads_message(talk, first.id).await.pinned, Some(amina.id));

    // Once more changes nothing.
    bruno.about("pin_message", &first).await.well();
    assert_eq!(bruno.reads_conversation(talk).await.head, pinned.revision);
    app.pass(1_000);
    bruno.about("pin_message", &second).await.well();
    assert_eq!(amina.reads_pins(talk).await, ["second", "first"]);

    bruno.about("unpin_message", &first).await.well();
    assert_eq!(amina.reads_pins(talk).await, ["second"]);
    let now = amina.reads_message(talk, first.id).await;
    assert_eq!((now.pinned, now.revision, &*now.body), (None, second.position + 3, "first"));
    // Nothing of it is unread.
    assert_eq!(bruno.reads_conversation(talk).await.unread, 2);
}

async fn what_is_pinned_still_names_whom_it_named(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "@bruno and @all: tea").await;
    assert_eq!((&*said.mentions, said.all), (&[bruno.id][..], true));
    let mut his = bruno.connects().await;
    amina.about("pin_message", &said).await.well();
    let told = his.next_message().await;
    // To one alone is also told that they have not reacted.
    let read = Message { reacted: Some(Vec::new()), ..told.clone() };
    assert_eq!(read, bruno.reads_message(talk, said.id).await);
    assert_eq!((told.mentions, told.all), (said.mentions, true));
}

async fn only_those_who_keep_order_pin_in_a_group(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Kitchen", &[&bruno]).await;
    let said = bruno.sends(group, "mine").await;
    assert_eq!(bruno.about("pin_message", &said).await.error(), Error::Forbidden);
    amina.about("pin_message", &said).await.well();
    assert_eq!(bruno.about("unpin_message", &said).await.error(), Error::Forbidden);
    assert_eq!(bruno.reads_pins(group).await, ["mine"]);
    let page = amina.reads_conversation(group).await;
    let note = page.messages.iter().find(|message| message.note.is_some()).expect("the group was made");
    assert_eq!(amina.about("pin_message", note).await.error(), Error::Conflict);
    assert_eq!(amina.about("save_message", note).await.error(), Error::Conflict);
}

async fn what_is_deleted_is_neither_pinned_nor_saved(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Kitchen", &[&bruno]).await;
    let said = bruno.sends(group, "canary").await;
    amina.about("pin_message", &said).await.well();
    amina.about("save_message", &said).await.well();
    assert_eq!(amina.reads_saved_texts().await, ["canary"]);
    amina.about("delete_message", &said).await.well();

    assert!(amina.reads_pins(group).await.is_empty());
    assert!(amina.reads_saved_texts().await.is_empty());
    assert_eq!(amina.reads_message(group, said.id).await.pinned, None);
    for function in ["pin_message", "save_message"] {
        assert_eq!(amina.about(function, &said).await.error(), Error::Conflict);
    }
}

async fn no_more_is_pinned_than_may_be(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut said = Vec::new();
    for n in 0..=MOST_PINNED {
        app.pass(10_000);
        said.push(amina.sends(talk, &format!("{n}")).await);
    }
    for message in &said[..MOST_PINNED - 1] {
        app.pass(10_000);
        amina.about("pin_message", message).await.well();
    }
    app.pass(60_000);
    // Two at once for the last place.
    let last =
        join_all([&said[MOST_PINNED - 1], &said[MOST_PINNED]].map(|it| amina.about("pin_message", it))).await;
    let mut answers: Vec<u16> = last.iter().map(|answer| answer.status).collect();
    answers.sort_unstable();
    assert_eq!(answers, [200, 413]);
    assert_eq!(bruno.reads_pins(talk).await.len(), MOST_PINNED);
}

async fn what_one_saves_one_sees_alone(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "remember").await;
    let mut his = bruno.connects().await;
    for _ in 0..2 {
        amina.about("save_message", &said).await.well();
    }
    his.assert_silent().await;
    let saved = amina.reads_saved("").await;
    assert_eq!(saved.lines.len(), 1);
    let line = &saved.lines[0];
    assert_eq!(
        (&*line.message.body, line.sender.id, line.place.goal.conversation()),
        ("remember", bruno.id, Some(talk))
    );
    assert!(bruno.reads_saved_texts().await.is_empty());
    assert!(amina.page("/saved").await.contains("remember"));

    bruno.calls("forget_message", &[("message", &said.id.to_string())]).await.well();
    assert_eq!(amina.reads_saved_texts().await, ["remember"], "others let go of nothing of mine");
    amina.calls("forget_message", &[("message", &said.id.to_string())]).await.well();
    assert!(amina.reads_saved_texts().await.is_empty());
}

async fn whoever_leaves_sees_no_more_of_it(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Kitchen", &[&bruno]).await;
    let said = amina.sends(group, "canary").await;
    bruno.about("save_message", &said).await.well();
    amina.lets_go(group, &bruno).await.well();
    assert!(bruno.reads_saved_texts().await.is_empty());
    assert!(!bruno.page("/saved").await.contains("canary"));
    assert_eq!(bruno.about("save_message", &said).await.error(), Error::NotFound);
    // Whoever comes back finds it again.
    amina.adds(group, &bruno).await.well();
    assert_eq!(bruno.reads_saved_texts().await, ["canary"]);
}

async fn what_is_saved_comes_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let count = Saved::PAGE + 3;
    for n in 0..count {
        app.pass(10_000);
        let said = bruno.sends(talk, &format!("{n}")).await;
        amina.about("save_message", &said).await.well();
    }
    let first = amina.reads_saved("").await;
    let place = first.next.expect("there are more");
    let second =
        amina.reads_saved(&format!("saved_at={}&message={}", place.saved_at.millis(), place.message)).await;
    assert_eq!((first.lines.len(), second.lines.len(), second.next), (Saved::PAGE, 3, None));
    let all: Vec<_> = first.lines.into_iter().chain(second.lines).map(|line| line.message.body).collect();
    assert_eq!(all, (0..count).rev().map(|n| n.to_string()).collect::<Vec<_>>());
    let path = format!("/saved?at={}&message={}", place.saved_at.millis(), place.message);
    assert!(amina.page("/saved").await.contains(&path.replace('&', "&amp;")));
}

async fn saving_is_bounded(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "one too many").await;
    let mut store = app.store().await;
    let numbers = format!(
        "with recursive many (n) as (select 1 union all select n + 1 from many where n < {MOST_SAVED}) select"
    );
    let (one, me) = (said.id, amina.id);
    store
        .run(format!(
            "insert into message
             (id, conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at)
             {numbers} 1000 + n, conversation_id, sender_id, 'k' || n, client_digest, -n, revision, body, created_at
             from many, message where id = {one}"
        ))
        .await;
    store
        .run(format!(
            "insert into saved (account_id, message_id, saved_at) {numbers} {me}, 1000 + n, 1 from many"
        ))
        .await;
    assert_eq!(amina.about("save_message", &said).await.error(), Error::TooMuch);
}

async fn both_work_as_forms(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "remember").await;
    let (path, id, of) = (format!("/c/{talk}/m/{}", said.id), said.id.to_string(), talk.to_string());
    let page = amina.page(&path).await;
    assert!(page.contains("/do/save_message") && page.contains("/do/pin_message"), "{page}");
    let fields = [("conversation", &*of), ("message", &*id)];
    for function in ["save_message", "pin_message"] {
        let done = amina.submits(&path, function, &fields).await;
        assert_eq!((done.status, done.location()), (303, &*path));
    }
    assert!(amina.page(&path).await.contains("/do/unpin_message"));
    let pins = format!("/c/{talk}/pins");
    assert!(amina.page(&pins).await.contains("remember"));
    let done = amina.submits(&pins, "unpin_message", &fields).await;
    assert_eq!((done.status, done.location()), (303, &*pins));
    assert!(amina.page(&pins).await.contains("Nothing is pinned here yet."));
    let done = amina.submits("/saved", "forget_message", &[("message", &id)]).await;
    assert_eq!((done.status, done.location()), (303, "/saved"));
    assert!(amina.page("/saved").await.contains("You have saved nothing yet."));
}
