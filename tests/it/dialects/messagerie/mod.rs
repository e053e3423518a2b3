//! Messagerie, seed 003.

mod listing;
mod live;
mod messages;

use reqwest::{Method, RequestBuilder};
use salon::server::config::SmsGateway;
use serde_json::{Value, json};

use crate::support::{Answer, Engine, TestApp, app::Place, browser::bare};

/// A Salon with an outbox in place of telephones.
pub async fn with_outbox(engine: Engine) -> TestApp {
    TestApp::with(engine, |config| config.sms.gateway = SmsGateway::Outbox).await
}

/// What was sent to telephones: to whom, and what.
pub fn outbox(place: &Place) -> Vec<(String, String)> {
    let path = place.data().join("sms-outbox.jsonl");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let read = |line: &str| {
        let told: Value = serde_json::from_str(line).expect("a line is JSON");
        let text = |name: &str| told[name].as_str().expect("text").to_owned();
        (text("to"), text("text"))
    };
    text.lines().map(read).collect()
}

/// The code in a message to a telephone.
pub fn code_in(text: &str) -> Option<String> {
    let found = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6);
    found.map(str::to_owned)
}

/// The last code that was sent to a number.
pub fn code_for(place: &Place, phone: &str) -> String {
    let sent = outbox(place).into_iter().rev().find(|(to, _)| to == phone);
    sent.and_then(|(_, text)| code_in(&text)).expect("a code was sent")
}

/// Asks for something that needs no token: `register` or `login`.
pub async fn posts(app: &TestApp, path: &str, body: Value) -> Answer {
    let request = bare(&app.origin, Method::POST, &format!("/dialects/messagerie/api/auth/{path}"), &[]);
    Answer::of(request.json(&body)).await
}

/// Asks for a code, and reads it in the outbox.
pub async fn gets_code(app: &TestApp, path: &str, phone: &str) -> String {
    posts(app, path, json!({ "phone": phone })).await.well();
    code_for(&app.place, phone)
}

/// A program that was written for Messagerie.
pub struct Messagerie {
    server: String,
    pub token: String,
    pub id: i64,
    pub username: String,
}

impl Messagerie {
    /// Registers `name` with a phone number.
    pub async fn arrives(app: &TestApp, name: &str, phone: &str) -> Self {
        let otp = gets_code(app, "register", phone).await;
        let answer = posts(app, "register", json!({ "phone": phone, "otp": otp, "name": name })).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        Self::of(app, &answer)
    }

    /// Whoever was let in.
    pub fn of(app: &TestApp, answer: &Answer) -> Self {
        let told: Value = answer.json();
        Self {
            server: app.origin.clone(),
            token: told["token"].as_str().expect("a token").to_owned(),
            id: told["user"]["id"].as_i64().expect("an id"),
            username: told["user"]["username"].as_str().expect("a username").to_owned(),
        }
    }

    /// Jean, Marie and Paul, who know nobody's number.
    pub async fn three(app: &TestApp) -> [Self; 3] {
        [
            Self::arrives(app, "Jean", "+237670000001").await,
            Self::arrives(app, "Marie", "+237670000002").await,
            Self::arrives(app, "Paul", "+237670000003").await,
        ]
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let bearer = format!("Bearer {}", self.token);
        let path = format!("/dialects/messagerie/api{path}");
        bare(&self.server, method, &path, &[("authorization", &bearer)])
    }

    pub async fn gets(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn reads(&self, path: &str) -> Value {
        self.gets(path).await.well().json()
    }

    pub async fn posts(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body)).await
    }

    /// Says something to somebody.
    pub async fn says(&self, to: i64, content: &str) -> Value {
        let answer = self.posts("/messages/send", json!({ "receiverId": to, "content": content })).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    /// What stands in the talk of two.
    async fn reads_talk(&self, with: i64) -> Value {
        self.reads(&format!("/messages/conversation/{}/{with}", self.id)).await
    }
}

/// The texts of a list of messages.
fn contents(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|message| message["content"].as_str()).collect()
}

/// Where the next page is, as a path below that of the page.
fn next(answer: &Answer) -> Option<String> {
    let link = answer.header("link");
    Some(link.strip_prefix('<')?.split_once(">; rel=\"next\"")?.0.to_owned())
}
