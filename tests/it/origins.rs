//! Requests that other sites forge, and reading that must change nothing.

use reqwest::{Method, RequestBuilder};

use crate::{
    on_both_engines,
    support::{Answer, Browser, Engine, Person, TestApp, browser::bare, cast::PASSWORD, new_key},
};

on_both_engines! {
    forged_requests_change_nothing,
    nobody_is_logged_in_by_another_site,
    only_forms_are_taken,
    programs_without_cookies_need_no_origin,
    looking_changes_nothing,
    no_other_origin_is_let_in,
    only_the_configured_origin_is_ours,
}

/// Headers under which a request cannot come from our own page.
fn forgeries(app: &TestApp) -> Vec<Vec<(&'static str, String)>> {
    let ours = app.origin.clone();
    let port = app.running.address.port();
    vec![
        vec![],
        vec![("sec-fetch-site", "cross-site".into())],
        vec![("sec-fetch-site", "same-site".into())],
        vec![("sec-fetch-site", "cross-site".into()), ("origin", ours.clone())],
        vec![("sec-fetch-site", "same-origin".into()), ("origin", "https://evil.example".into())],
        vec![("sec-fetch-site", "none".into()), ("origin", "null".into())],
        vec![("sec-fetch-site", "Same-Origin".into())],
        vec![("sec-fetch-site", String::new())],
        vec![("origin", "https://evil.example".into())],
        vec![("origin", "null".into())],
        vec![("origin", String::new())],
        vec![("origin", format!("{ours}.evil.example"))],
        vec![("origin", format!("https://127.0.0.1:{port}"))],
        vec![("origin", format!("http://127.0.0.1:{}", port ^ 1))],
        vec![("referer", format!("{ours}/friends"))],
    ]
}

fn forged(
    app: &TestApp,
    cookies: &str,
    function: &str,
    headers: &[(&'static str, String)],
) -> RequestBuilder {
    let mut all: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if !cookies.is_empty() {
        all.push(("cookie", cookies));
    }
    bare(&app.origin, Method::POST, &format!("/do/{function}"), &all)
}

async fn forged_requests_change_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    carla.asks("amina").await;
    let talk = amina.opens(&bruno).await;
    let before = app.store().await.snapshot().await;
    let (friend, asker, talk) = (bruno.id.to_string(), carla.id.to_string(), talk.to_string());
    for headers in forgeries(&app) {
        for (function, fields) in [
            (
                "send_message",
                vec![("conversation", talk.clone()), ("key", new_key()), ("body", "forged".into())],
            ),
            ("remove_friend", vec![("account", friend.clone())]),
            ("accept_friend", vec![("account", asker.clone())]),
            ("log_out", vec![]),
            ("save_name", vec![("display_name", "forged".into())]),
            ("save_theme", vec![("theme", "dark".into())]),
            (
                "change_email",
                vec![("email", "forged@example.org".into()), ("current_password", PASSWORD.into())],
            ),
            (
                "change_password",
                vec![("current_password", PASSWORD.into()), ("password", "forged in the fire".into())],
            ),
        ] {
            let answer = Answer::of(forged(&app, &amina.cookies(), function, &headers).form(&fields)).await;
            assert_eq!(answer.status, 403, "{function} with {headers:?}");
        }
    }
    assert_eq!(app.store().await.snapshot().await, before);
}

async fn nobody_is_logged_in_by_another_site(app: TestApp) {
    app.person("amina").await;
    let fields = [("username", "amina"), ("password", PASSWORD)];
    for headers in forgeries(&app).into_iter().skip(1).filter(|headers| headers[0].0 != "referer") {
        let answer = Answer::of(forged(&app, "", "log_in", &headers).form(&fields)).await;
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(answer.set_cookies().is_empty(), "{headers:?}");
    }
    let answer = Answer::of(forged(&app, "salon=x", "log_in", &[]).form(&fields)).await;
    assert_eq!(answer.status, 403, "a cookie and no origin");
}

async fn only_forms_are_taken(app: TestApp) {
    let amina = app.person("amina").await;
    app.person("bruno").await;
    let before = app.store().await.snapshot().await;
    for kind in [
        "text/plain",
        "text/plain;charset=application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencodedx",
        "application/cbor",
        "",
    ] {
        let request = amina.call("add_friend").header("content-type", kind).body("person=bruno");
        assert_eq!(Answer::of(request).await.status, 415, "{kind:?}");
    }
    let untyped = amina.call("add_friend").body("person=bruno");
    assert_eq!(Answer::of(untyped).await.status, 415);
    assert_eq!(app.store().await.snapshot().await, before);

    let kind = "Application/X-WWW-Form-Urlencoded; charset=utf-8";
    let request = amina.call("add_friend").header("content-type", kind).body("person=bruno");
    assert_eq!(Answer::of(request).await.status, 200);
}

async fn programs_without_cookies_need_no_origin(app: TestApp) {
    app.person("amina").await;
    let fields = [("username", "amina"), ("password", PASSWORD)];
    let answer = Answer::of(forged(&app, "", "log_in", &[]).form(&fields)).await;
    assert_eq!(answer.status, 200);
}

/// Every address that changes something.
const FUNCTIONS: [&str; 14] = [
    "sign_up",
    "log_in",
    "log_out",
    "save_name",
    "save_language",
    "save_theme",
    "change_email",
    "change_password",
    "add_friend",
    "accept_friend",
    "decline_friend",
    "cancel_request",
    "remove_friend",
    "open_conversation",
];

async fn looking_changes_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    carla.asks("amina").await;
    let talk = amina.opens(&bruno).await;
    bruno.sends(talk, "hello").await;
    let before = app.store().await.snapshot().await;

    let query = format!(
        "?account={}&conversation={talk}&key={}&body=x&person=bruno&username=dora&email=d@x.org&password={}\
         &display_name=x&locale=&theme=dark&current_password=x",
        carla.id,
        new_key(),
        PASSWORD.replace(' ', "+"),
    );
    for function in FUNCTIONS.iter().chain(&["send_message"]) {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let path = format!("/do/{function}{query}");
            let answer = Answer::of(amina.request(method.clone(), &path)).await;
            assert!(matches!(answer.status, 404 | 405), "{method} {path}: {}", answer.status);
        }
    }
    let talk = format!("/c/{talk}");
    for path in [
        "/",
        "/friends",
        "/settings",
        "/settings/email",
        "/settings/password",
        "/settings/tokens",
        "/api/v1/me",
        "/api/v1/live",
        "/api/v1/openapi.json",
        "/login",
        "/signup",
        "/health",
        "/ws",
        "/csp-report",
        "/nothing",
        &talk,
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = Answer::of(amina.request(method.clone(), path)).await;
            assert!(answer.status < 500, "{method} {path}: {}", answer.status);
        }
    }
    assert_eq!(app.store().await.snapshot().await, before);
}

async fn no_other_origin_is_let_in(app: TestApp) {
    let amina: Person = app.person("amina").await;
    for path in ["/", "/friends", "/read/friends", "/health", "/do/log_out", "/ws", "/nothing"] {
        for method in [Method::GET, Method::OPTIONS, Method::POST] {
            let request = amina.request(method.clone(), path).header("origin", "https://evil.example");
            let answer = Answer::of(request.header("access-control-request-method", "POST")).await;
            for name in answer.headers.keys() {
                assert!(!name.as_str().starts_with("access-control"), "{method} {path} answers {name}");
            }
        }
    }
}

async fn only_the_configured_origin_is_ours(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.salon.origin = Some("https://chat.example.org".parse().expect("an origin"));
    })
    .await;
    let fields = [("username", "nobody"), ("password", PASSWORD)];
    let log_in = async |origin: &str| {
        let browser = Browser::new(&app.origin);
        let request = browser.request(Method::POST, "/do/log_in").header("origin", origin);
        Answer::of(request.form(&fields)).await.status
    };
    assert_eq!(log_in("https://chat.example.org").await, 401);
    for origin in [
        app.origin.as_str(),
        "http://chat.example.org",
        "https://chat.example.org:8443",
        "https://chat.example.org.",
    ] {
        assert_eq!(log_in(origin).await, 403, "{origin}");
    }
}
