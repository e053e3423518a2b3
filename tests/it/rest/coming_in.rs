//! Who comes in by a link and who may not come back, for programs.

use reqwest::Method;
use serde_json::{Value, json};

use super::is_problem;
use crate::{
    on_both_engines,
    support::{Person, TestApp, houses, new_key},
};

on_both_engines! {
    a_link_leads_into_a_space,
    a_link_leads_into_a_group_as_often_as_it_may,
    links_are_made_and_ended_by_those_who_may_invite,
    whoever_is_banned_from_a_group_does_not_come_back,
    whoever_is_banned_from_a_space_does_not_come_back,
}

async fn a_link_leads_into_a_space(app: TestApp) {
    let (space, [amina, bruno, _]) = houses::inhabited(&app).await;
    let dana = Person::signs_up(&app, "dana").await;
    let (hers, theirs) = (amina.starts("write").await, dana.starts("write").await);
    let path = format!("/spaces/{space}/invitations");
    let answer = hers.posts(&path, json!({ "lasts": "week", "uses": 5 })).await;
    let link: Value = answer.json();
    assert_eq!(
        (answer.status, &link["made_by"], &link["uses_left"]),
        (201, &"amina".into(), &5.into()),
        "{link}"
    );
    assert_eq!(link["expires_at"], app.now().plus(7 * 86_400_000).to_string());
    assert_eq!(hers.reads(&path).await["items"], json!([link]));

    let given = json!({ "token": link["token"] });
    let told: Value = theirs.posts("/invitations/look", given.clone()).await.well().json();
    assert_eq!(told, json!({ "name": "House", "is_space": true, "members": 3, "made_by": "amina" }));
    is_problem(&theirs.gets(&format!("/spaces/{space}")).await, 404, "not_found");
    let reader = dana.starts("read").await;
    reader.posts("/invitations/look", given.clone()).await.well();
    is_problem(&reader.posts("/invitations/join", given.clone()).await, 403, "scope");

    for _ in 0..2 {
        let joined: Value = theirs.posts("/invitations/join", given.clone()).await.well().json();
        assert_eq!(joined, json!({ "space": space.get(), "conversation": null }));
    }
    assert_eq!(theirs.reads(&format!("/spaces/{space}")).await["members"], 4);
    assert_eq!(hers.reads(&path).await["items"][0]["uses_left"], 4, "who is in already spends nothing");
    is_problem(&bruno.starts("read").await.gets(&path).await, 403, "forbidden");

    let one = format!("/invitations/{}", link["id"]);
    is_problem(&theirs.tries(Method::DELETE, &one).await, 404, "not_found");
    assert_eq!(hers.tries(Method::DELETE, &one).await.status, 204);
    is_problem(&hers.tries(Method::DELETE, &one).await, 404, "not_found");
    is_problem(&hers.posts("/invitations/look", given).await, 404, "not_found");
}

async fn a_link_leads_into_a_group_as_often_as_it_may(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let hers = amina.starts("write").await;
    let path = format!("/conversations/{group}/invitations");
    let link: Value = hers.posts(&path, json!({ "lasts": "always", "uses": 1 })).await.well().json();
    assert_eq!(link["expires_at"], Value::Null);
    let given = json!({ "token": link["token"] });
    let dana = Person::signs_up(&app, "dana").await.starts("write").await;
    let told: Value = dana.posts("/invitations/look", given.clone()).await.well().json();
    assert_eq!((&told["name"], &told["is_space"]), (&"Tea".into(), &false.into()));
    let joined: Value = dana.posts("/invitations/join", given.clone()).await.well().json();
    assert_eq!(joined, json!({ "space": null, "conversation": group.get() }));
    let emil = Person::signs_up(&app, "emil").await.starts("write").await;
    is_problem(&emil.posts("/invitations/join", given).await, 404, "not_found");
    assert_eq!(hers.reads(&path).await["items"], json!([]));
}

async fn links_are_made_and_ended_by_those_who_may_invite(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    let talk = amina.opens(&bruno).await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let path = format!("/conversations/{group}/invitations");
    let good = json!({ "lasts": "day" });
    is_problem(&his.posts(&path, good.clone()).await, 403, "forbidden");
    is_problem(&his.gets(&path).await, 403, "forbidden");
    let private = format!("/conversations/{talk}/invitations");
    is_problem(&hers.posts(&private, good.clone()).await, 404, "not_found");
    is_problem(&hers.gets(&private).await, 404, "not_found");
    is_problem(&amina.starts("read").await.posts(&path, good).await, 403, "scope");
    is_problem(&hers.posts(&path, json!({ "lasts": "day", "uses": 3 })).await, 422, "invalid");
    for refused in [json!({}), json!({ "lasts": "year" }), json!({ "lasts": "day", "uses": -1 })] {
        is_problem(&hers.posts(&path, refused).await, 422, "shape");
    }
    for verb in ["look", "join"] {
        let path = format!("/invitations/{verb}");
        is_problem(&hers.posts(&path, json!({ "token": new_key() })).await, 404, "not_found");
        is_problem(&hers.posts(&path, json!({ "token": "short" })).await, 422, "shape");
        is_problem(&hers.posts(&path, json!({})).await, 422, "shape");
    }
}

async fn whoever_is_banned_from_a_group_does_not_come_back(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Tea", &[&bruno, &carla]).await;
    let (hers, his) = (amina.starts("write").await, bruno.starts("write").await);
    let path = format!("/conversations/{group}");
    let bans = format!("{path}/bans");
    let (one, other) = (format!("{bans}/{}", bruno.id), format!("{bans}/{}", carla.id));
    let why = json!({ "reason": "Coffee", "lasts": "day" });
    is_problem(&his.sends(Method::PUT, &other, &why).await, 403, "forbidden");
    is_problem(&his.gets(&bans).await, 403, "forbidden");
    is_problem(&amina.starts("read").await.sends(Method::PUT, &one, &why).await, 403, "scope");
    let long = json!({ "reason": "a".repeat(251), "lasts": "day" });
    is_problem(&hers.sends(Method::PUT, &one, &long).await, 422, "invalid");
    for refused in [json!({}), json!({ "lasts": "hour" }), json!({ "lasts": "day", "why": "" })] {
        is_problem(&hers.sends(Method::PUT, &one, &refused).await, 422, "shape");
    }
    assert_eq!(hers.sends(Method::PUT, &one, &why).await.status, 204);
    is_problem(&hers.sends(Method::PUT, &one, &why).await, 404, "not_found");
    is_problem(&his.gets(&path).await, 404, "not_found");
    let told = hers.reads(&bans).await;
    let ends_at = app.now().plus(86_400_000).to_string();
    assert_eq!(
        told,
        json!({ "items": [{
            "id": bruno.id, "username": "bruno", "display_name": "bruno", "reason": "Coffee", "ends_at": ends_at
        }], "next": null })
    );
    let link: Value =
        hers.posts(&format!("{path}/invitations"), json!({ "lasts": "day" })).await.well().json();
    let given = json!({ "token": link["token"] });
    is_problem(&his.posts("/invitations/join", given.clone()).await, 404, "not_found");

    assert_eq!(hers.tries(Method::DELETE, &one).await.status, 204);
    is_problem(&hers.tries(Method::DELETE, &one).await, 404, "not_found");
    his.posts("/invitations/join", given).await.well();
    his.gets(&path).await.well();
}

async fn whoever_is_banned_from_a_space_does_not_come_back(app: TestApp) {
    let (space, [amina, bruno, carla]) = houses::inhabited(&app).await;
    houses::gives(&amina, space, &bruno, "moderator").await.well();
    let (hers, his, theirs) =
        (amina.starts("write").await, bruno.starts("write").await, carla.starts("write").await);
    let bans = format!("/spaces/{space}/bans");
    let [one, two, three] = [&amina, &bruno, &carla].map(|person| format!("{bans}/{}", person.id));
    let why = json!({ "lasts": "always" });
    is_problem(&theirs.sends(Method::PUT, &two, &why).await, 403, "forbidden");
    is_problem(&his.sends(Method::PUT, &one, &why).await, 403, "forbidden");
    assert_eq!(his.sends(Method::PUT, &three, &why).await.status, 204);
    is_problem(&theirs.gets(&format!("/spaces/{space}")).await, 404, "not_found");
    let told = hers.reads(&bans).await;
    assert_eq!((&told["items"][0]["reason"], &told["items"][0]["ends_at"]), (&"".into(), &Value::Null));
    assert_eq!(hers.tries(Method::DELETE, &three).await.status, 204);
    is_problem(&his.tries(Method::DELETE, &three).await, 404, "not_found");
    assert_eq!(hers.reads(&bans).await, json!({ "items": [], "next": null }));
}
