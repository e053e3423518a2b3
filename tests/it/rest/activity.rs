//! What others did that concerns one, for programs.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    a_program_hears_what_concerns_its_person,
    what_one_has_looked_at_is_new_no_longer,
    it_comes_in_pages,
    nobody_looks_for_somebody_else,
}

fn deeds(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|line| line["deed"].as_str().expect("a deed").to_owned()).collect()
}

async fn new(program: &Program) -> Value {
    program.reads("/activity/unread").await["unread"].clone()
}

async fn a_program_hears_what_concerns_its_person(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Tea", &[&bruno, &carla]).await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let path = format!("/conversations/{group}/messages");
    let said: Value = his.posts(&path, json!({ "body": "Which **tea**?" })).await.well().json();
    hers.tries(Method::PUT, &format!("{path}/{}/reactions/%F0%9F%AB%96", said["id"])).await.well();
    hers.posts(&path, json!({ "body": "Green", "reply_to": said["id"] })).await.well();
    let named: Value = hers.posts(&path, json!({ "body": "@bruno, at five" })).await.well().json();
    let dana = Person::signs_up(&app, "dana").await.starts("write").await;
    dana.posts("/friends/requests", json!({ "person": "bruno" })).await.well();

    let told = his.reads("/activity").await;
    assert_eq!(deeds(&told)[..5], ["asked", "mentioned", "answered", "reacted", "added"], "{told}");
    let [asked, mentioned, answered, reacted, added] = [0, 1, 2, 3, 4].map(|at| &told["items"][at]);
    assert_eq!(
        mentioned,
        &json!({
            "id": mentioned["id"], "deed": "mentioned", "at": mentioned["at"], "is_new": true,
            "actor": { "id": amina.id, "username": "amina", "display_name": "amina" },
            "conversation": group, "message": named["id"], "text": "@bruno, at five", "emoji": null, "note": null,
        })
    );
    assert_eq!((&answered["text"], &answered["conversation"]), (&"Green".into(), &group.get().into()));
    assert_eq!((&reacted["emoji"], &reacted["text"]), (&"🫖".into(), &"Which tea?".into()));
    assert_eq!((&asked["actor"]["username"], &asked["conversation"]), (&"dana".into(), &Value::Null));
    assert_eq!((&added["conversation"], &added["message"]), (&group.get().into(), &Value::Null));
    // What is taken back is there no longer.
    hers.tries(Method::DELETE, &format!("{path}/{}", named["id"])).await.well();
    assert!(!deeds(&his.reads("/activity").await).contains(&"mentioned".to_owned()));
}

async fn what_one_has_looked_at_is_new_no_longer(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let his = bruno.starts("write").await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let before = his.reads("/activity").await;
    assert_eq!(new(&his).await, deeds(&before).len());
    amina.sends(group, "@bruno, at five").await;
    let up_to = json!({ "up_to": before["items"][0]["id"] });
    for _ in 0..2 {
        assert_eq!(his.sends(Method::PUT, "/activity/read", &up_to).await.status, 204);
    }
    assert_eq!(new(&his).await, 1);
    let told = his.reads("/activity").await;
    assert_eq!((&told["items"][0]["is_new"], &told["items"][1]["is_new"]), (&true.into(), &false.into()));
    // It never goes back, nor beyond what there is.
    for up_to in [1, 9_007_199_254_740_991_i64] {
        his.sends(Method::PUT, "/activity/read", &json!({ "up_to": up_to })).await.well();
        assert_eq!(new(&his).await, 1);
    }
    let newest = json!({ "up_to": told["items"][0]["id"] });
    his.sends(Method::PUT, "/activity/read", &newest).await.well();
    assert_eq!(new(&his).await, 0);
}

async fn it_comes_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    for number in 0..28 {
        amina.sends(group, &format!("@bruno, cup {number}")).await;
    }
    let (his, hers) = (bruno.starts("read").await, amina.starts("read").await);
    let first = his.reads("/activity").await;
    let cursor = first["next"].as_str().expect("there is more");
    let second = his.reads(&format!("/activity?cursor={cursor}")).await;
    assert_eq!((deeds(&first).len(), &second["next"]), (25, &Value::Null));
    assert_eq!(deeds(&second)[..4], ["mentioned", "mentioned", "mentioned", "added"]);
    assert_eq!(second["items"][0]["text"], "@bruno, cup 2");
    is_problem(&hers.gets(&format!("/activity?cursor={cursor}")).await, 422, "cursor");
    is_problem(&his.gets(&format!("/activity?cursor=A{cursor}")).await, 422, "cursor");
    is_problem(&his.gets("/activity?before=1").await, 422, "shape");
}

async fn nobody_looks_for_somebody_else(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let (reader, his) = (amina.starts("read").await, bruno.starts("write").await);
    let up_to = json!({ "up_to": reader.reads("/activity").await["items"][0]["id"] });
    is_problem(&reader.sends(Method::PUT, "/activity/read", &up_to).await, 403, "scope");
    his.sends(Method::PUT, "/activity/read", &up_to).await.well();
    assert_eq!(new(&reader).await, 1);
    for refused in [json!({}), json!({ "up_to": 0 }), json!({ "up_to": "x" }), json!({ "up_to": null })] {
        is_problem(&his.sends(Method::PUT, "/activity/read", &refused).await, 422, "shape");
    }
}
