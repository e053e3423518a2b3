//! The public API, as a program meets it: plain HTTP, a token, and nothing else.

mod accounts;
mod activity;
mod asyncapi;
mod blocks;
mod bots;
mod coming_in;
mod describing;
mod drafts;
mod headers;
mod later;
mod live;
mod logging_in;
mod marking;
mod people;
mod places;
mod reading;
mod refusing;
mod searching;
mod spaces;
mod staff;
mod tokens;
mod writing;

use reqwest::{Method, RequestBuilder};
use salon::{
    ids::AccessTokenId,
    tokens::{AccessToken, AccessTokens},
};
use serde_json::Value;

use crate::support::{Answer, Person, browser::bare};

/// Something that acts for somebody.
struct Program {
    origin: String,
    token: String,
}

impl Program {
    fn new(origin: &str, token: &str) -> Self {
        Self { origin: origin.to_owned(), token: token.to_owned() }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let bearer = format!("Bearer {}", self.token);
        bare(&self.origin, method, &format!("/api/v1{path}"), &[("authorization", &bearer)])
    }

    async fn gets(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    /// The JSON of an answer that went well.
    async fn reads(&self, path: &str) -> Value {
        self.gets(path).await.well().json()
    }

    async fn sends(&self, method: Method, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(method, path).json(body)).await
    }

    async fn posts(&self, path: &str, body: Value) -> Answer {
        self.sends(Method::POST, path, &body).await
    }

    /// A request without a body.
    async fn tries(&self, method: Method, path: &str) -> Answer {
        Answer::of(self.request(method, path)).await
    }
}

impl Person {
    async fn has_tokens(&self) -> Vec<AccessToken> {
        self.reads("access_tokens").await.well().json::<AccessTokens>().tokens
    }

    async fn makes_token(&self, name: &str, scope: &str, lasts: &str) -> Answer {
        self.calls("create_access_token", &[("name", name), ("scope", scope), ("lasts", lasts)]).await
    }

    async fn revokes(&self, token: AccessTokenId) -> Answer {
        self.calls("revoke_access_token", &[("token", &token.to_string())]).await
    }

    /// A program with a new token.
    async fn starts(&self, scope: &str) -> Program {
        self.makes_token("A program", scope, "always").await.well();
        let newest = self.has_tokens().await.into_iter().next().expect("there is a token");
        Program::new(self.origin(), &newest.token.expect("it is shown"))
    }
}

/// Asserts that an answer is a problem document of this status and code (RFC 9457).
#[track_caller]
fn is_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    let told: Value = answer.json();
    assert_eq!(
        (answer.status, &told["status"], &told["code"]),
        (status, &status.into(), &code.into()),
        "{told}"
    );
    assert_eq!(told["type"], "about:blank");
    let detail = told["detail"].as_str().unwrap_or_default();
    assert!(detail.ends_with('.') && !detail.to_lowercase().contains("select "), "{told}");
}
