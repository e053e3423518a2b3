//! A program that is told what a bot hears: a real server on this machine, which answers as it is told to.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use salon::server::webhooks::signing::Secret;
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch};

use crate::support::in_time;

/// What came.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Delivery {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// What has happened, and to what text.
    pub fn told(&self) -> (String, String) {
        let told = self.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&told["type"]), text(&told["data"]["message"]["body"]))
    }

    /// Whether it is signed as it should be, with this secret.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let seconds = self.header("webhook-timestamp").parse().expect("seconds");
        let secret = Secret::stored(secret).expect("a secret");
        secret.sign(self.header("webhook-id"), seconds, &self.body) == self.header("webhook-signature")
    }
}

#[derive(Debug)]
struct Said {
    status: u16,
    kind: &'static str,
    body: String,
}

pub struct Receiver {
    pub address: String,
    answer: Arc<Mutex<Said>>,
    heard: watch::Receiver<Vec<Delivery>>,
}

type Shared = (Arc<Mutex<Said>>, Arc<watch::Sender<Vec<Delivery>>>);

impl Receiver {
    pub async fn start() -> Self {
        let answer = Arc::new(Mutex::new(Said { status: 204, kind: "text/plain", body: String::new() }));
        let (tells, heard) = watch::channel(Vec::new());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}/hook?key=canary", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(take).with_state((answer.clone(), Arc::new(tells)));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, answer, heard }
    }

    /// From here on.
    pub fn answers(&self, status: u16, kind: &'static str, body: &str) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) =
            Said { status, kind, body: body.to_owned() };
    }

    /// Waits until so many deliveries have come.
    pub async fn hears(&self, count: usize) -> Vec<Delivery> {
        let mut heard = self.heard.clone();
        let heard = in_time("deliveries", heard.wait_for(|heard| heard.len() >= count)).await;
        let heard = heard.expect("it serves").clone();
        assert_eq!(heard.len(), count, "{:?}", heard.iter().map(Delivery::told).collect::<Vec<_>>());
        heard
    }

    /// What has come by now.
    pub fn heard(&self) -> Vec<Delivery> {
        self.heard.borrow().clone()
    }
}

async fn take(State((answer, tells)): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let response = {
        let answer = answer.lock().unwrap_or_else(PoisonError::into_inner);
        let status = StatusCode::from_u16(answer.status).expect("a status");
        (status, [(header::CONTENT_TYPE, answer.kind)], answer.body.clone()).into_response()
    };
    tells.send_modify(|heard| heard.push(Delivery { headers, body }));
    response
}
