//! Whom one does not want to hear from, and who may turn to one, for programs.

use reqwest::Method;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    whoever_is_blocked_is_listed_and_cannot_write,
    blocked_people_come_in_pages,
    one_chooses_who_may_turn_to_one,
    a_stranger_asks_and_is_answered,
}

async fn whoever_is_blocked_is_listed_and_cannot_write(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let path = format!("/blocks/{}", bruno.id);
    for _ in 0..2 {
        assert_eq!(hers.tries(Method::PUT, &path).await.status, 204);
    }
    let told = hers.reads("/blocks").await;
    assert_eq!((&told["items"][0]["username"], &told["items"][1]), (&"bruno".into(), &Value::Null));
    let messages = format!("/conversations/{talk}/messages");
    is_problem(&his.posts(&messages, json!({ "body": "Hello?" })).await, 403, "forbidden");
    assert_eq!(his.reads("/blocks").await["items"], json!([]));

    for _ in 0..2 {
        assert_eq!(hers.tries(Method::DELETE, &path).await.status, 204);
    }
    assert_eq!(hers.reads("/blocks").await, json!({ "items": [], "next": null }));
    assert!(amina.friends().await.friends.is_empty(), "what it ended does not come back");
    // Of nobody nothing is told.
    assert_eq!(hers.tries(Method::PUT, "/blocks/77").await.status, 204);
    assert_eq!(hers.reads("/blocks").await["items"], json!([]));
    is_problem(&hers.tries(Method::PUT, "/blocks/bruno").await, 404, "not_found");
    let reader = amina.starts("read").await;
    is_problem(&reader.tries(Method::PUT, &path).await, 403, "scope");
    is_problem(&reader.tries(Method::DELETE, &path).await, 403, "scope");
}

async fn blocked_people_come_in_pages(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let mut store = app.store().await;
    for n in 0..60 {
        let (id, name) = (9_000_000_000_000_000_i64 + n, format!("pest{n:03}"));
        store
            .run(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                 values ({id}, '{name}', '{name}', '{name}', '{name}', 1, 1)"
            ))
            .await;
        store
            .run(format!(
                "insert into block (blocker_id, blocked_id, created_at) values ({}, {id}, 1)",
                amina.id
            ))
            .await;
    }
    let program = amina.starts("read").await;
    let first = program.reads("/blocks").await;
    let cursor = first["next"].as_str().expect("there are more");
    let second = program.reads(&format!("/blocks?cursor={cursor}")).await;
    let count = |page: &Value| page["items"].as_array().map(Vec::len);
    assert_eq!((count(&first), count(&second), &second["next"]), (Some(50), Some(10), &Value::Null));
    assert_eq!(second["items"][0]["username"], "pest050");
    is_problem(&program.gets(&format!("/friends?cursor={cursor}")).await, 422, "cursor");
}

async fn one_chooses_who_may_turn_to_one(app: TestApp) {
    let [amina, bruno] = [Person::signs_up(&app, "amina").await, Person::signs_up(&app, "bruno").await];
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let chosen = json!({ "who_may_write": "everyone", "takes_requests": false, "seen_by": "friends", "receipts": false });
    assert_eq!(hers.sends(Method::PUT, "/me/privacy", &chosen).await.status, 204);
    assert_eq!(hers.reads("/me/privacy").await, chosen);
    is_problem(&his.posts("/friends/requests", json!({ "person": "amina" })).await, 403, "forbidden");
    let opened: Value = his.posts("/conversations", json!({ "with": "amina" })).await.well().json();
    assert_eq!(opened["may_write"], true);

    for (field, value) in
        [("who_may_write", json!("nobody")), ("takes_requests", json!("yes")), ("extra", json!(1))]
    {
        let mut wrong = chosen.clone();
        wrong[field] = value;
        is_problem(&hers.sends(Method::PUT, "/me/privacy", &wrong).await, 422, "shape");
    }
    is_problem(&amina.starts("read").await.sends(Method::PUT, "/me/privacy", &chosen).await, 403, "scope");
    assert_eq!(hers.reads("/me/privacy").await, chosen);
}

async fn a_stranger_asks_and_is_answered(app: TestApp) {
    let [amina, bruno, carla] = [
        Person::signs_up(&app, "amina").await,
        Person::signs_up(&app, "bruno").await,
        Person::signs_up(&app, "carla").await,
    ];
    let hers = amina.starts("write").await;
    let chosen = json!({ "who_may_write": "requests", "takes_requests": true, "seen_by": "friends", "receipts": true });
    hers.sends(Method::PUT, "/me/privacy", &chosen).await.well();
    let asks = async |stranger: &Person| {
        let program = stranger.starts("write").await;
        let talk: Value = program.posts("/conversations", json!({ "with": "amina" })).await.well().json();
        let path = format!("/conversations/{}", talk["id"]);
        program.posts(&format!("{path}/messages"), json!({ "body": "May I?" })).await.well();
        (program, path)
    };
    let ((his, one), (theirs, other)) = (asks(&bruno).await, asks(&carla).await);
    assert_eq!(hers.reads("/conversations/requests").await["items"].as_array().map(Vec::len), Some(2));
    let more = json!({ "body": "And more" });
    assert_eq!(hers.tries(Method::PUT, &format!("{one}/request")).await.status, 204);
    assert_eq!(hers.tries(Method::DELETE, &format!("{other}/request")).await.status, 204);
    assert_eq!(his.posts(&format!("{one}/messages"), more.clone()).await.status, 201);
    is_problem(&theirs.posts(&format!("{other}/messages"), more).await, 403, "forbidden");
    assert_eq!(hers.reads("/conversations/requests").await["items"], json!([]));
    // There is nothing to answer any more, and who asked has nothing to.
    is_problem(&hers.tries(Method::PUT, &format!("{one}/request")).await, 404, "not_found");
    is_problem(&his.tries(Method::PUT, &format!("{one}/request")).await, 404, "not_found");
    is_problem(&theirs.tries(Method::DELETE, &format!("{one}/request")).await, 404, "not_found");
}
