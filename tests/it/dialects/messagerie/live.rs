//! Messagerie live: everything that the document names is heard by whom it concerns, and by nobody else.

use serde_json::{Value, json};

use super::{Messagerie, with_outbox};
use crate::{
    on_both_engines,
    support::{Engine, TestApp, socket_io::Program},
};

on_both_engines! {
    a_session_hears_every_event_of_the_document,
    what_waited_was_received_by_coming,
    a_bad_event_is_answered_and_the_connection_stays,
    a_token_of_another_document_opens_nothing,
}

const SOCKETS: &str = "/dialects/messagerie/socket.io";

async fn connects(app: &TestApp, person: &Messagerie) -> Program {
    Program::connects(&app.origin, SOCKETS, &person.token).await
}

/// Both have said something: from then on they know of each other what they receive and read.
async fn have_talked(jean: &Messagerie, marie: &Messagerie) {
    jean.says(marie.id, "Bonjour").await;
    marie.says(jean.id, "Bonjour").await;
}

/// Passes over what was said of other messages until one comes of this one with this status.
async fn hears_status(program: &mut Program, event: &str, (message, status): (&Value, &str)) -> Value {
    loop {
        let told = program.hears(event).await;
        // The message itself comes by the same name, and says what has become of it by then.
        let is_receipt = told["content"].is_null();
        if is_receipt && told["status"] == status && told["messageId"] == *message {
            return told;
        }
    }
}

async fn a_session_hears_every_event_of_the_document(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    have_talked(&jean, &marie).await;
    let mut third = connects(&app, &paul).await;
    let mut his = connects(&app, &jean).await;
    let mut hers = connects(&app, &marie).await;
    loop {
        if his.hears("userOnline").await["userId"] == marie.id {
            break;
        }
    }

    let said = jean.says(marie.id, "Salut").await;
    let heard = loop {
        let heard = hers.hears("messageReceived").await;
        if heard["content"] == "Salut" {
            break heard;
        }
    };
    let parts = (&heard["messageId"], &heard["content"], &heard["senderId"], &heard["receiverId"]);
    assert_eq!(parts, (&said["id"], &"Salut".into(), &jean.id.into(), &marie.id.into()));
    // That it has come to her is told to him, and then that she has read it.
    let received = hears_status(&mut his, "messageReceived", (&said["id"], "received")).await;
    assert_eq!(received["userId"], marie.id);
    assert_eq!(
        hers.asks("messageRead", json!({ "messageId": said["id"] })).await,
        json!({ "messageId": said["id"] })
    );
    let read = hears_status(&mut his, "messageRead", (&said["id"], "read")).await;
    assert_eq!(read["userId"], marie.id);

    for event in ["typing", "stopTyping"] {
        hers.asks(event, json!({ "receiverId": jean.id })).await;
        assert_eq!(his.hears(event).await, json!({ "senderId": marie.id, "receiverId": jean.id }));
    }
    let sign = json!({ "messageId": said["id"], "reaction": "👍" });
    for (path, event) in [("react", "reactionAdded"), ("unreact", "reactionRemoved")] {
        marie.posts(&format!("/messages/{path}"), sign.clone()).await.well();
        for program in [&mut his, &mut hers] {
            let told = program.hears(event).await;
            let parts = (&told["messageId"], &told["userId"], &told["reaction"]);
            assert_eq!(parts, (&said["id"], &marie.id.into(), &"👍".into()));
        }
    }
    drop(hers);
    assert_eq!(his.hears("userOffline").await["userId"], marie.id);

    // Who does not talk with them hears that they come and go.
    let heard = third.so_far("nothing").await;
    assert!(heard.iter().all(|(event, _)| event == "userOnline" || event == "userOffline"), "{heard:?}");
}

async fn what_waited_was_received_by_coming(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, _] = Messagerie::three(&app).await;
    have_talked(&jean, &marie).await;
    let mut his = connects(&app, &jean).await;
    let said = jean.says(marie.id, "Salut").await;
    let _hers = connects(&app, &marie).await;
    hears_status(&mut his, "messageReceived", (&said["id"], "received")).await;
}

async fn a_bad_event_is_answered_and_the_connection_stays(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    let said = jean.says(marie.id, "Entre nous").await;
    let mut third = connects(&app, &paul).await;
    for (event, data) in [
        ("dance", json!({})),
        ("typing", json!({})),
        ("typing", json!({ "receiverId": "x" })),
        ("typing", json!({ "receiverId": 7 })),
        ("messageRead", json!({ "messageId": said["id"] })),
        ("messageRead", json!([])),
        ("messageRead", Value::Null),
    ] {
        let answer = third.asks(event, data.clone()).await;
        assert!(answer["error"].is_string() && answer["detail"].is_string(), "{event} {data}: {answer}");
    }
    paul.says(jean.id, "Toujours là").await;
    assert_eq!(third.hears("messageReceived").await["content"], "Toujours là");
}

async fn a_token_of_another_document_opens_nothing(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, ..] = Messagerie::three(&app).await;
    let mut program = Program::opens(&app.origin, "/dialects/vaultroom/socket.io").await;
    program.shows(&jean.token).await;
    assert_eq!(program.packet().await.as_deref(), Some("44{\"message\":\"Show a token that is valid.\"}"));
}
