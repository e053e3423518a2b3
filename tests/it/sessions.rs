//! Being logged in: the cookie, its row, and its end.

use futures_util::future::join_all;
use reqwest::Method;
use salon::{error::Error, friends::Friends};

use crate::{
    on_both_engines,
    support::{
        Answer, Browser, Engine, TestApp,
        browser::bare,
        cast::{PASSWORD, logs_in},
        wait_for,
    },
};

const DAY: i64 = 86_400_000;

on_both_engines! {
    the_cookie_is_out_of_reach_for_scripts_and_other_sites,
    over_https_the_cookie_is_bound_to_its_host,
    every_log_in_has_a_new_session,
    an_id_that_somebody_else_chose_is_not_taken_over,
    the_store_does_not_open_a_session,
    logging_out_ends_the_session_and_its_sockets,
    a_log_out_is_not_undone_by_requests_under_way,
    a_session_ends_when_it_is_not_used,
    a_session_ends_however_often_it_is_used,
    who_is_not_logged_in_is_led_to_log_in_and_back,
    without_a_session_nothing_can_be_asked,
}

/// The attributes of a cookie, after its name and value.
fn attributes(cookie: &str) -> Vec<&str> {
    let mut attributes: Vec<_> = cookie.split("; ").skip(1).collect();
    attributes.sort_unstable();
    attributes
}

async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites(app: TestApp) {
    app.person("amina").await;
    let answer = logs_in(&app.browser(), "amina", PASSWORD).await.well();
    let cookies = answer.set_cookies();
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    assert!(cookies[0].starts_with("salon="), "{cookies:?}");
    assert_eq!(attributes(cookies[0]), ["HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=Lax"]);
    assert!(app.browser().gets("/login").await.set_cookies().is_empty(), "visitors get none");
}

async fn over_https_the_cookie_is_bound_to_its_host(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.salon.origin = Some("https://chat.example.org".parse().expect("an origin"));
    })
    .await;
    let origin = ("origin", "https://chat.example.org");
    let body = [("username", "amina"), ("email", "amina@example.org"), ("password", PASSWORD)];
    let answer =
        Answer::of(bare(&app.origin, Method::POST, "/do/sign_up", &[origin]).form(&body)).await.well();
    let cookie = answer.set_cookies()[0].to_owned();
    assert!(cookie.starts_with("__Host-salon="), "{cookie}");
    assert_eq!(attributes(&cookie), ["HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=Lax", "Secure"]);

    let (pair, _) = cookie.split_once(';').expect("attributes");
    let home = async |cookie: &str| {
        Answer::of(bare(&app.origin, Method::GET, "/", &[("cookie", cookie)])).await.status
    };
    assert_eq!(home(pair).await, 200);
    assert_eq!(
        home(&pair.replace("__Host-", "")).await,
        303,
        "a cookie that another host could set is ignored"
    );
}

async fn every_log_in_has_a_new_session(app: TestApp) {
    let amina = app.person("amina").await;
    let first = amina.session().expect("a session");
    logs_in(&amina, "amina", PASSWORD).await.well();
    let second = amina.session().expect("a session");
    assert_ne!(first, second);
    assert_eq!(Browser::with_session(&app.origin, &first).reads("friends").await.error(), Error::SignedOut);
    assert_eq!(amina.friends().await, Friends::default());
    assert_eq!(app.store().await.number("select count(*) from session").await, 1);
}

async fn an_id_that_somebody_else_chose_is_not_taken_over(app: TestApp) {
    app.person("amina").await;
    let chosen = "AAAAAAAAAAAAAAAAAAAAAA";
    let victim = Browser::with_session(&app.origin, chosen);
    logs_in(&victim, "amina", PASSWORD).await.well();
    assert_ne!(victim.session().as_deref(), Some(chosen));
    assert_eq!(Browser::with_session(&app.origin, chosen).reads("friends").await.error(), Error::SignedOut);
    for odd in ["", "x", "ÿ", &"A".repeat(5_000), "AAAAAAAAAAAAAAAAAAAAAA=="] {
        let answer = Browser::with_session(&app.origin, odd).reads("friends").await;
        assert_eq!(answer.error(), Error::SignedOut, "{odd:?}");
    }
}

async fn the_store_does_not_open_a_session(app: TestApp) {
    let amina = app.person("amina").await;
    let session = amina.session().expect("a session");
    assert!(!app.place.holds(&session).await);
    // Whoever has a copy of the row has 32 bytes that are no cookie.
    let hash = app.store().await.bytes("select id_hash from session").await.remove(0);
    assert_eq!(hash.len(), 32);
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
    for part in [&hash[..16], &hash[16..], &hash[..]] {
        let thief = Browser::with_session(&app.origin, &BASE64.encode(part));
        assert_eq!(thief.reads("friends").await.error(), Error::SignedOut);
    }
}

async fn logging_out_ends_the_session_and_its_sockets(app: TestApp) {
    let amina = app.person("amina").await;
    let elsewhere = amina.at_another_browser(&app).await;
    let (socket, second, mut other) =
        (amina.connects().await, amina.connects().await, elsewhere.connects().await);
    let session = amina.session().expect("a session");

    let begun = std::time::Instant::now();
    let answer = amina.submits("/", "log_out", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/login"));
    assert_eq!((socket.close_code().await, second.close_code().await), (Some(4401), Some(4401)));
    assert!(begun.elapsed().as_secs() < 2, "after {:?}", begun.elapsed());

    assert_eq!(amina.session(), None, "the cookie is taken back");
    assert_eq!(Browser::with_session(&app.origin, &session).reads("friends").await.error(), Error::SignedOut);
    assert_eq!(elsewhere.friends().await, Friends::default(), "the other browser stays");
    other.assert_silent().await;
    assert_eq!(app.store().await.number("select count(*) from session").await, 1);
    assert_eq!(amina.calls("log_out", &[]).await.status, 200, "twice is fine");
}

async fn a_log_out_is_not_undone_by_requests_under_way(app: TestApp) {
    let amina = app.person("amina").await;
    for round in 0..4 {
        logs_in(&amina, "amina", PASSWORD).await.well();
        let session = amina.session().expect("a session");
        let tab = Browser::with_session(&app.origin, &session);
        // Long enough ago for every request to note that it was here.
        app.pass(6 * 60_000);
        let touching = join_all((0..200).map(|_| tab.reads("friends")));
        let leaving = async {
            wait_for("the first request to be noted", async || {
                let seen = app.store().await.number("select max(seen_at) from session").await;
                (seen == app.now().millis()).then_some(())
            })
            .await;
            Browser::with_session(&app.origin, &session).calls("log_out", &[]).await
        };
        let (answers, left) = tokio::join!(touching, leaving);
        left.well();
        assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 401)), "round {round}");
        let again = Browser::with_session(&app.origin, &session).reads("friends").await;
        assert_eq!(again.error(), Error::SignedOut, "round {round}");
        assert_eq!(app.store().await.number("select count(*) from session").await, 0, "round {round}");
    }
}

async fn a_session_ends_when_it_is_not_used(app: TestApp) {
    let amina = app.person("amina").await;
    app.pass(14 * DAY - 1_000);
    assert_eq!(amina.reads("friends").await.status, 200);
    app.pass(14 * DAY - 1_000);
    assert_eq!(amina.reads("friends").await.status, 200, "using it made it last");
    app.pass(14 * DAY);
    assert_eq!(amina.reads("friends").await.error(), Error::SignedOut);
    assert_eq!(amina.gets("/friends").await.location(), "/login?next=%2Ffriends");

    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from session").await, 1);
    app.running.app.sessions.sweep().await.expect("swept");
    assert_eq!(store.number("select count(*) from session").await, 0);
}

async fn a_session_ends_however_often_it_is_used(app: TestApp) {
    let amina = app.person("amina").await;
    for day in 1..90 {
        app.pass(DAY);
        assert_eq!(amina.reads("friends").await.status, 200, "day {day}");
    }
    app.pass(DAY);
    assert_eq!(amina.reads("friends").await.error(), Error::SignedOut);
}

async fn who_is_not_logged_in_is_led_to_log_in_and_back(app: TestApp) {
    let amina = app.person("amina").await;
    amina.calls("log_out", &[]).await.well();
    for (page, login) in [
        ("/", "/login"),
        ("/friends", "/login?next=%2Ffriends"),
        ("/c/12?before=7", "/login?next=%2Fc%2F12%3Fbefore%3D7"),
        ("/settings", "/login?next=%2Fsettings"),
        ("/saved", "/login?next=%2Fsaved"),
        ("/unread", "/login?next=%2Funread"),
        ("/write", "/login?next=%2Fwrite"),
        ("/here", "/login?next=%2Fhere"),
    ] {
        let answer = amina.gets(page).await;
        assert_eq!((answer.status, answer.location()), (303, login), "{page}");
    }
    let page = amina.page("/login?next=%2Fc%2F12%3Fbefore%3D7").await;
    assert!(page.contains("value=\"/c/12?before=7\""), "the form carries it: {page}");
    for elsewhere in ["//evil.example", "https://evil.example", "/%5Cevil.example"] {
        let page = amina.page(&format!("/login?next={elsewhere}")).await;
        assert!(!page.contains("name=\"next\""), "{elsewhere}: {page}");
    }
}

async fn without_a_session_nothing_can_be_asked(app: TestApp) {
    let amina = app.person("amina").await;
    let before = app.store().await.snapshot().await;
    let nobody = app.browser();
    let id = amina.id.to_string();
    let key = crate::support::new_key();
    for (function, fields) in [
        ("add_friend", vec![("person", "amina")]),
        ("accept_friend", vec![("account", id.as_str())]),
        ("decline_friend", vec![("account", id.as_str())]),
        ("cancel_request", vec![("account", id.as_str())]),
        ("remove_friend", vec![("account", id.as_str())]),
        ("open_conversation", vec![("account", id.as_str())]),
        ("send_message", vec![("conversation", "1"), ("key", key.as_str()), ("body", "x")]),
        ("save_name", vec![("display_name", "x")]),
        ("save_language", vec![("locale", "")]),
        ("save_theme", vec![("theme", "dark")]),
        ("change_email", vec![("email", "x@example.org"), ("current_password", PASSWORD)]),
        ("change_password", vec![("current_password", PASSWORD), ("password", "a new one of mine")]),
        ("send_proof", vec![]),
    ] {
        assert_eq!(nobody.calls(function, &fields).await.error(), Error::SignedOut, "{function}");
    }
    for query in ["friends", "home", "conversation?id=1"] {
        assert_eq!(nobody.reads(query).await.error(), Error::SignedOut, "{query}");
    }
    assert_eq!(app.store().await.snapshot().await, before);
}
