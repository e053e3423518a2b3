//! What an account without a password does in its settings: where one would be asked for, a code is.

use salon::error::{Error, Field, Why};

use super::{JEAN, MINUTE, other};
use crate::{
    dialects::messagerie::{code_for, outbox, with_outbox},
    on_both_engines,
    support::{
        Browser, Engine, Person, TestApp,
        cast::{PASSWORD, logs_in},
    },
};

on_both_engines! {
    the_settings_say_what_is_true_of_the_account,
    an_address_is_given_with_a_code,
    a_password_is_set_with_a_code_and_asked_for_from_then_on,
    an_account_is_deleted_with_a_code,
    whoever_has_a_password_gets_no_code,
    without_a_gateway_the_settings_say_so,
}

/// Jean, who has signed up by phone and may have another code.
async fn jean(app: &TestApp) -> Person {
    let browser = app.browser();
    browser.calls("send_sign_up_code", &[("phone", JEAN)]).await.well();
    let code = code_for(&app.place, JEAN);
    let fields = [("phone", JEAN), ("code", &*code), ("username", "jean")];
    browser.calls("sign_up_by_phone", &fields).await.well();
    app.pass(MINUTE);
    Person::known(app, "jean", browser).await
}

/// Has a code sent, as the page does that is not left for it.
async fn gets_code(app: &TestApp, person: &Person) -> String {
    let answer = person.calls("send_proof", &[]).await.well();
    assert!(answer.set_cookies().is_empty() && answer.location().is_empty(), "the page knows by itself");
    code_for(&app.place, JEAN)
}

async fn the_settings_say_what_is_true_of_the_account(engine: Engine) {
    let app = with_outbox(engine).await;
    let (jean, amina) = (jean(&app).await, app.person("amina").await);
    let page = jean.page("/settings").await;
    for text in [JEAN, "None yet", "Add an email address", "Set a password"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("Change password") && !page.contains("••••"), "{page}");
    for path in ["/settings/email", "/settings/password", "/settings/delete"] {
        let page = jean.page(path).await;
        assert!(page.contains("Send me a code") && page.contains(JEAN), "{path}: {page}");
        assert!(
            page.contains("autocomplete=\"one-time-code\"") && !page.contains("Current password"),
            "{path}"
        );
        let page = amina.page(path).await;
        assert!(page.contains("Current password") && !page.contains("one-time-code"), "{path}: {page}");
        assert!(!page.contains("Send me a code"), "{path}");
    }
    let page = amina.page("/settings").await;
    assert!(page.contains("Change password") && !page.contains("Phone number"), "{page}");
}

async fn an_address_is_given_with_a_code(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = jean(&app).await;
    let here = "/settings/email";
    let sent = jean.submits(here, "send_proof", &[]).await;
    assert_eq!((sent.status, sent.location()), (303, here));
    assert!(jean.page(here).await.contains("A message is on its way."));
    let again = jean.submits(here, "send_proof", &[]).await;
    assert_eq!((again.status, again.location()), (303, here));
    assert!(jean.page(here).await.contains("That was too often. Try again in"));

    let code = code_for(&app.place, JEAN);
    for (typed, says) in [("", "Enter the code"), (&*other(&code), "This is not the code")] {
        let fields = [("email", "jean@example.org"), ("current_password", typed)];
        assert_eq!(jean.submits(here, "change_email", &fields).await.location(), here);
        let page = jean.page(here).await;
        assert!(page.contains(says) && page.contains("value=\"jean@example.org\""), "{page}");
    }
    let fields = [("email", "jean@example.org"), ("current_password", &*code)];
    assert_eq!(jean.submits(here, "change_email", &fields).await.location(), "/settings");
    let page = jean.page("/settings").await;
    assert!(page.contains("jean@example.org") && page.contains("Change email"), "{page}");
    let used = jean.calls("change_email", &fields).await.error();
    assert_eq!(used, Error::invalid(Field::Code, Why::Wrong), "it was used");
    let failed = "select count(*) from audit where action = 'proof_failed'";
    assert_eq!(app.store().await.number(failed).await, 2);
}

async fn a_password_is_set_with_a_code_and_asked_for_from_then_on(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = jean(&app).await;
    let before = jean.session().expect("a session");
    let code = gets_code(&app, &jean).await;
    let fields = [("current_password", &*code), ("password", PASSWORD)];
    assert_eq!(jean.submits("/settings/password", "change_password", &fields).await.location(), "/settings");
    assert_ne!(jean.session().expect("a session"), before);
    assert_eq!(Browser::with_session(&app.origin, &before).reads("friends").await.error(), Error::SignedOut);
    logs_in(&app.browser(), "jean", PASSWORD).await.well();
    assert!(jean.page("/settings/password").await.contains("Current password"));

    // From here on the password is what counts.
    app.pass(MINUTE);
    assert_eq!(jean.calls("send_proof", &[]).await.error(), Error::NotFound);
    let refused = jean.calls("change_password", &fields).await.error();
    assert_eq!(refused, Error::invalid(Field::CurrentPassword, Why::Wrong));
    // The number opens it all the same.
    let browser = app.browser();
    browser.calls("send_log_in_code", &[("phone", JEAN)]).await.well();
    let code = code_for(&app.place, JEAN);
    browser.calls("log_in_by_phone", &[("phone", JEAN), ("code", &code)]).await.well();
}

async fn an_account_is_deleted_with_a_code(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = jean(&app).await;
    let here = "/settings/delete";
    let code = gets_code(&app, &jean).await;
    let deletes = async |code: &str| {
        let fields = [("name", "jean"), ("current_password", code)];
        jean.submits(here, "delete_account", &fields).await.location().to_owned()
    };
    assert_eq!(deletes(&other(&code)).await, here);
    let page = jean.page(here).await;
    assert!(page.contains("This is not the code") && page.contains("value=\"jean\""), "{page}");
    // A code to log in with is good for that alone.
    app.pass(MINUTE);
    app.browser().calls("send_log_in_code", &[("phone", JEAN)]).await.well();
    assert_eq!(deletes(&code_for(&app.place, JEAN)).await, here);
    assert_eq!(deletes(&code).await, "/login");
    assert_eq!(app.store().await.number("select count(*) from account where deleted_at is null").await, 0);
}

async fn whoever_has_a_password_gets_no_code(engine: Engine) {
    let app = with_outbox(engine).await;
    let amina = app.person("amina").await;
    assert_eq!(amina.calls("send_proof", &[]).await.error(), Error::NotFound);
    assert_eq!(app.browser().calls("send_proof", &[]).await.error(), Error::SignedOut);
    assert_eq!(outbox(&app.place), []);
}

async fn without_a_gateway_the_settings_say_so(engine: Engine) {
    let app = with_outbox(engine).await;
    let session = jean(&app).await.session().expect("a session");
    let place = app.stop().await;
    let config = place.config();
    let app = TestApp::at(place, config).await;
    let jean = Browser::with_session(&app.origin, &session);
    let page = jean.page("/settings/password").await;
    assert!(page.contains("sends no codes at the moment") && !page.contains("Send me a code"), "{page}");
    assert_eq!(jean.calls("send_proof", &[]).await.error(), Error::Unavailable);
}
