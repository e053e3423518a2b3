//! How often is too often, and that nobody else pays for it.

use std::{net::IpAddr, time::Instant};

use futures_util::future::join_all;
use salon::{error::Error, server::config::Config};

use crate::{
    on_both_engines,
    support::{
        Answer, Browser, Engine, TestApp,
        cast::{PASSWORD, address, logs_in, signs_up},
        new_key,
    },
};

on_both_engines! {
    sends_are_limited_for_each_person,
    sign_ups_are_limited_for_each_address,
    failed_log_ins_are_limited_for_each_name_and_address,
    guessing_for_many_names_is_limited_too,
    friend_requests_are_limited_for_each_person,
    who_is_refused_costs_no_hash,
    a_forwarded_address_counts_only_from_a_proxy_of_ours,
    a_limit_is_told_on_the_page_as_well,
}

async fn limited(engine: Engine, set: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::with(engine, set).await
}

/// A browser on another machine.
fn machine(app: &TestApp, number: u8) -> Browser {
    Browser::from_address(&app.origin, Some(IpAddr::from([127, 0, 0, number])))
}

fn wait_of(answer: &Answer) -> u32 {
    let Error::TooFast { retry_in } = answer.error() else { panic!("{}", answer.text()) };
    assert_eq!(answer.retry_after(), Some(retry_in), "header and body agree");
    assert!(retry_in > 0);
    retry_in
}

async fn sends_are_limited_for_each_person(engine: Engine) {
    let app = limited(engine, |config| {
        config.limits.sends_per_second = 1;
        config.limits.sends_at_once = 5;
    })
    .await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let answers = join_all((0..20).map(|n| {
        let amina = &amina;
        async move { amina.posts(talk, &new_key(), &n.to_string()).await }
    }))
    .await;
    let (sent, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert!((5..9).contains(&sent.len()), "{}", sent.len());
    assert!(refused.iter().all(|answer| wait_of(answer) == 1));
    bruno.sends(talk, "others are not concerned").await;
    assert_eq!(amina.reads_conversation(talk).await.head as usize, sent.len() + 1);
}

async fn sign_ups_are_limited_for_each_address(engine: Engine) {
    let app = limited(engine, |config| config.limits.sign_ups_per_hour = 2).await;
    let sign_up =
        async |browser: &Browser, name: &str| signs_up(browser, name, &address(name), PASSWORD).await;
    let browser = machine(&app, 1);
    sign_up(&browser, "amina").await.well();
    let other = machine(&app, 1);
    assert_eq!(sign_up(&other, "a").await.status, 422, "a mistake is not counted");
    sign_up(&other, "bruno").await.well();
    assert!(wait_of(&sign_up(&machine(&app, 1), "carla").await) > 600);
    sign_up(&machine(&app, 2), "carla").await.well();
}

async fn failed_log_ins_are_limited_for_each_name_and_address(engine: Engine) {
    let app = limited(engine, |config| config.limits.failed_log_ins_per_quarter = 3).await;
    app.person("amina").await;
    let thief = machine(&app, 2);
    for _ in 0..3 {
        assert_eq!(logs_in(&thief, "amina", "a wild guess").await.error(), Error::WrongLogin);
    }
    assert!(wait_of(&logs_in(&thief, "amina", "a wild guess").await) > 60);
    assert!(wait_of(&logs_in(&thief, "AMINA", PASSWORD).await) > 60, "not even the right one, from there");
    logs_in(&machine(&app, 3), "amina", PASSWORD).await.well();
    assert_eq!(logs_in(&thief, "bruno", "a wild guess").await.status, 401, "other names are not concerned");
    for _ in 0..20 {
        logs_in(&machine(&app, 3), "amina", PASSWORD).await.well();
    }
}

async fn guessing_for_many_names_is_limited_too(engine: Engine) {
    let app = limited(engine, |config| config.limits.failures_from_one_address_per_quarter = 5).await;
    app.person("amina").await;
    let thief = machine(&app, 2);
    for n in 0..5 {
        assert_eq!(logs_in(&thief, &format!("name{n}"), "a wild guess").await.status, 401);
    }
    wait_of(&logs_in(&thief, "amina", PASSWORD).await);
    logs_in(&machine(&app, 3), "amina", PASSWORD).await.well();
}

async fn friend_requests_are_limited_for_each_person(engine: Engine) {
    let app = limited(engine, |config| config.limits.friend_requests_per_hour = 3).await;
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    for n in 0..3 {
        assert_eq!(amina.asks(&format!("nobody{n}")).await.status, 422, "asking around counts");
    }
    assert!(wait_of(&amina.asks("bruno").await) > 60);
    bruno.asks("amina").await.well();
}

async fn who_is_refused_costs_no_hash(engine: Engine) {
    let app = limited(engine, |config| config.limits.failed_log_ins_per_quarter = 1).await;
    app.person("amina").await;
    let begun = Instant::now();
    logs_in(&app.browser(), "amina", "a wild guess").await;
    let hashing = begun.elapsed();

    let browser = app.browser();
    let begun = Instant::now();
    for _ in 0..100 {
        wait_of(&logs_in(&browser, "amina", "a wild guess").await);
    }
    assert!(begun.elapsed() < hashing * 60, "{:?} for 100, {hashing:?} for one hash", begun.elapsed());
    assert_eq!(
        app.store().await.number("select count(*) from audit where action = 'log_in_failed'").await,
        1
    );
}

async fn a_forwarded_address_counts_only_from_a_proxy_of_ours(engine: Engine) {
    let proxy = IpAddr::from([127, 0, 0, 9]);
    let app = limited(engine, |config| {
        config.limits.failures_from_one_address_per_quarter = 2;
        config.salon.trusted_proxies = vec![proxy];
    })
    .await;
    let guess = async |browser: &Browser, forwarded: &str| {
        let request = browser.call("log_in").header("x-forwarded-for", forwarded);
        Answer::of(request.form(&[("username", "amina"), ("password", "a wild guess")])).await.status
    };
    let thief = machine(&app, 2);
    let tried =
        [guess(&thief, "203.0.113.1").await, guess(&thief, "198.51.100.2").await, guess(&thief, "::1").await];
    assert_eq!(tried, [401, 401, 429], "a made-up address is not believed");

    let through = machine(&app, 9);
    for client in ["203.0.113.1", "198.51.100.2", "192.0.2.3"] {
        // What a client writes itself stands further left than what the proxy adds.
        let forwarded = format!("8.8.8.8, {client}");
        let tried = [
            guess(&through, &forwarded).await,
            guess(&through, &forwarded).await,
            guess(&through, &forwarded).await,
        ];
        assert_eq!(tried, [401, 401, 429], "{client}");
    }
    let addresses = app.store().await.texts("select distinct address from audit order by 1").await;
    assert_eq!(addresses, ["127.0.0.2", "192.0.2.3", "198.51.100.2", "203.0.113.1"]);
}

async fn a_limit_is_told_on_the_page_as_well(engine: Engine) {
    let app = limited(engine, |config| config.limits.friend_requests_per_hour = 1).await;
    let amina = app.person("amina").await;
    amina.asks("nobody").await;
    let answer = amina.submits("/friends", "add_friend", &[("person", "bruno")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/friends"));
    assert!(answer.retry_after().is_some_and(|seconds| seconds > 60));
    let page = amina.page("/friends").await;
    assert!(page.contains("minutes") && page.contains("value=\"bruno\""), "{page}");
}
