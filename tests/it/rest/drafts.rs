//! What one has begun to write, for programs: one's own, and lost to nobody's haste.

use reqwest::Method;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{Person, TestApp, wait_for},
};

on_both_engines! {
    what_one_begins_is_kept_and_taken_away,
    nothing_is_written_over_unseen,
    drafts_come_in_pages_and_are_ones_own,
    what_cannot_be_kept_is_refused,
}

async fn what_one_begins_is_kept_and_taken_away(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Which tea?").await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let path = format!("/conversations/{talk}/draft");
    let inside = format!("{path}?thread={}", said.id);
    assert_eq!(hers.reads("/drafts").await, json!({ "items": [], "next": null }));
    is_problem(&hers.gets(&path).await, 404, "not_found");

    let kept: Value =
        hers.sends(Method::PUT, &path, &json!({ "body": " The green\r\none " })).await.well().json();
    assert_eq!(
        kept,
        json!({ "conversation": talk, "thread": null, "body": " The green\none ", "revision": kept["revision"] })
    );
    assert_eq!(hers.reads(&path).await, kept);
    let below: Value = hers.sends(Method::PUT, &inside, &json!({ "body": "Black" })).await.well().json();
    assert_eq!((&below["thread"], &below["body"]), (&said.id.get().into(), &"Black".into()));
    assert_eq!(hers.reads("/drafts").await["items"], json!([kept, below]));
    // The pages show it too, and nobody else's.
    let home = amina.home().await.conversations;
    assert_eq!(home[0].draft.as_deref(), Some("The green one"));
    is_problem(&his.gets(&path).await, 404, "not_found");
    assert_eq!(his.reads("/drafts").await["items"], json!([]));

    for _ in 0..2 {
        assert_eq!(hers.tries(Method::DELETE, &path).await.status, 204);
    }
    is_problem(&hers.gets(&path).await, 404, "not_found");
    assert_eq!(hers.reads("/drafts").await["items"], json!([below]));
    // What is gone is in nobody's way.
    hers.sends(Method::PUT, &path, &json!({ "body": "Coffee" })).await.well();
    assert_eq!(hers.reads(&path).await["body"], "Coffee");
}

async fn nothing_is_written_over_unseen(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let hers = amina.starts("write").await;
    let path = format!("/conversations/{talk}/draft");
    let keep = async |new: Value| hers.sends(Method::PUT, &path, &new).await;
    let first: Value = keep(json!({ "body": "One" })).await.well().json();
    is_problem(&keep(json!({ "body": "Two" })).await, 409, "conflict");
    is_problem(&keep(json!({ "body": "Two", "revision": 0 })).await, 409, "conflict");
    let second: Value = keep(json!({ "body": "Two", "revision": first["revision"] })).await.well().json();
    assert!(second["revision"].as_i64() > first["revision"].as_i64(), "{second}");
    is_problem(&keep(json!({ "body": "Three", "revision": first["revision"] })).await, 409, "conflict");
    assert_eq!(hers.reads(&path).await, second);
}

async fn drafts_come_in_pages_and_are_ones_own(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let mut begun = Vec::new();
    for number in 0..52 {
        let said = bruno.sends(talk, &format!("Cup {number}")).await;
        let path = format!("/conversations/{talk}/draft?thread={}", said.id);
        let text = format!("Of cup {number}");
        wait_for("room for one more", async || {
            let kept = hers.sends(Method::PUT, &path, &json!({ "body": text })).await;
            (kept.status == 200).then_some(())
        })
        .await;
        begun.push(text);
    }
    let texts = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().expect("items");
        items.iter().map(|draft| draft["body"].as_str().expect("a text").to_owned()).collect()
    };
    let first = hers.reads("/drafts").await;
    let cursor = first["next"].as_str().expect("there are more");
    let second = hers.reads(&format!("/drafts?cursor={cursor}")).await;
    assert_eq!((texts(&first).len(), &second["next"]), (50, &Value::Null));
    assert_eq!([texts(&first), texts(&second)].concat(), begun);
    is_problem(&his.gets(&format!("/drafts?cursor={cursor}")).await, 422, "cursor");
    is_problem(&hers.gets(&format!("/drafts?cursor=A{cursor}")).await, 422, "cursor");
    is_problem(&hers.gets(&format!("/activity?cursor={cursor}")).await, 422, "cursor");
}

async fn what_cannot_be_kept_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let hers = amina.starts("write").await;
    let path = format!("/conversations/{talk}/draft");
    for text in ["", " \n\t", "a\u{0}", &"é".repeat(8_001)] {
        let refused = hers.sends(Method::PUT, &path, &json!({ "body": text })).await;
        is_problem(&refused, 422, "invalid");
        assert_eq!(refused.json::<Value>()["field"], "body");
    }
    for new in [
        json!({}),
        json!({ "body": 1 }),
        json!({ "body": null }),
        json!({ "body": "Tea", "revision": "1" }),
        json!({ "body": "Tea", "thread": 1 }),
        json!(["Tea"]),
    ] {
        is_problem(&hers.sends(Method::PUT, &path, &new).await, 422, "shape");
    }
    let new = json!({ "body": "Tea" });
    is_problem(&hers.sends(Method::PUT, &format!("{path}?thread=x"), &new).await, 422, "shape");
    is_problem(&hers.sends(Method::PUT, &format!("{path}?thread=77"), &new).await, 404, "not_found");
    is_problem(&hers.gets(&format!("{path}?thread=77")).await, 404, "not_found");

    let reader = amina.starts("read").await;
    let chloe = Person::signs_up(&app, "chloe").await.starts("write").await;
    for (program, status, code) in [(&reader, 403, "scope"), (&chloe, 404, "not_found")] {
        is_problem(&program.sends(Method::PUT, &path, &new).await, status, code);
        is_problem(&program.tries(Method::DELETE, &path).await, status, code);
    }
    is_problem(&chloe.gets(&path).await, 404, "not_found");
    assert_eq!(hers.reads("/drafts").await["items"], json!([]));
}
