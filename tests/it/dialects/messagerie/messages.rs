//! Saying something, and reacting.

use reqwest::{Method, multipart::Form};
use serde_json::{Value, json};

use super::{Messagerie, contents, with_outbox};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, app::Place, browser::bare},
};

on_both_engines! {
    a_message_is_sent_and_stored,
    a_message_that_cannot_be_sent_is_refused,
    the_sender_sees_what_has_become_of_it,
    a_reaction_counts_once_and_is_taken_back,
    nobody_reacts_for_somebody_else,
    what_others_say_does_not_exist,
    without_a_token_nothing_is_told,
    a_token_is_for_this_document_alone,
}

async fn a_message_is_sent_and_stored(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, _] = Messagerie::three(&app).await;
    let told = jean.says(marie.id, "Salut").await;
    assert_eq!(
        (&told["content"], &told["senderId"], &told["receiverId"]),
        (&"Salut".into(), &jean.id.into(), &marie.id.into())
    );
    assert_eq!((&told["status"], &told["reactions"]), (&"sent".into(), &json!([])));
    assert!(told["createdAt"].as_str().is_some_and(|at| at.ends_with('Z')), "{told}");

    // However the field is called, and however it is sent.
    for body in [
        json!({ "receiver_id": marie.id, "message": "two" }),
        json!({ "recipientId": marie.id.to_string(), "text": "three" }),
        json!({ "recipient_id": marie.id, "content": "four", "type": "text" }),
    ] {
        assert_eq!(jean.posts("/messages/send", body).await.status, 201);
    }
    let parts = Form::new().text("receiverId", marie.id.to_string()).text("content", "five");
    Answer::of(jean.request(Method::POST, "/messages/send").multipart(parts)).await.well();
    let all = ["Salut", "two", "three", "four", "five"];
    assert_eq!(contents(&marie.reads_talk(jean.id).await), all);
    assert_eq!(contents(&jean.reads_talk(marie.id).await), all);
    let other_way = jean.reads(&format!("/messages/conversation/{}/{}", marie.id, jean.id)).await;
    assert_eq!(contents(&other_way), all);
    // What was said to somebody has no state for them.
    assert!(marie.reads_talk(jean.id).await[0]["status"].is_null());
    assert!(!app.place.holds("Salut").await, "it is stored in clear");
}

async fn a_message_that_cannot_be_sent_is_refused(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, _] = Messagerie::three(&app).await;
    let amina = Person::signs_up(&app, "amina").await;
    for (body, status) in [
        (json!({ "receiverId": 77, "content": "nobody" }), 404),
        (json!({ "receiverId": amina.id.get(), "content": "a stranger" }), 404),
        (json!({ "receiverId": jean.id, "content": "myself" }), 404),
        (json!({ "receiverId": marie.id }), 400),
        (json!({ "content": "to nobody" }), 400),
        (json!({ "receiverId": "marie", "content": "x" }), 400),
        (json!({ "receiverId": marie.id, "content": "" }), 400),
        (json!({ "receiverId": marie.id, "content": "x".repeat(8_001) }), 400),
        (json!({ "receiverId": marie.id, "content": ["x"] }), 400),
        (json!({ "receiverId": marie.id, "content": "x", "message": "y" }), 400),
        (json!([marie.id, "x"]), 400),
    ] {
        let answer = jean.posts("/messages/send", body.clone()).await;
        assert_eq!(answer.status, status, "{body}");
        let told: Value = answer.json();
        assert!(told["error"].is_string() && told["detail"].is_string(), "{told}");
    }
    let raw = jean.request(Method::POST, "/messages/send").header("content-type", "application/json");
    assert_eq!(Answer::of(raw.body("{\"receiverId\":")).await.status, 400);
    assert_eq!(contents(&marie.reads_talk(jean.id).await), [""; 0]);
}

async fn the_sender_sees_what_has_become_of_it(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = Messagerie::arrives(&app, "Jean", "+237670000001").await;
    let amina = Person::signs_up(&app, "amina").await;
    let fields = [("writers", "everyone"), ("takes_requests", "true"), ("seen_by", "acquaintances")];
    amina.calls("save_privacy", &fields).await.well();
    jean.says(amina.id.get(), "Salut").await;
    let talk = amina.home().await.conversations[0].id;
    // Strangers are told nothing until they are answered.
    amina.sends(talk, "Bonjour").await;
    let states = async || -> Vec<Value> {
        let list = jean.reads_talk(amina.id.get()).await;
        list.as_array().expect("a list").iter().map(|message| message["status"].clone()).collect()
    };
    jean.says(amina.id.get(), "Ça va ?").await;
    assert_eq!(states().await.last(), Some(&"sent".into()));
    let _connected = amina.connects().await;
    crate::support::wait_for("it to be delivered", async || {
        (states().await.last() == Some(&"received".into())).then_some(())
    })
    .await;
    let last = amina.reads_conversation(talk).await.messages.pop().expect("a message");
    amina.marks_read(talk, last.position).await.well();
    assert_eq!(states().await, [json!("read"), Value::Null, json!("read")]);
}

async fn a_reaction_counts_once_and_is_taken_back(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, _] = Messagerie::three(&app).await;
    let said = jean.says(marie.id, "Salut").await;
    let sign = json!({ "messageId": said["id"], "reaction": "👍" });
    for _ in 0..2 {
        let told: Value = marie.posts("/messages/react", sign.clone()).await.well().json();
        assert_eq!(told["reactions"], json!([{ "reaction": "👍", "count": 1, "mine": true }]));
    }
    let as_other = json!({ "message_id": said["id"], "emoji": "👍", "userId": jean.id });
    jean.posts("/messages/react", as_other).await.well();
    let seen = marie.reads_talk(jean.id).await;
    assert_eq!(seen[0]["reactions"], json!([{ "reaction": "👍", "count": 2, "mine": true }]));
    // The same that the pages count.
    let count = "select sum(total) from reaction_count";
    assert_eq!(app.store().await.number(format!("select cast(({count}) as bigint)")).await, 2);

    for left in [1, 1] {
        let told: Value = marie.posts("/messages/unreact", sign.clone()).await.well().json();
        assert_eq!(told["reactions"], json!([{ "reaction": "👍", "count": left, "mine": false }]));
    }
    for (body, status) in [
        (json!({ "messageId": said["id"], "reaction": "like" }), 400),
        (json!({ "messageId": said["id"], "reaction": "" }), 400),
        (json!({ "messageId": said["id"] }), 400),
        (json!({ "messageId": "x", "reaction": "👍" }), 400),
        (json!({ "messageId": 77, "reaction": "👍" }), 404),
    ] {
        assert_eq!(marie.posts("/messages/react", body.clone()).await.status, status, "{body}");
        assert_eq!(marie.posts("/messages/unreact", body.clone()).await.status, status, "{body}");
    }
}

async fn nobody_reacts_for_somebody_else(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    let said = jean.says(marie.id, "Salut").await;
    let sign = |user: i64| json!({ "messageId": said["id"], "reaction": "👍", "userId": user });
    marie.posts("/messages/react", sign(marie.id)).await.well();
    for path in ["/messages/react", "/messages/unreact"] {
        assert_eq!(jean.posts(path, sign(marie.id)).await.status, 403);
        assert_eq!(paul.posts(path, sign(paul.id)).await.status, 404, "he is not in it");
        assert_eq!(paul.posts(path, sign(marie.id)).await.status, 404, "and does not learn of it");
    }
    let seen = marie.reads_talk(jean.id).await;
    assert_eq!(seen[0]["reactions"], json!([{ "reaction": "👍", "count": 1, "mine": true }]));
}

async fn what_others_say_does_not_exist(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, paul] = Messagerie::three(&app).await;
    jean.says(marie.id, "canary").await;
    for (one, other) in [(jean.id, marie.id), (marie.id, jean.id), (jean.id, 77), (jean.id, jean.id)] {
        let answer = paul.gets(&format!("/messages/conversation/{one}/{other}")).await;
        assert_eq!(answer.status, 403);
        assert!(!answer.text().contains("canary"));
    }
    assert_eq!(paul.reads_talk(jean.id).await, json!([]));
    for (path, status) in [
        (format!("/messages/conversation/{}/77", paul.id), 404),
        (format!("/messages/conversation/{0}/{0}", paul.id), 404),
        (format!("/messages/conversation/{}/x", paul.id), 404),
        (format!("/messages/conversation/{}/{}?limit=x", paul.id, jean.id), 400),
        (format!("/messages/conversation/{}/{}?before=x", paul.id, jean.id), 400),
        ("/messages/nothing".to_owned(), 404),
    ] {
        assert_eq!(paul.gets(&path).await.status, status, "{path}");
    }
    assert_eq!(paul.reads("/messages/search?term=canary").await, json!([]));
    assert_eq!(paul.reads("/messages/filter").await, json!([]));
}

async fn without_a_token_nothing_is_told(engine: Engine) {
    let app = with_outbox(engine).await;
    let [jean, marie, _] = Messagerie::three(&app).await;
    jean.says(marie.id, "canary").await;
    for (method, path) in [
        (Method::POST, "/messages/send".to_owned()),
        (Method::POST, "/messages/react".to_owned()),
        (Method::POST, "/messages/unreact".to_owned()),
        (Method::GET, format!("/messages/conversation/{}/{}", jean.id, marie.id)),
        (Method::GET, "/messages/search?term=canary".to_owned()),
        (Method::GET, "/messages/filter?startDate=2026-01-01".to_owned()),
        (Method::DELETE, "/auth/me".to_owned()),
    ] {
        let path = format!("/dialects/messagerie/api{path}");
        for headers in [&[][..], &[("authorization", "Bearer x")], &[("cookie", "salon=x")]] {
            let answer = Answer::of(bare(&app.origin, method.clone(), &path, headers)).await;
            assert_eq!((answer.status, answer.header("www-authenticate")), (401, "Bearer"), "{path}");
            assert!(!answer.text().contains("canary"));
        }
    }
}

async fn a_token_is_for_this_document_alone(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = Messagerie::arrives(&app, "Jean", "+237670000001").await;
    let bearer = format!("Bearer {}", jean.token);
    for path in ["/api/v1/me", "/dialects/garrix/users/me"] {
        let request = bare(&app.origin, Method::GET, path, &[("authorization", &bearer)]);
        assert_eq!(Answer::of(request).await.status, 401, "{path}");
    }
    app.pass(29 * 60_000);
    jean.reads("/messages/filter").await;
    app.pass(60_000);
    assert_eq!(jean.gets("/messages/filter").await.status, 401, "after thirty minutes it is over");

    let place = Place::new(engine).await;
    let mut config = place.config();
    config.salon.dialects = false;
    let app = crate::support::TestApp::at(place, config).await;
    assert_eq!(super::posts(&app, "register", json!({ "phone": "+237670000001" })).await.status, 404);
}
