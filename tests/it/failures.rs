//! What a browser shows when something fails: a page of ours, never the JSON that programs get.

use reqwest::Method;
use salon::error::Error;

use crate::{
    on_both_engines,
    support::{Answer, TestApp, cast::PASSWORD},
};

on_both_engines! {
    without_the_database_a_browser_sees_a_page,
    without_the_database_a_program_is_told,
    a_forged_form_is_answered_with_a_page,
    every_refusal_is_a_page_for_a_browser,
    a_failure_speaks_the_language_of_the_browser,
}

/// Succeeds if this is a page for people, with everything that our pages carry.
fn is_a_page(what: &str, answer: &Answer) {
    let text = answer.text();
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{what}: {text}");
    assert!(text.starts_with("<!DOCTYPE html>"), "{what}: {text}");
    for part in ["<h1", "id=\"main\"", "href=\"/\"", "rel=\"stylesheet\" href=\"/pkg/salon.css\""] {
        assert!(text.contains(part), "{what}: {part} is missing from {text}");
    }
    for part in ["<script", " style=\"", "{\"error\"", "{&quot;error"] {
        assert!(!text.contains(part), "{what}: {part} in {text}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{what}: {policy}");
    assert!(!policy.contains("script"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "private, no-store"),
    ] {
        assert_eq!(answer.header(name), value, "{what}");
    }
}

async fn without_the_database_a_browser_sees_a_page(app: TestApp) {
    let amina = app.person("amina").await;
    app.running.app.db.close().await;
    for path in ["/", "/friends?after=x", "/settings", "/c/12", "/nothing"] {
        let answer = amina.gets(path).await;
        assert_eq!(answer.status, 503, "{path}");
        is_a_page(path, &answer);
        let again = format!("href=\"{path}\"");
        assert!(answer.text().contains(&again), "one may try again: {}", answer.text());
    }
    // A form leads back to its page, not to an address that only takes forms.
    let answer = amina.submits("/friends", "add_friend", &[("person", "bruno")]).await;
    assert_eq!(answer.status, 503);
    is_a_page("form", &answer);
    assert!(answer.text().contains("href=\"/friends\"") && !answer.text().contains("/do/"));
    // Who is not logged in is told on the form.
    let nobody = app.browser();
    let answer = nobody.submits("/login", "log_in", &[("username", "amina"), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location()), (303, "/login"));
    assert!(nobody.page("/login").await.contains("role=\"alert\""));
}

async fn without_the_database_a_program_is_told(app: TestApp) {
    let amina = app.person("amina").await;
    app.running.app.db.close().await;
    for answer in [amina.reads("friends").await, amina.calls("add_friend", &[("person", "bruno")]).await] {
        assert_eq!(answer.error(), Error::Unavailable);
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

async fn a_forged_form_is_answered_with_a_page(app: TestApp) {
    let amina = app.person("amina").await;
    let request = amina.request(Method::POST, "/do/log_out").header("accept", "text/html");
    let answer = Answer::of(request.header("origin", "https://evil.example")).await;
    assert_eq!(answer.status, 403);
    is_a_page("forged", &answer);
    assert!(!answer.text().contains("/do/log_out"), "nothing leads there again: {}", answer.text());
    assert_eq!(amina.gets("/").await.status, 200, "still logged in");
}

async fn every_refusal_is_a_page_for_a_browser(app: TestApp) {
    let amina = app.person("amina").await;
    let html = |method: Method, path: &str| {
        amina
            .request(method, path)
            .header("accept", "text/html,*/*;q=0.8")
            .header("sec-fetch-site", "same-origin")
            .header("origin", &app.origin)
    };
    for (what, status, request) in [
        ("address of a form", 405, html(Method::GET, "/do/log_out")),
        ("wrong kind", 415, html(Method::POST, "/do/log_out").header("content-type", "text/plain")),
        ("wrong method", 405, html(Method::DELETE, "/friends")),
        ("socket", 400, html(Method::GET, "/ws")),
        ("long report", 413, html(Method::POST, "/csp-report").body("x".repeat(200_000))),
    ] {
        let answer = Answer::of(request).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        is_a_page(what, &answer);
        // What was not read ends the connection, and whoever sent it is told: their next request takes another one.
        let closes = if what == "long report" { "close" } else { "" };
        assert_eq!(answer.header("connection"), closes, "{what}");
    }
    let wrong = Answer::of(html(Method::DELETE, "/friends")).await;
    assert!(!wrong.header("allow").is_empty(), "what would have been right stays told");
    // What a script asks for is no page.
    let report = amina.request(Method::POST, "/csp-report").header("accept", "*/*");
    let answer = Answer::of(report.header("origin", &app.origin).body("x".repeat(200_000))).await;
    assert_eq!(answer.status, 413);
    assert!(!answer.header("content-type").starts_with("text/html"));
    assert_eq!(answer.header("connection"), "close");
}

async fn a_failure_speaks_the_language_of_the_browser(app: TestApp) {
    let amina = app.person("amina").await;
    app.running.app.db.close().await;
    for (language, sentence, lang) in [
        ("fr-BE,fr;q=0.9,en;q=0.5", "Salon ne répond pas", "<html lang=\"fr\""),
        ("de,en;q=0.5", "Salon cannot answer", "<html lang=\"en\""),
        ("", "Salon cannot answer", "<html lang=\"en\""),
    ] {
        let request = amina.request(Method::GET, "/").header("accept", "text/html");
        let answer = Answer::of(request.header("accept-language", language)).await;
        let text = answer.text();
        assert!(text.contains(sentence) && text.contains(lang), "{language:?}: {text}");
    }
}
