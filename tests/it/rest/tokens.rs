//! Tokens: shown once, of use until they end, and to nobody else.

use reqwest::Method;
use salon::{error::Error, tokens::MOST_TOKENS};

use super::{Program, is_problem};
use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    a_token_is_shown_where_it_was_made_for_some_minutes,
    a_token_ends_when_it_is_revoked_or_its_time_is_up,
    a_token_goes_with_its_account,
    nobody_sees_or_ends_the_tokens_of_another,
    what_is_no_token_opens_nothing,
    there_are_never_too_many,
    it_works_as_a_form,
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

async fn a_token_is_shown_where_it_was_made_for_some_minutes(engine: Engine) {
    let app = TestApp::start(engine).await;
    let amina = Person::signs_up(&app, "amina").await;
    let elsewhere = amina.at_another_browser(&app).await;
    amina.makes_token("Backup", "read", "always").await.well();
    let [made] = amina.has_tokens().await.try_into().expect("one token");
    let token = made.token.clone().expect("it is shown");
    assert!(token.starts_with("salon_") && token.len() == 50, "{token}");
    assert_eq!((&*made.name, made.scope.code(), made.used_at), ("Backup", "read", None));
    assert_eq!(elsewhere.has_tokens().await[0].token, None, "only where it was made");

    // Nowhere in what is stored does it stand in the clear.
    let stored = app.store().await.bytes("select token from access_token").await;
    assert!(!String::from_utf8_lossy(&stored[0]).contains(&token));

    app.pass(11 * MINUTE);
    assert_eq!(amina.has_tokens().await[0].token, None, "not for ever");

    // Once it is used it need not be shown.
    let program = amina.starts("read").await;
    assert!(amina.has_tokens().await[0].token.is_some());
    assert_eq!(program.reads("/me").await["username"], "amina");
    let used = amina.has_tokens().await.remove(0);
    assert_eq!((used.token, used.used_at), (None, Some(app.now())));
}

async fn a_token_ends_when_it_is_revoked_or_its_time_is_up(engine: Engine) {
    let app = TestApp::start(engine).await;
    let amina = Person::signs_up(&app, "amina").await;
    let program = amina.starts("write").await;
    amina.makes_token("For a week", "read", "week").await.well();
    let week = amina.has_tokens().await.remove(0);
    let short = Program::new(&app.origin, &week.token.expect("it is shown"));
    assert_eq!(week.expires_at, Some(app.now().plus(7 * DAY)));
    program.gets("/me").await.well();

    app.pass(7 * DAY - 1);
    short.gets("/me").await.well();
    app.pass(1);
    is_problem(&short.gets("/me").await, 401, "signed_out");
    program.gets("/me").await.well();
    assert_eq!(amina.has_tokens().await.len(), 1, "what has ended is not listed");

    let token = amina.has_tokens().await.remove(0).id;
    amina.revokes(token).await.well();
    is_problem(&program.gets("/me").await, 401, "signed_out");
    assert_eq!(amina.revokes(token).await.error(), Error::NotFound);
}

async fn a_token_goes_with_its_account(engine: Engine) {
    let app = TestApp::start(engine).await;
    let amina = Person::signs_up(&app, "amina").await;
    let program = amina.starts("write").await;
    program.gets("/me").await.well();
    amina.calls("delete_account", &[("current_password", cast::PASSWORD), ("name", "amina")]).await.well();
    is_problem(&program.gets("/me").await, 401, "signed_out");
    assert_eq!(app.store().await.number("select count(*) from access_token").await, 0);
}

async fn nobody_sees_or_ends_the_tokens_of_another(engine: Engine) {
    let app = TestApp::start(engine).await;
    let (amina, bruno) = app.two_friends().await;
    let program = amina.starts("write").await;
    let token = amina.has_tokens().await.remove(0).id;
    assert!(bruno.has_tokens().await.is_empty());
    assert_eq!(bruno.revokes(token).await.error(), Error::NotFound);
    program.gets("/me").await.well();
}

async fn what_is_no_token_opens_nothing(engine: Engine) {
    let app = TestApp::start(engine).await;
    let amina = Person::signs_up(&app, "amina").await;
    let token = amina.starts("read").await.token;
    let bearer = format!("Bearer {token}");
    let me = async |value: &str| {
        Answer::of(bare(&app.origin, Method::GET, "/api/v1/me", &[("authorization", value)])).await
    };
    me(&bearer).await.well();
    me(&format!("bearer {token}")).await.well();
    let (first, last) = token.split_at(token.len() - 1);
    let other = if last == "A" { "B" } else { "A" };
    for wrong in [
        "",
        "Bearer",
        "Bearer ",
        &token,
        &format!("Basic {token}"),
        &format!("Bearer {first}{other}"),
        &format!("Bearer {first}"),
        &format!("Bearer {token}A"),
        &format!("Bearer  {token}"),
        &format!("Bearer {}", token.to_uppercase()),
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
    ] {
        let answer = me(wrong).await;
        is_problem(&answer, 401, "signed_out");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{wrong:?}");
    }
    // Two of them, the address and the cookie do not do.
    let twice = [("authorization", &*bearer), ("authorization", &*bearer)];
    is_problem(&Answer::of(bare(&app.origin, Method::GET, "/api/v1/me", &twice)).await, 401, "signed_out");
    let path = format!("/api/v1/me?access_token={token}");
    is_problem(&Answer::of(bare(&app.origin, Method::GET, &path, &[])).await, 401, "signed_out");
    is_problem(&amina.gets("/api/v1/me").await, 401, "signed_out");
    // And with a token nobody gets at the pages.
    let page = bare(&app.origin, Method::GET, "/read/access_tokens", &[("authorization", &bearer)]);
    assert_eq!(Answer::of(page).await.status, 401);
}

async fn there_are_never_too_many(engine: Engine) {
    let app = TestApp::start(engine).await;
    let amina = Person::signs_up(&app, "amina").await;
    for number in 0..MOST_TOKENS {
        amina.makes_token(&format!("Number {number}"), "read", "day").await.well();
    }
    assert_eq!(amina.makes_token("One more", "read", "day").await.error(), Error::TooMuch);
    assert_eq!(amina.has_tokens().await.len(), MOST_TOKENS as usize);
    app.pass(DAY);
    amina.makes_token("One more", "read", "day").await.well();
    for (name, scope, lasts) in [
        ("", "read", "day"),
        ("\u{202e}", "read", "day"),
        ("A", "admin", "day"),
        ("A", "READ", "day"),
        ("A", "read", "year"),
    ] {
        assert_eq!(amina.makes_token(name, scope, lasts).await.status, 422, "{name:?} {scope} {lasts}");
    }
    let long = "é".repeat(51);
    assert_eq!(amina.makes_token(&long, "read", "day").await.status, 422);
}

async fn it_works_as_a_form(engine: Engine) {
    let app = TestApp::start(engine).await;
    let amina = Person::signs_up(&app, "amina").await;
    let page = amina.page("/settings/tokens").await;
    assert!(page.contains("Access tokens") && !page.contains("Your tokens"));
    let fields = [("name", "Backup"), ("scope", "write"), ("lasts", "month")];
    let answer = amina.submits("/settings/tokens", "create_access_token", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/settings/tokens"));
    let page = amina.page("/settings/tokens").await;
    let token = amina.has_tokens().await.remove(0);
    assert!(page.contains("Your tokens") && page.contains(&token.token.expect("it is shown")), "{page}");
    assert!(page.contains("Read and write") && page.contains("Never used"));
    let id = token.id.to_string();
    assert_eq!(amina.submits("/settings/tokens", "revoke_access_token", &[("token", &id)]).await.status, 303);
    assert!(!amina.page("/settings/tokens").await.contains("Your tokens"));
    // Nobody who is not logged in gets there.
    assert_eq!(app.browser().gets("/settings/tokens").await.status, 303);
}
