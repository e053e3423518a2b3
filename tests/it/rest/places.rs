//! What goes for a conversation as a whole, for programs: how fast one may write there, and from where on to listen.

use reqwest::Method;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    whoever_keeps_order_slows_it_down,
    where_it_stands_is_told_with_it,
}

async fn whoever_keeps_order_slows_it_down(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let (group, talk) = (amina.gathers("Tea", &[&bruno]).await, amina.opens(&bruno).await);
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let (one, slow) = (format!("/conversations/{group}"), format!("/conversations/{group}/slow"));
    assert_eq!(his.reads(&one).await["slow"], 0);
    for _ in 0..2 {
        assert_eq!(hers.sends(Method::PUT, &slow, &json!({ "seconds": 30 })).await.status, 204);
    }
    assert_eq!(his.reads(&one).await["slow"], 30);
    let messages = format!("{one}/messages");
    his.posts(&messages, json!({ "body": "One" })).await.well();
    let refused = his.posts(&messages, json!({ "body": "Two" })).await;
    is_problem(&refused, 429, "too_fast");
    assert_eq!((refused.header("retry-after"), &refused.json::<Value>()["retry_in"]), ("30", &30.into()));
    for _ in 0..2 {
        hers.posts(&messages, json!({ "body": "Who keeps order does not wait" })).await.well();
    }
    is_problem(&his.sends(Method::PUT, &slow, &json!({ "seconds": 0 })).await, 403, "forbidden");
    let talk = format!("/conversations/{talk}/slow");
    is_problem(&hers.sends(Method::PUT, &talk, &json!({ "seconds": 5 })).await, 403, "forbidden");
    is_problem(&hers.sends(Method::PUT, &slow, &json!({ "seconds": 7 })).await, 422, "invalid");
    for refused in [json!({}), json!({ "seconds": "5" }), json!({ "seconds": -5 }), json!({ "seconds": 5.5 })]
    {
        is_problem(&hers.sends(Method::PUT, &slow, &refused).await, 422, "shape");
    }
    let off = json!({ "seconds": 0 });
    is_problem(&amina.starts("read").await.sends(Method::PUT, &slow, &off).await, 403, "scope");
    let chloe = Person::signs_up(&app, "chloe").await.starts("write").await;
    is_problem(&chloe.sends(Method::PUT, &slow, &off).await, 404, "not_found");
    hers.sends(Method::PUT, &slow, &off).await.well();
    his.posts(&messages, json!({ "body": "Two" })).await.well();
}

async fn where_it_stands_is_told_with_it(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let his = bruno.starts("read").await;
    let one = format!("/conversations/{talk}");
    let heads = async || {
        let (about, page) = (his.reads(&one).await, his.reads(&format!("{one}/messages")).await);
        assert_eq!(about["head"], page["head"]);
        about["head"].as_i64().expect("a number")
    };
    assert_eq!(heads().await, 0);
    let said = amina.sends(talk, "Tea").await;
    assert_eq!(heads().await, said.position);
    let hers = amina.starts("write").await;
    let path = format!("{one}/messages");
    let said: Value = hers.posts(&path, json!({ "body": "Coffee" })).await.well().json();
    let edited: Value = hers
        .sends(Method::PATCH, &format!("{path}/{}", said["id"]), &json!({ "body": "Tea" }))
        .await
        .well()
        .json();
    assert_eq!(Some(heads().await), edited["revision"].as_i64());
}
