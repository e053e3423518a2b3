//! Garrix live: who is here, and what is said, on two sockets.

use reqwest::Method;
use serde_json::{Value, json};

use super::Garrix;
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, cast, wait_for},
};

on_both_engines! {
    a_token_that_opens_nothing_is_turned_away,
    both_hear_what_is_said_and_nobody_else,
    what_is_sent_by_a_socket_is_said,
    a_bad_frame_is_answered_and_the_socket_stays,
    who_comes_and_goes_is_told,
    who_does_nothing_is_inactive,
    several_sockets_are_one_person,
    who_hides_is_not_seen,
    sockets_end_with_the_token,
    staff_tells_everybody_once,
}

async fn a_token_that_opens_nothing_is_turned_away(app: TestApp) {
    let jean = Garrix::arrives(&app, "jean").await;
    let other = if jean.token.ends_with('A') { 'B' } else { 'A' };
    let altered = format!("{}{other}", &jean.token[..jean.token.len() - 1]);
    for path in [
        "/users/ws/x".to_owned(),
        format!("/users/ws/{altered}"),
        "/messages/ws".to_owned(),
        "/messages/ws?token=".to_owned(),
        format!("/messages/ws?token={altered}"),
    ] {
        assert_eq!(jean.opens(&path).await.0.close_code().await, Some(4001), "{path}");
    }
    // Without an upgrade it is no socket.
    assert_eq!(jean.gets("/users/ws/x").await.status, 415);
}

async fn both_hear_what_is_said_and_nobody_else(app: TestApp) {
    let [jean, marie, paul] = [
        Garrix::arrives(&app, "jean").await,
        Garrix::arrives(&app, "marie").await,
        Garrix::arrives(&app, "paul").await,
    ];
    let (mut his, mut hers, mut third) = (jean.listens().await, marie.listens().await, paul.listens().await);
    let said = jean.says(marie.id, "Salut").await;
    for live in [&mut his, &mut hers] {
        let told = live.hears("new_message").await;
        let expected = json!({
            "type": "new_message", "id": said["id"], "content": "Salut", "sender_id": jean.id,
            "receiver_id": marie.id, "created_at": said["created_at"],
        });
        assert_eq!(told, expected);
    }
    let path = format!("/messages/{}", said["id"]);
    let edited: Value = jean.sends(Method::PUT, &path, json!({ "content": "Bonjour" })).await.well().json();
    for live in [&mut his, &mut hers] {
        let told = live.hears("message_updated").await;
        let expected = json!({
            "type": "message_updated", "id": said["id"], "content": "Bonjour", "sender_id": jean.id,
            "receiver_id": marie.id, "updated_at": edited["updated_at"],
        });
        assert_eq!(told, expected);
    }
    Answer::of(jean.request(Method::DELETE, &path)).await.well();
    for live in [&mut his, &mut hers] {
        let told = live.hears("message_deleted").await;
        let expected = json!({ "type": "message_deleted", "id": said["id"], "sender_id": jean.id, "receiver_id": marie.id });
        assert_eq!(told, expected);
    }
    for n in 0..20 {
        jean.says(marie.id, &n.to_string()).await;
    }
    let heard = third.so_far().await;
    assert!(heard.iter().all(|told| told["type"] == "active_users"), "{heard:?}");
}

async fn what_is_sent_by_a_socket_is_said(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let (mut his, mut hers) = (jean.listens().await, marie.listens().await);
    his.tells(json!({ "type": "send_message", "receiver_id": marie.id, "content": "Salut" })).await;
    let told = hers.hears("new_message").await;
    assert_eq!((&told["content"], &told["sender_id"]), (&"Salut".into(), &jean.id.into()));
    assert_eq!(his.hears("new_message").await, told);
    let talk = marie.reads(&format!("/messages/conversation/{}", jean.id)).await;
    assert_eq!(talk[0]["id"], told["id"]);
    // What the document has no word for is not told: a poll, asked on a page.
    let browser = app.browser();
    cast::logs_in(&browser, "marie", cast::PASSWORD).await.well();
    let on_a_page = Person::known(&app, "marie", browser).await;
    let talk = on_a_page.home().await.conversations[0].id;
    on_a_page.polls(talk, "Tea or coffee?", &["Tea", "Coffee"]).await;
    on_a_page.sends(talk, "Vote!").await;
    assert_eq!(his.hears("new_message").await["content"], "Vote!");
    assert_eq!(hers.hears("new_message").await["content"], "Vote!");
    // It works at the other socket too, which tells only who is here.
    let mut watching = jean.watches().await;
    watching.tells(json!({ "type": "send_message", "receiver_id": marie.id, "content": "Encore" })).await;
    assert_eq!(hers.hears("new_message").await["content"], "Encore");
    assert!(watching.so_far().await.iter().all(|told| told["type"] != "new_message"));
}

async fn a_bad_frame_is_answered_and_the_socket_stays(app: TestApp) {
    let jean = Garrix::arrives(&app, "jean").await;
    let mut live = jean.listens().await;
    for bad in [
        "",
        "{",
        "null",
        "[]",
        "{\"type\":\"dance\"}",
        "{\"type\":\"send_message\"}",
        "{\"type\":\"send_message\",\"receiver_id\":7}",
        "{\"type\":\"send_message\",\"receiver_id\":77,\"content\":\"x\"}",
        "{\"type\":\"send_message\",\"receiver_id\":\"x\",\"content\":\"x\"}",
        &"[".repeat(10_000),
    ] {
        live.0.tells_text(bad).await;
        let told = live.next().await;
        assert_eq!(told["type"], "error", "{bad}: {told}");
        assert!(told["message"].as_str().is_some_and(|message| !message.is_empty()), "{told}");
    }
    live.tells(json!({ "type": "ping" })).await;
    let pong = live.next().await;
    assert_eq!(pong["type"], "pong");
    assert!(pong["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{pong}");
}

async fn who_comes_and_goes_is_told(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let mut his = jean.opens(&format!("/users/ws/{}", jean.token)).await;
    let first = his.next().await;
    assert_eq!((&first["type"], &first["users"]), (&"active_users".into(), &json!([jean.id])));

    let mut hers = marie.watches().await;
    let told = his.hears("user_status").await;
    assert_eq!((&told["user_id"], &told["status"]), (&marie.id.into(), &"online".into()));
    hers.tells(json!({ "type": "get_active_users" })).await;
    assert_eq!(hers.hears("active_users").await["users"], json!([jean.id, marie.id]));
    let list = marie.reads("/users/active/list").await;
    assert_eq!((&list["active_users"], &list["count"]), (&json!([jean.id, marie.id]), &2.into()));
    let status = marie.reads(&format!("/users/active/status/{}", jean.id)).await;
    assert_eq!((&status["user_id"], &status["is_active"]), (&jean.id.into(), &true.into()));

    // That somebody is at work is told to the others, not to themselves.
    his.so_far().await;
    hers.so_far().await;
    hers.tells(json!({ "type": "activity_update" })).await;
    let told = his.hears("user_status").await;
    assert_eq!((&told["user_id"], &told["status"]), (&marie.id.into(), &"online".into()));
    assert_eq!(hers.so_far().await, [""; 0]);

    drop(hers);
    let told = his.hears("user_status").await;
    assert_eq!((&told["user_id"], &told["status"]), (&marie.id.into(), &"offline".into()));
    let status = jean.reads(&format!("/users/active/status/{}", marie.id)).await;
    assert_eq!(status["is_active"], false);
    assert_eq!(jean.reads("/users/active/list").await["active_users"], json!([jean.id]));
}

async fn who_does_nothing_is_inactive(engine: Engine) {
    let app = TestApp::with(engine, |config| config.presence.idle_seconds = 2).await;
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let mut his = jean.watches().await;
    let mut hers = marie.watches().await;
    let status = async |live: &mut super::Live, status: &str| loop {
        let told = live.hears("user_status").await;
        if told["status"] == status {
            assert_eq!(told["user_id"], marie.id);
            return;
        }
    };
    status(&mut his, "inactive").await;
    hers.tells(json!({ "type": "activity_update" })).await;
    status(&mut his, "online").await;
}

async fn several_sockets_are_one_person(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let mut his = jean.watches().await;
    let (one, other) = (marie.watches().await, marie.listens().await);
    assert_eq!(his.hears("user_status").await["status"], "online");
    drop(one);
    let path = format!("/users/active/status/{}", marie.id);
    assert_eq!(jean.reads(&path).await["is_active"], true);
    drop(other);
    let told = his.hears("user_status").await;
    assert_eq!(told["status"], "offline");
    wait_for("her to be gone", async || (jean.reads(&path).await["is_active"] == false).then_some(())).await;
    assert!(his.so_far().await.is_empty(), "once, not twice");
}

async fn who_hides_is_not_seen(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let amina = Person::signs_up(&app, "amina").await;
    let browser = app.browser();
    cast::logs_in(&browser, "marie", cast::PASSWORD).await.well();
    let fields = [("writers", "everyone"), ("takes_requests", "true"), ("seen_by", "nobody")];
    browser.calls("save_privacy", &fields).await.well();
    let _hers = marie.watches().await;
    let _pages = amina.connects().await;
    let mut his = jean.watches().await;
    his.tells(json!({ "type": "get_active_users" })).await;
    assert_eq!(his.hears("active_users").await["users"], json!([jean.id]));
    let status = jean.reads(&format!("/users/active/status/{}", marie.id)).await;
    assert_eq!(status["is_active"], false);
    // Nor does she see who hides nothing.
    assert_eq!(marie.reads("/users/active/list").await["active_users"], json!([marie.id]));
}

async fn sockets_end_with_the_token(app: TestApp) {
    let jean = Garrix::arrives(&app, "jean").await;
    let (watching, listening) = (jean.watches().await, jean.listens().await);
    let elsewhere = Garrix::logs_in(&app, "jean@example.org").await;
    let mut stays = elsewhere.listens().await;
    Answer::of(jean.request(Method::POST, "/auth/logout")).await.well();
    assert_eq!(watching.0.close_code().await, Some(4401));
    assert_eq!(listening.0.close_code().await, Some(4401));
    stays.so_far().await;
    assert_eq!(jean.opens(&format!("/users/ws/{}", jean.token)).await.0.close_code().await, Some(4001));
}

async fn staff_tells_everybody_once(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let (mut his, mut hers) = (jean.watches().await, marie.listens().await);
    let told = json!({ "message": "Annonce importante" });
    let refused = jean.sends(Method::POST, "/users/broadcast", told.clone()).await;
    assert_eq!((refused.status, refused.json::<Value>()["error"].as_str()), (403, Some("forbidden")));

    let browser = app.browser();
    cast::logs_in(&browser, "jean", cast::PASSWORD).await.well();
    Person::known(&app, "jean", browser).await.looks_after(&app).await;
    assert_eq!(jean.sends(Method::POST, "/users/broadcast", json!({})).await.status, 422);
    let answer: Value = jean.sends(Method::POST, "/users/broadcast", told).await.well().json();
    assert_eq!(answer, json!({ "status": "sent", "recipients": 2 }));
    for live in [&mut his, &mut hers] {
        let told = live.hears("broadcast").await;
        assert_eq!(told["timestamp"].as_str().and_then(|at| at.chars().last()), Some('Z'));
        let parts = (&told["from_user"], &told["message"], told.as_object().map(serde_json::Map::len));
        assert_eq!(parts, (&jean.id.into(), &"Annonce importante".into(), Some(4)));
        assert!(!live.so_far().await.iter().any(|told| told["type"] == "broadcast"));
    }
}
