//! Writing: said once, changed and deleted by the rules that hold for everybody.

use futures_util::future::join_all;
use reqwest::Method;
use salon::realtime::event::Event;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{Answer, TestApp, new_key},
};

on_both_engines! {
    what_a_program_says_arrives_live_and_once,
    it_edits_and_deletes_its_own_at_once,
    it_reacts_and_takes_that_back,
    it_begins_a_talk_by_a_name,
    a_token_for_reading_changes_nothing,
}

async fn what_a_program_says_arrives_live_and_once(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let program = amina.starts("write").await;
    let path = format!("/conversations/{talk}/messages");
    let mut his = bruno.connects().await;

    let answer = program.posts(&path, json!({"body": " Bonjour \r\n"})).await;
    let said: Value = answer.json();
    assert_eq!((answer.status, &said["body"]), (201, &"Bonjour".into()), "{said}");
    assert_eq!(answer.header("location"), format!("/api/v1{path}/{}", said["id"]));
    let Event::Message(heard) = his.next_event().await else { panic!("a message comes") };
    assert_eq!((heard.id.get(), &*heard.body), (said["id"].as_i64().expect("an id"), "Bonjour"));

    // The same under one key is said once, however it is named and however often it comes at a time.
    let key = new_key();
    let posts = (0..8).map(|number| {
        let request = program.request(Method::POST, &path);
        Answer::of(match number % 3 {
            0 => request.json(&json!({"body": "Once", "client_key": key})),
            1 => request.json(&json!({"body": "Once"})).header("idempotency-key", &key),
            _ => request
                .json(&json!({"body": "Once", "client_key": key}))
                .header("idempotency-key", format!("\"{key}\"")),
        })
    });
    let answers = join_all(posts).await;
    let first: Value = answers[0].json();
    for answer in &answers {
        assert_eq!((answer.status, answer.json::<Value>()), (201, first.clone()));
    }
    is_problem(&program.posts(&path, json!({"body": "Another", "client_key": key})).await, 409, "conflict");
    assert_eq!(bruno.reads_texts(talk).await, ["Bonjour", "Once"]);

    let answer = program.posts(&path, json!({"body": "So there", "reply_to": first["id"]})).await;
    assert_eq!(answer.well().json::<Value>()["reply_to"], first["id"]);
    let inside = program.posts(&path, json!({"body": "In it", "thread": first["id"]})).await.well();
    assert_eq!(inside.json::<Value>()["thread"], first["id"]);
    let thread = program.reads(&format!("{path}?thread={}", first["id"])).await;
    // The head, and what was said below it.
    assert_eq!(thread["items"].as_array().map(Vec::len), Some(2), "{thread}");
    assert_eq!(program.reads(&format!("{path}/{}", first["id"])).await["replies"], 1);
}

async fn it_edits_and_deletes_its_own_at_once(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let path = format!("/conversations/{talk}/messages");
    let said: Value = hers.posts(&path, json!({"body": "Frist"})).await.well().json();
    let one = format!("{path}/{}", said["id"]);

    let edit = hers.sends(Method::PATCH, &one, &json!({"body": "First"})).await.well();
    let edited: Value = edit.json();
    assert_eq!((&edited["body"], &edited["id"]), (&"First".into(), &said["id"]));
    assert!(edited["edited_at"].is_string() && edited["revision"].as_i64() > said["revision"].as_i64());
    is_problem(&his.sends(Method::PATCH, &one, &json!({"body": "Mine"})).await, 403, "forbidden");
    is_problem(&his.tries(Method::DELETE, &one).await, 403, "forbidden");

    for _ in 0..2 {
        assert_eq!(hers.tries(Method::DELETE, &one).await.status, 204);
    }
    assert_eq!(his.reads(&one).await["deleted_by"], amina.id.get());
    is_problem(&hers.sends(Method::PATCH, &one, &json!({"body": "Again"})).await, 409, "conflict");
    let noted = "select count(*) from audit where action = 'message_deleted'";
    assert_eq!(app.store().await.number(noted).await, 0, "one's own is nobody's business");
}

async fn it_reacts_and_takes_that_back(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Tea?").await;
    let program = bruno.starts("write").await;
    let one = format!("/conversations/{talk}/messages/{}", said.id);
    for _ in 0..2 {
        assert_eq!(program.tries(Method::PUT, &format!("{one}/reactions/%F0%9F%AB%96")).await.status, 204);
    }
    let reactions = async || program.reads(&one).await["reactions"].clone();
    assert_eq!(reactions().await, json!([{"emoji": "🫖", "count": 1, "mine": true}]));
    let other = amina.starts("read").await.reads(&one).await;
    assert_eq!(other["reactions"], json!([{"emoji": "🫖", "count": 1, "mine": false}]));
    assert_eq!(program.tries(Method::DELETE, &format!("{one}/reactions/%F0%9F%AB%96")).await.status, 204);
    assert_eq!(reactions().await, json!([]));
    is_problem(&program.tries(Method::PUT, &format!("{one}/reactions/tea")).await, 422, "invalid");
}

async fn it_begins_a_talk_by_a_name(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let program = amina.starts("write").await;
    let opened: Value = program.posts("/conversations", json!({"with": "bruno"})).await.well().json();
    assert_eq!((&opened["kind"], &opened["handle"]), (&"direct".into(), &"bruno".into()));
    assert_eq!(opened["id"], amina.opens(&bruno).await.get());
    is_problem(&program.posts("/conversations", json!({"with": "nobody"})).await, 422, "invalid");
    is_problem(&program.posts("/conversations", json!({"with": "amina"})).await, 422, "invalid");
}

async fn a_token_for_reading_changes_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Tea?").await;
    let program = amina.starts("read").await;
    let path = format!("/conversations/{talk}/messages");
    let one = format!("{path}/{}", said.id);
    for answer in [
        program.posts(&path, json!({"body": "No"})).await,
        program.posts("/conversations", json!({"with": "bruno"})).await,
        program.sends(Method::PATCH, &one, &json!({"body": "No"})).await,
        program.sends(Method::PUT, &format!("/conversations/{talk}/read"), &json!({"position": 1})).await,
        program.tries(Method::DELETE, &one).await,
        program.tries(Method::PUT, &format!("{one}/reactions/%F0%9F%AB%96")).await,
        program.tries(Method::DELETE, &format!("{one}/reactions/%F0%9F%AB%96")).await,
    ] {
        is_problem(&answer, 403, "scope");
        assert!(answer.header("www-authenticate").contains("insufficient_scope"), "{:?}", answer.headers);
    }
    assert_eq!(bruno.reads_texts(talk).await, ["Tea?"]);
}
