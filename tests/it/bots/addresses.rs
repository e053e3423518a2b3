//! What no webhook is made of: addresses inside, what is none, and too many; and what is stored of those that are made.

use salon::{
    error::{Error, Field, Why},
    server::config::Reach,
    webhooks::{Health, MOST_WEBHOOKS},
};
use serde_json::Value;

use super::{
    calling,
    receiver::Receiver,
    webhooks::{MINUTE, at_tea, fares},
};
use crate::{
    on_both_engines,
    support::{Engine, TestApp},
};

on_both_engines! {
    nothing_inside_is_called,
    what_is_no_address_is_refused,
    addresses_and_secrets_are_sealed,
    there_are_never_too_many,
}

async fn nothing_inside_is_called(engine: Engine) {
    let app = TestApp::start(engine).await;
    let (amina, _, bot, group) = at_tea(&app).await;
    let refused = amina.hooks(&bot, Some(group), "https://example.org").await.error();
    assert_eq!(refused, Error::Forbidden, "off unless the operator says otherwise");
    assert!(!amina.has_bot(bot.id).await.calls_out);
    drop(app);

    let app = TestApp::with(engine, |config| config.webhooks.reach = Reach::Internet).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    let port = receiver.address.split(':').nth(2).and_then(|rest| rest.split('/').next()).expect("a port");
    for address in [
        receiver.address.clone(),
        format!("http://localhost:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://127.0.0.1/".to_owned(),
        "http://2130706433/".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://[fd00::1]/".to_owned(),
    ] {
        let refused = amina.hooks(&bot, Some(group), &address).await.error();
        assert_eq!(refused, Error::Invalid { field: Field::Address, why: Why::Unknown }, "{address}");
    }
    // A name is not looked up before it is called, and leads nowhere inside then.
    amina.hooks(&bot, Some(group), "http://localhost/").await.well();
    bruno.sends(group, "One").await;
    fares(&amina, &bot, Health::Failing { tries: 1, status: None }).await;
    assert!(receiver.heard().is_empty());
}

async fn what_is_no_address_is_refused(engine: Engine) {
    let app = calling(engine).await;
    let (amina, _, bot, _) = at_tea(&app).await;
    let long = format!("https://example.org/{}", "x".repeat(2_000));
    for address in [
        "tea",
        "ftp://example.org",
        "gopher://example.org",
        "file:///etc/passwd",
        "https://",
        "//example.org",
        "https://amina@example.org",
        "https://amina:secret@example.org",
        "javascript:alert(1)",
        &long,
    ] {
        let refused = amina.hooks(&bot, None, address).await.error();
        assert_eq!(refused, Error::Invalid { field: Field::Address, why: Why::Shape }, "{address}");
    }
    let missing = Error::Invalid { field: Field::Address, why: Why::Missing };
    assert_eq!(amina.hooks(&bot, None, " ").await.error(), missing);
    for what in ["", "all", "0", "-1", "1.5"] {
        let fields = [("what", what), ("address", "https://example.org")];
        let refused = amina.does_to(bot.id, "create_webhook", &fields).await.error();
        assert!(matches!(refused, Error::Invalid { field: Field::Form, .. }), "{what:?}: {refused:?}");
    }
    assert!(amina.has_hooks(&bot).await.is_empty());
}

async fn addresses_and_secrets_are_sealed(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, Some(group), &receiver.address).await.well();
    bruno.sends(group, "One").await;
    receiver.hears(1).await;
    let hook = amina.has_hook(&bot).await;
    let secret = hook.secret.expect("it is shown");
    assert_eq!(hook.address, receiver.address);
    assert!(!app.place.holds(&secret).await && !app.place.holds("key=canary").await);
    app.pass(11 * MINUTE);
    assert_eq!(amina.has_hook(&bot).await.secret, None);
}

async fn there_are_never_too_many(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, _) = at_tea(&app).await;
    let made = (0..MOST_WEBHOOKS + 3).map(|_| amina.hooks(&bot, None, "https://example.org/"));
    let made = futures_util::future::join_all(made).await;
    let refused = made.iter().filter(|answer| answer.status != 200).map(|answer| answer.error());
    assert_eq!(refused.collect::<Vec<_>>(), vec![Error::TooMuch; 3]);
    let hook = amina.has_hook(&bot).await;
    assert_eq!(bruno.bots().await.bots.len(), 0);
    amina.does_to_hook(&bot, "remove_webhook", hook.id).await;
    assert_eq!(amina.has_hooks(&bot).await.len(), MOST_WEBHOOKS as usize - 1);
    let told: Value = bot.calls(reqwest::Method::GET, "/bots", &Value::Null).await.json();
    assert_eq!(told["code"], "signed_out", "a bot's token opens no bots");
}
