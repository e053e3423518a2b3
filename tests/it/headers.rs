//! What every answer carries, whatever it is.

use std::collections::HashSet;

use reqwest::Method;

use crate::{
    on_both_engines,
    support::{Answer, Engine, TestApp, cast::logs_in},
};

on_both_engines! {
    every_answer_says_what_browsers_may_do_with_it,
    a_page_allows_only_its_own_scripts,
    no_two_pages_share_a_nonce,
    files_are_kept_and_pages_are_not,
    over_https_browsers_are_told_to_stay_there,
    health_says_whether_the_server_can_work,
}

/// A site as it is built: a page's parts lie in `pkg`, other files at the top.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(site.path().join("pkg")).expect("a folder");
    std::fs::write(site.path().join("pkg/salon.css"), "body {}").expect("a file");
    std::fs::write(site.path().join("icon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .expect("a file");
    site
}

async fn with_site(engine: Engine) -> (TestApp, tempfile::TempDir) {
    let site = site();
    let path = site.path().to_owned();
    (TestApp::with(engine, |config| config.salon.site = Some(path)).await, site)
}

async fn every_answer_says_what_browsers_may_do_with_it(engine: Engine) {
    let (app, _site) = with_site(engine).await;
    let amina = app.person("amina").await;
    let nobody = app.browser();
    let answers = [
        ("page", 200, amina.gets("/").await),
        ("log-in page", 200, nobody.gets("/login").await),
        ("redirect", 303, nobody.gets("/friends").await),
        ("missing page", 404, amina.gets("/nothing").await),
        ("missing conversation", 404, amina.gets("/c/12").await),
        ("missing function", 404, amina.calls("nothing", &[]).await),
        ("function", 200, amina.reads("friends").await),
        ("refusal", 422, amina.calls("add_friend", &[("person", "")]).await),
        ("form", 303, amina.submits("/friends", "add_friend", &[("person", "")]).await),
        ("wrong log-in", 401, logs_in(&nobody, "amina", "wrong").await),
        ("too much", 413, amina.calls("add_friend", &[("person", &"x".repeat(200_000))]).await),
        (
            "forged",
            403,
            Answer::of(amina.request(Method::POST, "/do/log_out").header("origin", "null")).await,
        ),
        ("wrong type", 415, Answer::of(amina.call("log_out").header("content-type", "text/plain")).await),
        ("wrong method", 405, Answer::of(amina.request(Method::POST, "/health")).await),
        ("health", 200, nobody.gets("/health").await),
        ("file", 200, nobody.gets("/icon.svg").await),
        ("built file", 200, nobody.gets("/pkg/salon.css").await),
        ("missing file", 404, nobody.gets("/pkg/nothing.js").await),
        (
            "report",
            204,
            Answer::of(amina.request(Method::POST, "/csp-report").header("sec-fetch-site", "same-origin"))
                .await,
        ),
        ("refused socket", 400, nobody.gets("/ws").await),
    ];
    for (what, status, answer) in answers {
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {what}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{what}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{what}: {policy}"
        );
        let all: Vec<_> = answer.headers.get_all("content-security-policy").iter().collect();
        assert_eq!(all.len(), 1, "{what}");
        assert!(!answer.header("cache-control").is_empty(), "{what}");
        assert_eq!(answer.header("server"), "", "{what}");
        assert_eq!(answer.header("strict-transport-security"), "", "{what}");
    }
}

async fn a_page_allows_only_its_own_scripts(app: TestApp) {
    let amina = app.person("amina").await;
    for path in ["/", "/friends", "/settings", "/c/12", "/nothing"] {
        let page = amina.gets(path).await;
        let policy = page.header("content-security-policy").to_owned();
        let directive = |name: &str| {
            let found = policy.split("; ").find_map(|part| part.strip_prefix(name));
            found.unwrap_or_else(|| panic!("{name} is missing from {policy}")).trim().to_owned()
        };
        let nonce = nonce(&page);
        assert!(nonce.len() >= 22, "128 bits at least: {nonce}");
        assert_eq!(directive("script-src"), format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"));
        assert_eq!(directive("style-src"), format!("'self' 'nonce-{nonce}'"));
        for (name, value) in [
            ("default-src", "'none'"),
            ("connect-src", "'self'"),
            ("base-uri", "'none'"),
            ("form-action", "'self'"),
            ("frame-ancestors", "'none'"),
            ("object-src", "'none'"),
        ] {
            assert_eq!(directive(name), value, "{path}");
        }
        let text = page.text();
        for script in text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{tag}>");
        }
        assert!(!text.contains(" style=\"") && !text.contains(" onclick"), "{path}");
    }
}

fn nonce(page: &Answer) -> String {
    let policy = page.header("content-security-policy");
    let nonce = policy.split_once("'nonce-").expect("a nonce").1;
    nonce.split('\'').next().expect("its end").to_owned()
}

async fn no_two_pages_share_a_nonce(app: TestApp) {
    let browser = app.browser();
    let pages = (0..200).map(|_| async { nonce(&browser.gets("/login").await) });
    let nonces: HashSet<String> = futures_util::future::join_all(pages).await.into_iter().collect();
    assert_eq!(nonces.len(), 200);
}

async fn files_are_kept_and_pages_are_not(engine: Engine) {
    let (app, _site) = with_site(engine).await;
    let amina = app.person("amina").await;
    for path in ["/", "/friends", "/read/friends", "/nothing", "/health"] {
        assert_eq!(amina.gets(path).await.header("cache-control"), "private, no-store", "{path}");
    }
    assert!(amina.gets("/icon.svg").await.header("cache-control").contains("max-age"));
    for path in ["/pkg/../../secret", "/pkg/%2e%2e/%2e%2e/etc/passwd", "/pkg//etc/passwd", "/pkg/"] {
        assert_eq!(amina.gets(path).await.status, 404, "{path}");
    }
}

async fn over_https_browsers_are_told_to_stay_there(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.salon.origin = Some("https://chat.example.org".parse().expect("an origin"));
    })
    .await;
    for path in ["/", "/login", "/health", "/nothing"] {
        let answer = app.browser().gets(path).await;
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000; includeSubDomains",
            "{path}"
        );
    }
}

async fn health_says_whether_the_server_can_work(app: TestApp) {
    let answer = app.browser().gets("/health").await;
    let told: serde_json::Value = answer.json();
    assert_eq!(told, serde_json::json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }));
    assert!(answer.set_cookies().is_empty());
    app.running.app.db.close().await;
    assert_eq!(app.browser().gets("/health").await.status, 503);
}
