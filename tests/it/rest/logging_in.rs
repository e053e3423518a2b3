//! Programs that log in: tokens for some minutes, exchanged for the next, and an end to all of them at once.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    a_program_logs_in_and_goes_on_with_what_it_gets,
    nobody_learns_what_was_wrong,
    a_refresh_token_is_good_once,
    of_many_that_come_with_one_token_at_most_one_goes_on,
    tokens_end_by_themselves,
    logging_out_ends_tokens_and_connections,
    another_password_ends_what_the_old_one_began,
    an_account_takes_its_tokens_with_it,
    no_token_but_the_very_same_opens_anything,
    keys_change_and_tokens_stay_good,
    there_are_never_too_many,
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

async fn posts(app: &TestApp, path: &str, body: Value) -> Answer {
    Answer::of(bare(&app.origin, Method::POST, &format!("/api/v1{path}"), &[]).json(&body)).await
}

/// What a program gets for a name and a password.
struct Pair {
    program: Program,
    refresh: String,
}

impl Pair {
    fn of(app: &TestApp, answer: Answer) -> Self {
        let told: Value = answer.well().json();
        assert_eq!((&told["token_type"], &told["expires_in"]), (&"Bearer".into(), &600.into()), "{told}");
        let text = |name: &str| told[name].as_str().expect("a token").to_owned();
        Self { program: Program::new(&app.origin, &text("access_token")), refresh: text("refresh_token") }
    }

    async fn begin(app: &TestApp, login: &str) -> Self {
        Self::of(app, posts(app, "/tokens", json!({ "login": login, "password": cast::PASSWORD })).await)
    }

    async fn tries_to_refresh(&self, app: &TestApp) -> Answer {
        posts(app, "/tokens/refresh", json!({ "refresh_token": self.refresh })).await
    }

    async fn refreshes(&self, app: &TestApp) -> Self {
        Self::of(app, self.tries_to_refresh(app).await)
    }

    /// Neither token opens anything.
    async fn is_over(&self, app: &TestApp) {
        is_problem(&self.program.gets("/me").await, 401, "signed_out");
        is_problem(&self.tries_to_refresh(app).await, 401, "signed_out");
    }
}

async fn a_program_logs_in_and_goes_on_with_what_it_gets(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for login in ["amina", "AMINA", &cast::address("amina")] {
        let pair = Pair::begin(&app, login).await;
        assert_eq!(pair.program.reads("/me").await["username"], "amina");
    }
    let first = Pair::begin(&app, "amina").await;
    let path = format!("/conversations/{talk}/messages");
    assert_eq!(first.program.posts(&path, json!({ "body": "Salut" })).await.status, 201);

    app.pass(9 * MINUTE);
    let second = first.refreshes(&app).await;
    assert_ne!(first.program.token, second.program.token);
    assert_ne!(first.refresh, second.refresh);
    for pair in [&first, &second] {
        assert_eq!(pair.program.reads("/me").await["username"], "amina");
    }
    // Nothing of it stands in the store in the clear.
    for secret in [&second.program.token, &second.refresh] {
        assert!(!app.place.holds(secret).await);
    }
}

async fn nobody_learns_what_was_wrong(app: TestApp) {
    Person::signs_up(&app, "amina").await;
    let wrong = posts(&app, "/tokens", json!({ "login": "amina", "password": "another password" })).await;
    let unknown = posts(&app, "/tokens", json!({ "login": "nobody", "password": "another password" })).await;
    is_problem(&wrong, 401, "wrong_login");
    assert_eq!((wrong.status, wrong.text()), (unknown.status, unknown.text()));
    for (body, status) in [
        (json!({ "login": "amina" }), 422),
        (json!({ "login": "amina", "password": cast::PASSWORD, "scope": "staff" }), 422),
        (json!({ "login": ["amina"], "password": cast::PASSWORD }), 422),
        (json!(["amina", cast::PASSWORD]), 422),
        (json!({ "login": "amina", "password": "é".repeat(2_000) }), 422),
        (json!({ "login": "\u{0}amina", "password": cast::PASSWORD }), 401),
    ] {
        assert_eq!(posts(&app, "/tokens", body.clone()).await.status, status, "{body}");
    }
    let form = bare(&app.origin, Method::POST, "/api/v1/tokens", &[]).form(&[("login", "amina")]);
    assert_eq!(Answer::of(form).await.status, 415);
    let told = app.store().await.texts("select action from audit order by id").await;
    assert!(told.contains(&"log_in_failed".to_owned()), "{told:?}");
}

async fn a_refresh_token_is_good_once(app: TestApp) {
    Person::signs_up(&app, "amina").await;
    let other = Pair::begin(&app, "amina").await;
    let first = Pair::begin(&app, "amina").await;
    let second = first.refreshes(&app).await;
    is_problem(&first.tries_to_refresh(&app).await, 401, "signed_out");
    // Whoever has a copy may have come first: nobody goes on.
    first.is_over(&app).await;
    second.is_over(&app).await;
    other.refreshes(&app).await;
    let told = app.store().await.texts("select action from audit order by id desc").await;
    assert_eq!(told[0], "token_reused");

    // Somebody who only knows how such tokens look ends nothing.
    let (begin, end) = other.refresh.split_at(other.refresh.len() - 1);
    for wrong in [
        "",
        "salonr_",
        &other.refresh[1..],
        &format!("{}A", other.refresh),
        &format!("salonr_{}", "A".repeat(44)),
        &"é".repeat(25),
    ] {
        is_problem(
            &posts(&app, "/tokens/refresh", json!({ "refresh_token": wrong })).await,
            401,
            "signed_out",
        );
    }
    let third = Pair::begin(&app, "amina").await;
    third.program.gets("/me").await.well();
    // One that begins as it should is a copy gone wrong, or a guess at the rest.
    let altered = Pair {
        program: Program::new(&app.origin, ""),
        refresh: format!("{begin}{}", if end == "A" { "B" } else { "A" }),
    };
    is_problem(&altered.tries_to_refresh(&app).await, 401, "signed_out");
    other.is_over(&app).await;
}

async fn of_many_that_come_with_one_token_at_most_one_goes_on(app: TestApp) {
    Person::signs_up(&app, "amina").await;
    for _ in 0..5 {
        let pair = Pair::begin(&app, "amina").await;
        let answers = join_all((0..8).map(|_| pair.tries_to_refresh(&app))).await;
        let (well, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
        assert!(well.len() <= 1, "{} went on", well.len());
        assert!(refused.iter().all(|answer| answer.status == 401));
        pair.is_over(&app).await;
        for answer in well {
            Pair::of(&app, answer).is_over(&app).await;
        }
    }
    assert_eq!(app.store().await.number("select count(*) from token_family").await, 0);
}

async fn tokens_end_by_themselves(app: TestApp) {
    Person::signs_up(&app, "amina").await;
    let pair = Pair::begin(&app, "amina").await;
    // Times are in whole seconds: by then it is over.
    app.pass(10 * MINUTE - 1_000);
    pair.program.gets("/me").await.well();
    app.pass(1_000);
    is_problem(&pair.program.gets("/me").await, 401, "signed_out");

    app.pass(14 * DAY - 10 * MINUTE - 1);
    let mut pair = pair.refreshes(&app).await;
    app.pass(14 * DAY);
    pair.is_over(&app).await;

    // However often it is used, it does not go on for ever.
    pair = Pair::begin(&app, "amina").await;
    for _ in 0..8 {
        app.pass(11 * DAY);
        pair = pair.refreshes(&app).await;
    }
    app.pass(2 * DAY);
    pair.is_over(&app).await;
}

async fn logging_out_ends_tokens_and_connections(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let (pair, other) = (Pair::begin(&app, "amina").await, Pair::begin(&app, "amina").await);
    let (ends, stays) = (pair.program.listens().await, other.program.listens().await);
    assert_eq!(pair.program.tries(Method::DELETE, "/tokens/current").await.status, 204);
    assert_eq!(ends.close_code().await, Some(4401));
    pair.is_over(&app).await;
    is_problem(&pair.program.tries(Method::DELETE, "/tokens/current").await, 401, "signed_out");
    other.program.gets("/me").await.well();
    drop(stays);
    // What was made in the settings is revoked there.
    let made = amina.starts("write").await;
    is_problem(&made.tries(Method::DELETE, "/tokens/current").await, 401, "signed_out");
    made.gets("/me").await.well();
}

async fn another_password_ends_what_the_old_one_began(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let pair = Pair::begin(&app, "amina").await;
    let socket = pair.program.listens().await;
    let made = amina.starts("read").await;
    let fields = [("current_password", cast::PASSWORD), ("password", "another tulip in the rain")];
    amina.calls("change_password", &fields).await.well();
    assert_eq!(socket.close_code().await, Some(4401));
    pair.is_over(&app).await;
    made.gets("/me").await.well();
}

async fn an_account_takes_its_tokens_with_it(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let pair = Pair::begin(&app, "amina").await;
    amina.calls("delete_account", &[("current_password", cast::PASSWORD), ("name", "amina")]).await.well();
    pair.is_over(&app).await;
    assert_eq!(app.store().await.number("select count(*) from token_family").await, 0);
}

async fn no_token_but_the_very_same_opens_anything(app: TestApp) {
    Person::signs_up(&app, "amina").await;
    let bruno = Person::signs_up(&app, "bruno").await;
    let token = Pair::begin(&app, "amina").await.program.token;
    let opens = async |token: String| Program::new(&app.origin, &token).gets("/me").await.status;
    assert_eq!(opens(token.clone()).await, 200);

    // Every character counts, and of the last one every bit.
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let at_the_end = letters.chars().map(|letter| (token.len() - 1, letter));
    let everywhere = (0..token.len()).map(|at| (at, if token.as_bytes()[at] == b'A' { 'B' } else { 'A' }));
    let mut tried = BTreeSet::new();
    for (at, letter) in at_the_end.chain(everywhere) {
        let altered = format!("{}{letter}{}", &token[..at], &token[at + 1..]);
        if altered != token && tried.insert(altered.clone()) {
            assert_eq!(opens(altered).await, 401, "character {at} as {letter}");
        }
    }
    assert!(tried.len() > token.len());

    let [header, claims, signature] = token.split('.').collect::<Vec<_>>().try_into().expect("three parts");
    let read = |part: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("JSON")
    };
    let write = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    assert_eq!(read(header)["alg"], "HS256");
    let said = read(claims);
    assert_eq!(said["exp"].as_i64().zip(said["iat"].as_i64()).map(|(exp, iat)| exp - iat), Some(600));
    for none in
        [json!({ "alg": "none" }), json!({ "alg": "none", "typ": "at+jwt", "kid": read(header)["kid"] })]
    {
        for signature in ["", signature] {
            assert_eq!(opens(format!("{}.{claims}.{signature}", write(&none))).await, 401);
        }
    }
    let mut hers = said;
    hers["sub"] = json!(bruno.id.to_string());
    assert_eq!(opens(format!("{header}.{}.{signature}", write(&hers))).await, 401);
    for wrong in [".", "..", "...", &format!("{token}."), &format!("{token}.{token}"), &"a.".repeat(5_000)] {
        assert_eq!(opens(wrong.to_owned()).await, 401, "{} characters", wrong.len());
    }
}

async fn keys_change_and_tokens_stay_good(app: TestApp) {
    const PERIOD: i64 = 30 * DAY;
    Person::signs_up(&app, "amina").await;
    app.pass(PERIOD - app.now().millis() % PERIOD - MINUTE);
    let before = Pair::begin(&app, "amina").await;
    app.pass(2 * MINUTE);
    let after = before.refreshes(&app).await;
    let key = |pair: &Pair| -> Value {
        let header = pair.program.token.split('.').next().expect("a header").to_owned();
        let header = URL_SAFE_NO_PAD.decode(header).expect("base64");
        serde_json::from_slice::<Value>(&header).expect("JSON")["kid"].clone()
    };
    assert_ne!(key(&before), key(&after), "another key signs");
    before.program.gets("/me").await.well();
    after.program.gets("/me").await.well();
}

async fn there_are_never_too_many(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let first = Pair::begin(&app, "amina").await;
    // What is over takes nobody's place, whether it was swept away yet or not.
    let mut store = app.store().await;
    for id in 1..=60 {
        let hash = match app.place.engine {
            Engine::Sqlite => format!("x'{id:064x}'"),
            Engine::Postgres => format!("'\\x{id:064x}'::bytea"),
        };
        store
            .run(format!(
                "insert into token_family
                 (id, account_id, audience, session_hash, created_at, renewed_at, expires_at, address, user_agent)
                 select {id}, {}, 'garrix', {hash}, created_at, renewed_at + {id}, renewed_at, '', ''
                 from token_family where audience = 'api'",
                amina.id
            ))
            .await;
    }
    Pair::begin(&app, "amina").await;
    first.program.gets("/me").await.well();
    assert_eq!(store.number("select count(*) from token_family").await, 2);
    let socket = first.program.listens().await;
    app.pass(1);
    for _ in 0..49 {
        Pair::begin(&app, "amina").await;
    }
    assert_eq!(app.store().await.number("select count(*) from token_family").await, 50);
    assert_eq!(socket.close_code().await, Some(4401), "the one that was silent for longest has ended");
    first.is_over(&app).await;
}
