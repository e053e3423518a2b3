//! Signing up, logging in, and what is kept of it.

use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
use futures_util::future::join_all;
use salon::error::{Error, Field, Why};

use crate::{
    on_both_engines,
    support::{
        Browser, TestApp,
        cast::{PASSWORD, address, logs_in, signs_up},
    },
};

on_both_engines! {
    one_logs_in_by_name_or_address_in_any_spelling,
    a_taken_name_or_address_is_named,
    twenty_identical_sign_ups_at_once_make_one_account,
    a_password_is_kept_as_a_hash_only,
    an_outdated_hash_is_renewed_at_log_in,
    a_wrong_password_and_an_unknown_name_get_the_same_answer,
    a_password_that_cannot_be_taken_is_refused_with_the_reason,
    a_password_is_the_same_however_its_letters_are_composed,
    one_lands_where_one_wanted_to_go_and_never_elsewhere,
    who_signs_up_by_form_is_logged_in_and_at_home,
}

async fn one_logs_in_by_name_or_address_in_any_spelling(app: TestApp) {
    app.person("amina").await;
    for login in ["amina", "AMINA", " Amina ", "amina@example.org", "Amina@Example.ORG"] {
        let browser = app.browser();
        assert_eq!(logs_in(&browser, login, PASSWORD).await.status, 200, "{login:?}");
        assert_eq!(browser.gets("/").await.status, 200, "{login:?}");
    }
}

async fn a_taken_name_or_address_is_named(app: TestApp) {
    app.person("amina").await;
    let taken =
        async |name: &str, address: &str| signs_up(&app.browser(), name, address, PASSWORD).await.error();
    assert_eq!(taken("Amina", "other@example.org").await, Error::Taken { field: Field::Username });
    assert_eq!(taken("other", "AMINA@example.org").await, Error::Taken { field: Field::Email });
    assert_eq!(app.store().await.number("select count(*) from account").await, 1);
}

async fn twenty_identical_sign_ups_at_once_make_one_account(app: TestApp) {
    let one = async || loop {
        let answer = signs_up(&app.browser(), "amina", &address("amina"), PASSWORD).await;
        // So many hashes at once may be too many for a slow machine; who is told so comes back.
        if answer.status != 429 {
            return answer;
        }
    };
    let answers = join_all((0..20).map(|_| one())).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(made.len(), 1);
    for answer in refused {
        assert_eq!(answer.error(), Error::Taken { field: Field::Username });
    }
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from account").await, 1);
    assert_eq!(store.number("select count(*) from session").await, 1);
    assert_eq!(store.number("select count(*) from audit").await, 1);
}

async fn a_password_is_kept_as_a_hash_only(app: TestApp) {
    app.person("amina").await;
    logs_in(&app.browser(), "amina", "not the right one").await;
    let hashes = app.store().await.texts("select password_hash from account").await;
    assert!(hashes[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashes:?}");

    assert!(app.place.holds("amina@example.org").await, "the search finds what is there");
    for secret in [PASSWORD, "tea+at+five", "not the right one"] {
        assert!(!app.place.holds(secret).await, "{secret:?} is kept");
    }
}

async fn an_outdated_hash_is_renewed_at_log_in(app: TestApp) {
    app.person("amina").await;
    let params = Params::new(8 * 1024, 1, 1, None).expect("valid parameters");
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let weak = weak.hash_password(PASSWORD.as_bytes()).expect("hashed").to_string();
    let mut store = app.store().await;
    store.run(format!("update account set password_hash = '{weak}'")).await;

    logs_in(&app.browser(), "amina", "not the right one").await;
    assert_eq!(store.texts("select password_hash from account").await, [weak], "only the owner renews it");
    logs_in(&app.browser(), "amina", PASSWORD).await.well();
    let renewed = store.texts("select password_hash from account").await;
    assert!(renewed[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed:?}");
    logs_in(&app.browser(), "amina", PASSWORD).await.well();
}

async fn a_wrong_password_and_an_unknown_name_get_the_same_answer(app: TestApp) {
    app.person("amina").await;
    let mut answers = Vec::new();
    for (login, password) in [
        ("amina", "not the right one"),
        ("nobody", PASSWORD),
        ("amina@example.org", "not the right one"),
        ("nobody@example.org", PASSWORD),
        ("amina", ""),
        ("</textarea><script>alert(1)</script>", PASSWORD),
    ] {
        let answer = logs_in(&app.browser(), login, password).await;
        assert_eq!(answer.error(), Error::WrongLogin, "{login:?}");
        assert!(answer.set_cookies().is_empty(), "{login:?}");
        answers.push(answer.body);
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]));
}

async fn a_password_that_cannot_be_taken_is_refused_with_the_reason(app: TestApp) {
    let long = "a long walk by the sea ".repeat(12);
    for (password, why) in [
        ("", Why::Missing),
        ("elevenchars", Why::TooShort { at_least: 12 }),
        (&long[..257], Why::TooLong { at_most: 256 }),
        (&"\u{10ffff}".repeat(257), Why::TooLong { at_most: 256 }),
        ("aaaaaaaaaaaa", Why::Guessable),
        ("passwordpassword", Why::Guessable),
        ("amina@example.org", Why::Guessable),
    ] {
        let answer = signs_up(&app.browser(), "amina", &address("amina"), password).await;
        assert_eq!(answer.error(), Error::invalid(Field::Password, why), "{password:?}");
    }
    signs_up(&app.browser(), "amina", &address("amina"), &long[..256]).await.well();
    assert_eq!(logs_in(&app.browser(), "amina", &long[..255]).await.status, 401, "nothing is cut off");
    logs_in(&app.browser(), "amina", &long[..256]).await.well();
}

async fn a_password_is_the_same_however_its_letters_are_composed(app: TestApp) {
    let (composed, decomposed) = ("caf\u{e9} cr\u{e8}me, svp", "cafe\u{301} cre\u{300}me, svp");
    signs_up(&app.browser(), "amina", &address("amina"), decomposed).await.well();
    for password in [composed, decomposed] {
        logs_in(&app.browser(), "amina", password).await.well();
    }
    assert_eq!(logs_in(&app.browser(), "amina", "CAF\u{c9} cr\u{e8}me, svp").await.status, 401);
}

async fn one_lands_where_one_wanted_to_go_and_never_elsewhere(app: TestApp) {
    app.person("amina").await;
    let lands = async |next: &str| {
        let fields = [("username", "amina"), ("password", PASSWORD), ("next", next)];
        let answer = app.browser().submits("/login", "log_in", &fields).await;
        assert_eq!(answer.status, 303);
        answer.location().to_owned()
    };
    for next in ["/", "/friends", "/c/12?before=7", "/settings"] {
        assert_eq!(lands(next).await, next);
    }
    for next in [
        "",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=y",
        "evil",
        " /friends",
        "/\u{0}",
    ] {
        assert_eq!(lands(next).await, "/", "{next:?}");
    }
}

async fn who_signs_up_by_form_is_logged_in_and_at_home(app: TestApp) {
    let browser: Browser = app.browser();
    let fields = [("username", "amina"), ("email", "amina@example.org"), ("password", PASSWORD)];
    let answer = browser.submits("/signup", "sign_up", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/"));
    assert!(browser.page("/").await.contains("Log out"));
    // Pages for strangers lead home.
    for page in ["/login", "/signup"] {
        let answer = browser.gets(page).await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{page}");
    }
}
