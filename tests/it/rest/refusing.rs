//! What a program gets wrong is refused, in words that help, and loses nothing.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{Answer, TestApp, browser::bare},
};

on_both_engines! {
    a_body_that_is_not_as_described_is_refused,
    what_is_not_there_is_not_found,
    the_places_of_others_do_not_exist,
    the_description_names_every_route_and_every_route_wants_a_token,
}

async fn a_body_that_is_not_as_described_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let program = amina.starts("write").await;
    let path = format!("/conversations/{talk}/messages");
    for body in [
        json!({}),
        json!([]),
        json!(["a", null, null, null]),
        json!("text"),
        json!({"body": 1}),
        json!({"body": null}),
        json!({"body": "a", "extra": true}),
        json!({"body": "a", "sender": 1}),
        json!({"body": "a", "reply_to": -1}),
        json!({"body": "a", "reply_to": 9_007_199_254_740_992_i64}),
        json!({"body": "a", "client_key": "short"}),
    ] {
        is_problem(&program.posts(&path, body).await, 422, "shape");
    }
    for body in [
        json!({"body": ""}),
        json!({"body": " \n"}),
        json!({"body": "\u{0}"}),
        json!({"body": "é".repeat(8_001)}),
    ] {
        let answer = program.posts(&path, body).await;
        is_problem(&answer, 422, "invalid");
        assert_eq!(answer.json::<Value>()["field"], "body");
    }
    let raw = async |kind: &str, body: String| {
        let request = program.request(Method::POST, &path).header("content-type", kind).body(body);
        Answer::of(request).await
    };
    let json = "application/json";
    is_problem(&raw(json, String::new()).await, 400, "malformed");
    is_problem(&raw(json, "{\"body\":\"a\"".to_owned()).await, 400, "malformed");
    is_problem(&raw(json, "[".repeat(10_000)).await, 400, "malformed");
    is_problem(&raw(json, format!("{{\"body\":{}", "[".repeat(10_000))).await, 422, "shape");
    is_problem(&raw(json, r#"{"body":"a","body":"b"}"#.to_owned()).await, 422, "shape");
    is_problem(&raw("text/plain", r#"{"body":"a"}"#.to_owned()).await, 415, "unsupported");
    is_problem(&raw("application/x-www-form-urlencoded", "body=a".to_owned()).await, 415, "unsupported");
    let large = format!("{{\"body\":\"{}\"}}", "a".repeat(1 << 20));
    is_problem(&raw(json, large).await, 413, "too_much");
    let two = program.request(Method::POST, &path).header("idempotency-key", "one-key-of-sixteen");
    let two = two.json(&json!({"body": "a", "client_key": "another-key-of-16"}));
    is_problem(&Answer::of(two).await, 422, "shape");
    let key =
        program.request(Method::POST, &path).header("idempotency-key", "short").json(&json!({"body": "a"}));
    is_problem(&Answer::of(key).await, 422, "shape");
    assert!(bruno.reads_texts(talk).await.is_empty());
    // A charset changes nothing.
    raw("application/json; charset=utf-8", r#"{"body":"a"}"#.to_owned()).await.well();
    assert_eq!(bruno.reads_texts(talk).await, ["a"]);
}

async fn what_is_not_there_is_not_found(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let program = amina.starts("write").await;
    for path in [
        "/nothing".to_owned(),
        "/".to_owned(),
        "/conversations/".to_owned(),
        "/conversations/0".to_owned(),
        "/conversations/-1".to_owned(),
        "/conversations/9007199254740992".to_owned(),
        "/conversations/abc".to_owned(),
        "/conversations/%00".to_owned(),
        "/conversations/12345".to_owned(),
        "/spaces/12345".to_owned(),
        format!("/conversations/{talk}/messages/12345"),
        format!("/conversations/{talk}/messages?around=12345"),
        format!("/conversations/{talk}/messages?thread=12345"),
        format!("/conversations/{talk}/nothing"),
    ] {
        is_problem(&program.gets(&path).await, 404, "not_found");
    }
    is_problem(&program.gets(&format!("/conversations/{talk}/messages?limit=3")).await, 422, "shape");
    is_problem(&program.gets(&format!("/conversations/{talk}/messages?around=x")).await, 422, "shape");
    is_problem(&program.tries(Method::PUT, "/me").await, 405, "method");
    is_problem(&program.tries(Method::DELETE, "/conversations").await, 405, "method");
    // A browser that comes by gets the same: it is no page.
    let html = bare(&app.origin, Method::GET, "/api/v1/nothing", &[("accept", "text/html")]);
    is_problem(&Answer::of(html).await, 404, "not_found");
}

async fn the_places_of_others_do_not_exist(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "canary").await;
    let chloe = crate::support::Person::signs_up(&app, "chloe").await;
    let program = chloe.starts("write").await;
    let path = format!("/conversations/{talk}/messages");
    let one = format!("{path}/{}", said.id);
    for answer in [
        program.gets(&format!("/conversations/{talk}")).await,
        program.gets(&path).await,
        program.gets(&format!("{path}?around={}", said.id)).await,
        program.gets(&one).await,
        program.posts(&path, json!({"body": "Hello"})).await,
        program.sends(Method::PATCH, &one, &json!({"body": "Hello"})).await,
        program.sends(Method::PUT, &format!("/conversations/{talk}/read"), &json!({"position": 1})).await,
        program.tries(Method::DELETE, &one).await,
        program.tries(Method::PUT, &format!("{one}/reactions/%F0%9F%AB%96")).await,
        program.tries(Method::DELETE, &format!("{one}/reactions/%F0%9F%AB%96")).await,
    ] {
        is_problem(&answer, 404, "not_found");
        assert!(!answer.text().contains("canary"));
    }
    assert_eq!(bruno.reads_texts(talk).await, ["canary"]);
}

async fn the_description_names_every_route_and_every_route_wants_a_token(app: TestApp) {
    let document: Value =
        Answer::of(bare(&app.origin, Method::GET, "/api/v1/openapi.json", &[])).await.well().json();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{document}");
    let (mut named, mut open) = (BTreeSet::new(), BTreeSet::new());
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, about) in methods.as_object().expect("methods") {
            for (status, told) in about["responses"].as_object().expect("responses") {
                assert!(
                    told["description"].as_str().is_some_and(|text| !text.is_empty()),
                    "{method} {path} {status}"
                );
                let is_ours = path.starts_with("/api/v1/");
                let kind = if is_ours { "application/problem+json" } else { "application/json" };
                let is_told = told["content"][kind]["schema"]["$ref"].is_string();
                assert!(is_told || !status.starts_with(['4', '5']), "{method} {path} {status}");
            }
            let wants_token = about["security"] != json!([{}]);
            let is_refused = about["responses"].as_object().is_some_and(|told| told.contains_key("401"));
            assert!(is_refused || !wants_token, "{method} {path}");
            assert!(about["summary"].is_string() || about["description"].is_string(), "{method} {path}");
            let method: Method = method.to_uppercase().parse().expect("a method");
            let address: String = path
                .split('/')
                .map(|part| if part.starts_with('{') { "1" } else { part })
                .collect::<Vec<_>>()
                .join("/");
            let answer = Answer::of(bare(&app.origin, method.clone(), &address, &[])).await;
            assert!(
                about["responses"][answer.status.to_string()].is_object(),
                "{method} {path} {}",
                answer.status
            );
            named.insert(format!("{method} {path}"));
            if !wants_token {
                // A page, or a refusal of nothing at all.
                assert!((200..=422).contains(&answer.status), "{method} {path}: {}", answer.status);
                open.insert(format!("{method} {path}"));
            } else if path.starts_with("/dialects/") {
                assert_eq!(
                    (answer.status, answer.header("www-authenticate")),
                    (401, "Bearer"),
                    "{method} {path}"
                );
            } else {
                is_problem(&answer, 401, "signed_out");
            }
        }
    }
    assert!(named.len() >= 100, "{named:?}");
    let without_one = [
        "POST /api/v1/accounts",
        "POST /api/v1/tokens",
        "POST /api/v1/tokens/refresh",
        // The address is the key.
        "POST /api/v1/hooks/{token}",
        "POST /dialects/garrix/auth/register",
        "POST /dialects/garrix/auth/token",
        // They show it in their address.
        "GET /dialects/garrix/users/ws/{token}",
        "GET /dialects/garrix/messages/ws",
        "POST /dialects/vaultroom/register",
        "POST /dialects/vaultroom/login",
        // Twice is fine.
        "GET /dialects/vaultroom/logout",
        "POST /dialects/vaultroom/logout",
        "GET /dialects/vaultroom/home",
        "GET /dialects/vaultroom/login-page",
        "GET /dialects/vaultroom/register-page",
        "POST /dialects/messagerie/api/auth/register",
        "POST /dialects/messagerie/api/auth/login",
        "POST /dialects/securisee/auth/register",
        "POST /dialects/securisee/auth/login",
    ];
    assert_eq!(open, without_one.map(str::to_owned).into());
    // Whatever is referred to is described.
    let text = document.to_string();
    for part in text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap_or_default();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is not described");
    }
}
