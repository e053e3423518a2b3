//! Changing what one said: who may, what others see of it, and what it said before.

use futures_util::future::join_all;
use salon::{
    conversations::window::Window,
    error::{Error, Field, Why},
    ids::{ConversationId, MessageId},
    messages::{Message, history::History},
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{Engine, Person, TestApp, cast::outcome, new_key},
};

on_both_engines! {
    an_edit_reaches_everybody_with_a_number_of_its_own,
    only_the_author_edits_and_only_where_they_may_write,
    what_it_said_before_can_be_read_in_pages,
    the_same_text_again_changes_nothing,
    what_is_deleted_cannot_be_edited,
    a_late_retry_of_the_first_text_does_not_bring_it_back,
    edits_at_once_leave_one_history,
    bad_texts_are_refused_and_come_back_in_the_form,
    edits_count_against_the_limit,
}

impl Person {
    async fn tries_to_edit(&self, talk: ConversationId, message: MessageId, body: &str) -> Option<Error> {
        let fields = [("message", &*message.to_string()), ("body", body)];
        let done = self.does("edit_message", talk, &fields).await;
        (done.status != 200).then(|| done.error())
    }

    async fn reads_history(&self, message: &Message, before: Option<i64>) -> History {
        let Message { conversation, id, .. } = message;
        let before = before.map(|before| format!("&before={before}")).unwrap_or_default();
        self.reads(&format!("history?conversation={conversation}&message={id}{before}")).await.well().json()
    }
}

async fn an_edit_reaches_everybody_with_a_number_of_its_own(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Good mornin").await;
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    app.pass(60_000);
    assert_eq!(amina.tries_to_edit(talk, said.id, " Good *morning*\r\n").await, None);

    let expected = Message {
        body: "Good *morning*".to_owned(),
        revision: said.revision + 1,
        edited: Some(app.now()),
        ..said.clone()
    };
    for socket in [&mut hers, &mut his] {
        assert_eq!(socket.next_event().await, Event::Message(Box::new(expected.clone())));
    }
    // To one alone is also told that they have not reacted.
    let expected = Message { reacted: Some(Vec::new()), ..expected };
    assert_eq!(his.resumes(talk, said.position).await, (vec![expected.clone()], expected.revision, false));
    assert_eq!(bruno.reads_message(talk, said.id).await, expected);
    assert_eq!(bruno.reads_conversation(talk).await.head, expected.revision);
    // Nothing new was said, and the list shows what it says now.
    let line = bruno.home().await.conversations.remove(0);
    assert_eq!((line.active_at, line.last.expect("it has one").text), (said.at, "Good morning".to_owned()));

    let page = bruno.page(&format!("/c/{talk}")).await;
    assert!(page.contains("edited") && page.contains(&format!("/c/{talk}/m/{}/history", said.id)));
}

async fn only_the_author_edits_and_only_where_they_may_write(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let dana = app.person("dana").await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "mine").await;
    let elsewhere = {
        dana.befriends(&amina).await;
        amina.opens(&dana).await
    };
    assert_eq!(bruno.tries_to_edit(talk, said.id, "yours").await, Some(Error::Forbidden));
    assert_eq!(dana.tries_to_edit(talk, said.id, "yours").await, Some(Error::NotFound));
    assert_eq!(amina.tries_to_edit(elsewhere, said.id, "there").await, Some(Error::NotFound));
    amina.unfriends(&bruno).await;
    assert_eq!(amina.tries_to_edit(talk, said.id, "too late").await, Some(Error::Forbidden));
    assert_eq!(bruno.reads_message(talk, said.id).await, said);
}

async fn what_it_said_before_can_be_read_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "version 0").await;
    let edits = History::PAGE as i64 + 3;
    for n in 1..=edits {
        app.pass(1_000);
        assert_eq!(amina.tries_to_edit(talk, said.id, &format!("version {n}")).await, None);
    }

    let first = bruno.reads_history(&said, None).await;
    assert_eq!(first.message.body, format!("version {edits}"));
    assert_eq!(first.people.iter().map(|person| person.id).collect::<Vec<_>>(), [amina.id]);
    assert_eq!((first.versions.len(), first.older), (History::PAGE, Some(3)));
    let second = bruno.reads_history(&said, first.older).await;
    assert_eq!(second.older, None);
    let all: Vec<_> = first.versions.into_iter().chain(second.versions).collect();
    for (version, n) in all.iter().zip((0..edits).rev()) {
        assert_eq!((version.version, &*version.text), (n, &*format!("version {n}")));
        assert_eq!(version.at.millis(), said.at.millis() + n * 1_000);
    }
    assert!(!app.place.holds("version 1").await, "what it said before is sealed too");

    let page = bruno.page(&format!("/c/{talk}/m/{}/history", said.id)).await;
    assert!(page.contains(&format!("version {edits}")) && page.contains("Older versions"));
}

async fn the_same_text_again_changes_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "one").await;
    assert_eq!(amina.tries_to_edit(talk, said.id, "one").await, None);
    assert_eq!(amina.reads_message(talk, said.id).await, said);
    for _ in 0..2 {
        assert_eq!(amina.tries_to_edit(talk, said.id, "two").await, None);
    }
    assert_eq!(amina.reads_conversation(talk).await.head, said.position + 1);
    assert_eq!(amina.reads_history(&said, None).await.versions.len(), 1);
}

async fn what_is_deleted_cannot_be_edited(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = bruno.sends(group, "a secret, first").await;
    assert_eq!(bruno.tries_to_edit(group, said.id, "a secret, then").await, None);
    amina.deletes(group, said.id).await.well();
    assert_eq!(bruno.tries_to_edit(group, said.id, "back again").await, Some(Error::Conflict));
    let path = format!("history?conversation={group}&message={}", said.id);
    assert_eq!(amina.reads(&path).await.error(), Error::NotFound);
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from message_version").await, 0);

    let notes = amina.reads_conversation(group).await.messages;
    let done = notes.iter().find(|message| message.note.is_some()).expect("the group says something");
    assert_eq!(amina.tries_to_edit(group, done.id, "not said").await, Some(Error::Conflict));
}

async fn a_late_retry_of_the_first_text_does_not_bring_it_back(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let key = new_key();
    let said = outcome(&amina.posts(talk, &key, "first").await).expect("it is sent");
    assert_eq!(amina.tries_to_edit(talk, said.id, "second").await, None);
    // Under its first number: whoever knows a later one keeps what they know.
    assert_eq!(outcome(&amina.posts(talk, &key, "first").await), Ok(said.clone()));
    assert_eq!(amina.posts(talk, &key, "second").await.error(), Error::Conflict);
    assert_eq!(amina.reads_message(talk, said.id).await.body, "second");
}

async fn edits_at_once_leave_one_history(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "text 0").await;
    let texts: Vec<String> = (1..=8).map(|n| format!("text {n}")).collect();
    let done = join_all(texts.iter().map(|text| amina.tries_to_edit(talk, said.id, text))).await;
    assert!(done.iter().all(Option::is_none), "{done:?}");

    let history = bruno.reads_history(&said, None).await;
    assert_eq!(history.message.revision, said.position + 8);
    let mut all: Vec<String> = history.versions.into_iter().map(|version| version.text).collect();
    all.push(history.message.body);
    all.sort();
    assert_eq!(all, (0..=8).map(|n| format!("text {n}")).collect::<Vec<_>>());
}

async fn bad_texts_are_refused_and_come_back_in_the_form(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "well").await;
    let wrong = |why| Some(Error::invalid(Field::Body, why));
    assert_eq!(amina.tries_to_edit(talk, said.id, "  \n").await, wrong(Why::Missing));
    assert_eq!(amina.tries_to_edit(talk, said.id, "a\u{7}").await, wrong(Why::Characters));
    let long = "x".repeat(8_001);
    assert_eq!(amina.tries_to_edit(talk, said.id, &long).await, wrong(Why::TooLong { at_most: 8_000 }));

    let page = format!("/c/{talk}/m/{}/edit", said.id);
    assert!(amina.page(&page).await.contains(">well</textarea>"));
    let (id, talk_id) = (said.id.to_string(), talk.to_string());
    let fields = |body| [("conversation", &*talk_id), ("message", &*id), ("body", body)];
    let refused = amina.submits(&page, "edit_message", &fields("a\u{7}")).await;
    assert_eq!((refused.status, refused.location()), (303, &*page));
    assert!(amina.page(&page).await.contains("a\u{7}</textarea>"));
    let done = amina.submits(&page, "edit_message", &fields("better")).await;
    assert_eq!((done.status, done.location()), (303, &*format!("/c/{talk}/m/{id}")));
    assert_eq!(bruno.reads_window(talk, Window::Around(said.id)).await.messages[0].body, "better");
    let others = bruno.gets(&page).await;
    assert_eq!(others.status, 403);
}

async fn edits_count_against_the_limit(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.limits.sends_per_second = 1;
        config.limits.sends_at_once = 2;
    })
    .await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "one").await;
    assert_eq!(amina.tries_to_edit(talk, said.id, "two").await, None);
    assert!(matches!(amina.tries_to_edit(talk, said.id, "three").await, Some(Error::TooFast { .. })));
}
