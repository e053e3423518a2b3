//! How often codes are sent, and how often one may guess.

use futures_util::future::join_all;
use salon::server::{
    config::{LimitSettings, SmsGateway},
    phones::sweep,
};
use serde_json::json;

use super::{JEAN, MINUTE, is_there, logs_in, other, registers};
use crate::{
    dialects::messagerie::{gets_code, outbox, posts, with_outbox},
    on_both_engines,
    support::{Engine, TestApp, app::generous},
};

on_both_engines! {
    another_code_is_sent_after_a_minute,
    a_new_code_ends_the_one_before,
    five_wrong_guesses_end_a_code,
    codes_are_sent_so_often_and_no_more,
    guesses_are_limited_where_they_come_from,
    old_codes_are_swept,
}

async fn another_code_is_sent_after_a_minute(engine: Engine) {
    let app = with_outbox(engine).await;
    posts(&app, "register", json!({ "phone": JEAN })).await.well();
    app.pass(MINUTE - 1_500);
    for path in ["register", "login"] {
        let soon = posts(&app, path, json!({ "phone": JEAN })).await;
        assert_eq!((soon.status, soon.retry_after()), (429, Some(2)), "{path}");
    }
    posts(&app, "register", json!({ "phone": "+237670000002" })).await.well();
    app.pass(1_500);
    posts(&app, "register", json!({ "phone": JEAN })).await.well();
    assert_eq!(outbox(&app.place).len(), 3);
    // A clock that was set back keeps nobody waiting.
    app.pass(-60 * MINUTE);
    posts(&app, "register", json!({ "phone": JEAN })).await.well();

    let answers = join_all((0..6).map(|_| posts(&app, "login", json!({ "phone": "+237670000003" })))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}

async fn a_new_code_ends_the_one_before(engine: Engine) {
    let app = with_outbox(engine).await;
    let first = gets_code(&app, "register", JEAN).await;
    app.pass(MINUTE);
    let mut second = gets_code(&app, "register", JEAN).await;
    while second == first {
        app.pass(MINUTE);
        second = gets_code(&app, "register", JEAN).await;
    }
    assert_eq!(registers(&app, JEAN, &first).await.status, 401);
    registers(&app, JEAN, &second).await.well();
}

async fn five_wrong_guesses_end_a_code(engine: Engine) {
    let app = with_outbox(engine).await;
    is_there(&app, JEAN).await;
    let code = gets_code(&app, "login", JEAN).await;
    for _ in 0..4 {
        assert_eq!(logs_in(&app, JEAN, &other(&code)).await.status, 401);
    }
    logs_in(&app, JEAN, &code).await.well();

    app.pass(MINUTE);
    let code = gets_code(&app, "login", JEAN).await;
    for _ in 0..5 {
        assert_eq!(logs_in(&app, JEAN, &other(&code)).await.status, 401);
    }
    assert_eq!(logs_in(&app, JEAN, &code).await.status, 401, "it is gone");
}

async fn codes_are_sent_so_often_and_no_more(engine: Engine) {
    let few = |set: fn(&mut LimitSettings)| {
        TestApp::with(engine, move |config| {
            config.sms.gateway = SmsGateway::Outbox;
            config.limits = generous();
            set(&mut config.limits);
        })
    };
    let app = few(|limits| limits.codes_to_one_number_per_hour = 2).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(posts(&app, "register", json!({ "phone": JEAN })).await.status);
        app.pass(MINUTE);
    }
    assert_eq!(statuses, [200, 200, 429]);
    posts(&app, "register", json!({ "phone": "+237670000002" })).await.well();

    for app in [
        few(|limits| limits.codes_from_one_address_per_hour = 2).await,
        few(|limits| limits.codes_per_hour = 2).await,
    ] {
        let mut statuses = Vec::new();
        for n in 1..=3 {
            let phone = format!("+23767000000{n}");
            statuses.push(posts(&app, "register", json!({ "phone": phone })).await.status);
        }
        assert_eq!(statuses, [200, 200, 429]);
        assert_eq!(outbox(&app.place).len(), 2);
    }
}

async fn guesses_are_limited_where_they_come_from(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.sms.gateway = SmsGateway::Outbox;
        config.limits = LimitSettings { failures_from_one_address_per_quarter: 3, ..generous() };
    })
    .await;
    let code = gets_code(&app, "register", JEAN).await;
    for phone in ["+237670000002", "+237670000003", "+237670000004"] {
        assert_eq!(registers(&app, phone, "123456").await.status, 401);
    }
    assert_eq!(registers(&app, JEAN, &code).await.status, 429);
}

async fn old_codes_are_swept(engine: Engine) {
    let app = with_outbox(engine).await;
    posts(&app, "register", json!({ "phone": JEAN })).await.well();
    let kept = async || app.store().await.number("select count(*) from phone_code").await;
    sweep(&app.running.app.writer).await.expect("it sweeps");
    assert_eq!(kept().await, 1);
    app.pass(5 * MINUTE);
    sweep(&app.running.app.writer).await.expect("it sweeps");
    assert_eq!(kept().await, 0);
}
