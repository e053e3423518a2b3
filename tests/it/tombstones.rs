//! What remains of a message that was deleted: its place, and that it was deleted; not its text.

use salon::{
    conversations::{Conversation, window::Window},
    error::Error,
    messages::{Deletable, Message},
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{TestApp, cast::outcome, new_key},
};

on_both_engines! {
    nothing_of_the_text_remains,
    a_tombstone_stands_where_the_message_stood,
    what_was_deleted_is_not_unread_and_no_preview,
    a_late_retry_is_answered_as_deleted,
}

/// Stands in a text that must be nowhere once it is deleted.
const CANARY: &str = "canary-7f3a";

async fn nothing_of_the_text_remains(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = bruno.sends(group, &format!("{CANARY} {}", "and more ".repeat(50))).await;
    let mut hears = carla.connects().await;
    assert!(carla.page("/").await.contains(CANARY));
    amina.deletes(group, said.id).await.well();

    let Event::Message(heard) = hears.next_event().await else { panic!("the deletion is told") };
    let expected =
        Message { revision: said.position + 1, deleted: Some(amina.id), body: String::new(), ..said.clone() };
    assert_eq!(*heard, expected);
    let (resumed, through, _) = hears.resumes(group, said.position).await;
    assert_eq!((resumed, through), (vec![expected], said.position + 1));
    for person in [&amina, &bruno, &carla] {
        for page in ["/".to_owned(), format!("/c/{group}"), format!("/c/{group}/m/{}", said.id)] {
            assert!(!person.page(&page).await.contains(CANARY), "{page}");
        }
        for window in [Window::Latest, Window::Unread, Window::Around(said.id), Window::After(0)] {
            assert!(!person.tries_to_read(group, window).await.text().contains(CANARY), "{window}");
        }
    }
    let asked = format!("deletable?conversation={group}&message={}", said.id);
    let asked: Deletable = amina.reads(&asked).await.well().json();
    assert_eq!((&*asked.message.body, asked.message.deleted), ("", Some(amina.id)));

    // Sealed again, at another version: an empty text, with which the old bytes would not open.
    let mut store = app.store().await;
    let id = said.id;
    let row =
        format!("from message where id = {id} and deleted_at is not null and deleted_by = {}", amina.id);
    assert_eq!(store.number(format!("select body_version {row}")).await, 1);
    let empty = salon::server::crypto::Place { table: "message", id: id.get(), version: 1 };
    let sealed = store.bytes(format!("select body {row}")).await.remove(0);
    assert_eq!(app.running.app.keyring.open(empty, &sealed).expect("it opens"), "");

    let audited = store
        .texts("select action || ' ' || actor_id || ' ' || subject_id || address from audit where action like 'message%'")
        .await;
    assert_eq!(audited, [format!("message_deleted {} {}", amina.id, bruno.id)]);
    assert_eq!(salon::server::audit::verify(&app.running.app.db).await.expect("it can be read"), None);
}

async fn a_tombstone_stands_where_the_message_stood(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let mut said = Vec::new();
    for n in 0..60 {
        said.push(bruno.sends(group, &n.to_string()).await);
    }
    let before = amina.home().await.conversations[0].active_at;
    app.pass(60_000);
    for n in [3, 30, 59] {
        amina.deletes(group, said[n].id).await.well();
    }
    assert_eq!(amina.home().await.conversations[0].active_at, before, "nothing new was said");

    let Conversation { messages, older, .. } = amina.reads_conversation(group).await;
    assert_eq!((messages.len(), older), (Conversation::PAGE, Some(messages[0].position)));
    let last = messages.last().expect("there are some");
    assert_eq!((last.position, last.revision, &*last.body), (said[59].position, said[59].position + 3, ""));
    assert_eq!((last.at, last.sender, &last.key), (said[59].at, bruno.id, &said[59].key));

    let around = amina.reads_window(group, Window::Around(said[3].id)).await;
    let deleted: Vec<i64> =
        around.messages.iter().filter(|it| it.deleted.is_some()).map(|it| it.position).collect();
    assert_eq!(deleted, [said[3].position]);
    let page = bruno.page(&format!("/c/{group}/m/{}", said[3].id)).await;
    assert!(page.contains("Message deleted by amina"));
    assert!(amina.page(&format!("/c/{group}")).await.contains("Message deleted by you"));
}

async fn what_was_deleted_is_not_unread_and_no_preview(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = [bruno.sends(group, "one").await, bruno.sends(group, "two").await];
    let seen = async || {
        let home = carla.home().await;
        let line = home.conversations.into_iter().find(|line| line.id == group).expect("it is listed");
        let page = carla.reads_window(group, Window::Unread).await;
        assert_eq!((line.unread, home.unread), (page.unread, page.unread));
        (line.last.map(|last| last.text), page.unread, page.first_unread)
    };
    assert_eq!(seen().await, (Some("two".to_owned()), 2, Some(said[0].position)));
    amina.deletes(group, said[1].id).await.well();
    assert_eq!(seen().await, (Some("one".to_owned()), 1, Some(said[0].position)));
    amina.deletes(group, said[0].id).await.well();
    assert_eq!(seen().await, (None, 0, None));

    // To be marked unread means what follows: of that there may be something.
    carla.marks_read(group, said[1].position).await.well();
    carla.marks_unread(group, said[0].id).await.well();
    assert_eq!(seen().await, (None, 0, None));
    let third = bruno.sends(group, "three").await;
    carla.marks_read(group, third.position).await.well();
    carla.marks_unread(group, said[1].id).await.well();
    assert_eq!(seen().await, (Some("three".to_owned()), 1, Some(third.position)));
}

async fn a_late_retry_is_answered_as_deleted(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let key = new_key();
    let said = outcome(&bruno.posts(group, &key, CANARY).await).expect("it is sent");
    amina.deletes(group, said.id).await.well();
    let before = amina.reads_conversation(group).await.head;

    let again = bruno.posts(group, &key, CANARY).await;
    assert!(!again.text().contains(CANARY));
    let again = outcome(&again).expect("it is known");
    assert_eq!(again, amina.reads_message(group, said.id).await);
    assert_eq!(again.deleted, Some(amina.id));
    assert_eq!(bruno.posts(group, &key, "another text").await.error(), Error::Conflict);
    assert_eq!(amina.reads_conversation(group).await.head, before);
}
