//! Looking after a Salon, for programs.

use reqwest::Method;
use salon::realtime::event::Event;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    only_staff_is_answered,
    accounts_are_marked,
    everybody_is_told,
}

/// A program that has logged in with the password.
async fn logs_in(person: &Person) -> Program {
    let login = json!({ "login": person.name, "password": cast::PASSWORD });
    let answer = bare(person.origin(), Method::POST, "/api/v1/tokens", &[]).json(&login);
    let told: Value = crate::support::Answer::of(answer).await.well().json();
    Program::new(person.origin(), told["access_token"].as_str().expect("a token"))
}

async fn only_staff_is_answered(app: TestApp) {
    let amina = app.person("amina").await;
    let (program, password) = (amina.starts("write").await, logs_in(&amina).await);
    is_problem(&program.gets("/staff/accounts").await, 403, "forbidden");
    is_problem(&program.posts("/announcements", json!({ "text": "Hello" })).await, 403, "forbidden");
    let path = format!("/staff/accounts/{}", amina.id);
    let staff = json!({ "is_staff": true });
    is_problem(&password.sends(Method::PATCH, &path, &staff).await, 403, "forbidden");
    // An access token is not enough, whoever it is of.
    amina.looks_after(&app).await;
    is_problem(&program.sends(Method::PATCH, &path, &staff).await, 401, "signed_out");
    is_problem(
        &amina.starts("read").await.posts("/announcements", json!({ "text": "Hello" })).await,
        403,
        "scope",
    );
}

async fn accounts_are_marked(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.looks_after(&app).await;
    let program = logs_in(&amina).await;
    let path = format!("/staff/accounts/{}", bruno.id);
    for marks in [json!({ "is_staff": true, "is_premium": true }), json!({}), json!({ "is_premium": false })]
    {
        assert_eq!(program.sends(Method::PATCH, &path, &marks).await.status, 204, "{marks}");
    }
    let told = program.reads("/staff/accounts").await;
    let expected = json!({
        "id": bruno.id, "username": "bruno", "name": "bruno", "is_staff": true, "is_premium": false,
        "created_at": told["items"][1]["created_at"],
    });
    assert_eq!((&told["items"][1], &told["next"]), (&expected, &Value::Null));
    is_problem(
        &program.sends(Method::PATCH, "/staff/accounts/7", &json!({ "is_staff": true })).await,
        404,
        "not_found",
    );
    is_problem(&program.sends(Method::PATCH, &path, &json!({ "is_owner": true })).await, 422, "shape");
    is_problem(&program.sends(Method::PATCH, &path, &json!({ "is_staff": 1 })).await, 422, "shape");
    is_problem(&program.gets("/staff/accounts?cursor=AAAA").await, 422, "cursor");
}

async fn everybody_is_told(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.looks_after(&app).await;
    let program = amina.starts("write").await;
    let mut his = bruno.connects().await;
    let told: Value = program.posts("/announcements", json!({ "text": "Tea is ready." })).await.well().json();
    assert_eq!(told["people"], 1);
    loop {
        if let Event::Announcement(heard) = his.next_event().await {
            assert_eq!(
                (heard.text.as_str(), heard.at.to_string()),
                ("Tea is ready.", told["at"].as_str().unwrap_or_default().to_owned())
            );
            break;
        }
    }
    is_problem(&program.posts("/announcements", json!({ "text": " " })).await, 422, "invalid");
    is_problem(&program.posts("/announcements", json!({})).await, 422, "shape");
}
