//! Accounts and users, over HTTP.

use futures_util::future::join_all;
use reqwest::{Method, multipart::Form};
use serde_json::{Value, json};

use super::{Garrix, contents, keys, posts, to};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    one_registers_with_a_name_and_an_address,
    of_two_with_one_address_one_registers,
    one_logs_in_by_any_kind_of_form,
    a_token_ends_and_is_exchanged_before,
    a_token_is_for_this_document_alone,
    users_are_listed_without_their_addresses,
    one_user_is_found_where_one_may,
    one_has_another_name_and_goes,
    a_setting_switches_it_off,
}

async fn one_registers_with_a_name_and_an_address(app: TestApp) {
    let new = json!({ "name": "Jean Dupont", "email": "jean@example.org", "password": cast::PASSWORD, "is_staff": true });
    let answer = posts(&app, "/auth/register", new.clone()).await;
    assert_eq!(answer.status, 201);
    let made: Value = answer.json();
    assert_eq!(keys(&made), ["email", "id", "name", "username"]);
    assert_eq!((&made["name"], &made["username"]), (&"Jean Dupont".into(), &"jean-dupont".into()));
    assert!(!answer.text().contains(cast::PASSWORD));
    assert_eq!(app.store().await.number("select count(*) from account where is_staff = false").await, 1);

    // The same name is no obstacle, the same address is.
    let second =
        json!({ "username": "Jean Dupont", "email": "jean2@example.org", "password": cast::PASSWORD });
    let second: Value = posts(&app, "/auth/register", second).await.well().json();
    assert_eq!(second["username"], "jean-dupont-2");
    assert_eq!(posts(&app, "/auth/register", new.clone()).await.status, 409);

    // The name counts where both are sent.
    let both =
        json!({ "name": "Luc", "username": "x", "email": "luc@example.org", "password": cast::PASSWORD });
    let both: Value = posts(&app, "/auth/register", both).await.well().json();
    assert_eq!(both["name"], "Luc");

    // Names of every kind lead to a username.
    for (at, (name, username)) in [
        ("amina", "amina"),
        ("AMINA", "amina-2"),
        ("Élodie Œuvre", "elodie-uvre"),
        ("李", "somebody-2"),
        ("admin", "admin-2"),
    ]
    .into_iter()
    .enumerate()
    {
        let new = json!({ "name": name, "email": format!("x{at}@example.org"), "password": cast::PASSWORD });
        let made: Value = posts(&app, "/auth/register", new).await.well().json();
        assert_eq!((&made["name"], &made["username"]), (&name.into(), &username.into()));
    }

    let with = |field: &str, value: Value| {
        let mut new = json!({ "name": "Chloé", "email": "chloe@example.org", "password": cast::PASSWORD });
        match value {
            Value::Null => drop(new.as_object_mut().expect("an object").remove(field)),
            value => new[field] = value,
        }
        new
    };
    for refused in [
        with("name", Value::Null),
        with("email", Value::Null),
        with("password", Value::Null),
        with("name", "é".repeat(51).into()),
        with("email", format!("{}@example.org", "e".repeat(90)).into()),
        with("email", "chloe".into()),
        with("password", "short".into()),
        with("name", 7.into()),
        with("name", "\u{202e}".into()),
        with("name", "a\u{0}b".into()),
    ] {
        let answer = posts(&app, "/auth/register", refused.clone()).await;
        assert_eq!(answer.status, 400, "{refused}");
        let told: Value = answer.json();
        assert!(told["detail"].is_string() && told["error"].is_string(), "{told}");
    }
    posts(&app, "/auth/register", with("name", "é".repeat(50).into())).await.well();
}

async fn of_two_with_one_address_one_registers(app: TestApp) {
    let new = || json!({ "name": "Jean", "email": "jean@example.org", "password": cast::PASSWORD });
    let answers = join_all((0..4).map(|_| posts(&app, "/auth/register", new()))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
}

async fn one_logs_in_by_any_kind_of_form(app: TestApp) {
    let jean = Garrix::arrives(&app, "jean").await;
    let fields = [("username", "jean@example.org"), ("password", cast::PASSWORD)];
    let parts = Form::new().text("username", "jean@example.org").text("password", cast::PASSWORD);
    for request in [
        to(&app, "/auth/token").form(&fields),
        to(&app, "/auth/token").multipart(parts),
        to(&app, "/auth/token").json(&json!({ "username": "jean", "password": cast::PASSWORD })),
    ] {
        let told: Value = Answer::of(request).await.well().json();
        assert_eq!(keys(&told), ["access_token", "token_type"]);
    }
    let me = jean.reads("/auth/me").await;
    assert_eq!(me, jean.reads("/users/me").await);
    assert_eq!(
        (&me["name"], &me["email"], &me["id"]),
        (&"jean".into(), &"jean@example.org".into(), &jean.id.into())
    );

    let wrong = [("username", "jean@example.org"), ("password", "something else entirely")];
    let unknown = [("username", "nobody@example.org"), ("password", "something else entirely")];
    let answers = [wrong, unknown].map(|fields| Answer::of(to(&app, "/auth/token").form(&fields)));
    let [wrong, unknown]: [Answer; 2] =
        join_all(answers).await.try_into().unwrap_or_else(|_| panic!("two answers"));
    assert_eq!((wrong.status, wrong.header("www-authenticate")), (401, "Bearer"));
    assert_eq!(wrong.text(), unknown.text());

    // What is secret is not taken from an address.
    let path = format!("/auth/token?username=jean&password={}", cast::PASSWORD.replace(' ', "%20"));
    assert_eq!(Answer::of(to(&app, &path)).await.status, 422);
    assert_eq!(Answer::of(to(&app, "/auth/token").body("username=jean")).await.status, 422);
    let xml = to(&app, "/auth/token").header("content-type", "application/xml").body("<a/>");
    assert_eq!(Answer::of(xml).await.status, 415);
    let deep = to(&app, "/auth/token").header("content-type", "application/json").body("[".repeat(10_000));
    assert_eq!(Answer::of(deep).await.status, 400);
    let broken = to(&app, "/auth/token").header("content-type", "multipart/form-data").body("--");
    assert_eq!(Answer::of(broken).await.status, 400);
    let large = to(&app, "/auth/token").form(&[("username", "a".repeat(200_000))]);
    assert_eq!(Answer::of(large).await.status, 413);
    let many: Vec<(String, &str)> = (0..40).map(|at| (format!("field{at}"), "x")).collect();
    assert_eq!(Answer::of(to(&app, "/auth/token").form(&many)).await.status, 413);
}

async fn a_token_ends_and_is_exchanged_before(app: TestApp) {
    const MINUTE: i64 = 60_000;
    let jean = Garrix::arrives(&app, "jean").await;
    let refresh = async |program: &Garrix| Answer::of(program.request(Method::POST, "/auth/refresh")).await;
    app.pass(29 * MINUTE);
    let told: Value = refresh(&jean).await.well().json();
    let token = told["access_token"].as_str().expect("a token").to_owned();
    let later = Garrix { token, server: app.origin.clone(), id: jean.id };
    app.pass(MINUTE);
    assert_eq!(jean.gets("/auth/me").await.status, 401);
    assert_eq!(refresh(&jean).await.status, 401);
    later.reads("/auth/me").await;
    app.pass(29 * MINUTE);
    assert_eq!(later.gets("/auth/me").await.status, 401);

    let jean = Garrix::logs_in(&app, "jean@example.org").await;
    let elsewhere = Garrix::logs_in(&app, "jean@example.org").await;
    let done: Value = Answer::of(jean.request(Method::POST, "/auth/logout")).await.well().json();
    assert_eq!(keys(&done), ["message"]);
    for path in ["/auth/me", "/users/", "/users/active/list", "/messages/"] {
        assert_eq!(jean.gets(path).await.status, 401, "{path}");
    }
    assert_eq!(Answer::of(jean.request(Method::POST, "/auth/logout")).await.status, 401);
    elsewhere.reads("/auth/me").await;
}

async fn a_token_is_for_this_document_alone(app: TestApp) {
    let jean = Garrix::arrives(&app, "jean").await;
    let bearer = |token: &str| format!("Bearer {token}");
    let at = async |path: &str, token: &str| {
        Answer::of(bare(&app.origin, Method::GET, path, &[("authorization", &bearer(token))])).await.status
    };
    assert_eq!(at("/dialects/garrix/auth/me", &jean.token).await, 200);
    assert_eq!(at("/api/v1/me", &jean.token).await, 401);
    let login = json!({ "login": "jean", "password": cast::PASSWORD });
    let request = bare(&app.origin, Method::POST, "/api/v1/tokens", &[]).json(&login);
    let told: Value = Answer::of(request).await.well().json();
    let ours = told["access_token"].as_str().expect("a token");
    assert_eq!(at("/api/v1/me", ours).await, 200);
    assert_eq!(at("/dialects/garrix/auth/me", ours).await, 401);
    // A page's cookie opens nothing here.
    let amina = Person::signs_up(&app, "amina").await;
    assert_eq!(amina.gets("/dialects/garrix/auth/me").await.status, 401);
}

async fn users_are_listed_without_their_addresses(app: TestApp) {
    let mut ids = Vec::new();
    for name in ["jean", "marie", "paul"] {
        ids.push(Garrix::arrives(&app, name).await.id);
    }
    Person::signs_up(&app, "amina").await;
    let marie = Garrix::logs_in(&app, "marie@example.org").await;
    let listed = marie.reads("/users/").await;
    let all = listed.as_array().expect("a list");
    assert_eq!(all.iter().filter_map(|user| user["id"].as_i64()).collect::<Vec<_>>(), ids);
    for user in all {
        assert_eq!(keys(user), ["created_at", "email", "id", "name", "updated_at", "username"]);
        let is_own = user["name"] == "marie";
        assert_eq!(user["email"].is_string(), is_own, "{user}");
        assert!(user["created_at"].as_str().is_some_and(|at| at.ends_with('Z')));
    }
    let page = marie.reads("/users/?limit=2").await;
    assert_eq!(page.as_array().map(Vec::len), Some(2));
    let rest = marie.reads(&format!("/users/?limit=2&after={}", ids[1])).await;
    assert_eq!(rest.as_array().map(Vec::len), Some(1));
    assert_eq!(marie.gets("/users/?limit=many").await.status, 422);
    assert_eq!(marie.reads("/users/?limit=0").await.as_array().map(Vec::len), Some(1));

    // Who signed up on a page is not listed, and sees the list and themselves.
    let amina = Garrix::logs_in(&app, "amina@example.org").await;
    let seen = amina.reads("/users/").await;
    assert_eq!(seen.as_array().map(Vec::len), Some(4));
}

async fn one_user_is_found_where_one_may(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    let amina = Person::signs_up(&app, "amina").await;
    assert_eq!(jean.reads(&format!("/users/{}", marie.id)).await["name"], "marie");
    for nobody in ["1", "0", "-1", "amina", "9007199254740991", "99999999999999999999"] {
        assert_eq!(jean.gets(&format!("/users/{nobody}")).await.status, 404, "{nobody}");
    }
    // Who is not listed is found by friends, and by those who talk with them.
    let path = format!("/users/{}", amina.id.get());
    let hidden = jean.gets(&path).await;
    assert_eq!((hidden.status, hidden.text()), (404, jean.gets("/users/77").await.text()));
    let browser = app.browser();
    cast::logs_in(&browser, "jean", cast::PASSWORD).await.well();
    Person::known(&app, "jean", browser).await.befriends(&amina).await;
    assert_eq!(jean.reads(&path).await["username"], "amina");
}

async fn one_has_another_name_and_goes(app: TestApp) {
    let (jean, marie) = (Garrix::arrives(&app, "jean").await, Garrix::arrives(&app, "marie").await);
    jean.says(marie.id, "Salut").await;
    let before = jean.reads("/users/me").await;
    app.pass(1_000);
    let renamed: Value = jean
        .sends(Method::PUT, "/users/me", json!({ "name": "Jean D.", "password": "ignored" }))
        .await
        .well()
        .json();
    assert_eq!(renamed["name"], "Jean D.");
    assert!(renamed["updated_at"].as_str() > before["updated_at"].as_str());
    assert_eq!(marie.reads(&format!("/users/{}", jean.id)).await["name"], "Jean D.");
    assert_eq!(jean.sends(Method::PUT, "/users/me", json!({ "name": "é".repeat(81) })).await.status, 422);

    assert_eq!(jean.sends(Method::DELETE, "/users/me", json!({})).await.status, 422);
    assert_eq!(
        jean.sends(Method::DELETE, "/users/me", json!({ "password": "not this one, no" })).await.status,
        403
    );
    jean.sends(Method::DELETE, "/users/me", json!({ "password": cast::PASSWORD })).await.well();
    assert_eq!(jean.gets("/auth/me").await.status, 401);
    let form = [("username", "jean@example.org"), ("password", cast::PASSWORD)];
    assert_eq!(Answer::of(to(&app, "/auth/token").form(&form)).await.status, 401);
    assert_eq!(marie.gets(&format!("/users/{}", jean.id)).await.status, 404);
    assert_eq!(contents(&marie.reads("/messages/").await), ["Salut"], "what was said stays");
}

async fn a_setting_switches_it_off(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.dialects = false).await;
    assert_eq!(posts(&app, "/auth/register", json!({})).await.status, 404);
    let document: Value =
        Answer::of(bare(&app.origin, Method::GET, "/api/v1/openapi.json", &[])).await.well().json();
    assert!(!document.to_string().contains("/dialects/"));
    let app = TestApp::start(engine).await;
    let nothing = Answer::of(bare(&app.origin, Method::GET, "/dialects/nothing", &[])).await;
    assert_eq!((nothing.status, nothing.json::<Value>()["error"].clone()), (404, "not_found".into()));
    let method = Answer::of(bare(&app.origin, Method::PATCH, "/dialects/garrix/auth/me", &[])).await;
    assert_eq!((method.status, method.json::<Value>()["error"].clone()), (405, "method".into()));
}
