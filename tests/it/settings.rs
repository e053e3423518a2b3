//! What people change about their account, and what must be shown for it.

use std::{net::IpAddr, time::Instant};

use futures_util::future::join_all;
use salon::{
    error::{Error, Field, Why},
    friends::Friends,
};

use crate::{
    on_both_engines,
    support::{
        Answer, Browser, Engine, Person, TestApp,
        cast::{PASSWORD, address, logs_in},
    },
};

/// Another password that is good enough.
const NEW: &str = "coffee at four, for once";

on_both_engines! {
    each_setting_is_saved_shown_and_dated,
    it_is_said_once_that_something_was_saved,
    settings_that_do_not_exist_are_refused,
    a_new_address_is_the_one_to_log_in_with,
    a_taken_address_is_named_and_nothing_changes,
    an_address_is_changed_only_with_the_password,
    a_new_password_replaces_the_old_one,
    a_new_password_must_be_as_good_as_the_first,
    a_wrong_current_password_is_told_beside_its_field,
    guesses_at_the_current_password_count_as_failed_log_ins,
    a_changed_password_ends_every_session_but_has_a_new_one,
    of_two_changes_at_once_one_is_made,
    no_log_in_with_the_old_password_outlives_its_change,
    changes_are_audited_without_content,
}

async fn changes_password(person: &Person, current: &str, new: &str) -> Answer {
    person.calls("change_password", &[("current_password", current), ("password", new)]).await
}

async fn changes_email(person: &Person, address: &str, current: &str) -> Answer {
    person.calls("change_email", &[("email", address), ("current_password", current)]).await
}

async fn each_setting_is_saved_shown_and_dated(app: TestApp) {
    let amina = app.person("amina").await;
    let mut store = app.store().await;
    let created = store.number("select created_at from account").await;
    for (minutes, function, name, value) in [
        (1, "save_name", "display_name", " Zoe\u{308} 🎈 "),
        (2, "save_language", "locale", "fr"),
        (3, "save_theme", "theme", "dark"),
    ] {
        app.pass(60_000);
        let answer = amina.submits("/settings", function, &[(name, value)]).await;
        assert_eq!((answer.status, answer.location()), (303, "/settings"), "{function}");
        let changed = store.number("select updated_at from account").await;
        assert_eq!(changed, created + minutes * 60_000, "{function}");
    }
    let page = amina.page("/settings").await;
    assert!(page.contains("Zoë 🎈"), "{page}");
    assert!(page.contains("<html lang=\"fr\" data-theme=\"dark\""), "{page}");
    // Each leaves the others as they were.
    amina.calls("save_language", &[("locale", "")]).await.well();
    let page = amina.page("/settings").await;
    assert!(page.contains("Zoë 🎈") && page.contains("<html lang=\"en\" data-theme=\"dark\""), "{page}");
}

async fn it_is_said_once_that_something_was_saved(app: TestApp) {
    let amina = app.person("amina").await;
    amina.submits("/settings", "save_theme", &[("theme", "dark")]).await.well();
    assert_eq!(amina.page("/settings").await.matches("data-saved").count(), 1);
    assert!(!amina.page("/settings").await.contains("data-saved"), "it is said once");

    // Our own script is told where to go, and the page says the same.
    let answer = amina.calls("save_language", &[("locale", "fr")]).await.well();
    assert_eq!(answer.location(), "/settings");
    assert!(amina.page("/settings").await.contains("C’est enregistré."));
    let refused = amina.submits("/settings", "save_language", &[("locale", "tlh")]).await;
    assert_eq!(refused.location(), "/settings");
    let page = amina.page("/settings").await;
    assert!(!page.contains("C’est enregistré.") && page.contains("Choisissez dans la liste."), "{page}");
}

async fn settings_that_do_not_exist_are_refused(app: TestApp) {
    let amina = app.person("amina").await;
    let before = app.store().await.snapshot().await;
    for (function, name, value, field) in [
        ("save_name", "display_name", "", Field::DisplayName),
        ("save_name", "display_name", "a\u{202e}b", Field::DisplayName),
        ("save_language", "locale", "tlh", Field::Locale),
        ("save_theme", "theme", "pink", Field::Theme),
    ] {
        let error = amina.calls(function, &[(name, value)]).await.error();
        assert_eq!((error.status(), error.field()), (422, Some(field)), "{function} {value:?}");
    }
    assert_eq!(app.store().await.snapshot().await, before);
}

async fn a_new_address_is_the_one_to_log_in_with(app: TestApp) {
    let amina = app.person("amina").await;
    let fields = [("email", " Zoe@Example.org "), ("current_password", PASSWORD)];
    let answer = amina.submits("/settings/email", "change_email", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/settings"));
    let page = amina.page("/settings").await;
    assert!(page.contains("Zoe@Example.org") && page.contains("data-saved"), "{page}");

    logs_in(&app.browser(), "zoe@example.org", PASSWORD).await.well();
    let old = logs_in(&app.browser(), &address("amina"), PASSWORD).await;
    assert_eq!(old.error(), Error::WrongLogin);
    // The old one is free again.
    let bruno = app.person("bruno").await;
    changes_email(&bruno, &address("amina"), PASSWORD).await.well();
}

async fn a_taken_address_is_named_and_nothing_changes(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let before = app.store().await.snapshot().await;
    let answer = changes_email(&amina, "BRUNO@example.org", PASSWORD).await;
    assert_eq!(answer.error(), Error::Taken { field: Field::Email });
    assert_eq!(app.store().await.snapshot().await, before);
    // Not even whether it is taken is told without the password.
    let (taken, free) = (
        changes_email(&amina, &address("bruno"), "not the right one").await,
        changes_email(&amina, &address("nobody"), "not the right one").await,
    );
    assert_eq!((taken.status, taken.body), (free.status, free.body));
    // Whoever comes first has it.
    let wanted = "zoe@example.org";
    let (one, other) =
        tokio::join!(changes_email(&amina, wanted, PASSWORD), changes_email(&bruno, wanted, PASSWORD));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

async fn an_address_is_changed_only_with_the_password(app: TestApp) {
    let amina = app.person("amina").await;
    for (address, current, error) in [
        ("", PASSWORD, Error::invalid(Field::Email, Why::Missing)),
        ("nowhere", PASSWORD, Error::invalid(Field::Email, Why::Shape)),
        ("zoe@example.org", "", Error::invalid(Field::CurrentPassword, Why::Missing)),
        ("zoe@example.org", "not the right one", Error::invalid(Field::CurrentPassword, Why::Wrong)),
    ] {
        assert_eq!(changes_email(&amina, address, current).await.error(), error, "{address:?}");
    }
    assert_eq!(app.store().await.texts("select email from account").await, [address("amina")]);

    let fields = [("email", "zoe@example.org"), ("current_password", "not the right one")];
    let answer = amina.submits("/settings/email", "change_email", &fields).await;
    assert_eq!(answer.location(), "/settings/email");
    let page = amina.page("/settings/email").await;
    assert!(page.contains("value=\"zoe@example.org\""), "what was typed is kept: {page}");
    assert!(!page.contains("not the right one"), "never a password: {page}");
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 1, "{page}");
}

async fn a_new_password_replaces_the_old_one(app: TestApp) {
    let amina = app.person("amina").await;
    let fields = [("current_password", PASSWORD), ("password", NEW)];
    let answer = amina.submits("/settings/password", "change_password", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/settings"));
    assert!(amina.page("/settings").await.contains("data-saved"), "still logged in");

    assert_eq!(logs_in(&app.browser(), "amina", PASSWORD).await.error(), Error::WrongLogin);
    logs_in(&app.browser(), "amina", NEW).await.well();
    for secret in [PASSWORD, NEW] {
        assert!(!app.place.holds(secret).await, "{secret:?} is kept");
    }
}

async fn a_new_password_must_be_as_good_as_the_first(app: TestApp) {
    let amina = app.person("amina").await;
    changes_email(&amina, "zoe.de.la.tour@example.org", PASSWORD).await.well();
    let before = app.store().await.texts("select password_hash from account").await;
    for (new, why) in [
        ("", Why::Missing),
        ("elevenchars", Why::TooShort { at_least: 12 }),
        (&"qz7 ".repeat(65), Why::TooLong { at_most: 256 }),
        (&"x".repeat(1_025), Why::TooLong { at_most: 256 }),
        ("passwordpassword", Why::Guessable),
        ("zoe.de.la.tour", Why::Guessable),
    ] {
        let answer = changes_password(&amina, PASSWORD, new).await;
        assert_eq!(answer.error(), Error::invalid(Field::Password, why), "{new:?}");
    }
    assert_eq!(app.store().await.texts("select password_hash from account").await, before);
}

async fn a_wrong_current_password_is_told_beside_its_field(app: TestApp) {
    let amina = app.person("amina").await;
    for (current, why) in [
        ("", Why::Missing),
        ("not the right one", Why::Wrong),
        (&"x".repeat(1_025), Why::TooLong { at_most: 256 }),
    ] {
        let answer = changes_password(&amina, current, NEW).await;
        assert_eq!(answer.status, 403, "{current:?}");
        assert_eq!(answer.error(), Error::invalid(Field::CurrentPassword, why));
    }
    logs_in(&app.browser(), "amina", PASSWORD).await.well();
    assert_eq!(amina.friends().await, Friends::default(), "nobody is logged out by a mistake");
}

async fn guesses_at_the_current_password_count_as_failed_log_ins(engine: Engine) {
    let app = TestApp::with(engine, |config| config.limits.failed_log_ins_per_quarter = 4).await;
    let browser = Browser::from_address(&app.origin, Some(IpAddr::from([127, 0, 0, 9])));
    let amina = app.person("amina").await.at(browser).await;
    for n in 0..2 {
        let (email, password) = (
            changes_email(&amina, "zoe@example.org", "a wild guess").await,
            changes_password(&amina, "a wild guess", NEW).await,
        );
        assert_eq!((email.status, password.status), (403, 403), "round {n}");
    }
    // One limit for all ways to guess, and it refuses the right one too.
    for answer in [
        changes_password(&amina, PASSWORD, NEW).await,
        changes_email(&amina, "zoe@example.org", PASSWORD).await,
        logs_in(&amina, "amina", PASSWORD).await,
    ] {
        assert!(matches!(answer.error(), Error::TooFast { .. }), "{}", answer.text());
        assert!(answer.retry_after().is_some());
    }
    logs_in(&app.browser(), "amina", PASSWORD).await.well();
}

async fn a_changed_password_ends_every_session_but_has_a_new_one(app: TestApp) {
    let amina = app.person("amina").await;
    let (phone, laptop) = (amina.at_another_browser(&app).await, amina.at_another_browser(&app).await);
    let bruno = app.person("bruno").await;
    let (here, there) = (amina.connects().await, phone.connects().await);
    let copied = amina.session().expect("a session");

    let begun = Instant::now();
    changes_password(&amina, PASSWORD, NEW).await.well();
    for (name, session) in [
        ("phone", phone.session().expect("a session")),
        ("laptop", laptop.session().expect("a session")),
        ("copy", copied),
    ] {
        let answer = Browser::with_session(&app.origin, &session).reads("friends").await;
        assert_eq!(answer.error(), Error::SignedOut, "{name}");
    }
    assert_eq!(there.close_code().await, Some(4401));
    assert!(begun.elapsed().as_millis() < 1_000, "other sessions end at once: {:?}", begun.elapsed());
    assert_eq!(here.close_code().await, Some(4401), "so does the one whose id could have been copied");
    assert!(begun.elapsed().as_secs() < 2, "{:?}", begun.elapsed());

    assert_eq!(amina.friends().await, Friends::default(), "the one that asked has a new id");
    let _alive = amina.connects().await;
    assert_eq!(bruno.friends().await, Friends::default(), "others are not concerned");
    assert_eq!(app.store().await.number("select count(*) from session").await, 2);
}

async fn of_two_changes_at_once_one_is_made(app: TestApp) {
    let amina = app.person("amina").await;
    let elsewhere = amina.at_another_browser(&app).await;
    let (mine, theirs) = tokio::join!(
        changes_password(&amina, PASSWORD, NEW),
        changes_password(&elsewhere, PASSWORD, "milk at midnight, warm")
    );
    let made = [&mine, &theirs].into_iter().filter(|answer| answer.status == 200).count();
    assert_eq!(made, 1, "{} {}", mine.text(), theirs.text());
    let refused = if mine.status == 200 { &theirs } else { &mine };
    // It was too late, or noticed that it was logged out already.
    assert!(matches!(refused.status, 401 | 403), "{}", refused.text());

    let (new, not) =
        if mine.status == 200 { (NEW, "milk at midnight, warm") } else { ("milk at midnight, warm", NEW) };
    logs_in(&app.browser(), "amina", new).await.well();
    assert_eq!(logs_in(&app.browser(), "amina", not).await.error(), Error::WrongLogin);
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from audit where action = 'password_changed'").await, 1);
    assert_eq!(store.number("select password_version from account").await, 1);
}

async fn no_log_in_with_the_old_password_outlives_its_change(app: TestApp) {
    let amina = app.person("amina").await;
    let mut current = PASSWORD.to_owned();
    for round in 0..4 {
        let new = format!("the password of round {round}");
        let thieves: Vec<Browser> = (0..12).map(|_| app.browser()).collect();
        let entering = join_all(thieves.iter().map(|thief| logs_in(thief, "amina", &current)));
        let (answers, changed) = tokio::join!(entering, changes_password(&amina, &current, &new));
        assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 401 | 429)), "round {round}");
        if changed.status == 429 {
            // So many hashes at once may be too many for a slow machine.
            changes_password(&amina, &current, &new).await.well();
        } else {
            changed.well();
        }
        for thief in &thieves {
            assert_eq!(thief.reads("friends").await.error(), Error::SignedOut, "round {round}");
        }
        assert_eq!(amina.friends().await, Friends::default(), "round {round}");
        assert_eq!(app.store().await.number("select count(*) from session").await, 1, "round {round}");
        current = new;
    }
}

async fn changes_are_audited_without_content(app: TestApp) {
    let amina = app.person("amina").await;
    changes_email(&amina, "zoe@example.org", "a wild guess").await;
    changes_email(&amina, "zoe@example.org", PASSWORD).await.well();
    changes_password(&amina, PASSWORD, NEW).await.well();
    let mut store = app.store().await;
    let actions = store.texts("select action from audit order by id").await;
    assert_eq!(actions, ["signed_up", "proof_failed", "email_changed", "password_changed"]);
    let id = amina.id.get();
    let by_amina = format!("select count(*) from audit where actor_id = {id} and subject_id = {id}");
    assert_eq!(store.number(by_amina).await, 4);
    let verified = salon::server::audit::verify(&app.running.app.db).await;
    assert_eq!(verified.expect("read"), None);
}
