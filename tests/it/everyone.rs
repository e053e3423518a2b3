//! `general`: the room that every account is in.

use salon::{conversations::about::Kind, error::Error, ids::ConversationId};

use crate::{
    on_both_engines,
    support::{Engine, TestApp},
};

on_both_engines! {
    everybody_is_in_it_and_learns_of_nobody_by_it,
    it_can_be_switched_off_and_on,
}

fn room() -> ConversationId {
    1.try_into().expect("an id")
}

async fn everybody_is_in_it_and_learns_of_nobody_by_it(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let home = amina.home().await;
    let line = &home.conversations[0];
    assert_eq!((line.id, line.kind), (room(), Kind::Everyone));
    assert!(amina.page("/").await.contains("It is quiet here"), "it is no friend to talk to");

    let mut hears = bruno.connects().await;
    let said = amina.sends(room(), "good morning, all").await;
    assert_eq!(hears.next_message().await, said);
    let home = bruno.home().await;
    assert_eq!((home.conversations[0].unread, home.unread), (1, 0));
    assert!(bruno.looks_at(room()).await.contains("general"));

    assert_eq!(amina.reads("members?id=1").await.error(), Error::Forbidden);
    let asked = format!("people?id=1&accounts={},{}", amina.id, bruno.id);
    let people: Vec<salon::accounts::Person> = bruno.reads(&asked).await.well().json();
    assert_eq!(people.len(), 1, "only whoever spoke up");
    for (function, fields) in [
        ("add_members", vec![("usernames", "bruno")]),
        ("describe_group", vec![("name", "Mine"), ("topic", "")]),
        ("leave_group", vec![]),
        ("create_invitation", vec![("lasts", "week"), ("uses", "0")]),
        ("delete_channel", vec![("name", "general")]),
    ] {
        assert_eq!(amina.does(function, room(), &fields).await.error(), Error::NotFound, "{function}");
    }
}

async fn it_can_be_switched_off_and_on(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let amina = app.person("amina").await;
    amina.sends(room(), "still here").await;
    let session = amina.session().expect("a session");
    let place = app.stop().await;

    let app = TestApp::at(place.clone(), place.config()).await;
    let again = crate::support::Person::known(
        &app,
        "amina",
        crate::support::Browser::with_session(&app.origin, &session),
    )
    .await;
    assert!(again.home().await.conversations.is_empty());
    assert_eq!(again.gets("/c/1").await.status, 404);
    let bruno = app.person("bruno").await;
    assert!(bruno.home().await.conversations.is_empty());
    let place = app.stop().await;

    let mut config = place.config();
    config.salon.general = true;
    let app = TestApp::at(place, config).await;
    let again = crate::support::Person::known(
        &app,
        "amina",
        crate::support::Browser::with_session(&app.origin, &session),
    )
    .await;
    assert_eq!(again.reads_texts(room()).await, ["still here"]);
    assert_eq!(again.home().await.conversations[0].unread, 0);
    assert_eq!(app.store().await.number("select count(*) from participant").await, 2);
}
