//! `VaultRoom` live, over a WebSocket: rooms, and who is here.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{SOCKETS, Vaultroom, three};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, browser::bare, cast, socket_io::Program, wait_for},
};

on_both_engines! {
    a_token_that_opens_nothing_is_turned_away,
    the_token_may_stand_in_the_header_and_nowhere_else,
    whoever_has_joined_a_room_hears_it_and_nobody_else,
    a_room_is_left,
    what_is_sent_by_a_socket_is_said,
    a_bad_event_is_answered_and_the_connection_stays,
    garbage_ends_its_own_connection_alone,
    who_comes_and_goes_is_told,
    it_ends_with_the_token,
    it_ends_when_its_time_is_up,
    too_many_events_are_too_many,
    one_person_has_so_many_connections,
    who_does_not_read_is_cut_off,
    whoever_shows_no_token_is_closed,
}

async fn turned_away(app: &TestApp, packet: String) -> String {
    let mut program = Program::opens(&app.origin, SOCKETS).await;
    program.socket.tells_text(packet).await;
    program.packet().await.expect("an answer")
}

async fn a_token_that_opens_nothing_is_turned_away(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let other = if amina.token.ends_with('A') { 'B' } else { 'A' };
    let altered = format!("{}{other}", &amina.token[..amina.token.len() - 1]);
    let garrix = json!({ "username": "amina", "password": cast::PASSWORD });
    let garrix = bare(&app.origin, Method::POST, "/dialects/garrix/auth/token", &[]).json(&garrix);
    let garrix: Value = Answer::of(garrix).await.well().json();
    let garrix = garrix["access_token"].as_str().expect("a token");
    for packet in [
        "40".to_owned(),
        "40{}".to_owned(),
        "40{\"token\":7}".to_owned(),
        "40[]".to_owned(),
        "40{".to_owned(),
        format!("40{}", json!({ "token": "x" })),
        format!("40{}", json!({ "token": altered })),
        format!("40{}", json!({ "token": garrix })),
    ] {
        let told = turned_away(&app, packet.clone()).await;
        assert_eq!(told, "44{\"message\":\"Show a token that is valid.\"}", "{packet}");
    }
    assert!(
        turned_away(&app, format!("40/other,{}", json!({ "token": amina.token })))
            .await
            .starts_with("44/other")
    );
    assert_eq!(app.running.app.hub.count(), 0);
}

async fn the_token_may_stand_in_the_header_and_nowhere_else(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let token = amina.token.clone();
    let mut program =
        Program::opens_with(&app.origin, SOCKETS, |handshake| handshake.bearer = Some(token)).await;
    program.socket.tells_text("40").await;
    let told = program.packet().await.expect("an answer");
    assert!(told.starts_with("40{\"sid\""), "{told}");

    let cookies = format!("vaultroom={}", amina.token);
    let query = format!("{SOCKETS}/?EIO=4&transport=websocket&token={}", amina.token);
    for (cookies, path) in [(cookies, None), (String::new(), Some(query))] {
        let mut program = Program::opens_with(&app.origin, SOCKETS, |handshake| {
            handshake.cookies = cookies;
            handshake.path = path.unwrap_or(handshake.path.clone());
        })
        .await;
        program.socket.tells_text("40").await;
        let told = program.packet().await.expect("an answer");
        assert!(told.starts_with("44"), "{told}");
    }
}

async fn whoever_has_joined_a_room_hears_it_and_nobody_else(app: TestApp) {
    let [amina, bruno, carla] = three(&app).await;
    let (mut hers, mut his) = (amina.joins(bruno.id).await, bruno.joins(amina.id).await);
    // In a room of theirs, but not in this one; in none at all; and one who would like to be in this one.
    let (mut elsewhere, mut nowhere) = (bruno.joins(carla.id).await, bruno.connects().await);
    let mut third = carla.joins(bruno.id).await;
    for named in [json!({ "room": amina.room(bruno.id) }), json!(amina.room(bruno.id))] {
        assert_eq!(third.asks("join_room", named).await["error"], "not_found");
    }

    let said = amina.says(bruno.id, "Salut").await;
    for live in [&mut hers, &mut his] {
        assert_eq!(live.hears("receive_message").await, said);
    }
    for live in [&mut elsewhere, &mut nowhere, &mut third] {
        let heard = live.so_far("nothing").await;
        assert!(heard.iter().all(|(event, _)| event != "receive_message"), "{heard:?}");
    }
}

async fn a_room_is_left(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    // However a room is named.
    let mut his = bruno.connects().await;
    for named in [
        json!(bruno.room(amina.id)),
        json!({ "room": bruno.room(amina.id) }),
        json!({ "recipient_id": amina.id }),
        json!({ "username": "bruno", "recipient_id": amina.id.to_string() }),
    ] {
        assert_eq!(his.asks("join_room", named.clone()).await["room"], bruno.room(amina.id));
        amina.says(bruno.id, "one").await;
        assert_eq!(his.hears("receive_message").await["content"], "one");
        assert_eq!(his.asks("leave_room", named).await["room"], bruno.room(amina.id));
        amina.says(bruno.id, "two").await;
        let heard = his.so_far("nothing").await;
        assert!(heard.iter().all(|(event, _)| event != "receive_message"), "{heard:?}");
    }
}

async fn what_is_sent_by_a_socket_is_said(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let (mut hers, mut his) = (amina.joins(bruno.id).await, bruno.joins(amina.id).await);
    for (named, text) in [
        (json!({ "recipient_id": amina.id, "message": "one" }), "one"),
        (json!({ "recipient_id": amina.id.to_string(), "msg": "two" }), "two"),
        (json!({ "room": amina.room(bruno.id), "message": "three" }), "three"),
    ] {
        his.tells("send_message", named).await;
        let told = hers.hears("receive_message").await;
        assert_eq!((&told["content"], &told["sender"]), (&text.into(), &"bruno".into()));
        assert_eq!(his.hears("receive_message").await, told);
    }
    let acknowledged = his.asks("send_message", json!({ "recipient_id": amina.id, "message": "four" })).await;
    assert_eq!(
        (&acknowledged["status"], &acknowledged["data"]["content"]),
        (&"success".into(), &"four".into())
    );
    let talk = amina.reads(&format!("/get-messages?receiver_id={}", bruno.id)).await;
    assert_eq!(super::contents(&talk), ["one", "two", "three", "four"]);

    // What the document has no word for is not told: a poll, asked on a page.
    let browser = app.browser();
    cast::logs_in(&browser, "bruno", cast::PASSWORD).await.well();
    let on_a_page = Person::known(&app, "bruno", browser).await;
    let talk = on_a_page.home().await.conversations[0].id;
    on_a_page.polls(talk, "Tea or coffee?", &["Tea", "Coffee"]).await;
    on_a_page.sends(talk, "Vote!").await;
    assert_eq!(hers.hears("receive_message").await["content"], "four");
    assert_eq!(hers.hears("receive_message").await["content"], "Vote!");
}

async fn a_bad_event_is_answered_and_the_connection_stays(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let hidden = Person::signs_up(&app, "carla").await;
    let mut live = amina.connects().await;
    for (event, said) in [
        ("dance", json!({})),
        ("", Value::Null),
        ("join_room", Value::Null),
        ("join_room", json!({})),
        ("join_room", json!([])),
        ("join_room", json!("private_1_2")),
        ("join_room", json!("general")),
        ("join_room", json!({ "room": { "deep": {} } })),
        ("join_room", json!({ "recipient_id": 7 })),
        ("join_room", json!({ "recipient_id": hidden.id })),
        ("leave_room", json!(7)),
        ("send_message", json!("x")),
        ("send_message", json!({ "recipient_id": bruno.id })),
        ("send_message", json!({ "recipient_id": bruno.id, "message": "" })),
        ("send_message", json!({ "recipient_id": hidden.id, "message": "x" })),
    ] {
        let answer = live.asks(event, said.clone()).await;
        assert!(answer["error"].is_string() && answer["detail"].is_string(), "{event} {said}: {answer}");
        assert_eq!(live.hears("error").await, answer);
    }
    let fields: Value =
        (0..100).map(|at| (format!("field{at}"), Value::Null)).collect::<serde_json::Map<_, _>>().into();
    assert_eq!(live.asks("join_room", fields).await["error"], "invalid");
    assert_eq!(live.asks("get_active_users", Value::Null).await, json!({ "users": [] }));
}

async fn garbage_ends_its_own_connection_alone(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let mut stays = amina.connects().await;
    for packet in [
        "",
        "9",
        "x",
        "42",
        "42{}",
        "42[]",
        "42[7]",
        "42[\"join_room\",{]",
        "42[\"join_room\"",
        &format!("42[\"x\",{}", "[".repeat(10_000)),
        "451-[\"x\",{\"_placeholder\":true,\"num\":0}]",
        "4",
        "49",
        "0",
    ] {
        let mut live = amina.connects().await;
        live.throws(packet).await;
        // Closed, or passed over: then it goes on.
        live.throws("1").await;
        live.last_words().await;
    }
    let mut live = amina.connects().await;
    live.socket.tells_text(format!("42[\"x\",\"{}\"]", "x".repeat(70_000))).await;
    assert_eq!(live.last_words().await, None);
    assert_eq!(stays.asks("get_active_users", Value::Null).await, json!({ "users": [] }));
    let hub = &app.running.app.hub;
    wait_for("the others to be gone", async || (hub.count() == 1).then_some(())).await;
}

async fn who_comes_and_goes_is_told(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let mut hers = amina.connects().await;
    assert_eq!(hers.hears("active_users").await, json!({ "users": [] }));
    let mut his = bruno.connects().await;
    assert_eq!(his.hears("active_users").await, json!({ "users": [amina.id] }));
    assert_eq!(hers.hears("user_status").await, json!({ "user_id": bruno.id, "status": "online" }));
    assert_eq!(hers.asks("get_active_users", Value::Null).await, json!({ "users": [bruno.id] }));
    // However they go.
    his.socket.tells_text("41").await;
    assert_eq!(hers.hears("user_status").await, json!({ "user_id": bruno.id, "status": "offline" }));
    let his = bruno.connects().await;
    assert_eq!(hers.hears("user_status").await["status"], "online");
    drop(his);
    assert_eq!(hers.hears("user_status").await["status"], "offline");
}

async fn it_ends_with_the_token(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let elsewhere = Vaultroom::logs_in(&app, "amina").await;
    let (mut ends, mut stays) = (amina.connects().await, elsewhere.connects().await);
    ends.asks("get_active_users", Value::Null).await;
    let begun = Instant::now();
    amina.logs_out().await.well();
    assert_eq!(ends.last_words().await.as_deref(), Some("41"));
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    stays.asks("get_active_users", Value::Null).await;
    let packet = format!("40{}", json!({ "token": amina.token }));
    assert!(turned_away(&app, packet).await.starts_with("44"));
}

async fn it_ends_when_its_time_is_up(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    app.pass(30 * 60_000 - 2_000);
    let live = amina.connects().await;
    app.pass(3_000);
    assert_eq!(live.last_words().await.as_deref(), Some("41"));
}

async fn too_many_events_are_too_many(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.limits.frames_per_second = 1;
        config.limits.frames_at_once = 5;
    })
    .await;
    let amina = Vaultroom::arrives(&app, "amina").await;
    let mut live = amina.connects().await;
    for _ in 0..8 {
        live.tells("get_active_users", Value::Null).await;
    }
    assert_eq!(live.hears("error").await["error"], "too_fast");
    for _ in 0..45 {
        live.throws("42[\"get_active_users\"]").await;
    }
    let words = live.last_words().await;
    assert!(words.is_none_or(|words| words == "41"));
    let hub = &app.running.app.hub;
    wait_for("the seat to be free", async || (hub.count() == 0).then_some(())).await;
}

async fn one_person_has_so_many_connections(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let mut all = Vec::new();
    for _ in 0..10 {
        all.push(amina.connects().await);
    }
    let packet = format!("40{}", json!({ "token": amina.token }));
    assert!(turned_away(&app, packet).await.starts_with("44"));
    all.pop();
    let hub = &app.running.app.hub;
    wait_for("a seat to be free", async || (hub.count() == 9).then_some(())).await;
    amina.connects().await;
}

async fn who_does_not_read_is_cut_off(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let mut deaf =
        Program::opens_with(&app.origin, SOCKETS, |handshake| handshake.receive_buffer = Some(4_096)).await;
    deaf.shows(&bruno.token).await;
    assert!(deaf.packet().await.is_some_and(|told| told.starts_with("40")));
    deaf.asks("join_room", json!({ "recipient_id": amina.id })).await;
    let hub = &app.running.app.hub;
    assert_eq!(hub.count(), 1);
    let text = "x".repeat(8_000);
    let mut said = 0;
    while hub.count() == 1 {
        assert!(said < 4_000, "{said} messages of 8,000 bytes wait for somebody who does not read");
        join_all((0..40).map(|_| amina.says(bruno.id, &text))).await;
        said += 40;
    }
}

async fn whoever_shows_no_token_is_closed(app: TestApp) {
    let begun = Instant::now();
    let silent = Program::opens(&app.origin, SOCKETS).await;
    assert_eq!(silent.last_words().await, None);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}
