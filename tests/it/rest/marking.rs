//! What becomes of messages, for programs: pinned, saved, voted on, followed, passed on, and unread again.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, new_key},
};

on_both_engines! {
    who_keeps_order_pins,
    what_one_saves_is_ones_own,
    a_poll_is_asked_voted_on_and_closed,
    what_is_no_poll_is_refused,
    a_thread_is_followed_and_read,
    what_a_message_said_before_is_there_to_read,
    a_message_is_passed_on_once,
    what_was_read_is_unread_again,
    one_chooses_what_to_hear_of,
    a_token_for_reading_marks_nothing,
}

fn count(page: &Value) -> Option<usize> {
    page["items"].as_array().map(Vec::len)
}

/// A group of Amina's with Bruno in it, and the programs of both.
async fn group(app: &TestApp) -> ([Person; 2], [Program; 2], String) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let programs = [amina.starts("write").await, bruno.starts("write").await];
    ([amina, bruno], programs, format!("/conversations/{group}"))
}

async fn says(program: &Program, path: &str, body: &str) -> Value {
    program.posts(&format!("{path}/messages"), json!({ "body": body })).await.well().json()
}

async fn who_keeps_order_pins(app: TestApp) {
    let (_, [hers, his], path) = group(&app).await;
    let said = says(&his, &path, "At five").await;
    let pin = format!("{path}/messages/{}/pin", said["id"]);
    is_problem(&his.tries(Method::PUT, &pin).await, 403, "forbidden");
    for _ in 0..2 {
        assert_eq!(hers.tries(Method::PUT, &pin).await.status, 204);
    }
    let pins = his.reads(&format!("{path}/pins")).await;
    assert_eq!((count(&pins), &pins["items"][0]["pinned"]), (Some(1), &true.into()), "{pins}");
    assert_eq!(pins["items"][0], his.reads(&format!("{path}/messages/{}", said["id"])).await);
    is_problem(&his.tries(Method::DELETE, &pin).await, 403, "forbidden");
    assert_eq!(hers.tries(Method::DELETE, &pin).await.status, 204);
    assert_eq!(count(&his.reads(&format!("{path}/pins")).await), Some(0));

    hers.tries(Method::DELETE, &format!("{path}/messages/{}", said["id"])).await.well();
    is_problem(&hers.tries(Method::PUT, &pin).await, 409, "conflict");
    is_problem(&hers.tries(Method::PUT, &format!("{path}/messages/77/pin")).await, 404, "not_found");
    let chloe = Person::signs_up(&app, "chloe").await.starts("write").await;
    is_problem(&chloe.gets(&format!("{path}/pins")).await, 404, "not_found");
    is_problem(&chloe.tries(Method::PUT, &pin).await, 404, "not_found");
}

async fn what_one_saves_is_ones_own(app: TestApp) {
    let (_, [hers, his], path) = group(&app).await;
    let mut saved = String::new();
    for number in 0..22 {
        let said = says(&hers, &path, &format!("Cup {number}")).await;
        saved = format!("{path}/messages/{}/saved", said["id"]);
        assert_eq!(his.tries(Method::PUT, &saved).await.status, 204);
        app.pass(1_000);
    }
    assert_eq!(his.tries(Method::PUT, &saved).await.status, 204, "twice is once");
    let first = his.reads("/saved").await;
    let cursor = first["next"].as_str().expect("there are more");
    let second = his.reads(&format!("/saved?cursor={cursor}")).await;
    assert_eq!((count(&first), count(&second), &second["next"]), (Some(20), Some(2), &Value::Null));
    let line = &first["items"][0];
    assert_eq!((&line["message"]["body"], &line["sender"]["username"]), (&"Cup 21".into(), &"amina".into()));
    assert_eq!(count(&hers.reads("/saved").await), Some(0));
    // As it is read where it stands.
    let one = saved.trim_end_matches("/saved");
    hers.tries(Method::PUT, &format!("{one}/pin")).await.well();
    his.tries(Method::PUT, &format!("{one}/reactions/%F0%9F%AB%96")).await.well();
    let whole = his.reads(one).await;
    assert_eq!((&his.reads("/saved").await["items"][0]["message"], &whole["pinned"]), (&whole, &true.into()));
    is_problem(&hers.gets(&format!("/saved?cursor={cursor}")).await, 422, "cursor");
    for _ in 0..2 {
        assert_eq!(his.tries(Method::DELETE, &saved).await.status, 204);
    }
    assert_eq!(his.reads("/saved").await["items"][0]["message"]["body"], "Cup 20");
    is_problem(&his.tries(Method::PUT, &format!("{path}/messages/77/saved")).await, 404, "not_found");
}

async fn a_poll_is_asked_voted_on_and_closed(app: TestApp) {
    let ([_, bruno], [hers, his], path) = group(&app).await;
    let new = json!({ "question": "When?", "answers": ["At four", "At five"], "client_key": new_key() });
    let answer = hers.posts(&format!("{path}/polls"), new.clone()).await;
    let asked: Value = answer.json();
    let one = format!("{path}/messages/{}", asked["id"]);
    assert_eq!((answer.status, answer.header("location")), (201, &*format!("/api/v1{one}")), "{asked}");
    assert_eq!(asked["body"], "When?");
    let again: Value = hers.posts(&format!("{path}/polls"), new).await.well().json();
    assert_eq!(again["id"], asked["id"], "the same under one key is asked once");

    let votes = |answer: u32| format!("{one}/votes/{answer}");
    for answer in [0, 1, 1] {
        assert_eq!(his.tries(Method::PUT, &votes(answer)).await.status, 204);
    }
    let poll = his.reads(&one).await["poll"].clone();
    let answers = json!([
        { "text": "At four", "votes": 0, "mine": false },
        { "text": "At five", "votes": 1, "mine": true },
    ]);
    let expected =
        json!({ "answers": answers, "several": false, "voters": 1, "closes_at": null, "closed": false });
    assert_eq!(poll, expected);
    let voters = hers.reads(&votes(1)).await;
    assert_eq!((count(&voters), &voters["items"][0]["id"]), (Some(1), &bruno.id.get().into()));
    is_problem(&hers.gets(&votes(2)).await, 404, "not_found");
    is_problem(&hers.tries(Method::PUT, &votes(2)).await, 422, "invalid");
    assert_eq!(his.tries(Method::DELETE, &votes(1)).await.status, 204);

    let closed = format!("{one}/closed");
    is_problem(&his.tries(Method::PUT, &closed).await, 403, "forbidden");
    for _ in 0..2 {
        assert_eq!(hers.tries(Method::PUT, &closed).await.status, 204);
    }
    is_problem(&his.tries(Method::PUT, &votes(0)).await, 422, "invalid");
    let poll = his.reads(&one).await["poll"].clone();
    assert_eq!((&poll["closed"], &poll["closes_at"]), (&true.into(), &app.now().to_string().into()));
}

async fn what_is_no_poll_is_refused(app: TestApp) {
    let (_, [hers, _], path) = group(&app).await;
    let polls = format!("{path}/polls");
    let good = json!({ "question": "When?", "answers": ["At four", "At five"] });
    for (field, value, code) in [
        ("question", json!(""), "invalid"),
        ("question", json!("a".repeat(301)), "invalid"),
        ("answers", json!(["Only one"]), "invalid"),
        ("answers", json!(["Same", "Same"]), "invalid"),
        ("answers", json!((0..11).map(|n| n.to_string()).collect::<Vec<_>>()), "invalid"),
        ("answers", json!(["a".repeat(101), "b"]), "invalid"),
        ("answers", json!("four"), "shape"),
        ("lasts", json!("month"), "invalid"),
        ("several", json!("yes"), "shape"),
        ("anonymous", json!(true), "shape"),
        ("client_key", json!("short"), "shape"),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        is_problem(&hers.posts(&polls, bad).await, 422, code);
    }
    let said = says(&hers, &path, "No poll").await;
    let one = format!("{path}/messages/{}", said["id"]);
    is_problem(&hers.tries(Method::PUT, &format!("{one}/votes/0")).await, 409, "conflict");
    is_problem(&hers.tries(Method::PUT, &format!("{one}/closed")).await, 409, "conflict");
    is_problem(&hers.gets(&format!("{one}/votes/0")).await, 404, "not_found");
    is_problem(&hers.tries(Method::PUT, &format!("{one}/votes/-1")).await, 404, "not_found");
    let chloe = Person::signs_up(&app, "chloe").await.starts("write").await;
    is_problem(&chloe.posts(&polls, good).await, 404, "not_found");
}

async fn a_thread_is_followed_and_read(app: TestApp) {
    let (_, [hers, his], path) = group(&app).await;
    let head = says(&hers, &path, "Which tea?").await;
    let one = format!("{path}/messages/{}", head["id"]);
    let inside = json!({ "body": "The green one", "thread": head["id"] });
    let said: Value = his.posts(&format!("{path}/messages"), inside).await.well().json();
    let read = json!({ "position": said["position"] });
    assert_eq!(hers.sends(Method::PUT, &format!("{one}/read"), &read).await.status, 204);
    let follows = "select count(*) from thread_follow where follows = 1";
    let follow = format!("{one}/follow");
    assert_eq!(app.store().await.number(follows).await, 2, "who spoke there follows");
    for _ in 0..2 {
        assert_eq!(his.tries(Method::DELETE, &follow).await.status, 204);
    }
    assert_eq!(app.store().await.number(follows).await, 1);
    assert_eq!(his.tries(Method::PUT, &follow).await.status, 204);
    assert_eq!(app.store().await.number(follows).await, 2);
    let position = "select max(read_position) from thread_follow";
    assert_eq!(Some(app.store().await.number(position).await), said["position"].as_i64());
    is_problem(&his.tries(Method::PUT, &format!("{path}/messages/77/follow")).await, 404, "not_found");
    let unread = json!({ "position": "last" });
    is_problem(&hers.sends(Method::PUT, &format!("{one}/read"), &unread).await, 422, "shape");
}

async fn what_a_message_said_before_is_there_to_read(app: TestApp) {
    let (_, [hers, his], path) = group(&app).await;
    let said = says(&hers, &path, "Version 0").await;
    let one = format!("{path}/messages/{}", said["id"]);
    assert_eq!(his.reads(&format!("{one}/versions")).await, json!({ "items": [], "next": null }));
    for number in 1..=52 {
        let text = json!({ "body": format!("Version {number}") });
        hers.sends(Method::PATCH, &one, &text).await.well();
    }
    let first = his.reads(&format!("{one}/versions")).await;
    let cursor = first["next"].as_str().expect("there are more");
    let second = his.reads(&format!("{one}/versions?cursor={cursor}")).await;
    assert_eq!((count(&first), count(&second), &second["next"]), (Some(50), Some(2), &Value::Null));
    assert_eq!(first["items"][0]["body"], "Version 51");
    assert_eq!(second["items"][1]["body"], "Version 0");
    is_problem(&his.gets(&format!("{one}/versions?cursor=A{cursor}")).await, 422, "cursor");
    hers.tries(Method::DELETE, &one).await.well();
    is_problem(&his.gets(&format!("{one}/versions")).await, 404, "not_found");
}

async fn a_message_is_passed_on_once(app: TestApp) {
    let ([amina, bruno], [hers, his], path) = group(&app).await;
    let talk = amina.opens(&bruno).await;
    let said = says(&his, &path, "The kettle is on").await;
    let forward = format!("{path}/messages/{}/forward", said["id"]);
    let to = json!({ "to": [talk], "client_key": new_key() });
    for _ in 0..2 {
        assert_eq!(hers.posts(&forward, to.clone()).await.status, 204);
    }
    let there = his.reads(&format!("/conversations/{talk}/messages")).await;
    assert_eq!((count(&there), &there["items"][0]["forwarded"]), (Some(1), &true.into()), "{there}");
    assert_eq!(there["items"][0]["body"], "The kettle is on");
    is_problem(&hers.posts(&forward, json!({ "to": [] })).await, 422, "invalid");
    is_problem(&hers.posts(&forward, json!({ "to": (1..12).collect::<Vec<_>>() })).await, 422, "invalid");
    is_problem(&hers.posts(&forward, json!({ "to": [77] })).await, 404, "not_found");
    is_problem(&hers.posts(&forward, json!({ "to": talk })).await, 422, "shape");
}

async fn what_was_read_is_unread_again(app: TestApp) {
    let (_, [hers, his], path) = group(&app).await;
    let said = says(&hers, &path, "Tea?").await;
    let unread = async || his.reads("/conversations").await["items"][0]["unread"].clone();
    let read = json!({ "position": said["position"] });
    his.sends(Method::PUT, &format!("{path}/read"), &read).await.well();
    assert_eq!(unread().await, 0);
    let path = format!("{path}/unread");
    assert_eq!(his.sends(Method::PUT, &path, &json!({ "message": said["id"] })).await.status, 204);
    assert_eq!(unread().await, 1);
    is_problem(&his.sends(Method::PUT, &path, &json!({ "message": 77 })).await, 404, "not_found");
    is_problem(&his.sends(Method::PUT, &path, &json!({ "message": 0 })).await, 422, "shape");
}

async fn one_chooses_what_to_hear_of(app: TestApp) {
    let (_, [hers, his], path) = group(&app).await;
    let choices = format!("{path}/choices");
    let before = json!({ "level": "all", "muted_until": null, "pinned": false, "hidden": false });
    assert_eq!(his.reads(&choices).await, before);
    let new = json!({ "level": "mentions", "mute": "hour", "pinned": true });
    let told: Value = his.sends(Method::PATCH, &choices, &new).await.well().json();
    let until = app.now().plus(3_600_000).to_string();
    assert_eq!(told, json!({ "level": "mentions", "muted_until": until, "pinned": true, "hidden": false }));
    let told: Value = his.sends(Method::PATCH, &choices, &json!({ "mute": "off" })).await.well().json();
    assert_eq!((&told["muted_until"], &told["level"]), (&Value::Null, &"mentions".into()));
    let told: Value = his.sends(Method::PATCH, &choices, &json!({ "hidden": true })).await.well().json();
    assert_eq!((&told["hidden"], &told["pinned"]), (&true.into(), &false.into()));
    assert_eq!(hers.reads(&choices).await, before, "nobody else's");
    for refused in [json!({ "level": "some" }), json!({ "mute": "day" }), json!({ "pinned": 1 })] {
        is_problem(&his.sends(Method::PATCH, &choices, &refused).await, 422, "shape");
    }
    let chloe = Person::signs_up(&app, "chloe").await.starts("write").await;
    is_problem(&chloe.gets(&choices).await, 404, "not_found");
    is_problem(&chloe.sends(Method::PATCH, &choices, &new).await, 404, "not_found");
}

async fn a_token_for_reading_marks_nothing(app: TestApp) {
    let ([amina, _], [hers, _], path) = group(&app).await;
    let said = says(&hers, &path, "Tea?").await;
    let reader = amina.starts("read").await;
    let one = format!("{path}/messages/{}", said["id"]);
    let mut refused = Vec::<Answer>::new();
    for mark in ["pin", "saved", "follow", "votes/0"] {
        refused.push(reader.tries(Method::PUT, &format!("{one}/{mark}")).await);
        refused.push(reader.tries(Method::DELETE, &format!("{one}/{mark}")).await);
    }
    refused.push(reader.tries(Method::PUT, &format!("{one}/closed")).await);
    refused.push(reader.sends(Method::PUT, &format!("{one}/read"), &json!({ "position": 1 })).await);
    refused.push(reader.posts(&format!("{one}/forward"), json!({ "to": [1] })).await);
    let poll = json!({ "question": "When?", "answers": ["At four", "At five"] });
    refused.push(reader.posts(&format!("{path}/polls"), poll).await);
    let unread = json!({ "message": said["id"] });
    refused.push(reader.sends(Method::PUT, &format!("{path}/unread"), &unread).await);
    refused.push(reader.sends(Method::PATCH, &format!("{path}/choices"), &json!({ "pinned": true })).await);
    for answer in refused {
        is_problem(&answer, 403, "scope");
    }
    assert_eq!(hers.reads(&one).await, said);
}
