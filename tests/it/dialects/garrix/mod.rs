//! Garrix, seed 002.

mod accounts;
mod live;
mod messages;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{Answer, Socket, TestApp, browser::bare, cast, socket::Handshake};

/// A program that was written for Garrix.
struct Garrix {
    server: String,
    token: String,
    id: i64,
}

impl Garrix {
    /// Registers `name`, with the address `name`@example.org, and logs in.
    async fn arrives(app: &TestApp, name: &str) -> Self {
        let new = json!({ "name": name, "email": cast::address(name), "password": cast::PASSWORD });
        let made: Value = posts(app, "/auth/register", new).await.well().json();
        let mut program = Self::logs_in(app, &cast::address(name)).await;
        program.id = made["id"].as_i64().expect("an id");
        program
    }

    /// Logs in as the printed client does.
    async fn logs_in(app: &TestApp, address: &str) -> Self {
        let form = [("username", address), ("password", cast::PASSWORD)];
        let told: Value = Answer::of(to(app, "/auth/token").form(&form)).await.well().json();
        assert_eq!(told["token_type"], "bearer");
        let token = told["access_token"].as_str().expect("a token").to_owned();
        Self { server: app.origin.clone(), token, id: 0 }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let bearer = format!("Bearer {}", self.token);
        bare(&self.server, method, &format!("/dialects/garrix{path}"), &[("authorization", &bearer)])
    }

    async fn gets(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    async fn reads(&self, path: &str) -> Value {
        self.gets(path).await.well().json()
    }

    async fn sends(&self, method: Method, path: &str, body: Value) -> Answer {
        Answer::of(self.request(method, path).json(&body)).await
    }

    /// Says something to somebody.
    async fn says(&self, to: i64, content: &str) -> Value {
        self.sends(Method::POST, "/messages/", json!({ "receiver_id": to, "content": content }))
            .await
            .well()
            .json()
    }

    async fn opens(&self, path: &str) -> Live {
        let handshake = Handshake {
            path: format!("/dialects/garrix{path}"),
            protocol: None,
            origin: None,
            ..Handshake::new(&self.server, "")
        };
        Live(handshake.attempt().await.unwrap_or_else(|status| panic!("no connection: {status}")))
    }

    async fn watches(&self) -> Live {
        let mut live = self.opens(&format!("/users/ws/{}", self.token)).await;
        assert_eq!(live.next().await["type"], "active_users");
        live
    }

    async fn listens(&self) -> Live {
        let mut live = self.opens(&format!("/messages/ws?token={}", self.token)).await;
        assert_eq!(live.next().await["type"], "active_users");
        live
    }
}

/// A socket that speaks JSON.
struct Live(Socket);

impl Live {
    /// The next frame, whatever it says.
    async fn next(&mut self) -> Value {
        let frame = self.0.next_frame().await.expect("the connection is open");
        serde_json::from_str(frame.to_text().expect("text")).expect("JSON")
    }

    /// The next frame of a kind; others are passed over.
    async fn hears(&mut self, kind: &str) -> Value {
        loop {
            let told = self.next().await;
            if told["type"] == kind {
                return told;
            }
        }
    }

    async fn tells(&mut self, told: Value) {
        self.0.tells_text(told.to_string()).await;
    }

    /// Everything that waits: what comes before the answer to a `ping`.
    async fn so_far(&mut self) -> Vec<Value> {
        self.tells(json!({ "type": "ping" })).await;
        let mut told = Vec::new();
        loop {
            match self.next().await {
                pong if pong["type"] == "pong" => return told,
                other => told.push(other),
            }
        }
    }
}

fn to(app: &TestApp, path: &str) -> RequestBuilder {
    bare(&app.origin, Method::POST, &format!("/dialects/garrix{path}"), &[])
}

async fn posts(app: &TestApp, path: &str, body: Value) -> Answer {
    Answer::of(to(app, path).json(&body)).await
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// The texts of a list of messages.
fn contents(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|message| message["content"].as_str()).collect()
}
