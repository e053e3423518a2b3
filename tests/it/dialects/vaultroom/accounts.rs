//! Coming in and going out, and who else there is.

use reqwest::{Method, multipart::Form};
use serde_json::{Value, json};

use super::{Vaultroom, keys, posts, three, to};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    one_registers_once_with_a_username_and_an_address,
    a_username_that_salon_has_not_opens_the_account_all_the_same,
    one_logs_in_and_has_a_cookie,
    over_https_the_cookie_is_secure,
    nobody_learns_who_has_an_account,
    without_a_token_nothing_is_answered,
    a_token_is_for_this_document_alone_and_ends,
    logging_out_ends_it,
    a_page_of_another_site_logs_nobody_out,
    a_page_of_another_site_changes_nothing,
    everybody_else_is_listed,
    a_browser_finds_its_way,
}

async fn one_registers_once_with_a_username_and_an_address(app: TestApp) {
    let new = json!({ "username": "amina", "email": "amina@example.org", "password": cast::PASSWORD });
    let answer = posts(&app, "/register", new.clone()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let told: Value = answer.json();
    assert_eq!(keys(&told), ["message", "user"]);
    assert_eq!((keys(&told["user"]), &told["user"]["username"]), (vec!["id", "username"], &"amina".into()));

    let same_name = json!({ "username": "AMINA", "email": "other@example.org", "password": cast::PASSWORD });
    let same_address =
        json!({ "username": "bruno", "email": "Amina@example.org", "password": cast::PASSWORD });
    for again in [new.clone(), same_name, same_address] {
        let refused = posts(&app, "/register", again.clone()).await;
        assert_eq!(refused.status, 409, "{again}");
        assert_eq!(refused.json::<Value>()["error"], "taken");
    }
    assert_eq!(app.store().await.number("select count(*) from account").await, 1);

    // Forms of either kind lead to where one logs in.
    let fields = [("username", "bruno"), ("email", "bruno@example.org"), ("password", cast::PASSWORD)];
    let form = Answer::of(to(&app, "/register").form(&fields)).await;
    assert_eq!((form.status, form.location()), (303, "/dialects/vaultroom/login-page"));
    let parts = Form::new()
        .text("username", "carla")
        .text("email", "carla@example.org")
        .text("password", cast::PASSWORD);
    assert_eq!(Answer::of(to(&app, "/register").multipart(parts)).await.status, 303);
    Vaultroom::logs_in(&app, "carla@example.org").await;

    let with = |field: &str, value: Value| {
        let mut new =
            json!({ "username": "david", "email": "david@example.org", "password": cast::PASSWORD });
        match value {
            Value::Null => drop(new.as_object_mut().expect("an object").remove(field)),
            value => new[field] = value,
        }
        new
    };
    for refused in [
        with("username", Value::Null),
        with("email", Value::Null),
        with("password", Value::Null),
        with("username", "".into()),
        with("username", "é".repeat(81).into()),
        with("username", "李".into()),
        with("username", "admin".into()),
        with("username", "a\u{0}".into()),
        with("username", 7.into()),
        with("email", format!("{}@example.org", "e".repeat(110)).into()),
        with("email", "david".into()),
        with("password", "short".into()),
    ] {
        let answer = posts(&app, "/register", refused.clone()).await;
        assert_eq!(answer.status, 400, "{refused}: {}", answer.text());
        assert_eq!(keys(&answer.json()), ["detail", "error"]);
    }
    let xml = to(&app, "/register").header("content-type", "application/xml").body("<a/>");
    assert_eq!(Answer::of(xml).await.status, 415);
    for body in ["{", "[]", "7", &"[".repeat(10_000)] {
        let request = to(&app, "/register").header("content-type", "application/json").body(body.to_owned());
        assert_eq!(Answer::of(request).await.status, 400, "{body:.20}");
    }
}

async fn a_username_that_salon_has_not_opens_the_account_all_the_same(app: TestApp) {
    let name = format!("Jean Dupont {}", "x".repeat(68));
    let new =
        |name: &str, email: &str| json!({ "username": name, "email": email, "password": cast::PASSWORD });
    posts(&app, "/register", new(&name, "jean@example.org")).await.well();
    let jean = Vaultroom::logs_in(&app, &name).await;
    Vaultroom::logs_in(&app, "jean@example.org").await;
    let other = Vaultroom::arrives(&app, "other").await;
    let listed = other.reads("/get-users").await;
    assert_eq!(listed, json!([{ "id": jean.id, "username": "jean-dupont-xxxxxxxxxxx" }]));
    let again = posts(&app, "/register", new(&name, "jean2@example.org")).await;
    assert_eq!(again.status, 409, "of two with one name one has it");
}

async fn one_logs_in_and_has_a_cookie(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let json = posts(&app, "/login", json!({ "username": "amina", "password": cast::PASSWORD })).await.well();
    let told: Value = json.json();
    assert_eq!(keys(&told), ["access_token", "message", "token_type", "user"]);
    assert_eq!(told["user"], json!({ "id": amina.id, "username": "amina" }));
    assert_eq!(told["token_type"], "bearer");

    let fields = [("username", "amina"), ("password", cast::PASSWORD)];
    let form = Answer::of(to(&app, "/login").form(&fields)).await;
    assert_eq!((form.status, form.location()), (303, "/dialects/vaultroom/dashboard"));
    for answer in [json, form] {
        let [cookie] = answer.set_cookies()[..] else { panic!("one cookie: {:?}", answer.set_cookies()) };
        let (pair, flags) = cookie.split_once("; ").expect("flags");
        assert_eq!(flags, "Path=/dialects/vaultroom; HttpOnly; SameSite=Strict; Max-Age=1800");
        assert!(pair.starts_with("vaultroom="), "{pair}");
        let seen = bare(&app.origin, Method::GET, "/dialects/vaultroom/get-users", &[("cookie", pair)]);
        Answer::of(seen).await.well();
    }
    for body in [json!({}), json!({ "username": "amina" }), json!({ "password": "x" })] {
        assert_eq!(posts(&app, "/login", body).await.status, 400);
    }
}

async fn over_https_the_cookie_is_secure(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.salon.origin = Some("https://salon.example".parse().expect("an origin"))
    })
    .await;
    Vaultroom::arrives(&app, "amina").await;
    let answer =
        posts(&app, "/login", json!({ "username": "amina", "password": cast::PASSWORD })).await.well();
    let cookie = answer.set_cookies()[0];
    assert!(cookie.starts_with("__Secure-vaultroom=") && cookie.ends_with("; Secure"), "{cookie}");
}

async fn nobody_learns_who_has_an_account(app: TestApp) {
    Vaultroom::arrives(&app, "amina").await;
    let login = |name: &str| json!({ "username": name, "password": "something else entirely" });
    let (wrong, unknown) =
        (posts(&app, "/login", login("amina")).await, posts(&app, "/login", login("nobody")).await);
    assert_eq!((wrong.status, unknown.status), (401, 401));
    assert_eq!(wrong.text(), unknown.text());
    assert!(wrong.set_cookies().is_empty());
}

async fn without_a_token_nothing_is_answered(app: TestApp) {
    let amina = Person::signs_up(&app, "amina").await;
    for (method, path) in [
        (Method::GET, "/get-users"),
        (Method::GET, "/get-messages?receiver_id=7"),
        (Method::POST, "/send-message"),
        (Method::GET, "/dashboard"),
        (Method::GET, "/chat?user_id=7"),
    ] {
        let path = format!("/dialects/vaultroom{path}");
        for headers in [&[][..], &[("authorization", "Bearer x")], &[("cookie", "vaultroom=x")]] {
            let answer = Answer::of(bare(&app.origin, method.clone(), &path, headers)).await;
            assert_eq!(answer.status, 401, "{method} {path}");
            assert_eq!(answer.json::<Value>()["error"], "unauthorized");
        }
        // Nor by the cookie of Salon's pages.
        let cookies = amina.cookies();
        let answer = Answer::of(bare(&app.origin, method.clone(), &path, &[("cookie", &cookies)])).await;
        assert_eq!(answer.status, 401, "{method} {path}");
    }
}

async fn a_token_is_for_this_document_alone_and_ends(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let at = async |path: &str| {
        let bearer = format!("Bearer {}", amina.token);
        Answer::of(bare(&app.origin, Method::GET, path, &[("authorization", &bearer)])).await.status
    };
    assert_eq!(at("/dialects/vaultroom/get-users").await, 200);
    assert_eq!(at("/dialects/garrix/users/").await, 401);
    assert_eq!(at("/api/v1/me").await, 401);
    app.pass(31 * 60_000);
    assert_eq!(at("/dialects/vaultroom/get-users").await, 401);
}

async fn logging_out_ends_it(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let elsewhere = Vaultroom::logs_in(&app, "amina").await;
    let cookie = format!("vaultroom={}", amina.token);
    let out = bare(&app.origin, Method::GET, "/dialects/vaultroom/logout", &[("cookie", &cookie)]);
    let out = Answer::of(out).await;
    assert_eq!((out.status, out.location()), (303, "/dialects/vaultroom/home"));
    assert!(out.set_cookies()[0].starts_with("vaultroom=;") && out.set_cookies()[0].contains("Max-Age=0"));
    for path in ["/chat?user_id=7", "/dashboard", "/get-users", "/get-messages?receiver_id=7"] {
        assert_eq!(amina.gets(path).await.status, 401, "{path}");
    }
    let page = bare(
        &app.origin,
        Method::GET,
        "/dialects/vaultroom/chat?user_id=7",
        &[("cookie", &cookie), ("accept", "text/html")],
    );
    let page = Answer::of(page).await;
    assert_eq!((page.status, page.location()), (303, "/dialects/vaultroom/login-page"));
    // Once more is fine, and others stay.
    assert_eq!(amina.logs_out().await.status, 303);
    elsewhere.reads("/get-users").await;
}

async fn a_page_of_another_site_logs_nobody_out(app: TestApp) {
    let amina = Vaultroom::arrives(&app, "amina").await;
    let cookie = format!("vaultroom={}", amina.token);
    for site in ["cross-site", "same-site", "nonsense"] {
        let headers = [("cookie", &*cookie), ("sec-fetch-site", site), ("accept", "text/html")];
        let asked = bare(&app.origin, Method::GET, "/dialects/vaultroom/logout", &headers);
        let asked = Answer::of(asked).await;
        assert_eq!(asked.status, 200, "{site}");
        assert!(asked.text().contains("<form method=\"post\" action=\"/dialects/vaultroom/logout\">"));
        assert!(asked.header("content-security-policy").contains("form-action 'self'"));
        let forged = bare(&app.origin, Method::POST, "/dialects/vaultroom/logout", &headers);
        assert_eq!(Answer::of(forged).await.status, 403, "{site}");
    }
    amina.reads("/get-users").await;
    let headers = [("cookie", &*cookie), ("sec-fetch-site", "same-origin"), ("origin", &app.origin)];
    let confirmed = bare(&app.origin, Method::POST, "/dialects/vaultroom/logout", &headers);
    assert_eq!(Answer::of(confirmed).await.status, 303);
    assert_eq!(amina.gets("/get-users").await.status, 401);
}

async fn a_page_of_another_site_changes_nothing(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    let cookie = format!("vaultroom={}", amina.token);
    let recipient = bruno.id.to_string();
    let fields = [("recipient_id", &*recipient), ("message", "forged")];
    for forged in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
    ] {
        let headers = [&[("cookie", &*cookie)][..], forged].concat();
        let post =
            bare(&app.origin, Method::POST, "/dialects/vaultroom/send-message", &headers).form(&fields);
        assert_eq!(Answer::of(post).await.status, 403, "{forged:?}");
        let login = [("username", "bruno"), ("password", cast::PASSWORD)];
        let login = bare(&app.origin, Method::POST, "/dialects/vaultroom/login", forged).form(&login);
        assert_eq!(Answer::of(login).await.status, 403, "{forged:?}");
    }
    assert_eq!(bruno.reads(&format!("/get-messages?receiver_id={}", amina.id)).await, json!([]));
    // A program with a jar for its cookies says nothing of where it comes from.
    let headers = [("cookie", &*cookie)];
    let post = bare(&app.origin, Method::POST, "/dialects/vaultroom/send-message", &headers).form(&fields);
    let post = Answer::of(post).await;
    assert_eq!(
        (post.status, post.location()),
        (303, &*format!("/dialects/vaultroom/chat?user_id={recipient}"))
    );
}

async fn everybody_else_is_listed(app: TestApp) {
    let [amina, bruno, carla] = three(&app).await;
    Person::signs_up(&app, "david").await;
    let listed = bruno.reads("/get-users").await;
    let both = json!([{ "id": amina.id, "username": "amina" }, { "id": carla.id, "username": "carla" }]);
    assert_eq!(listed, both);
    assert_eq!(bruno.reads("/get-users?limit=1").await, json!([both[0]]));
    assert_eq!(bruno.reads(&format!("/get-users?limit=1&after={}", amina.id)).await, json!([both[1]]));
    assert_eq!(bruno.reads("/get-users?limit=0").await, json!([both[0]]));
    assert_eq!(bruno.gets("/get-users?limit=many").await.status, 400);
    assert_eq!(bruno.gets("/get-users?after=x").await.status, 400);
}

async fn a_browser_finds_its_way(app: TestApp) {
    let (amina, bruno) = (Vaultroom::arrives(&app, "amina").await, Vaultroom::arrives(&app, "bruno").await);
    bruno.says(amina.id, "<script>alert(1)</script>").await;
    let browser = app.browser();
    let root = "/dialects/vaultroom";
    for (path, says) in
        [("/home", "login-page"), ("/login-page", "/login\""), ("/register-page", "/register\"")]
    {
        let page = browser.page(&format!("{root}{path}")).await;
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains(says), "{page}");
    }
    for path in ["/dashboard", "/chat?user_id=7"] {
        assert_eq!(browser.gets(&format!("{root}{path}")).await.location(), format!("{root}/login-page"));
    }
    let login = [("username", "amina"), ("password", cast::PASSWORD)];
    Answer::of(browser.request(Method::POST, &format!("{root}/login")).form(&login)).await.well();
    let dashboard = browser.page(&format!("{root}/dashboard")).await;
    assert!(dashboard.contains(&format!("{root}/chat?user_id={}", bruno.id)) && dashboard.contains("bruno"));
    let chat = browser.page(&format!("{root}/chat?user_id={}", bruno.id)).await;
    assert!(chat.contains("&lt;script&gt;alert(1)") && !chat.contains("<script"), "{chat}");
    for (path, status) in [("/chat", 400), ("/chat?user_id=x", 400), ("/chat?user_id=7", 404)] {
        assert_eq!(browser.gets(&format!("{root}{path}")).await.status, status, "{path}");
    }
    assert!(browser.page(&format!("{root}/home")).await.contains("logout"));
}
