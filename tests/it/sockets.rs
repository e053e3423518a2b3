//! Who gets a live connection, and which frames cost it.

use std::collections::BTreeMap;

use salon::realtime::event::{Command, Event, LARGEST_FRAME, MOST_RESUMED, Refusal};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::{
    on_both_engines,
    support::{Engine, Socket, TestApp, app::generous, socket::Handshake, wait_for},
};

on_both_engines! {
    only_our_own_pages_connect,
    a_connection_names_its_protocol,
    who_is_not_logged_in_is_told_so,
    binary_frames_end_the_connection,
    what_is_no_command_is_refused_and_the_connection_stays,
    a_frame_that_is_too_big_ends_the_connection,
    a_flood_is_refused_and_then_cut_off,
    a_person_has_at_most_ten_connections,
}

async fn only_our_own_pages_connect(app: TestApp) {
    let amina = app.person("amina").await;
    let ours = Handshake::new(&app.origin, &amina.cookies());
    let port = app.running.address.port();
    for origin in [
        "https://evil.example".to_owned(),
        "null".to_owned(),
        String::new(),
        format!("{}.evil.example", app.origin),
        format!("{}@evil.example", app.origin),
        format!("{}/", app.origin),
        format!("https://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{}", port ^ 1),
        "http://127.0.0.1".to_owned(),
        format!("HTTP://127.0.0.1:{port}"),
        format!("http://127.0.0.2:{port}"),
        format!("{0}, {0}", app.origin),
    ] {
        let handshake = Handshake { origin: Some(origin.clone()), ..ours.clone() };
        assert_eq!(handshake.attempt().await.err(), Some(403), "{origin:?}");
    }
    let handshake = Handshake { origin: None, ..ours.clone() };
    assert_eq!(handshake.attempt().await.err(), Some(403), "no origin");
    assert_eq!(app.running.app.hub.count(), 0);

    for origin in [app.origin.clone(), format!("http://localhost:{port}"), format!("http://[::1]:{port}")] {
        let handshake = Handshake { origin: Some(origin.clone()), ..ours.clone() };
        assert!(handshake.attempt().await.is_ok(), "{origin}");
    }
}

async fn a_connection_names_its_protocol(app: TestApp) {
    let amina = app.person("amina").await;
    let ours = Handshake::new(&app.origin, &amina.cookies());
    for protocol in [None, Some("salon.v2"), Some("Salon.V1"), Some("graphql-ws")] {
        let handshake = Handshake { protocol: protocol.map(str::to_owned), ..ours.clone() };
        assert_eq!(handshake.attempt().await.err(), Some(415), "{protocol:?}");
    }
}

async fn who_is_not_logged_in_is_told_so(app: TestApp) {
    for cookies in ["", "salon=AAAAAAAAAAAAAAAAAAAAAA", "salon=nonsense"] {
        let socket = Handshake::new(&app.origin, cookies).attempt().await.expect("a connection");
        assert_eq!(socket.close_code().await, Some(4401), "{cookies:?}");
    }
}

async fn binary_frames_end_the_connection(app: TestApp) {
    let amina = app.person("amina").await;
    let mut socket = amina.connects().await;
    socket.tells_frame(Frame::binary(br#"{"type":"ping"}"#.to_vec())).await.expect("sent");
    assert_eq!(socket.close_code().await, Some(1008));
}

async fn what_is_no_command_is_refused_and_the_connection_stays(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut socket = amina.connects().await;
    let deep = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    let many: BTreeMap<i64, i64> =
        (1..=i64::try_from(MOST_RESUMED).expect("small") + 1).map(|n| (n, 0)).collect();
    let many = serde_json::json!({ "type": "resume", "conversations": many }).to_string();
    for text in [
        "",
        " ",
        "null",
        "1e999",
        "\"ping\"",
        "{",
        "[]",
        "{}",
        "{\"type\":1}",
        "{\"type\":\"pong\"}",
        "{\"type\":\"ping\",\"type\":\"ping\",\"x\":1}",
        "{\"type\":\"subscribe\",\"conversation\":1}",
        "{\"type\":\"resume\"}",
        "{\"type\":\"resume\",\"conversations\":[]}",
        "{\"type\":\"resume\",\"conversations\":{\"0\":0}}",
        "{\"type\":\"resume\",\"conversations\":{\"-1\":0}}",
        "{\"type\":\"resume\",\"conversations\":{\"9007199254740992\":0}}",
        "{\"type\":\"resume\",\"conversations\":{\"x\":0}}",
        "{\"type\":\"resume\",\"conversations\":{\"1\":1e999}}",
        "{\"type\":\"resume\",\"conversations\":{\"1\":1.5}}",
        "{\"type\":\"resume\",\"conversations\":{\"1\":\"1\"}}",
        "{\"type\":\"message\",\"body\":\"</textarea><script>alert(1)</script>\"}",
        "\u{0}",
        "\u{feff}{\"type\":\"ping\"}",
        &deep,
        &many,
    ] {
        socket.tells_text(text).await;
        let event = socket.next_event().await;
        assert_eq!(event, Event::Error { code: Refusal::Malformed }, "{}", &text[..text.len().min(80)]);
    }
    socket.assert_silent().await;
    let sent = bruno.sends(talk, "still there").await;
    assert_eq!(socket.next_message().await, sent);
}

async fn a_frame_that_is_too_big_ends_the_connection(app: TestApp) {
    let amina = app.person("amina").await;
    let padded = |length: usize| format!("{{\"type\":\"ping\"}}{}", " ".repeat(length - 15));
    let mut socket = amina.connects().await;
    socket.tells_text(padded(LARGEST_FRAME)).await;
    assert_eq!(socket.next_event().await, Event::Pong);
    socket.tells_text(padded(LARGEST_FRAME + 1)).await;
    assert_eq!(socket.close_code().await, Some(1009));
}

async fn a_flood_is_refused_and_then_cut_off(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.limits = generous();
        config.limits.frames_per_second = 1;
        config.limits.frames_at_once = 5;
    })
    .await;
    let amina = app.person("amina").await;
    let mut socket = amina.connects().await;
    for _ in 0..5 {
        socket.tells(&Command::Ping {}).await;
        assert_eq!(socket.next_event().await, Event::Pong);
    }
    socket.tells(&Command::Ping {}).await;
    assert_eq!(socket.next_event().await, Event::Error { code: Refusal::TooFast });
    for _ in 0..60 {
        if socket.tells_frame(Frame::text("{\"type\":\"ping\"}")).await.is_err() {
            break;
        }
    }
    assert_eq!(socket.close_code().await, Some(1008));
}

async fn a_person_has_at_most_ten_connections(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let mut sockets: Vec<Socket> = Vec::new();
    for _ in 0..10 {
        sockets.push(amina.connects().await);
    }
    let eleventh = Handshake::new(&app.origin, &amina.cookies()).attempt().await.expect("a connection");
    assert_eq!(eleventh.close_code().await, Some(1008));
    bruno.connects().await.assert_silent().await;
    for socket in &mut sockets {
        socket.assert_silent().await;
    }
    sockets.truncate(9);
    wait_for("a place to be free", async || (app.running.app.hub.count() <= 9).then_some(())).await;
    amina.connects().await.assert_silent().await;
}
