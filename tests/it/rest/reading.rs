//! Reading: what a person sees, page by page, and nothing else.

use reqwest::Method;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{TestApp, houses::makes_space},
};

on_both_engines! {
    a_program_sees_what_its_person_sees,
    messages_come_in_pages_in_both_directions,
    a_cursor_is_for_its_list_and_its_person_alone,
    the_list_of_conversations_comes_in_pages,
    spaces_and_their_channels_are_listed,
    reading_marks_nothing_as_read,
}

fn ids(page: &Value) -> Vec<i64> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|item| item["position"].as_i64().expect("a position")).collect()
}

async fn a_program_sees_what_its_person_sees(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Salut *Bruno*").await;
    let program = bruno.starts("read").await;
    let me = program.reads("/me").await;
    assert_eq!(
        me,
        json!({"id": bruno.id.get(), "username": "bruno", "display_name": "bruno", "language": "auto",
               "theme": "system", "status_line": "", "do_not_disturb": false})
    );

    let list = program.reads("/conversations").await;
    let line = &list["items"][0];
    assert_eq!(
        (&line["id"], &line["kind"], &line["name"]),
        (&talk.get().into(), &"direct".into(), &"amina".into())
    );
    assert_eq!((&line["unread"], &list["next"]), (&1.into(), &Value::Null));
    assert!(line["active_at"].as_str().is_some_and(|at| at.ends_with('Z')), "{line}");

    let one = program.reads(&format!("/conversations/{talk}")).await;
    assert_eq!(
        (&one["handle"], &one["may_write"], &one["members"]),
        (&"amina".into(), &true.into(), &2.into())
    );

    let path = format!("/conversations/{talk}/messages/{}", said.id);
    let message = program.reads(&path).await;
    assert_eq!(message["body"], "Salut *Bruno*");
    assert_eq!((&message["sender"], &message["position"]), (&amina.id.get().into(), &said.position.into()));
    assert_eq!(message["created_at"], said.at.to_string());
    let page = program.reads(&format!("/conversations/{talk}/messages")).await;
    assert_eq!(page["items"], json!([message]));
    assert_eq!((&page["older"], &page["newer"]), (&Value::Null, &Value::Null));

    // A deleted one is told as such, without its text.
    let hers = amina.starts("write").await;
    assert_eq!(hers.tries(Method::DELETE, &path).await.status, 204);
    let message = program.reads(&path).await;
    assert_eq!((&message["body"], &message["deleted_by"]), (&"".into(), &amina.id.get().into()));
}

async fn messages_come_in_pages_in_both_directions(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for number in 0..95 {
        amina.sends(talk, &format!("number {number}")).await;
    }
    let program = bruno.starts("read").await;
    let path = format!("/conversations/{talk}/messages");
    let mut page = program.reads(&path).await;
    let mut seen = ids(&page);
    assert_eq!(page["newer"], Value::Null);
    while let Some(older) = page["older"].as_str() {
        page = program.reads(&format!("{path}?cursor={older}")).await;
        seen.splice(0..0, ids(&page));
    }
    assert_eq!(seen, (1..=95).collect::<Vec<i64>>());

    let mut seen = ids(&page);
    while let Some(newer) = page["newer"].as_str() {
        page = program.reads(&format!("{path}?cursor={newer}")).await;
        seen.extend(ids(&page));
    }
    assert_eq!(seen, (1..=95).collect::<Vec<i64>>());

    // Around a message that was said in a thread stands the thread, and cursors stay in it.
    let head = program.reads(&path).await["items"][0]["id"].clone();
    let hers = amina.starts("write").await;
    let mut last = Value::Null;
    for number in 0..60 {
        let said =
            hers.posts(&path, json!({"body": format!("inside {number}"), "thread": head})).await.well();
        last = said.json::<Value>()["id"].clone();
    }
    let mut page = program.reads(&format!("{path}?around={last}")).await;
    let mut inside = ids(&page);
    while let Some(older) = page["older"].as_str() {
        page = program.reads(&format!("{path}?cursor={older}")).await;
        inside.splice(0..0, ids(&page));
    }
    assert_eq!(inside.len(), 61, "the head and all that stands below it");
    let cursor = program.reads(&path).await["older"].as_str().expect("there is more").to_owned();
    is_problem(&program.gets(&format!("{path}?cursor={cursor}&thread={head}")).await, 422, "shape");

    let middle = program.reads(&path).await["items"][0]["id"].clone();
    let around = program.reads(&format!("{path}?around={middle}")).await;
    let found = around["items"].as_array().expect("items").iter().any(|item| item["id"] == middle);
    assert!(found && around["older"].is_string() && around["newer"].is_string(), "{around}");
}

async fn a_cursor_is_for_its_list_and_its_person_alone(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    for number in 0..45 {
        amina.sends(talk, &format!("number {number}")).await;
    }
    let (hers, his) = (amina.starts("read").await, bruno.starts("read").await);
    let path = format!("/conversations/{talk}/messages");
    let cursor = hers.reads(&path).await["older"].as_str().expect("there is more").to_owned();
    hers.gets(&format!("{path}?cursor={cursor}")).await.well();

    is_problem(&his.gets(&format!("{path}?cursor={cursor}")).await, 422, "cursor");
    let elsewhere = format!("/conversations/{group}/messages?cursor={cursor}");
    is_problem(&hers.gets(&elsewhere).await, 422, "cursor");
    is_problem(&hers.gets(&format!("/conversations?cursor={cursor}")).await, 422, "cursor");
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // Every character counts, and of the last one every bit.
    for place in 0..cursor.len() {
        let old = cursor.as_bytes()[place] as char;
        let other = alphabet.chars().find(|other| *other != old).expect("another");
        let mut changed = cursor.clone();
        changed.replace_range(place..=place, &other.to_string());
        is_problem(&hers.gets(&format!("{path}?cursor={changed}")).await, 422, "cursor");
    }
    let last = cursor.len() - 1;
    for other in alphabet.chars().filter(|other| !cursor.ends_with(*other)) {
        let changed = format!("{}{other}", &cursor[..last]);
        is_problem(&hers.gets(&format!("{path}?cursor={changed}")).await, 422, "cursor");
    }
    for wrong in ["", "A", "%00", "====", &cursor[..last], &format!("{cursor}A"), &"A".repeat(10_000)] {
        is_problem(&hers.gets(&format!("{path}?cursor={wrong}")).await, 422, "cursor");
    }
}

async fn the_list_of_conversations_comes_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut groups = Vec::new();
    for number in 0..45 {
        app.pass(3_600_000);
        groups.push(amina.gathers(&format!("Group {number}"), &[&bruno]).await.get());
    }
    let program = amina.starts("read").await;
    let first = program.reads("/conversations").await;
    let next = first["next"].as_str().expect("there is more");
    let second = program.reads(&format!("/conversations?cursor={next}")).await;
    assert_eq!(second["next"], Value::Null);
    let lines = [&first, &second].into_iter().flat_map(|page| page["items"].as_array().expect("items"));
    let seen: Vec<i64> = lines.map(|line| line["id"].as_i64().expect("an id")).collect();
    groups.reverse();
    assert_eq!(seen, groups);
}

async fn spaces_and_their_channels_are_listed(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let space = makes_space(&amina, "House").await;
    let program = amina.starts("read").await;
    let list = program.reads("/spaces").await;
    assert_eq!((&list["items"][0]["id"], &list["items"][0]["name"]), (&space.get().into(), &"House".into()));
    let opened = program.reads(&format!("/spaces/{space}")).await;
    let channel = &opened["channels"][0];
    let talk = program.reads(&format!("/conversations/{}", channel["conversation"])).await;
    assert_eq!((&talk["kind"], &talk["space"]), (&"channel".into(), &space.get().into()));
    assert_eq!(talk["name"], channel["name"]);

    let stranger = bruno.starts("read").await;
    assert_eq!(stranger.reads("/spaces").await["items"], json!([]));
    is_problem(&stranger.gets(&format!("/spaces/{space}")).await, 404, "not_found");
    is_problem(
        &stranger.gets(&format!("/conversations/{}", channel["conversation"])).await,
        404,
        "not_found",
    );
}

async fn reading_marks_nothing_as_read(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Salut").await;
    let program = bruno.starts("write").await;
    program.reads(&format!("/conversations/{talk}/messages")).await;
    let unread = async || program.reads("/conversations").await["items"][0]["unread"].clone();
    assert_eq!(unread().await, 1);
    let (path, read) = (format!("/conversations/{talk}/read"), json!({"position": said.position}));
    assert_eq!(program.sends(Method::PUT, &path, &read).await.status, 204);
    assert_eq!(unread().await, 0);
}
