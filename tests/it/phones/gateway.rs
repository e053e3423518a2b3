//! Termii, as a real server on this machine plays it: what it is told, and what becomes of its failures.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use reqwest::Method;
use salon::server::config::SmsGateway;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{JEAN, posts};
use crate::{
    dialects::messagerie::code_in,
    on_both_engines,
    support::{Answer, Engine, TestApp, app::Place, binary::Binary, browser::bare, in_time},
};

on_both_engines! {
    termii_is_asked_as_it_wants_to_be,
    what_termii_does_not_take_can_be_tried_again,
    no_log_holds_a_key_a_number_or_a_code,
}

const KEY: &str = "canary-key-of-termii";

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Well,
    /// With this status.
    Refuses(u16),
    /// With 200, and words that do not say that it has taken anything.
    Mumbles,
    /// With more than anybody wants to hear.
    Babbles,
    /// To another place, where the key has no business.
    SendsAway,
    /// Hangs up.
    Dies,
}

/// A server that plays Termii.
struct Termii {
    base_url: String,
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    mood: Mood,
    requests: Vec<(String, HeaderMap, Value)>,
}

impl Termii {
    async fn start() -> Self {
        let seen = Arc::new(Mutex::new(Seen { mood: Mood::Well, requests: Vec::new() }));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(answer).with_state(seen.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base_url, seen }
    }

    fn is(&self, mood: Mood) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).mood = mood;
    }

    fn requests(&self) -> Vec<(String, HeaderMap, Value)> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).requests.clone()
    }

    async fn app(&self, engine: Engine) -> TestApp {
        TestApp::with(engine, |config| {
            config.sms.gateway = SmsGateway::Termii;
            config.sms.base_url = self.base_url.parse().expect("a URL");
            config.sms.api_key = Some(KEY.parse().expect("a key"));
            config.sms.sender = "Teahouse".to_owned();
        })
        .await
    }
}

async fn answer(
    State(seen): State<Arc<Mutex<Seen>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    seen.requests.push((
        format!("{method} {uri}"),
        headers,
        serde_json::from_slice(&body).unwrap_or_default(),
    ));
    let taken = json!({ "message_id": "9122821270554876574", "message": "Successfully Sent", "balance": 9 });
    match seen.mood {
        Mood::Well => axum::Json(taken).into_response(),
        Mood::Refuses(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        Mood::Mumbles => axum::Json(json!({ "message": "Insufficient balance" })).into_response(),
        Mood::Babbles => "x".repeat(1 << 20).into_response(),
        Mood::SendsAway => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")]).into_response()
        }
        Mood::Dies => panic!("it hangs up"),
    }
}

async fn termii_is_asked_as_it_wants_to_be(engine: Engine) {
    let termii = Termii::start().await;
    let app = termii.app(engine).await;
    posts(&app, "register", json!({ "phone": JEAN })).await.well();
    let requests = termii.requests();
    assert_eq!(requests.len(), 1);
    let (asked, headers, body) = &requests[0];
    assert_eq!(asked, "POST /api/sms/send");
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
    let code = code_in(body["sms"].as_str().expect("a text")).expect("a code");
    let sms = body["sms"].clone();
    assert_eq!(
        *body,
        json!({ "api_key": KEY, "to": "237670000001", "from": "Teahouse", "sms": sms, "type": "plain", "channel": "dnd" })
    );
    let new = json!({ "phone": JEAN, "otp": code, "name": "Jean" });
    assert_eq!(posts(&app, "register", new).await.status, 201);
}

async fn what_termii_does_not_take_can_be_tried_again(engine: Engine) {
    let termii = Termii::start().await;
    let app = termii.app(engine).await;
    for mood in [
        Mood::Refuses(500),
        Mood::Refuses(401),
        Mood::Refuses(400),
        Mood::Mumbles,
        Mood::Babbles,
        Mood::SendsAway,
        Mood::Dies,
    ] {
        termii.is(mood);
        for path in ["register", "login"] {
            let answer = in_time("an answer", posts(&app, path, json!({ "phone": JEAN }))).await;
            let told: Value = answer.json();
            assert_eq!((answer.status, &told["error"]), (503, &"unavailable".into()), "{mood:?}");
            assert!(!answer.text().contains(KEY) && !answer.text().contains(&termii.base_url));
        }
    }
    let away = termii.requests().iter().filter(|(asked, ..)| asked.contains("elsewhere")).count();
    assert_eq!(away, 0, "nobody follows");
    // A code that was not sent is none, and the next need not wait for a minute.
    let texts = termii.requests().into_iter().rev();
    let lost = texts.filter_map(|(.., body)| code_in(body["sms"].as_str()?)).next().expect("a code");
    assert_eq!(posts(&app, "register", json!({ "phone": JEAN, "otp": lost })).await.status, 401);
    termii.is(Mood::Well);
    posts(&app, "register", json!({ "phone": JEAN })).await.well();

    // Nobody there at all.
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", gone.local_addr().expect("an address"));
    drop(gone);
    let app = Termii { base_url, seen: termii.seen }.app(engine).await;
    assert_eq!(posts(&app, "register", json!({ "phone": JEAN })).await.status, 503);
}

async fn no_log_holds_a_key_a_number_or_a_code(engine: Engine) {
    let termii = Termii::start().await;
    let place = Place::new(engine).await;
    let server = Binary::start_with(
        &place,
        &[
            ("SALON_SMS_GATEWAY", "termii"),
            ("SALON_SMS_BASE_URL", &termii.base_url),
            ("TERMII_API_KEY", KEY),
            ("RUST_LOG", "debug"),
        ],
    )
    .await;
    let posts = async |body: Value| {
        let path = "/dialects/messagerie/api/auth/register";
        Answer::of(bare(&server.origin, Method::POST, path, &[]).json(&body)).await
    };
    termii.is(Mood::Refuses(500));
    assert_eq!(posts(json!({ "phone": JEAN })).await.status, 503);
    termii.is(Mood::Well);
    posts(json!({ "phone": JEAN })).await.well();
    let text = termii.requests().last().expect("a request").2["sms"].clone();
    let code = code_in(text.as_str().expect("a text")).expect("a code");
    assert_eq!(termii.requests()[0].2["api_key"], KEY);
    assert_eq!(posts(json!({ "phone": JEAN, "otp": "x" })).await.status, 400);
    posts(json!({ "phone": JEAN, "otp": code, "name": "Jean" })).await.well();
    server.ask_to_stop();
    let (_, said) = tokio::time::timeout(Duration::from_secs(20), server.ended()).await.expect("it ends");
    assert!(said.contains("gateway has not taken"), "{said}");
    for secret in [KEY, &JEAN[1..], &code] {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
}
