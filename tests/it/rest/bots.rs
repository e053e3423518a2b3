//! Bots and their webhooks, for programs that have logged in with a password.

use reqwest::Method;
use salon::server::config::Reach;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    a_program_makes_a_bot_and_its_webhooks,
    a_token_from_the_settings_is_not_enough,
    what_is_not_as_described_is_refused,
}

/// A program into which somebody has logged in.
async fn logged_in(app: &TestApp, person: &Person) -> Program {
    let login = json!({ "login": person.name, "password": cast::PASSWORD });
    let answer = Answer::of(bare(&app.origin, Method::POST, "/api/v1/tokens", &[]).json(&login)).await;
    let told: Value = answer.well().json();
    Program::new(&app.origin, told["access_token"].as_str().expect("a token"))
}

async fn calling(engine: Engine) -> TestApp {
    TestApp::with(engine, |config| config.webhooks.reach = Reach::Anywhere).await
}

async fn a_program_makes_a_bot_and_its_webhooks(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno) = app.two_friends().await;
    let (hers, his) = (logged_in(&app, &amina).await, logged_in(&app, &bruno).await);
    let new = json!({ "display_name": "Tea time", "username": "tea-bot" });
    let made = hers.posts("/bots", new.clone()).await;
    assert_eq!(made.status, 201);
    let made: Value = made.json();
    assert_eq!((&made["username"], &made["display_name"]), (&"tea-bot".into(), &"Tea time".into()));
    let bot = format!("/bots/{}", made["id"]);
    let program = Program::new(&app.origin, made["token"].as_str().expect("a token"));
    assert_eq!(program.reads("/me").await["username"], "tea-bot");
    assert_eq!(hers.reads("/bots").await["items"][0]["id"], made["id"]);
    assert_eq!(his.reads("/bots").await["items"], json!([]));
    is_problem(&his.gets(&bot).await, 404, "not_found");
    is_problem(&his.posts("/bots", new).await, 409, "taken");

    // Into a group, by an invitation.
    let group = bruno.gathers("Tea", &[&amina]).await;
    let link = his
        .posts(&format!("/conversations/{group}/invitations"), json!({ "lasts": "always", "uses": 0 }))
        .await
        .well()
        .json::<Value>();
    let joined = hers.posts(&format!("{bot}/join"), json!({ "invitation": link["token"] })).await.well();
    assert_eq!(joined.json::<Value>(), json!({ "conversation": group, "space": null }));
    assert_eq!(hers.reads(&bot).await["conversations"], json!([{ "id": group, "name": "Tea" }]));
    is_problem(&hers.posts(&format!("{bot}/join"), json!({ "invitation": "x" })).await, 422, "invalid");

    // It speaks by an address.
    let opened = hers.posts(&format!("{bot}/incoming"), json!({ "conversation": group })).await;
    assert_eq!(opened.status, 201);
    let opened: Value = opened.json();
    let path = opened["path"].as_str().expect("a path");
    let said = bare(&app.origin, Method::POST, path, &[]).json(&json!({ "body": "The tea is ready" }));
    assert_eq!(Answer::of(said).await.status, 201);
    assert_eq!(bruno.reads_words(group).await, ["The tea is ready"]);
    let listed = hers.reads(&format!("{bot}/incoming")).await;
    assert_eq!(
        (&listed["items"][0]["path"], &listed["items"][0]["used_at"]),
        (&Value::Null, &app.now().to_string().into())
    );
    let one = format!("{bot}/incoming/{}", opened["id"]);
    is_problem(&his.tries(Method::DELETE, &one).await, 404, "not_found");
    assert_eq!(hers.tries(Method::DELETE, &one).await.status, 204);
    is_problem(&hers.tries(Method::DELETE, &one).await, 404, "not_found");

    // What it hears is told.
    let hooks = format!("{bot}/webhooks");
    let hook =
        hers.posts(&hooks, json!({ "address": "https://example.org/tea", "conversation": group })).await;
    assert_eq!(hook.status, 201);
    let hook: Value = hook.json();
    assert!(hook["secret"].as_str().is_some_and(|secret| secret.starts_with("whsec_")), "{hook}");
    assert_eq!((&hook["state"], &hook["failures"]), (&"well".into(), &0.into()));
    assert_eq!(hers.reads(&hooks).await["items"], json!([hook]));
    let one = format!("{hooks}/{}", hook["id"]);
    for (method, path) in [(Method::POST, format!("{one}/resume")), (Method::DELETE, one)] {
        is_problem(&his.tries(method.clone(), &path).await, 404, "not_found");
        assert_eq!(hers.tries(method, &path).await.status, 204);
    }
    assert_eq!(hers.reads(&hooks).await["items"], json!([]));

    let again: Value = hers.posts(&format!("{bot}/token"), json!({})).await.well().json();
    assert_ne!(again["token"], made["token"]);
    is_problem(&program.gets("/me").await, 401, "signed_out");
    assert_eq!(hers.tries(Method::DELETE, &bot).await.status, 204);
    is_problem(&hers.gets(&bot).await, 404, "not_found");
}

async fn a_token_from_the_settings_is_not_enough(app: TestApp) {
    let amina = app.person("amina").await;
    let program = amina.starts("write").await;
    for (method, path, body) in [
        (Method::GET, "/bots", Value::Null),
        (Method::POST, "/bots", json!({ "display_name": "Tea", "username": "tea-bot" })),
        (Method::GET, "/bots/1", Value::Null),
        (Method::DELETE, "/bots/1", Value::Null),
        (Method::GET, "/bots/1/webhooks", Value::Null),
    ] {
        let request = program.request(method, path);
        let answer = Answer::of(if body.is_null() { request } else { request.json(&body) }).await;
        is_problem(&answer, 401, "signed_out");
    }
}

async fn what_is_not_as_described_is_refused(engine: Engine) {
    let app = calling(engine).await;
    let amina = app.person("amina").await;
    let hers = logged_in(&app, &amina).await;
    for (new, code) in [
        (json!({}), "shape"),
        (json!({ "display_name": "Tea" }), "shape"),
        (json!({ "display_name": "Tea", "username": "tea-bot", "owner": 1 }), "shape"),
        (json!({ "display_name": 7, "username": "tea-bot" }), "shape"),
        (json!({ "display_name": "Tea", "username": "tea" }), "invalid"),
        (json!({ "display_name": "", "username": "tea-bot" }), "invalid"),
        (json!({ "display_name": "x".repeat(81), "username": "tea-bot" }), "invalid"),
    ] {
        is_problem(&hers.posts("/bots", new).await, 422, code);
    }
    let made: Value =
        hers.posts("/bots", json!({ "display_name": "Tea", "username": "tea-bot" })).await.well().json();
    let bot = format!("/bots/{}", made["id"]);
    for (new, status, code) in [
        (json!({}), 422, "shape"),
        (json!({ "address": "tea" }), 422, "invalid"),
        (json!({ "address": "https://a:b@example.org" }), 422, "invalid"),
        (json!({ "address": "https://example.org", "secret": "mine" }), 422, "shape"),
        (json!({ "address": "https://example.org", "conversation": 5 }), 404, "not_found"),
        (json!({ "address": "https://example.org", "conversation": [5] }), 422, "shape"),
    ] {
        is_problem(&hers.posts(&format!("{bot}/webhooks"), new).await, status, code);
    }
    is_problem(&hers.posts(&format!("{bot}/incoming"), json!({ "conversation": 5 })).await, 404, "not_found");
    is_problem(&hers.posts(&format!("{bot}/incoming"), json!({})).await, 422, "shape");
}
