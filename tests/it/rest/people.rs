//! Friends, groups and who is in them, for programs.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    one_asks_and_is_accepted,
    what_was_asked_is_declined_or_taken_back,
    friends_come_in_pages,
    a_group_is_made_and_looked_after,
    who_is_no_admin_changes_nothing,
    members_come_in_pages,
}

/// The usernames of a list.
fn names(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|person| person["username"].as_str()).collect()
}

async fn both(app: &TestApp) -> [(Person, Program); 2] {
    let (amina, bruno) = (Person::signs_up(app, "amina").await, Person::signs_up(app, "bruno").await);
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    [(amina, hers), (bruno, his)]
}

async fn one_asks_and_is_accepted(app: TestApp) {
    let [(amina, hers), (bruno, his)] = both(&app).await;
    assert_eq!(hers.posts("/friends/requests", json!({ "person": "bruno" })).await.status, 204);
    let told = his.reads("/friends/requests").await;
    assert_eq!((names(&told["incoming"]), names(&told["outgoing"])), (vec!["amina"], vec![]));
    let told = hers.reads("/friends/requests").await;
    assert_eq!((names(&told["incoming"]), names(&told["outgoing"])), (vec![], vec!["bruno"]));
    let path = format!("/friends/{}", amina.id);
    assert_eq!(his.tries(Method::PUT, &path).await.status, 204);
    is_problem(&his.tries(Method::PUT, &path).await, 404, "not_found");

    let friends = his.reads("/friends").await;
    assert_eq!(names(&friends["items"]), ["amina"]);
    assert_eq!((&friends["items"][0]["state"], &friends["next"]), (&"offline".into(), &Value::Null));
    let _page = amina.connects().await;
    assert_eq!(his.reads("/friends").await["items"][0]["state"], "online");

    assert_eq!(his.tries(Method::DELETE, &path).await.status, 204);
    is_problem(&his.tries(Method::DELETE, &path).await, 404, "not_found");
    assert!(amina.friends().await.friends.is_empty());

    is_problem(&hers.posts("/friends/requests", json!({ "person": "nobody" })).await, 422, "invalid");
    is_problem(&hers.posts("/friends/requests", json!({ "person": "amina" })).await, 422, "invalid");
    is_problem(&hers.posts("/friends/requests", json!({ "who": "bruno" })).await, 422, "shape");
    let reader = bruno.starts("read").await;
    is_problem(&reader.posts("/friends/requests", json!({ "person": "amina" })).await, 403, "scope");
    is_problem(&reader.tries(Method::DELETE, &path).await, 403, "scope");
    is_problem(&hers.tries(Method::PUT, "/friends/everyone").await, 404, "not_found");
}

async fn what_was_asked_is_declined_or_taken_back(app: TestApp) {
    let [(amina, hers), (bruno, his)] = both(&app).await;
    for decline in [true, false] {
        hers.posts("/friends/requests", json!({ "person": "bruno" })).await;
        let (who, other) = if decline { (&his, amina.id) } else { (&hers, bruno.id) };
        assert_eq!(who.tries(Method::DELETE, &format!("/friends/{other}")).await.status, 204);
        for program in [&hers, &his] {
            let told = program.reads("/friends/requests").await;
            assert_eq!(told, json!({ "incoming": [], "outgoing": [] }));
        }
    }
}

async fn friends_come_in_pages(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let mut store = app.store().await;
    for n in 0..120 {
        let (id, name) = (9_000_000_000_000_000_i64 + n, format!("friend{n:03}"));
        store
            .run(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                 values ({id}, '{name}', '{name}', '{name}', '{name}', 1, 1)"
            ))
            .await;
        store
            .run(format!(
                "insert into friendship (user1_id, user2_id, status, asked_by, created_at, updated_at)
                 values ({}, {id}, 'accepted', {id}, 1, 1)",
                amina.id
            ))
            .await;
    }
    let program = amina.starts("read").await;
    let first = program.reads("/friends").await;
    let cursor = first["next"].as_str().expect("there are more");
    let second = program.reads(&format!("/friends?cursor={cursor}")).await;
    let all: Vec<&str> = [names(&first["items"]), names(&second["items"])].concat();
    assert_eq!(all.len(), 120);
    assert!(all.is_sorted());
    assert_eq!(second["next"], Value::Null);
    for wrong in ["", "friend010", &cursor[1..], &format!("{cursor}A")] {
        is_problem(&program.gets(&format!("/friends?cursor={wrong}")).await, 422, "cursor");
    }
    // It is good for this list alone.
    is_problem(&program.gets(&format!("/conversations?cursor={cursor}")).await, 422, "cursor");
}

async fn a_group_is_made_and_looked_after(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let hers = amina.starts("write").await;
    let made = hers.posts("/groups", json!({ "name": "Tea", "people": [bruno.id] })).await;
    assert_eq!(made.status, 201);
    let group: Value = made.json();
    assert_eq!(
        (&group["kind"], &group["name"], &group["members"]),
        (&"group".into(), &"Tea".into(), &2.into())
    );
    let path = format!("/conversations/{}", group["id"]);
    let members = format!("{path}/members");

    assert_eq!(hers.posts(&members, json!({ "people": [carla.id] })).await.status, 204);
    let his = format!("{members}/{}", bruno.id);
    assert_eq!(hers.sends(Method::PATCH, &his, &json!({ "role": "admin" })).await.status, 204);
    let told = hers.reads(&members).await;
    assert_eq!(names(&told["items"]), ["amina", "bruno", "carla"]);
    let roles: Vec<_> =
        told["items"].as_array().expect("a list").iter().map(|member| &member["role"]).collect();
    assert_eq!(roles, ["admin", "admin", "member"]);

    let told: Value = hers.sends(Method::PATCH, &path, &json!({ "topic": "At five" })).await.well().json();
    assert_eq!((&told["name"], &told["topic"]), (&"Tea".into(), &"At five".into()));
    let told: Value = hers.sends(Method::PATCH, &path, &json!({ "name": "Coffee" })).await.well().json();
    assert_eq!((&told["name"], &told["topic"]), (&"Coffee".into(), &"At five".into()));
    is_problem(&hers.sends(Method::PATCH, &path, &json!({ "name": "" })).await, 422, "invalid");
    is_problem(&hers.sends(Method::PATCH, &path, &json!({ "admin": true })).await, 422, "shape");

    assert_eq!(hers.tries(Method::DELETE, &format!("{members}/{}", carla.id)).await.status, 204);
    is_problem(&carla.starts("read").await.gets(&members).await, 404, "not_found");
    // An admin is made a member before they are let go.
    is_problem(&hers.tries(Method::DELETE, &his).await, 403, "forbidden");
    assert_eq!(hers.tries(Method::DELETE, &format!("{members}/{}", amina.id)).await.status, 204);
    is_problem(&hers.gets(&members).await, 404, "not_found");

    for refused in [
        json!({ "name": "", "people": [bruno.id] }),
        json!({ "name": "Nobody else", "people": [] }),
        json!({ "name": "Unknown", "people": [77] }),
    ] {
        is_problem(&hers.posts("/groups", refused).await, 422, "invalid");
    }
}

async fn who_is_no_admin_changes_nothing(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let (his, reader) = (bruno.starts("write").await, amina.starts("read").await);
    let (path, members) = (format!("/conversations/{group}"), format!("/conversations/{group}/members"));
    let hers = format!("{members}/{}", amina.id);
    let add = json!({ "people": [carla.id] });
    for (program, code) in [(&his, "forbidden"), (&reader, "scope")] {
        is_problem(&program.posts(&members, add.clone()).await, 403, code);
        is_problem(&program.sends(Method::PATCH, &hers, &json!({ "role": "member" })).await, 403, code);
        is_problem(&program.sends(Method::PATCH, &path, &json!({ "name": "His" })).await, 403, code);
    }
    is_problem(&his.tries(Method::DELETE, &hers).await, 403, "forbidden");
    // The last admin neither steps down nor leaves.
    let amina_writes = amina.starts("write").await;
    let down = amina_writes.sends(Method::PATCH, &hers, &json!({ "role": "member" })).await;
    is_problem(&down, 409, "invalid");
    is_problem(&amina_writes.tries(Method::DELETE, &hers).await, 409, "invalid");
    let outsider = carla.starts("write").await;
    is_problem(&outsider.posts(&members, add).await, 404, "not_found");
    is_problem(&outsider.tries(Method::DELETE, &hers).await, 404, "not_found");
    assert_eq!(names(&his.reads(&members).await["items"]), ["amina", "bruno"]);
}

async fn members_come_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let mut store = app.store().await;
    for n in 0..60 {
        let (id, name) = (9_000_000_000_000_000_i64 + n, format!("guest{n:03}"));
        store
            .run(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
                 values ({id}, '{name}', '{name}', '{name}', '{name}', 1, 1)"
            ))
            .await;
        store
            .run(format!(
                "insert into participant (conversation_id, account_id, role, joined_at) values ({group}, {id}, 'member', 1)"
            ))
            .await;
    }
    let program = amina.starts("read").await;
    let path = format!("/conversations/{group}/members");
    let first = program.reads(&path).await;
    let cursor = first["next"].as_str().expect("there are more");
    let second = program.reads(&format!("{path}?cursor={cursor}")).await;
    let all: Vec<&str> = [names(&first["items"]), names(&second["items"])].concat();
    assert_eq!((all.len(), &all[..3]), (62, &["amina", "bruno", "guest000"][..]));
    assert_eq!(second["next"], Value::Null);
    is_problem(&program.gets(&format!("{path}?cursor={cursor}A")).await, 422, "cursor");
}
