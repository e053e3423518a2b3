//! Spaces and their channels, for programs: by the ranks that hold on the pages.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Person, TestApp, houses},
};

on_both_engines! {
    a_space_is_made_named_and_deleted_by_its_name,
    channels_are_made_moved_and_deleted,
    a_private_channel_has_those_who_were_added,
    ranks_are_given_and_people_let_go,
    a_space_is_handed_over,
    people_of_a_space_come_in_pages,
    whoever_is_not_in_a_space_finds_none,
    a_token_for_reading_changes_no_space,
}

fn list<'v>(list: &'v Value, name: &str) -> Vec<&'v str> {
    list.as_array().expect("a list").iter().filter_map(|one| one[name].as_str()).collect()
}

async fn programs(people: &[Person; 3]) -> [Program; 3] {
    let [amina, bruno, carla] = people;
    [amina.starts("write").await, bruno.starts("write").await, carla.starts("write").await]
}

async fn a_space_is_made_named_and_deleted_by_its_name(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let program = amina.starts("write").await;
    let answer = program.posts("/spaces", json!({ "name": "House" })).await;
    let made: Value = answer.json();
    let path = format!("/spaces/{}", made["id"]);
    assert_eq!((answer.status, answer.header("location")), (201, &*format!("/api/v1{path}")), "{made}");
    assert_eq!(
        (&made["name"], &made["rank"], &made["members"]),
        (&"House".into(), &"owner".into(), &1.into())
    );
    assert_eq!(made["channels"].as_array().map(Vec::len), Some(1));
    assert_eq!(made, program.reads(&path).await);

    let told: Value = program.sends(Method::PATCH, &path, &json!({ "name": "Home" })).await.well().json();
    assert_eq!(told["name"], "Home");
    for refused in [json!({ "name": "" }), json!({ "name": "a".repeat(81) }), json!({ "name": "\n" })] {
        is_problem(&program.posts("/spaces", refused.clone()).await, 422, "invalid");
        is_problem(&program.sends(Method::PATCH, &path, &refused).await, 422, "invalid");
    }
    for refused in [json!({}), json!({ "name": 1 }), json!({ "name": "a", "owner": 1 })] {
        is_problem(&program.posts("/spaces", refused).await, 422, "shape");
    }
    is_problem(&program.sends(Method::DELETE, &path, &json!({ "name": "House" })).await, 422, "invalid");
    assert_eq!(program.sends(Method::DELETE, &path, &json!({ "name": "Home" })).await.status, 204);
    is_problem(&program.gets(&path).await, 404, "not_found");
    assert_eq!(program.reads("/spaces").await["items"], json!([]));
}

async fn channels_are_made_moved_and_deleted(app: TestApp) {
    let (space, people) = houses::inhabited(&app).await;
    let [hers, his, _] = programs(&people).await;
    let (path, channels) = (format!("/spaces/{space}"), format!("/spaces/{space}/channels"));
    let answer = hers.posts(&channels, json!({ "name": "Kitchen" })).await;
    let made: Value = answer.json();
    assert_eq!(
        (answer.status, &made["name"], &made["members"]),
        (201, &"Kitchen".into(), &3.into()),
        "{made}"
    );
    assert_eq!((&made["kind"], &made["space"]), (&"channel".into(), &space.get().into()));
    let kitchen = format!("/conversations/{}", made["id"]);
    let first = his.reads(&path).await["channels"][0]["name"].clone();
    let names = async || {
        let told = his.reads(&path).await;
        list(&told["channels"], "name").iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names().await, [first.as_str().expect("a name"), "Kitchen"]);

    let shift = format!("{kitchen}/shift");
    for _ in 0..2 {
        assert_eq!(hers.posts(&shift, json!({ "to": "up" })).await.status, 204);
    }
    assert_eq!(names().await, ["Kitchen", first.as_str().expect("a name")]);
    is_problem(&hers.posts(&shift, json!({ "to": "left" })).await, 422, "shape");
    is_problem(&his.posts(&shift, json!({ "to": "down" })).await, 403, "forbidden");

    let named = json!({ "name": "Cellar", "topic": "Wine" });
    let told: Value = hers.sends(Method::PATCH, &kitchen, &named).await.well().json();
    assert_eq!((&told["name"], &told["topic"]), (&"Cellar".into(), &"Wine".into()));
    is_problem(&his.sends(Method::PATCH, &kitchen, &named).await, 403, "forbidden");
    is_problem(&his.posts(&channels, json!({ "name": "Attic" })).await, 403, "forbidden");

    let (wrong, right) = (json!({ "name": "Kitchen" }), json!({ "name": "Cellar" }));
    is_problem(&hers.sends(Method::DELETE, &kitchen, &wrong).await, 422, "invalid");
    is_problem(&his.sends(Method::DELETE, &kitchen, &right).await, 403, "forbidden");
    assert_eq!(hers.sends(Method::DELETE, &kitchen, &right).await.status, 204);
    is_problem(&his.gets(&kitchen).await, 404, "not_found");
    let last = format!("/conversations/{}", his.reads(&path).await["channels"][0]["conversation"]);
    is_problem(&hers.sends(Method::DELETE, &last, &json!({ "name": first })).await, 409, "invalid");
    // Only channels are deleted like this.
    let group = people[0].gathers("Tea", &[&people[1]]).await;
    let group = format!("/conversations/{group}");
    is_problem(&hers.sends(Method::DELETE, &group, &json!({ "name": "Tea" })).await, 404, "not_found");
    is_problem(&hers.posts(&format!("{group}/shift"), json!({ "to": "up" })).await, 404, "not_found");
}

async fn a_private_channel_has_those_who_were_added(app: TestApp) {
    let (space, people) = houses::inhabited(&app).await;
    let [hers, his, theirs] = programs(&people).await;
    let new = json!({ "name": "Safe", "open": false });
    let made: Value = hers.posts(&format!("/spaces/{space}/channels"), new).await.well().json();
    assert_eq!(made["members"], 1);
    let path = format!("/conversations/{}", made["id"]);
    is_problem(&his.gets(&path).await, 404, "not_found");
    let members = format!("{path}/members");
    assert_eq!(hers.posts(&members, json!({ "people": [people[1].id] })).await.status, 204);
    assert_eq!(list(&his.reads(&members).await["items"], "username"), ["amina", "bruno"]);
    is_problem(&theirs.gets(&members).await, 404, "not_found");
    let one = format!("{members}/{}", people[1].id);
    assert_eq!(hers.tries(Method::DELETE, &one).await.status, 204);
    is_problem(&his.gets(&path).await, 404, "not_found");
}

async fn ranks_are_given_and_people_let_go(app: TestApp) {
    let (space, people) = houses::inhabited(&app).await;
    let [hers, his, theirs] = programs(&people).await;
    let members = format!("/spaces/{space}/members");
    let [amina, bruno, carla] = people.each_ref().map(|person| format!("{members}/{}", person.id));
    let rank = |rank: &str| json!({ "rank": rank });
    is_problem(&his.sends(Method::PATCH, &carla, &rank("moderator")).await, 403, "forbidden");
    is_problem(&his.tries(Method::DELETE, &carla).await, 403, "forbidden");
    assert_eq!(hers.sends(Method::PATCH, &bruno, &rank("admin")).await.status, 204);
    assert_eq!(his.sends(Method::PATCH, &carla, &rank("moderator")).await.status, 204);
    is_problem(&hers.sends(Method::PATCH, &bruno, &rank("owner")).await, 403, "forbidden");
    is_problem(&his.sends(Method::PATCH, &amina, &rank("member")).await, 403, "forbidden");
    is_problem(&hers.sends(Method::PATCH, &bruno, &rank("king")).await, 422, "shape");
    let told = theirs.reads(&members).await;
    assert_eq!(list(&told["items"], "rank"), ["owner", "admin", "moderator"]);
    assert_eq!(theirs.reads(&format!("/spaces/{space}")).await["rank"], "moderator");

    is_problem(&theirs.tries(Method::DELETE, &bruno).await, 403, "forbidden");
    assert_eq!(his.tries(Method::DELETE, &carla).await.status, 204);
    is_problem(&his.tries(Method::DELETE, &carla).await, 404, "not_found");
    is_problem(&theirs.gets(&members).await, 404, "not_found");
    is_problem(&hers.tries(Method::DELETE, &amina).await, 409, "invalid");
    assert_eq!(his.tries(Method::DELETE, &bruno).await.status, 204);
    assert_eq!(list(&hers.reads(&members).await["items"], "username"), ["amina"]);
}

async fn a_space_is_handed_over(app: TestApp) {
    let (space, people) = houses::inhabited(&app).await;
    let [hers, his, _] = programs(&people).await;
    let path = format!("/spaces/{space}/owner");
    let heir = |name: &str, account: i64| json!({ "account": account, "name": name });
    let bruno = people[1].id.get();
    is_problem(&his.sends(Method::PUT, &path, &heir("House", bruno)).await, 403, "forbidden");
    is_problem(&hers.sends(Method::PUT, &path, &heir("Home", bruno)).await, 422, "invalid");
    is_problem(&hers.sends(Method::PUT, &path, &heir("House", 77)).await, 404, "not_found");
    assert_eq!(hers.sends(Method::PUT, &path, &heir("House", bruno)).await.status, 204);
    let told = his.reads(&format!("/spaces/{space}/members")).await;
    assert_eq!(list(&told["items"], "rank"), ["admin", "owner", "member"]);
    is_problem(&hers.sends(Method::PUT, &path, &heir("House", bruno)).await, 403, "forbidden");
}

async fn people_of_a_space_come_in_pages(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    let space = houses::makes_space(&amina, "House").await;
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
                "insert into space_member (space_id, account_id, role, joined_at) values ({space}, {id}, 'member', 1)"
            ))
            .await;
    }
    let program = amina.starts("read").await;
    let path = format!("/spaces/{space}/members");
    let first = program.reads(&path).await;
    let cursor = first["next"].as_str().expect("there are more");
    let second = program.reads(&format!("{path}?cursor={cursor}")).await;
    let all = [list(&first["items"], "username"), list(&second["items"], "username")].concat();
    assert_eq!((all.len(), all.is_sorted(), &second["next"]), (61, true, &Value::Null));
    is_problem(&program.gets(&format!("{path}?cursor={cursor}A")).await, 422, "cursor");
    is_problem(&program.gets(&format!("/spaces/{space}/bans?cursor={cursor}")).await, 422, "cursor");
}

/// Everything that one may ask of a space, as a method, a path and a body.
fn asked_of(space: &str, channel: i64, person: i64) -> Vec<(Method, String, Value)> {
    let name = json!({ "name": "House" });
    vec![
        (Method::PATCH, space.to_owned(), name.clone()),
        (Method::DELETE, space.to_owned(), name.clone()),
        (Method::PUT, format!("{space}/owner"), json!({ "account": person, "name": "House" })),
        (Method::POST, format!("{space}/channels"), name.clone()),
        (Method::PATCH, format!("{space}/members/{person}"), json!({ "rank": "admin" })),
        (Method::DELETE, format!("{space}/members/{person}"), Value::Null),
        (Method::PUT, format!("{space}/bans/{person}"), json!({ "lasts": "day" })),
        (Method::DELETE, format!("{space}/bans/{person}"), Value::Null),
        (Method::POST, format!("{space}/invitations"), json!({ "lasts": "day" })),
        (Method::DELETE, format!("/conversations/{channel}"), name),
        (Method::POST, format!("/conversations/{channel}/shift"), json!({ "to": "up" })),
    ]
}

async fn whoever_is_not_in_a_space_finds_none(app: TestApp) {
    let (space, people) = houses::inhabited(&app).await;
    let dana = Person::signs_up(&app, "dana").await.starts("write").await;
    let channel = people[0].starts("read").await.reads(&format!("/spaces/{space}")).await;
    let channel = channel["channels"][0]["conversation"].as_i64().expect("an id");
    let bruno = people[1].id.get();
    for path in [format!("/spaces/{space}"), "/spaces/77".to_owned(), "/spaces/house".to_owned()] {
        for below in ["", "/members", "/bans", "/invitations"] {
            is_problem(&dana.gets(&format!("{path}{below}")).await, 404, "not_found");
        }
        for (method, path, body) in asked_of(&path, channel, bruno) {
            is_problem(&dana.sends(method, &path, &body).await, 404, "not_found");
        }
    }
    assert_eq!(people[1].starts("read").await.reads(&format!("/spaces/{space}")).await["members"], 3);
}

async fn a_token_for_reading_changes_no_space(app: TestApp) {
    let (space, people) = houses::inhabited(&app).await;
    let reader = people[0].starts("read").await;
    let path = format!("/spaces/{space}");
    let before = reader.reads(&path).await;
    let channel = before["channels"][0]["conversation"].as_i64().expect("an id");
    is_problem(&reader.posts("/spaces", json!({ "name": "House" })).await, 403, "scope");
    for (method, path, body) in asked_of(&path, channel, people[1].id.get()) {
        is_problem(&reader.sends(method, &path, &body).await, 403, "scope");
    }
    assert_eq!(reader.reads(&path).await, before);
}
