//! What one wants later, for programs.

use reqwest::Method;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{Person, TestApp, new_key, wait_for},
};

on_both_engines! {
    one_is_reminded_of_a_message,
    something_waits_and_is_said_at_its_time,
    what_waits_is_revised_and_let_go,
    what_cannot_wait_is_refused,
}

const HOUR: i64 = 3_600_000;

async fn one_is_reminded_of_a_message(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Tea at five").await;
    let (his, hers) = (bruno.starts("write").await, amina.starts("write").await);
    let path = format!("/conversations/{talk}/messages/{}/reminder", said.id);
    let at = app.now().plus(HOUR).to_string();
    let new = json!({ "at": at, "note": "Bring milk" });
    assert_eq!(his.sends(Method::PUT, &path, &new).await.status, 204);
    let told = his.reads("/reminders").await;
    let line = &told["items"][0];
    assert_eq!((&line["at"], &line["note"]), (&at.into(), &"Bring milk".into()), "{told}");
    assert_eq!(
        (&line["message"]["body"], &line["sender"]["username"]),
        (&"Tea at five".into(), &"amina".into())
    );
    assert_eq!(hers.reads("/reminders").await["items"], json!([]));
    let edit = json!({ "body": "Tea at six" });
    let one = path.trim_end_matches("/reminder");
    let edited: Value = hers.sends(Method::PATCH, one, &edit).await.well().json();
    assert_eq!(his.reads("/reminders").await["items"][0]["message"], edited, "as it is read where it stands");

    let later = app.now().plus(2 * HOUR);
    assert_eq!(his.sends(Method::PUT, &path, &json!({ "at": later.to_string() })).await.status, 204);
    let told = his.reads("/reminders").await;
    assert_eq!((&told["items"][0]["at"], &told["items"][1]), (&later.to_string().into(), &Value::Null));
    for _ in 0..2 {
        assert_eq!(his.tries(Method::DELETE, &path).await.status, 204);
    }
    assert_eq!(his.reads("/reminders").await["items"], json!([]));
    is_problem(&bruno.starts("read").await.sends(Method::PUT, &path, &new).await, 403, "scope");
    let chloe = Person::signs_up(&app, "chloe").await.starts("write").await;
    is_problem(&chloe.sends(Method::PUT, &path, &new).await, 404, "not_found");
}

async fn something_waits_and_is_said_at_its_time(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let hers = amina.starts("write").await;
    let path = format!("/conversations/{talk}/scheduled");
    let at = app.now().plus(HOUR).to_string();
    let new = json!({ "body": "Tea!", "at": at, "client_key": new_key() });
    for _ in 0..2 {
        assert_eq!(hers.posts(&path, new.clone()).await.status, 204);
    }
    let waiting = hers.reads("/scheduled").await;
    assert_eq!(waiting["items"].as_array().map(Vec::len), Some(1), "{waiting}");
    let id = waiting["items"][0]["id"].clone();
    assert_eq!(
        hers.reads(&format!("/scheduled/{id}")).await,
        json!({ "id": id, "conversation": talk, "body": "Tea!", "at": at, "hindrance": null })
    );
    assert!(bruno.reads_texts(talk).await.is_empty());
    app.pass(HOUR);
    app.running.app.later.notify_one();
    wait_for("what waited is said", async || (bruno.reads_texts(talk).await == ["Tea!"]).then_some(())).await;
    wait_for("nothing waits", async || (hers.reads("/scheduled").await["items"] == json!([])).then_some(()))
        .await;
}

async fn what_waits_is_revised_and_let_go(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let path = format!("/conversations/{talk}/scheduled");
    let at = app.now().plus(HOUR).to_string();
    let mut ids = Vec::new();
    for body in ["One", "Two"] {
        hers.posts(&path, json!({ "body": body, "at": at })).await.well();
        let waiting = hers.reads("/scheduled").await;
        ids = waiting["items"].as_array().expect("a list").iter().map(|line| line["id"].clone()).collect();
    }
    let [one, two] = [0, 1].map(|place| format!("/scheduled/{}", ids[place]));
    let revision = json!({ "body": "Three", "at": app.now().plus(2 * HOUR).to_string() });
    let reader = amina.starts("read").await;
    for (program, status, code) in [(&his, 404, "not_found"), (&reader, 403, "scope")] {
        is_problem(&program.sends(Method::PUT, &one, &revision).await, status, code);
        is_problem(&program.tries(Method::DELETE, &one).await, status, code);
        is_problem(&program.tries(Method::POST, &format!("{one}/send")).await, status, code);
    }
    is_problem(&his.gets(&one).await, 404, "not_found");
    assert_eq!(hers.sends(Method::PUT, &one, &revision).await.status, 204);
    assert_eq!(hers.reads(&one).await["body"], "Three");
    assert_eq!(hers.tries(Method::POST, &format!("{one}/send")).await.status, 204);
    assert_eq!(bruno.reads_texts(talk).await, ["Three"]);
    assert_eq!(hers.tries(Method::DELETE, &two).await.status, 204);
    for gone in [&one, &two] {
        is_problem(&hers.tries(Method::DELETE, gone).await, 404, "not_found");
    }
}

async fn what_cannot_wait_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Tea").await;
    let hers = amina.starts("write").await;
    let (schedule, remind) = (
        format!("/conversations/{talk}/scheduled"),
        format!("/conversations/{talk}/messages/{}/reminder", said.id),
    );
    let year = 367 * 24 * HOUR;
    for (at, code) in [
        (json!(app.now().to_string()), "invalid"),
        (json!("1969-12-31T23:59:59Z"), "invalid"),
        (json!(app.now().plus(year).to_string()), "invalid"),
        (json!("tomorrow"), "shape"),
        (json!("2026-11-23T09:00:00"), "shape"),
        (json!(1_795_269_845_678_i64), "shape"),
        (Value::Null, "shape"),
    ] {
        is_problem(&hers.posts(&schedule, json!({ "body": "Tea!", "at": at })).await, 422, code);
        is_problem(&hers.sends(Method::PUT, &remind, &json!({ "at": at })).await, 422, code);
    }
    let at = app.now().plus(HOUR).to_string();
    is_problem(&hers.posts(&schedule, json!({ "body": " ", "at": at })).await, 422, "invalid");
    let long = json!({ "at": at, "note": "a".repeat(201) });
    is_problem(&hers.sends(Method::PUT, &remind, &long).await, 422, "invalid");
    amina.unfriends(&bruno).await;
    is_problem(&hers.posts(&schedule, json!({ "body": "Tea!", "at": at })).await, 403, "forbidden");
    assert_eq!(hers.reads("/scheduled").await["items"], json!([]));
}
