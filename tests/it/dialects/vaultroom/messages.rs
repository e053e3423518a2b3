//! What is said, over HTTP.

use serde_json::{Value, json};

use super::{Vaultroom, contents, keys, three, to};
use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, cast},
};

on_both_engines! {
    what_is_said_is_stored_and_both_read_it,
    nobody_else_reads_it,
    pages_follow_one_another,
    what_cannot_be_said_is_refused,
}

async fn what_is_said_is_stored_and_both_read_it(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let said = amina.says(bruno.id, "Salut").await;
    assert_eq!(keys(&said), ["content", "id", "receiver_id", "room", "sender", "sender_id", "timestamp"]);
    assert_eq!((&said["sender_id"], &said["receiver_id"]), (&amina.id.into(), &bruno.id.into()));
    assert_eq!((&said["room"], &said["sender"]), (&amina.room(bruno.id).into(), &"amina".into()));
    assert!(said["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{said}");
    bruno.says(amina.id, "Ça va ?").await;

    let hers = amina.reads(&format!("/get-messages?receiver_id={}", bruno.id)).await;
    let his = bruno.reads(&format!("/get-messages?receiver_id={}", amina.id)).await;
    assert_eq!(contents(&hers), ["Salut", "Ça va ?"], "the oldest first");
    assert_eq!(contents(&his), contents(&hers));
    let senders = |list: &Value| [list[0]["sender"].clone(), list[1]["sender"].clone()];
    assert_eq!(senders(&hers), ["Moi", "bruno"]);
    assert_eq!(senders(&his), ["amina", "Moi"]);
    assert_eq!((&hers[0]["id"], &his[0]["id"]), (&said["id"], &said["id"]));

    // It is a message like any other.
    let browser = app.browser();
    cast::logs_in(&browser, "bruno", cast::PASSWORD).await.well();
    let on_a_page = Person::known(&app, "bruno", browser).await;
    assert_eq!(on_a_page.home().await.conversations.len(), 1);
}

async fn nobody_else_reads_it(app: TestApp) {
    let [amina, bruno, carla] = three(&app).await;
    amina.says(bruno.id, "between us").await;
    for other in [amina.id, bruno.id] {
        assert_eq!(carla.reads(&format!("/get-messages?receiver_id={other}")).await, json!([]));
        let page = carla.gets(&format!("/chat?user_id={other}")).await.well();
        assert!(!page.text().contains("between us"));
    }
}

async fn pages_follow_one_another(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(amina.says(bruno.id, &number.to_string()).await["id"].clone());
    }
    let path = format!("/get-messages?receiver_id={}", bruno.id);
    assert_eq!(contents(&amina.reads(&format!("{path}&limit=2")).await), ["3", "4"]);
    let before = format!("{path}&limit=2&before={}", ids[3]);
    assert_eq!(contents(&amina.reads(&before).await), ["1", "2"]);
    assert_eq!(contents(&amina.reads(&format!("{path}&limit=1000000")).await).len(), 5);
    for wrong in ["", "?receiver_id=x", "?receiver_id=7&limit=many", "?receiver_id=7&before=x"] {
        assert_eq!(amina.gets(&format!("/get-messages{wrong}")).await.status, 400, "{wrong}");
    }
    assert_eq!(amina.gets("/get-messages?receiver_id=7").await.status, 404);
}

async fn what_cannot_be_said_is_refused(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let hidden = Person::signs_up(&app, "carla").await;
    for (body, status) in [
        (json!({}), 400),
        (json!({ "recipient_id": bruno.id }), 400),
        (json!({ "message": "x" }), 400),
        (json!({ "recipient_id": "x", "message": "x" }), 400),
        (json!({ "recipient_id": bruno.id, "message": "" }), 400),
        (json!({ "recipient_id": bruno.id, "message": "x".repeat(8_001) }), 400),
        (json!({ "recipient_id": 7, "message": "x" }), 404),
        (json!({ "recipient_id": hidden.id, "message": "x" }), 404),
        (json!({ "recipient_id": bruno.id, "message": "x".repeat(200_000) }), 413),
        // As the document's own page sends it.
        (json!({ "recipient_id": bruno.id.to_string(), "message": "x" }), 200),
    ] {
        let answer = amina.sends("/send-message", body.clone()).await;
        assert_eq!(answer.status, status, "{body:.80}: {}", answer.text());
    }
    let bearer = format!("Bearer {}", amina.token);
    let text = to(&app, "/send-message").header("authorization", &bearer).body("recipient_id=7");
    assert_eq!(Answer::of(text).await.status, 400);
    let xml = to(&app, "/send-message").header("authorization", bearer).header("content-type", "text/xml");
    assert_eq!(Answer::of(xml.body("<a/>")).await.status, 415);
}
