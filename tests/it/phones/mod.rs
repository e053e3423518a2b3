//! Logging in by phone: what a code opens, and what it does not.

mod gateway;
mod limits;
mod pages;
mod settings;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    dialects::messagerie::{Messagerie, code_for, code_in, gets_code, outbox, posts, with_outbox},
    on_both_engines,
    support::{Answer, Browser, Engine, Person, TestApp},
};

on_both_engines! {
    one_signs_up_with_a_code,
    one_logs_in_with_a_code,
    a_number_is_one_however_it_is_written,
    a_code_that_is_wrong_used_or_old_opens_nothing,
    a_code_is_good_for_one_thing,
    of_many_with_one_code_one_gets_in,
    nobody_learns_who_has_an_account,
    what_is_no_number_is_refused,
    a_number_has_one_account,
    an_account_without_a_password_is_deleted_with_a_code,
    without_a_gateway_it_says_so,
    codes_and_numbers_are_kept_as_hashes,
}

const JEAN: &str = "+237670000001";

const MINUTE: i64 = 60_000;

/// A code that is not this one.
fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().expect("digits") + 1) % 1_000_000)
}

async fn registers(app: &TestApp, phone: &str, otp: &str) -> Answer {
    posts(app, "register", json!({ "phone": phone, "otp": otp, "name": "Jean Dupont" })).await
}

async fn logs_in(app: &TestApp, phone: &str, otp: &str) -> Answer {
    posts(app, "login", json!({ "phone": phone, "otp": otp })).await
}

/// Makes an account, and lets so much time pass that another code is sent.
async fn is_there(app: &TestApp, phone: &str) -> Messagerie {
    let jean = Messagerie::arrives(app, "Jean", phone).await;
    app.pass(MINUTE);
    jean
}

async fn one_signs_up_with_a_code(engine: Engine) {
    let app = with_outbox(engine).await;
    let asked = posts(&app, "register", json!({ "phone": JEAN, "name": "Jean Dupont" })).await;
    assert_eq!(asked.status, 200);
    assert!(asked.json::<Value>()["message"].is_string());
    let sent = outbox(&app.place);
    assert_eq!((sent.len(), sent[0].0.as_str()), (1, JEAN));
    let code = code_in(&sent[0].1).expect("a code");
    assert!(!asked.text().contains(&code));

    let answer = registers(&app, JEAN, &code).await;
    assert_eq!(answer.status, 201);
    let told: Value = answer.json();
    let user = &told["user"];
    assert_eq!(
        (&user["username"], &user["name"], &user["phone"]),
        (&"jean-dupont".into(), &"Jean Dupont".into(), &JEAN.into())
    );
    let jean = Messagerie::of(&app, &answer);
    assert_eq!(jean.reads("/messages/filter").await, json!([]));
    let mut store = app.store().await;
    let done = store.texts("select action from audit order by id").await;
    assert_eq!(done, ["signed_up"]);
    let rows = "select count(*) from account where phone = '+237670000001' and password_hash is null and is_listed = 1
                and who_may_write = 'everyone' and email = ''";
    assert_eq!(store.number(rows).await, 1);

    // A name that is a username is one; without a name there is one as well.
    for (phone, mut new, username) in [
        ("+237670000002", json!({ "username": "marie" }), "marie"),
        ("+237670000003", json!({ "name": "Jean Dupont" }), "jean-dupont-2"),
        ("+237670000004", json!({}), "somebody"),
    ] {
        let otp = gets_code(&app, "register", phone).await;
        // Some send it as a number.
        new["code"] = otp.parse::<u32>().expect("digits").into();
        new["phoneNumber"] = phone.into();
        let made: Value = posts(&app, "register", new).await.well().json();
        assert_eq!(made["user"]["username"], username);
    }
    let otp = gets_code(&app, "register", "+237670000006").await;
    for name in ["\u{202e}", "a\u{0}b", &"é".repeat(81)] {
        let new = json!({ "phone": "+237670000006", "otp": otp, "name": name });
        assert_eq!(posts(&app, "register", new).await.status, 400, "{name:?}");
    }
    registers(&app, "+237670000006", &otp).await.well();
}

async fn one_logs_in_with_a_code(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = is_there(&app, JEAN).await;
    let asked = posts(&app, "login", json!({ "phone": JEAN })).await;
    assert_eq!(asked.status, 200);
    let code = code_for(&app.place, JEAN);
    assert!(!asked.text().contains(&code));
    let answer = logs_in(&app, JEAN, &code).await;
    assert_eq!(answer.status, 200);
    let again = Messagerie::of(&app, &answer);
    assert_eq!((again.id, &again.username), (jean.id, &jean.username));
    assert_ne!(again.token, jean.token);
    again.reads("/messages/filter").await;
    jean.reads("/messages/filter").await;
    let done = app.store().await.texts("select action from audit order by id").await;
    assert_eq!(done, ["signed_up", "logged_in"]);

    // In the language that is asked for.
    app.pass(MINUTE);
    let path = "/dialects/messagerie/api/auth/login";
    let request = Browser::new(&app.origin).request(Method::POST, path).header("accept-language", "fr");
    Answer::of(request.json(&json!({ "phone": JEAN }))).await.well();
    assert!(outbox(&app.place).pop().expect("a message").1.contains("valable cinq minutes"));
}

async fn a_number_is_one_however_it_is_written(engine: Engine) {
    let app = with_outbox(engine).await;
    let code = gets_code(&app, "register", JEAN).await;
    let spelled = json!({ "phone": "00237 670-000.001", "otp": format!(" {} {} ", &code[..3], &code[3..]) });
    let made: Value = posts(&app, "register", spelled).await.well().json();
    assert_eq!(made["user"]["phone"], JEAN);
}

async fn a_code_that_is_wrong_used_or_old_opens_nothing(engine: Engine) {
    let app = with_outbox(engine).await;
    // Nobody asked for one.
    assert_eq!(registers(&app, JEAN, "123456").await.status, 401);
    for path in ["register", "login"] {
        let tries = async |otp: &str| posts(&app, path, json!({ "phone": JEAN, "otp": otp })).await;
        let code = gets_code(&app, path, JEAN).await;
        let wrong = tries(&other(&code)).await;
        assert_eq!((wrong.status, &wrong.json::<Value>()["error"]), (401, &"wrong_code".into()));
        for malformed in ["12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345\u{0}"] {
            assert_eq!(tries(malformed).await.status, 400, "{malformed}");
        }
        tries(&code).await.well();
        assert_eq!(tries(&code).await.status, 401, "it was used");

        // The account is there from here on.
        app.pass(MINUTE);
        let code = gets_code(&app, "login", JEAN).await;
        app.pass(5 * MINUTE);
        assert_eq!(logs_in(&app, JEAN, &code).await.status, 401, "it is too old");
        let code = gets_code(&app, "login", JEAN).await;
        app.pass(5 * MINUTE - 1);
        logs_in(&app, JEAN, &code).await.well();
    }
    let audited = "select count(*) from audit where action = 'log_in_failed'";
    assert!(app.store().await.number(audited).await >= 6);
}

async fn a_code_is_good_for_one_thing(engine: Engine) {
    let app = with_outbox(engine).await;
    let code = gets_code(&app, "register", JEAN).await;
    assert_eq!(logs_in(&app, JEAN, &code).await.status, 401);
    assert_eq!(registers(&app, "+237670000009", &code).await.status, 401);
    registers(&app, JEAN, &code).await.well();
    app.pass(MINUTE);
    let code = gets_code(&app, "login", JEAN).await;
    assert_eq!(registers(&app, JEAN, &code).await.status, 401);
    logs_in(&app, JEAN, &code).await.well();
}

async fn of_many_with_one_code_one_gets_in(engine: Engine) {
    let app = with_outbox(engine).await;
    let statuses = async |path: &str, code: &str| {
        let body = json!({ "phone": JEAN, "otp": code });
        let answers = join_all((0..8).map(|_| posts(&app, path, body.clone()))).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        statuses
    };
    let code = gets_code(&app, "register", JEAN).await;
    assert_eq!(statuses("register", &code).await, [201, 401, 401, 401, 401, 401, 401, 401]);
    app.pass(MINUTE);
    let code = gets_code(&app, "login", JEAN).await;
    assert_eq!(statuses("login", &code).await, [200, 401, 401, 401, 401, 401, 401, 401]);
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from token_family").await, 2);
    assert_eq!(store.number("select count(*) from account").await, 1);
}

async fn nobody_learns_who_has_an_account(engine: Engine) {
    let app = with_outbox(engine).await;
    is_there(&app, JEAN).await;
    let nobody = "+237670000009";
    let mut told = Vec::new();
    for path in ["login", "register"] {
        for phone in [JEAN, nobody] {
            let answer = posts(&app, path, json!({ "phone": phone })).await;
            told.push((answer.status, answer.text()));
        }
        app.pass(MINUTE);
    }
    assert!(told.iter().all(|answer| *answer == told[0]), "{told:?}");
    let sent = outbox(&app.place);
    // Who has none is told so, by telephone, and gets no code.
    let to_nobody = &sent.iter().find(|(to, _)| to == nobody).expect("a message").1;
    assert!(to_nobody.contains("no account") && code_in(to_nobody).is_none(), "{to_nobody}");
    for otp in ["000000", "123456"] {
        let (unknown, known) = (logs_in(&app, nobody, otp).await, logs_in(&app, JEAN, otp).await);
        assert_eq!((unknown.status, unknown.text()), (known.status, known.text()));
    }
    // Only who knows the code that was sent learns it.
    app.pass(MINUTE);
    let code = gets_code(&app, "register", JEAN).await;
    let taken = registers(&app, JEAN, &code).await;
    assert_eq!((taken.status, &taken.json::<Value>()["error"]), (409, &"taken".into()));
}

async fn what_is_no_number_is_refused(engine: Engine) {
    let app = with_outbox(engine).await;
    for path in ["register", "login"] {
        for body in [
            json!({}),
            json!([]),
            json!({ "phone": "" }),
            json!({ "phone": "670000001" }),
            json!({ "phone": "+237" }),
            json!({ "phone": "+23767000000x" }),
            json!({ "phone": "jean@example.org" }),
            json!({ "phone": "a\u{0}b" }),
            json!({ "phone": ["+237670000001"] }),
            json!({ "phone": "+237670000001", "otp": [1] }),
            json!({ "phone": "+237670000001", "phoneNumber": "+237670000002" }),
        ] {
            let answer = posts(&app, path, body.clone()).await;
            assert_eq!(answer.status, 400, "{path} {body}");
            let told: Value = answer.json();
            assert!(told["detail"].is_string() && told["error"].is_string(), "{told}");
        }
    }
    assert_eq!(outbox(&app.place), []);
}

async fn a_number_has_one_account(engine: Engine) {
    let app = with_outbox(engine).await;
    let amina = Person::signs_up(&app, "amina").await;
    is_there(&app, JEAN).await;
    // Nobody finds or asks an account by what stands in place of its address.
    let id = app.store().await.number("select id from account where phone is not null").await;
    for name in [format!(" {id}"), id.to_string(), JEAN.to_owned()] {
        assert_eq!(amina.asks(&name).await.status, 422, "{name}");
    }
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from account where email_key = ' ' || id").await, 1);
}

async fn an_account_without_a_password_is_deleted_with_a_code(engine: Engine) {
    let app = with_outbox(engine).await;
    let jean = is_there(&app, JEAN).await;
    let marie = Messagerie::arrives(&app, "Marie", "+237670000002").await;
    jean.says(marie.id, "Salut").await;
    let deletes = async |body: Value| Answer::of(jean.request(Method::DELETE, "/auth/me").json(&body)).await;
    assert_eq!(deletes(json!({})).await.status, 202);
    let code = code_for(&app.place, JEAN);
    assert_eq!(deletes(json!({ "otp": other(&code) })).await.status, 401);
    assert_eq!(logs_in(&app, JEAN, &code).await.status, 401, "it is good for this alone");
    assert_eq!(deletes(json!({ "otp": code })).await.status, 200);
    assert_eq!(jean.gets("/messages/filter").await.status, 401);
    let mut store = app.store().await;
    assert_eq!(store.number("select count(*) from account where phone = '+237670000001'").await, 0);

    // The number is free again.
    app.pass(MINUTE);
    let back = Messagerie::arrives(&app, "Jean", JEAN).await;
    assert_ne!(back.id, jean.id);
}

async fn without_a_gateway_it_says_so(app: TestApp) {
    for body in [json!({ "phone": JEAN }), json!({ "phone": JEAN, "otp": "123456" })] {
        for path in ["register", "login"] {
            let answer = posts(&app, path, body.clone()).await;
            let told: Value = answer.json();
            assert_eq!((answer.status, &told["error"]), (503, &"no_gateway".into()));
            assert!(told["detail"].as_str().is_some_and(|why| why.contains("gateway")), "{told}");
        }
    }
    assert_eq!(outbox(&app.place), []);
}

async fn codes_and_numbers_are_kept_as_hashes(engine: Engine) {
    let app = with_outbox(engine).await;
    let code = gets_code(&app, "register", JEAN).await;
    let path = app.place.data().join("sms-outbox.jsonl");
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).expect("a file").permissions());
    assert_eq!(mode & 0o777, 0o600);
    std::fs::remove_file(&path).expect("it can be removed");
    assert!(!app.place.holds(JEAN).await && !app.place.holds(&JEAN[1..]).await);
    let mut store = app.store().await;
    for hash in store.bytes("select code_hash from phone_code").await {
        assert_eq!(hash.len(), 32);
        assert!(!hash.windows(6).any(|part| part == code.as_bytes()));
    }
    assert_eq!(store.bytes("select phone_hash from phone_code").await[0].len(), 32);
}
