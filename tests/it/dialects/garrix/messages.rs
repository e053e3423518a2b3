//! Messages, over HTTP.

use reqwest::{Method, multipart::Form};
use serde_json::{Value, json};

use super::{Garrix, contents, keys};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, cast},
};

on_both_engines! {
    a_message_is_sent_in_every_encoding,
    a_talk_is_read_in_order_and_in_pages,
    what_is_mine_is_mine,
    one_changes_and_deletes_what_one_said,
    nobody_is_written_to_who_does_not_want_it,
    what_is_said_to_nobody_is_said_to_all,
}

async fn a_message_is_sent_in_every_encoding(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let to = marie.id.to_string();
    let post = || jean.request(Method::POST, "/messages/");
    let parts = Form::new().text("receiver_id", to.clone()).text("content", "parts");
    for request in [
        post().json(&json!({ "receiver_id": marie.id, "content": "json" })),
        post().form(&[("receiver_id", to.as_str()), ("content", "form")]),
        post().multipart(parts),
        jean.request(Method::POST, &format!("/messages/?receiver_id={to}&content=query")),
    ] {
        let told: Value = Answer::of(request).await.well().json();
        assert_eq!(keys(&told), ["content", "created_at", "id", "receiver_id", "sender_id", "updated_at"]);
        assert_eq!((&told["sender_id"], &told["receiver_id"]), (&jean.id.into(), &marie.id.into()));
    }
    let path = format!("/messages/conversation/{}", jean.id);
    assert_eq!(contents(&marie.reads(&path).await), ["json", "form", "parts", "query"]);

    for (body, status) in [
        (json!({ "receiver_id": 77, "content": "nobody" }), 404),
        (json!({ "receiver_id": jean.id, "content": "myself" }), 404),
        (json!({ "receiver_id": marie.id }), 422),
        (json!({ "receiver_id": "marie", "content": "x" }), 422),
        (json!({ "receiver_id": marie.id, "content": "" }), 422),
        (json!({ "receiver_id": marie.id, "content": "x".repeat(8_001) }), 422),
        (json!({ "receiver_id": marie.id, "content": ["x"] }), 422),
        (json!([marie.id, "x"]), 422),
    ] {
        assert_eq!(jean.sends(Method::POST, "/messages/", body.clone()).await.status, status, "{body}");
    }
    // It is the same talk that the pages show.
    let browser = app.browser();
    cast::logs_in(&browser, "marie", cast::PASSWORD).await.well();
    let hers = Person::known(&app, "marie", browser).await;
    let talk = hers.home().await.conversations[0].id;
    assert_eq!(hers.reads_texts(talk).await, ["json", "form", "parts", "query"]);
    hers.sends(talk, "from a page").await;
    let told = jean.reads(&format!("/messages/conversation/{}", marie.id)).await;
    assert_eq!(contents(&told).last(), Some(&"from a page"));
}

async fn a_talk_is_read_in_order_and_in_pages(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let path = format!("/messages/conversation/{}", marie.id);
    assert_eq!(jean.reads(&path).await, json!([]), "nothing was said yet");
    assert_eq!(jean.gets("/messages/conversation/77").await.status, 404);
    let mut ids = Vec::new();
    for n in 0..7 {
        let (one, other) = if n % 2 == 0 { (&jean, &marie) } else { (&marie, &jean) };
        ids.push(one.says(other.id, &n.to_string()).await["id"].as_i64().expect("an id"));
    }
    assert_eq!(contents(&jean.reads(&path).await), ["0", "1", "2", "3", "4", "5", "6"]);
    assert_eq!(contents(&jean.reads(&format!("{path}?limit=3")).await), ["4", "5", "6"]);
    assert_eq!(contents(&jean.reads(&format!("{path}?limit=3&before={}", ids[4])).await), ["1", "2", "3"]);
    assert_eq!(contents(&jean.reads(&format!("{path}?before={}", ids[0])).await), [""; 0]);
    assert_eq!(jean.gets(&format!("{path}?before=x")).await.status, 422);
}

async fn what_is_mine_is_mine(app: TestApp) {
    let [jean, marie, paul] = [
        Garrix::arrives(&app, "jean").await,
        Garrix::arrives(&app, "marie").await,
        Garrix::arrives(&app, "paul").await,
    ];
    jean.says(marie.id, "one").await;
    marie.says(jean.id, "two").await;
    paul.says(marie.id, "not his").await;
    let last = paul.says(jean.id, "three").await;
    let mine = jean.reads("/messages/").await;
    assert_eq!(contents(&mine), ["one", "two", "three"]);
    let to: Vec<_> =
        mine.as_array().expect("a list").iter().map(|message| message["receiver_id"].as_i64()).collect();
    assert_eq!(to, [Some(marie.id), Some(jean.id), Some(jean.id)]);
    let before = last["id"].as_i64().expect("an id");
    assert_eq!(contents(&jean.reads(&format!("/messages/?limit=1&before={before}")).await), ["two"]);
}

async fn one_changes_and_deletes_what_one_said(app: TestApp) {
    let [jean, marie, paul] = [
        Garrix::arrives(&app, "jean").await,
        Garrix::arrives(&app, "marie").await,
        Garrix::arrives(&app, "paul").await,
    ];
    let said = jean.says(marie.id, "Salut").await;
    let path = format!("/messages/{}", said["id"]);
    let edit = |content: &str| json!({ "content": content });
    let edited: Value = jean.sends(Method::PUT, &path, edit("Bonjour")).await.well().json();
    assert_eq!((&edited["content"], &edited["id"]), (&"Bonjour".into(), &said["id"]));
    assert!(edited["updated_at"].is_string() && said["updated_at"].is_null());
    assert_eq!(marie.sends(Method::PUT, &path, edit("Not hers")).await.status, 403);
    assert_eq!(paul.sends(Method::PUT, &path, edit("Not his")).await.status, 404);
    assert_eq!(jean.sends(Method::PUT, "/messages/77", edit("x")).await.status, 404);
    assert_eq!(jean.sends(Method::PUT, &path, edit("")).await.status, 422);

    let delete = async |who: &Garrix, path: &str| Answer::of(who.request(Method::DELETE, path)).await.status;
    assert_eq!(delete(&marie, &path).await, 403);
    assert_eq!(delete(&paul, &path).await, 404);
    assert_eq!(delete(&jean, "/messages/77").await, 404);
    assert_eq!(delete(&jean, &path).await, 200);
    assert_eq!(contents(&marie.reads("/messages/").await), [""; 0]);
    assert_eq!(jean.sends(Method::PUT, &path, edit("Again")).await.status, 409);
}

async fn nobody_is_written_to_who_does_not_want_it(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let amina = Person::signs_up(&app, "amina").await;
    let write = async |from: &Garrix, to: i64| {
        from.sends(Method::POST, "/messages/", json!({ "receiver_id": to, "content": "canary" })).await.status
    };
    assert_eq!(write(&jean, amina.id.get()).await, 404, "she takes messages from people she knows");
    jean.says(marie.id, "Salut").await;
    let browser = app.browser();
    cast::logs_in(&browser, "marie", cast::PASSWORD).await.well();
    browser.calls("block", &[("account", &jean.id.to_string())]).await.well();
    assert_eq!(write(&jean, marie.id).await, 403, "she has blocked him");
    assert_eq!(contents(&marie.reads("/messages/").await), ["Salut"]);
}

async fn what_is_said_to_nobody_is_said_to_all(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let amina = Person::signs_up(&app, "amina").await;
    for body in [json!({ "content": "to all" }), json!({ "content": "to all again", "receiver_id": null })] {
        let told: Value = jean.sends(Method::POST, "/messages/", body).await.well().json();
        assert!(told["receiver_id"].is_null(), "{told}");
    }
    assert_eq!(contents(&marie.reads("/messages/").await), ["to all", "to all again"]);
    let room = 1.try_into().expect("an id");
    assert_eq!(amina.reads_texts(room).await, ["to all", "to all again"]);

    let app = TestApp::start(engine).await;
    let jean = Garrix::arrives(&app, "jean").await;
    assert_eq!(jean.sends(Method::POST, "/messages/", json!({ "content": "to nobody" })).await.status, 404);
}
