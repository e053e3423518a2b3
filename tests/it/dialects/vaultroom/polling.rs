//! `VaultRoom` live, over long polls, and what goes for every connection before it has shown a token.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use super::{SOCKETS, Vaultroom};
use crate::{
    on_both_engines,
    support::{Answer, Engine, TestApp, browser::bare, socket_io::Polling},
};

on_both_engines! {
    long_polls_hear_the_same,
    long_polls_end_with_the_token,
    from_one_address_come_so_many_at_once,
    answers_carry_the_headers_of_all_answers,
    the_server_goes_without_waiting_for_polls,
    a_setting_switches_it_off,
}

/// Connects, and polls until it is connected.
async fn connects(who: &Vaultroom) -> Polling {
    let polling = Polling::opens(&who.server, SOCKETS).await;
    polling.says(&format!("40{}", json!({ "token": who.token }))).await.well();
    hears(&polling, "40{\"sid\"").await;
    polling
}

/// Polls until it hears this; pings are answered.
async fn hears(polling: &Polling, text: &str) -> String {
    loop {
        let told = polling.polls().await.well().text();
        if told.split('\u{1e}').any(|packet| packet == "2") {
            polling.says("3").await.well();
        }
        if told.contains(text) {
            return told;
        }
    }
}

async fn long_polls_hear_the_same(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let polling = connects(&bruno).await;
    polling.says(&format!("421{}", json!(["join_room", bruno.room(amina.id)]))).await.well();
    hears(&polling, "431[").await;
    amina.says(bruno.id, "Salut").await;
    assert!(hears(&polling, "receive_message").await.contains("Salut"));
    // Several packets in one request keep their order.
    let says =
        |text: &str| format!("42{}", json!(["send_message", { "recipient_id": amina.id, "message": text }]));
    polling.says(&["one", "two", "three"].map(says).join("\u{1e}")).await.well();
    hears(&polling, "three").await;
    let talk = amina.reads(&format!("/get-messages?receiver_id={}", bruno.id)).await;
    assert_eq!(super::contents(&talk), ["Salut", "one", "two", "three"]);

    let large = polling.says(&format!("42[\"x\",\"{}\"]", "x".repeat(70_000))).await;
    assert_eq!(large.status, 413, "{}", large.text());
    for garbage in ["x", "42", "", "\u{1e}\u{1e}"] {
        let polling = connects(&bruno).await;
        let answer = polling.says(garbage).await;
        assert!(answer.status < 500, "{garbage}: {}", answer.status);
    }
}

async fn long_polls_end_with_the_token(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let polling = connects(&amina).await;
    let begun = Instant::now();
    amina.logs_out().await.well();
    hears(&polling, "41").await;
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

async fn from_one_address_come_so_many_at_once(app: TestApp) {
    let mut opened = 0;
    let refused = loop {
        let answer = Polling::attempt(&app.origin, SOCKETS).await;
        match answer.status {
            200 => opened += 1,
            _ => break answer,
        }
    };
    assert!((300..600).contains(&opened), "{opened}");
    assert_eq!(
        (refused.status, refused.json::<serde_json::Value>()["error"].clone()),
        (429, "too_fast".into())
    );
    assert!(refused.retry_after().is_some());
}

async fn answers_carry_the_headers_of_all_answers(app: TestApp) {
    for query in
        ["?EIO=4&transport=polling", "?EIO=3&transport=polling", "", "?EIO=4&transport=polling&sid=x"]
    {
        let request = bare(
            &app.origin,
            Method::GET,
            &format!("{SOCKETS}/{query}"),
            &[("origin", "https://evil.example"), ("accept", "text/html")],
        );
        let answer = Answer::of(request).await;
        assert!(answer.status == 200 || answer.status == 400, "{query}: {}", answer.status);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(answer.header("access-control-allow-origin"), "", "no page of another site reads it");
        assert!(answer.set_cookies().is_empty());
    }
}

async fn the_server_goes_without_waiting_for_polls(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let live = bruno.connects().await;
    let connected = connects(&amina).await;
    let mut waiting = Vec::new();
    for _ in 0..5 {
        let silent = Polling::opens(&app.origin, SOCKETS).await;
        hears(&silent, "2").await;
        waiting.push(silent);
    }
    let polls: Vec<_> = waiting
        .into_iter()
        .map(|polling| tokio::spawn(async move { polling.tries_to_poll().await }))
        .collect();
    let connected = tokio::spawn(async move { connected.tries_to_poll().await });
    // Asked after them, and answered: they wait by now, at least most of them.
    bruno.reads("/get-users").await;

    let begun = Instant::now();
    app.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert_eq!(live.last_words().await, None, "closed, and not told to leave: it comes back by itself");
    drop(connected.await);
    let mut closed = 0;
    for poll in polls {
        if let Ok(answer) = poll.await.expect("no panic") {
            assert_eq!(answer.text(), "1");
            closed += 1;
        }
    }
    assert!(closed > 0, "not one poll was answered");
}

async fn a_setting_switches_it_off(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.dialects = false).await;
    assert_eq!(Polling::attempt(&app.origin, SOCKETS).await.status, 404);
    let login = bare(&app.origin, Method::POST, "/dialects/vaultroom/login", &[]);
    assert_eq!(Answer::of(login).await.status, 404);
}
