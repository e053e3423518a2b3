//! `VaultRoom`, seed 000.

mod accounts;
mod live;
mod messages;
mod polling;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, browser::bare, cast, socket_io::Program};

const SOCKETS: &str = "/dialects/vaultroom/socket.io";

/// A program that was written for `VaultRoom`.
struct Vaultroom {
    server: String,
    token: String,
    id: i64,
}

impl Vaultroom {
    /// Registers `name`, with the address `name`@example.org, and logs in.
    async fn arrives(app: &TestApp, name: &str) -> Self {
        let new = json!({ "username": name, "email": cast::address(name), "password": cast::PASSWORD });
        posts(app, "/register", new).await.well();
        Self::logs_in(app, name).await
    }

    async fn logs_in(app: &TestApp, name: &str) -> Self {
        let login = json!({ "username": name, "password": cast::PASSWORD });
        let told: Value = posts(app, "/login", login).await.well().json();
        let token = told["access_token"].as_str().expect("a token").to_owned();
        Self { server: app.origin.clone(), token, id: told["user"]["id"].as_i64().expect("an id") }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let bearer = format!("Bearer {}", self.token);
        bare(&self.server, method, &format!("/dialects/vaultroom{path}"), &[("authorization", &bearer)])
    }

    async fn gets(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    async fn reads(&self, path: &str) -> Value {
        self.gets(path).await.well().json()
    }

    async fn sends(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body)).await
    }

    /// Says something to somebody.
    async fn says(&self, to: i64, message: &str) -> Value {
        let told: Value = self
            .sends("/send-message", json!({ "recipient_id": to, "message": message }))
            .await
            .well()
            .json();
        assert_eq!(told["status"], "success");
        told["data"].clone()
    }

    async fn connects(&self) -> Program {
        Program::connects(&self.server, SOCKETS, &self.token).await
    }

    /// Connects, and joins the room with `other`.
    async fn joins(&self, other: i64) -> Program {
        let mut live = self.connects().await;
        let room = self.room(other);
        assert_eq!(live.asks("join_room", json!({ "room": room })).await["room"], *room);
        live
    }

    fn room(&self, other: i64) -> String {
        format!("private_{}_{}", self.id.min(other), self.id.max(other))
    }

    async fn logs_out(&self) -> Answer {
        self.gets("/logout").await
    }
}

/// Who has registered, by these names.
async fn three(app: &TestApp) -> [Vaultroom; 3] {
    [
        Vaultroom::arrives(app, "amina").await,
        Vaultroom::arrives(app, "bruno").await,
        Vaultroom::arrives(app, "carla").await,
    ]
}

fn to(app: &TestApp, path: &str) -> RequestBuilder {
    bare(&app.origin, Method::POST, &format!("/dialects/vaultroom{path}"), &[])
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
