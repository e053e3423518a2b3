//! Coming in by phone on the pages, by forms alone: two steps, and a number that stands in no address.

use reqwest::{Method, header::SET_COOKIE};
use salon::{
    error::{Error, Field, Why},
    server::config::SmsGateway,
};

use super::{JEAN, MINUTE, is_there, other};
use crate::{
    bad_input::ODD,
    dialects::messagerie::{code_for, code_in, outbox, with_outbox},
    on_both_engines,
    support::{Answer, Browser, Engine, TestApp, cast::logs_in},
};

on_both_engines! {
    one_signs_up_in_two_steps,
    one_logs_in_in_two_steps,
    the_answer_is_the_same_whoever_has_the_number,
    what_is_refused_stands_beside_its_field,
    a_code_opens_once_and_for_five_minutes,
    another_code_waits_for_a_minute,
    a_code_that_is_not_sent_can_be_asked_for_again,
    a_number_has_one_account_on_the_pages_too,
    every_log_in_by_phone_has_a_new_session,
    one_lands_at_home_rather_than_elsewhere,
    the_cookie_is_of_one_page_and_tells_nothing,
    odd_values_are_refused,
    without_a_gateway_there_are_no_such_pages,
}

/// Submits a form, and looks whether anything that comes back has the number in it.
async fn submits(browser: &Browser, from: &str, function: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.submits(from, function, fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    for (name, value) in &answer.headers {
        assert!(!value.as_bytes().windows(9).any(|part| part == &JEAN.as_bytes()[4..]), "{name}: {value:?}");
    }
    answer
}

/// Whether a page asks for a number or for a code.
fn step(page: &str) -> u8 {
    let (number, code) = (page.contains("type=\"tel\""), page.contains("autocomplete=\"one-time-code\""));
    assert!(number != code, "{page}");
    if number { 1 } else { 2 }
}

async fn gets_code(app: &TestApp, browser: &Browser, purpose: &str) -> String {
    browser.calls(&format!("send_{purpose}_code"), &[("phone", JEAN)]).await.well();
    code_for(&app.place, JEAN)
}

async fn logs_in_by_phone(browser: &Browser, code: &str) -> Answer {
    browser.calls("log_in_by_phone", &[("phone", JEAN), ("code", code)]).await
}

async fn one_signs_up_in_two_steps(engine: Engine) {
    let app = with_outbox(engine).await;
    app.person("amina").await;
    let browser = app.browser();
    let page = browser.page("/signup?next=%2Ffriends").await;
    assert!(
        page.contains("href=\"/signup/phone?next=/friends\"") && page.contains("Sign up by phone"),
        "{page}"
    );
    let here = "/signup/phone?next=/friends";
    assert_eq!(step(&browser.page(here).await), 1);

    let fields = [("phone", " +237 670-000-001"), ("next", "/friends")];
    assert_eq!(submits(&browser, here, "send_sign_up_code", &fields).await.location(), here);
    let page = browser.page(here).await;
    assert!(page.contains("A message is on its way.") && page.contains(JEAN), "{page}");
    assert!(page.contains("name=\"next\" value=\"/friends\""), "{page}");
    assert_eq!(step(&page), 2);
    assert_eq!(step(&browser.page(here).await), 2, "also when it is loaded once more");
    let code = code_for(&app.place, JEAN);

    let tries = async |code: &str, username: &str| {
        let fields = [("phone", JEAN), ("code", code), ("username", username), ("next", "/friends")];
        submits(&browser, here, "sign_up_by_phone", &fields).await.location().to_owned()
    };
    assert_eq!(tries(&other(&code), "jean").await, here);
    let page = browser.page(here).await;
    assert!(page.contains("This is not the code") && page.contains("value=\"jean\""), "{page}");
    assert_eq!(tries(&code, "Amina").await, here);
    let page = browser.page(here).await;
    assert!(page.contains("value=\"Amina\"") && page.contains(&format!("value=\"{code}\"")), "{page}");
    assert!(browser.session().is_none());
    assert_eq!(tries(&code, "jean").await, "/friends", "the code was not used up by a name that is taken");
    browser.page("/friends").await;

    let rows =
        "select count(*) from account where username = 'jean' and phone = '+237670000001' and is_listed = 0
                and who_may_write <> 'everyone' and password_hash is null and email = ''";
    assert_eq!(app.store().await.number(rows).await, 1);
    for path in ["/signup/phone", "/login/phone"] {
        assert_eq!(browser.gets(path).await.location(), "/", "{path}");
    }
}

async fn one_logs_in_in_two_steps(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = is_there(&app, JEAN).await;
    let browser = app.browser();
    let page = browser.page("/login?next=%2Ffriends").await;
    assert!(
        page.contains("href=\"/login/phone?next=/friends\"") && page.contains("Log in by phone"),
        "{page}"
    );
    let here = "/login/phone?next=/friends";
    assert_eq!(step(&browser.page(here).await), 1);
    let fields = [("phone", JEAN), ("next", "/friends")];
    assert_eq!(submits(&browser, here, "send_log_in_code", &fields).await.location(), here);
    let page = browser.page(here).await;
    assert_eq!(step(&page), 2);
    // The way to another number leads on to where one wanted to go.
    assert!(page.contains("href=\"/login/phone?next=/friends&amp;another=1\""), "{page}");
    assert_eq!(step(&browser.page("/login/phone?next=/friends&another=1").await), 1);
    assert_eq!(step(&browser.page("/signup/phone").await), 1, "the other page knows nothing of it");
    let code = code_for(&app.place, JEAN);
    let fields = [("phone", JEAN), ("code", &code), ("next", "/friends")];
    assert_eq!(submits(&browser, here, "log_in_by_phone", &fields).await.location(), "/friends");
    assert!(browser.page("/settings").await.contains(&format!("@{}", jean.username)));
    let done = app.store().await.texts("select action from audit order by id").await;
    assert_eq!(done, ["signed_up", "logged_in"]);

    // In the language that the browser asks for.
    app.pass(MINUTE);
    let nobody = app.browser();
    let request = nobody.request(Method::GET, "/login/phone").header("accept-language", "fr");
    assert!(Answer::of(request).await.text().contains("Se connecter par téléphone"));
    let request = nobody.form("/login/phone", "send_log_in_code").header("accept-language", "fr");
    Answer::of(request.form(&[("phone", JEAN)])).await.well();
    assert!(outbox(&app.place).pop().expect("a message").1.contains("valable cinq minutes"));
}

async fn the_answer_is_the_same_whoever_has_the_number(engine: Engine) {
    let app = with_outbox(engine).await;
    is_there(&app, JEAN).await;
    let nobody = "+237670000009";
    let mut told = Vec::new();
    for phone in [JEAN, nobody] {
        let browser = app.browser();
        let sent = browser.submits("/login/phone", "send_log_in_code", &[("phone", phone)]).await;
        let page = browser.page("/login/phone").await;
        assert_eq!(step(&page), 2);
        let fields = [("phone", phone), ("code", "000000")];
        let wrong = browser.submits("/login/phone", "log_in_by_phone", &fields).await;
        let refused = browser.page("/login/phone").await.contains("This is not the code");
        let called = browser.calls("log_in_by_phone", &fields).await;
        let way = (sent.status, sent.location().to_owned(), wrong.location().to_owned());
        told.push((way, refused, called.status, called.text()));
    }
    assert!(told[0] == told[1] && told[0].1, "{told:?}");
    let (_, text) = outbox(&app.place).pop().expect("a message");
    assert!(text.contains("no account") && code_in(&text).is_none(), "{text}");
}

async fn what_is_refused_stands_beside_its_field(engine: Engine) {
    let app = with_outbox(engine).await;
    let browser = app.browser();
    let here = "/login/phone";
    for (typed, says) in [("", "Enter a phone number"), ("670000001", "field-phone-error")] {
        assert_eq!(submits(&browser, here, "send_log_in_code", &[("phone", typed)]).await.location(), here);
        let page = browser.page(here).await;
        assert!(page.contains(says) && page.contains(&format!("value=\"{typed}\"")), "{page}");
        assert_eq!(step(&page), 1);
    }
    submits(&browser, here, "send_log_in_code", &[("phone", JEAN)]).await;
    for (typed, says) in [("", "Enter the code"), ("12 34", "six digits.")] {
        let fields = [("phone", JEAN), ("code", typed)];
        assert_eq!(submits(&browser, here, "log_in_by_phone", &fields).await.location(), here);
        let page = browser.page(here).await;
        assert!(page.contains(says) && page.contains("field-code-error") && page.contains(JEAN), "{page}");
        assert!(page.contains(&format!("value=\"{typed}\"")), "{page}");
    }
    // A number that is none takes one back to the first step.
    submits(&browser, here, "send_log_in_code", &[("phone", "12")]).await;
    assert_eq!(step(&browser.page(here).await), 1);
    assert_eq!(outbox(&app.place).len(), 1);
}

async fn a_code_opens_once_and_for_five_minutes(engine: Engine) {
    let app = with_outbox(engine).await;
    is_there(&app, JEAN).await;
    let wrong = Error::invalid(Field::Code, Why::Wrong);
    let browser = app.browser();
    let code = gets_code(&app, &browser, "log_in").await;
    assert_eq!(logs_in_by_phone(&browser, &other(&code)).await.error(), wrong);
    assert!(browser.session().is_none());
    // It is good for one thing.
    let fields = [("phone", JEAN), ("code", &*code), ("username", "jean.two")];
    assert_eq!(browser.calls("sign_up_by_phone", &fields).await.error(), wrong);
    logs_in_by_phone(&browser, &code).await.well();
    assert_eq!(logs_in_by_phone(&app.browser(), &code).await.error(), wrong, "it was used");

    app.pass(MINUTE);
    let browser = app.browser();
    let code = gets_code(&app, &browser, "log_in").await;
    app.pass(5 * MINUTE);
    assert_eq!(logs_in_by_phone(&browser, &code).await.error(), wrong, "it is too old");
    let fields = [("phone", JEAN), ("code", &*code)];
    submits(&browser, "/login/phone", "log_in_by_phone", &fields).await;
    assert!(browser.page("/login/phone").await.contains("This is not the code, or no longer"));
    assert!(browser.session().is_none());
}

async fn another_code_waits_for_a_minute(engine: Engine) {
    let app = with_outbox(engine).await;
    let browser = app.browser();
    let here = "/signup/phone";
    submits(&browser, here, "send_sign_up_code", &[("phone", JEAN)]).await;
    let again = browser.calls("send_sign_up_code", &[("phone", JEAN)]).await;
    assert_eq!((again.retry_after(), again.error()), (Some(60), Error::TooFast { retry_in: 60 }));
    // Spelled otherwise and from the first step: the code that is under way is asked for.
    for (from, phone) in [(here, JEAN), ("/signup/phone?another=1", "+237 670 000 001")] {
        assert_eq!(submits(&browser, from, "send_sign_up_code", &[("phone", phone)]).await.location(), from);
        let page = browser.page(from).await;
        assert!(page.contains("That was too often. Try again in"), "{page}");
        assert_eq!(step(&page), 2);
    }
    app.pass(MINUTE);
    submits(&browser, here, "send_sign_up_code", &[("phone", JEAN)]).await;
    assert!(browser.page(here).await.contains("A message is on its way."));
    assert_eq!(outbox(&app.place).len(), 2);
}

async fn a_code_that_is_not_sent_can_be_asked_for_again(engine: Engine) {
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", gone.local_addr().expect("an address"));
    drop(gone);
    let app = TestApp::with(engine, |config| {
        config.sms.gateway = SmsGateway::Termii;
        config.sms.base_url = base_url.parse().expect("a URL");
        config.sms.api_key = Some("canary-key".parse().expect("a key"));
    })
    .await;
    let browser = app.browser();
    for _ in 0..2 {
        submits(&browser, "/login/phone", "send_log_in_code", &[("phone", JEAN)]).await;
        let page = browser.page("/login/phone").await;
        assert!(page.contains("The message could not be sent") && page.contains(JEAN), "{page}");
        assert_eq!(step(&page), 1);
        assert_eq!(browser.calls("send_log_in_code", &[("phone", JEAN)]).await.error(), Error::Unavailable);
    }
}

async fn a_number_has_one_account_on_the_pages_too(engine: Engine) {
    let app = with_outbox(engine).await;
    is_there(&app, JEAN).await;
    let browser = app.browser();
    let code = gets_code(&app, &browser, "sign_up").await;
    let fields = [("phone", JEAN), ("code", &*code), ("username", "jean.two")];
    submits(&browser, "/signup/phone", "sign_up_by_phone", &fields).await;
    let page = browser.page("/signup/phone").await;
    assert!(page.contains("This number has an account already. Log in with it."), "{page}");
    assert!(page.contains("href=\"/login/phone\""), "{page}");
    assert_eq!(app.store().await.number("select count(*) from account").await, 1);
}

async fn every_log_in_by_phone_has_a_new_session(engine: Engine) {
    let app = with_outbox(engine).await;
    let chosen = "AAAAAAAAAAAAAAAAAAAAAA";
    let victim = Browser::with_session(&app.origin, chosen);
    let code = gets_code(&app, &victim, "sign_up").await;
    let fields = [("phone", JEAN), ("code", &*code), ("username", "jean")];
    victim.calls("sign_up_by_phone", &fields).await.well();
    let first = victim.session().expect("a session");
    assert_ne!(first, chosen);
    assert_eq!(Browser::with_session(&app.origin, chosen).reads("friends").await.error(), Error::SignedOut);

    app.pass(MINUTE);
    let code = gets_code(&app, &victim, "log_in").await;
    logs_in_by_phone(&victim, &code).await.well();
    let second = victim.session().expect("a session");
    assert_ne!(first, second);
    assert_eq!(Browser::with_session(&app.origin, &first).reads("friends").await.error(), Error::SignedOut);
    victim.reads("friends").await.well();
    assert_eq!(app.store().await.number("select count(*) from session").await, 1);
    // Without a password, none opens it.
    for password in ["", &*code] {
        assert_eq!(logs_in(&app.browser(), "jean", password).await.error(), Error::WrongLogin);
    }
}

async fn one_lands_at_home_rather_than_elsewhere(engine: Engine) {
    let app = with_outbox(engine).await;
    is_there(&app, JEAN).await;
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
        let browser = app.browser();
        let sent =
            submits(&browser, "/login/phone", "send_log_in_code", &[("phone", JEAN), ("next", next)]).await;
        assert_eq!(sent.location(), "/login/phone", "{next}");
        let code = code_for(&app.place, JEAN);
        let fields = [("phone", JEAN), ("code", &*code), ("next", next)];
        assert_eq!(
            submits(&browser, "/login/phone", "log_in_by_phone", &fields).await.location(),
            "/",
            "{next}"
        );
        app.pass(MINUTE);
    }
}

async fn the_cookie_is_of_one_page_and_tells_nothing(engine: Engine) {
    let app = with_outbox(engine).await;
    let browser = app.browser();
    let cookie = |answer: &Answer| {
        let set = answer.headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        set.map(str::to_owned).find(|cookie| cookie.starts_with("salon-phone=")).expect("the cookie")
    };
    let sent = submits(&browser, "/signup/phone", "send_sign_up_code", &[("phone", JEAN)]).await;
    let (value, attributes) =
        cookie(&sent).split_once("; ").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("two");
    assert_eq!(attributes, "Path=/signup/phone; HttpOnly; SameSite=Lax; Max-Age=600");
    let shows = async |path: &str, cookie: &str| {
        let request = app.browser().request(Method::GET, path).header("cookie", cookie);
        step(&Answer::of(request).await.well().text())
    };
    assert_eq!(shows("/signup/phone", &value).await, 2);
    // What is sealed for one page is nothing to the other, and what is not sealed is nothing at all.
    assert_eq!(shows("/login/phone", &value).await, 1);
    for odd in
        ["salon-phone=", "salon-phone=%2B237670000001", "salon-phone=AAAA", "salon-phone=+237670000001"]
    {
        assert_eq!(shows("/signup/phone", odd).await, 1, "{odd}");
    }
    let code = code_for(&app.place, JEAN);
    let fields = [("phone", JEAN), ("code", &*code), ("username", "jean")];
    let done = submits(&browser, "/signup/phone", "sign_up_by_phone", &fields).await;
    assert_eq!(cookie(&done), "salon-phone=; Path=/signup/phone; HttpOnly; SameSite=Lax; Max-Age=0");
}

async fn odd_values_are_refused(engine: Engine) {
    let app = with_outbox(engine).await;
    let browser = app.browser();
    let posts = async |function: &str, body: String| {
        let request = browser.call(function).header("content-type", "application/x-www-form-urlencoded");
        let answer = Answer::of(request.body(body.clone())).await;
        assert!((400..500).contains(&answer.status), "{function} {body}: {}", answer.status);
        answer.error();
    };
    let jean = "phone=%2B237670000001";
    let long = "9".repeat(9_000);
    for odd in ODD.iter().copied().chain([long.as_str()]) {
        for send in ["send_log_in_code", "send_sign_up_code"] {
            posts(send, format!("phone={odd}")).await;
        }
        posts("log_in_by_phone", format!("phone={odd}&code=123456")).await;
        posts("log_in_by_phone", format!("{jean}&code={odd}")).await;
        posts("sign_up_by_phone", format!("phone={odd}&code=123456&username=jean")).await;
        posts("sign_up_by_phone", format!("{jean}&code={odd}&username=jean")).await;
        posts("sign_up_by_phone", format!("{jean}&code=123456&username={odd}")).await;
    }
    for missing in ["", "code=123456", jean] {
        posts("log_in_by_phone", missing.to_owned()).await;
    }
    assert_eq!(outbox(&app.place), []);
    assert_eq!(app.store().await.number("select count(*) from account").await, 0);
}

async fn without_a_gateway_there_are_no_such_pages(app: TestApp) {
    let browser = app.browser();
    for path in ["/login/phone", "/signup/phone", "/login/phone?next=/friends"] {
        let answer = browser.gets(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("type=\"tel\""), "{path}");
    }
    for path in ["/login", "/signup"] {
        assert!(!browser.page(path).await.contains("/phone"), "{path}");
    }
    let fields = [("phone", JEAN), ("code", "123456"), ("username", "jean")];
    for function in ["send_log_in_code", "send_sign_up_code", "log_in_by_phone", "sign_up_by_phone"] {
        assert_eq!(browser.calls(function, &fields).await.error(), Error::NotFound, "{function}");
    }
    assert_eq!(browser.calls("send_proof", &[]).await.error(), Error::SignedOut);
    assert_eq!(app.person("amina").await.calls("send_proof", &[]).await.error(), Error::NotFound);
    assert_eq!(outbox(&app.place), []);
}
