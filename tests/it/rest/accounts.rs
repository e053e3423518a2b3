//! Accounts, for programs: made, described, and ended by whoever knows the password.

use reqwest::Method;
use salon::presence::State;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    somebody_signs_up_and_logs_in,
    what_cannot_be_an_account_is_none,
    one_says_how_one_is_called_and_how_salon_looks,
    one_says_whether_one_may_be_disturbed,
    whoever_logged_in_changes_address_and_password,
    a_token_of_the_settings_does_not_touch_the_account,
    an_account_is_deleted_with_its_password,
}

const NEW_PASSWORD: &str = "un autre thé à six heures";

async fn posts(app: &TestApp, path: &str, body: Value) -> Answer {
    Answer::of(bare(&app.origin, Method::POST, &format!("/api/v1{path}"), &[]).json(&body)).await
}

async fn tries_to_log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    posts(app, "/tokens", json!({ "login": login, "password": password })).await
}

/// A program that somebody has logged in.
async fn logs_in(app: &TestApp, login: &str) -> Program {
    let told: Value = tries_to_log_in(app, login, cast::PASSWORD).await.well().json();
    Program::new(&app.origin, told["access_token"].as_str().expect("a token"))
}

async fn somebody_signs_up_and_logs_in(app: TestApp) {
    let new = json!({ "username": "Amina", "email": "amina@example.org", "password": cast::PASSWORD });
    let answer = posts(&app, "/accounts", new.clone()).await;
    let made: Value = answer.json();
    assert_eq!(answer.status, 201, "{made}");
    assert_eq!((&made["username"], &made["display_name"]), (&"amina".into(), &"amina".into()));
    assert!(!answer.text().contains("example.org"), "{made}");
    assert_eq!(answer.header("ratelimit-policy").split(';').next(), Some("\"sign_ups\""));
    let program = logs_in(&app, "amina@example.org").await;
    assert_eq!(program.reads("/me").await["id"], made["id"]);

    let again = posts(&app, "/accounts", new).await;
    is_problem(&again, 409, "taken");
    assert_eq!(again.json::<Value>()["field"], "username");
    let address = json!({ "username": "amina2", "email": "AMINA@example.org", "password": cast::PASSWORD });
    let again = posts(&app, "/accounts", address).await;
    is_problem(&again, 409, "taken");
    assert_eq!(again.json::<Value>()["field"], "email");
}

async fn what_cannot_be_an_account_is_none(app: TestApp) {
    let good = json!({ "username": "amina", "email": "amina@example.org", "password": cast::PASSWORD });
    for (field, value, code) in [
        ("username", json!("a"), "invalid"),
        ("username", json!("admin"), "invalid"),
        ("username", json!("a b"), "invalid"),
        ("username", json!("\0\0"), "invalid"),
        ("username", json!(7), "shape"),
        ("email", json!("nobody"), "invalid"),
        ("email", json!(null), "shape"),
        ("password", json!("short"), "invalid"),
        ("password", json!("password1234"), "invalid"),
        ("is_staff", json!(true), "shape"),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        is_problem(&posts(&app, "/accounts", bad).await, 422, code);
    }
    is_problem(&posts(&app, "/accounts", json!({ "username": "amina" })).await, 422, "shape");
    assert_eq!(app.store().await.number("select count(*) from account where id <> 1").await, 0);
}

async fn one_says_how_one_is_called_and_how_salon_looks(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let program = amina.starts("write").await;
    let settings = json!({ "display_name": " Amina Diallo ", "language": "fr", "theme": "dark" });
    let told: Value = program.sends(Method::PATCH, "/me", &settings).await.well().json();
    assert_eq!(told, program.reads("/me").await);
    assert_eq!(
        (&told["display_name"], &told["language"], &told["theme"]),
        (&"Amina Diallo".into(), &"fr".into(), &"dark".into())
    );
    let told: Value = program.sends(Method::PATCH, "/me", &json!({ "language": "auto" })).await.well().json();
    assert_eq!((&told["language"], &told["theme"]), (&"auto".into(), &"dark".into()));

    // All of it, or nothing.
    let refused = json!({ "display_name": "\u{7}", "theme": "light" });
    is_problem(&program.sends(Method::PATCH, "/me", &refused).await, 422, "invalid");
    for refused in [json!({ "theme": "pink" }), json!({ "language": "" }), json!({ "username": "other" })] {
        is_problem(&program.sends(Method::PATCH, "/me", &refused).await, 422, "shape");
    }
    assert_eq!(program.reads("/me").await, told);
    let reader = amina.starts("read").await;
    is_problem(&reader.sends(Method::PATCH, "/me", &settings).await, 403, "scope");
}

async fn one_says_whether_one_may_be_disturbed(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("read").await);
    let mut page = bruno.connects().await;
    let _here = amina.connects().await;
    page.hears_of(amina.id, State::Online).await;
    let status = json!({ "line": "At tea", "do_not_disturb": true });
    assert_eq!(hers.sends(Method::PUT, "/me/status", &status).await.status, 204);
    assert_eq!(page.hears_of(amina.id, State::Busy).await.line, "At tea");
    let told = hers.reads("/me").await;
    assert_eq!((&told["status_line"], &told["do_not_disturb"]), (&"At tea".into(), &true.into()));

    let path = format!("/presence/{}", amina.id);
    for program in [&hers, &his] {
        let told = program.reads(&path).await;
        assert_eq!((&told["state"], &told["status_line"]), (&"busy".into(), &"At tea".into()), "{told}");
    }
    let here = his.reads("/presence").await;
    assert_eq!((&here["items"][0]["username"], &here["next"]), (&"amina".into(), &Value::Null));
    let chloe = Person::signs_up(&app, "chloe").await.starts("read").await;
    is_problem(&chloe.gets(&path).await, 404, "not_found");
    assert_eq!(chloe.reads("/presence").await["items"], json!([]));

    let long = json!({ "line": "a".repeat(81), "do_not_disturb": false });
    is_problem(&hers.sends(Method::PUT, "/me/status", &long).await, 422, "invalid");
    is_problem(&hers.sends(Method::PUT, "/me/status", &json!({ "line": "" })).await, 422, "shape");
    is_problem(&his.sends(Method::PUT, "/me/status", &status).await, 403, "scope");
}

async fn whoever_logged_in_changes_address_and_password(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let settings = amina.starts("read").await;
    let program = logs_in(&app, "amina").await;
    let wrong = json!({ "email": "tea@example.org", "current_password": "not this one at all" });
    is_problem(&program.sends(Method::PUT, "/me/email", &wrong).await, 403, "invalid");
    let right = json!({ "email": "tea@example.org", "current_password": cast::PASSWORD });
    assert_eq!(program.sends(Method::PUT, "/me/email", &right).await.status, 204);
    logs_in(&app, "tea@example.org").await;

    let change = |password: &str, current: &str| json!({ "password": password, "current_password": current });
    let path = "/me/password";
    let refused = program.sends(Method::PUT, path, &change(NEW_PASSWORD, "not this one at all")).await;
    is_problem(&refused, 403, "invalid");
    let refused = program.sends(Method::PUT, path, &change("short", cast::PASSWORD)).await;
    is_problem(&refused, 422, "invalid");
    let done = program.sends(Method::PUT, path, &change(NEW_PASSWORD, cast::PASSWORD)).await;
    assert_eq!(done.status, 204);
    // Whatever the old one began is over, on pages and in programs; what was made in the settings is not.
    is_problem(&program.gets("/me").await, 401, "signed_out");
    assert_eq!(amina.reads("access_tokens").await.status, 401);
    settings.gets("/me").await.well();
    is_problem(&tries_to_log_in(&app, "amina", cast::PASSWORD).await, 401, "wrong_login");
    tries_to_log_in(&app, "amina", NEW_PASSWORD).await.well();
}

async fn a_token_of_the_settings_does_not_touch_the_account(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    for scope in ["read", "write"] {
        let program = amina.starts(scope).await;
        let password = json!({ "password": NEW_PASSWORD, "current_password": cast::PASSWORD });
        let email = json!({ "email": "tea@example.org", "current_password": cast::PASSWORD });
        for answer in [
            program.sends(Method::PUT, "/me/password", &password).await,
            program.sends(Method::PUT, "/me/email", &email).await,
            program.sends(Method::DELETE, "/me", &json!({ "password": cast::PASSWORD })).await,
        ] {
            is_problem(&answer, 403, "forbidden");
        }
    }
    let nobody = Program::new(&app.origin, "salon_nothing");
    let answer = nobody.sends(Method::DELETE, "/me", &json!({ "password": cast::PASSWORD })).await;
    is_problem(&answer, 401, "signed_out");
    logs_in(&app, &cast::address("amina")).await;
}

async fn an_account_is_deleted_with_its_password(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let program = logs_in(&app, "amina").await;
    let deletes =
        async |password: &str| program.sends(Method::DELETE, "/me", &json!({ "password": password })).await;
    is_problem(&deletes("not this one at all").await, 403, "invalid");
    is_problem(&deletes("").await, 403, "invalid");
    is_problem(&deletes(cast::PASSWORD).await, 409, "invalid");
    is_problem(&program.tries(Method::DELETE, "/me").await, 415, "unsupported");
    amina.makes(group, &bruno, "admin").await.well();
    assert_eq!(deletes(cast::PASSWORD).await.status, 204);
    is_problem(&program.gets("/me").await, 401, "signed_out");
    is_problem(&tries_to_log_in(&app, "amina", cast::PASSWORD).await, 401, "wrong_login");
    assert!(bruno.friends().await.friends.is_empty());
}
