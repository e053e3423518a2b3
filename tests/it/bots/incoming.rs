//! Addresses by which a bot speaks: who may, what is said, and when they end.

use reqwest::Method;
use salon::{
    error::Error,
    ids::ConversationId,
    webhooks::{Incoming, MOST_WEBHOOKS},
};
use serde_json::{Value, json};

use super::Bot;
use crate::{
    on_both_engines,
    support::{Answer, Person, TestApp, browser::bare, new_key},
};

on_both_engines! {
    whoever_has_the_address_makes_the_bot_speak,
    nobody_else_does,
    it_is_shown_where_it_was_made_until_it_is_used,
    what_cannot_be_said_is_refused,
    it_ends_with_what_it_belongs_to,
    there_are_never_too_many,
    it_works_as_a_form,
}

impl Person {
    async fn tries_to_open_an_address(&self, bot: &Bot, conversation: ConversationId) -> Answer {
        let fields = [("conversation", &*conversation.to_string())];
        self.does_to(bot.id, "create_incoming_webhook", &fields).await
    }

    async fn has_addresses(&self, bot: &Bot) -> Vec<Incoming> {
        self.has_bot(bot.id).await.incoming
    }
}

struct Tea {
    amina: Person,
    bruno: Person,
    bot: Bot,
    group: ConversationId,
    path: String,
}

/// Amina's bot is in a group with her and Bruno, and there is an address.
async fn tea(app: &TestApp) -> Tea {
    let (amina, bruno) = app.two_friends().await;
    let bot = amina.makes_a_bot("tea-bot").await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    assert_eq!(amina.tries_to_open_an_address(&bot, group).await.error(), Error::NotFound);
    amina.brings_in(group, &bot).await;
    amina.tries_to_open_an_address(&bot, group).await.well();
    let path = amina.has_addresses(&bot).await.remove(0).address.expect("it is shown");
    Tea { amina, bruno, bot, group, path }
}

async fn posts(app: &TestApp, path: &str, body: &Value) -> Answer {
    Answer::of(bare(&app.origin, Method::POST, path, &[]).json(body)).await
}

async fn whoever_has_the_address_makes_the_bot_speak(app: TestApp) {
    let Tea { bruno, bot, group, path, .. } = tea(&app).await;
    let said: Value = posts(&app, &path, &json!({ "body": "The build is green" })).await.well().json();
    let other = json!({ "text": "As others say it", "username": "x", "attachments": [{}] });
    assert_eq!(posts(&app, &path, &other).await.status, 201);
    let shown = bruno.reads_conversation(group).await.messages;
    let shown: Vec<_> = shown.iter().filter(|message| message.note.is_none()).collect();
    assert_eq!(json!(shown[0].id), said["id"]);
    assert_eq!(
        shown.iter().map(|message| &*message.body).collect::<Vec<_>>(),
        ["The build is green", "As others say it"]
    );
    assert!(shown.iter().all(|message| message.sender == bot.id));
    // Twice under one key is once.
    let key = new_key();
    let once = async || {
        let request = bare(&app.origin, Method::POST, &path, &[("idempotency-key", &key)]);
        Answer::of(request.json(&json!({ "body": "Once" }))).await.well().json::<Value>()
    };
    assert_eq!(once().await, once().await);
    assert_eq!(bruno.reads_words(group).await.len(), 3);
}

async fn nobody_else_does(app: TestApp) {
    let Tea { amina, bruno, bot, group, path } = tea(&app).await;
    let message = json!({ "body": "Not said" });
    let last = path.chars().next_back().expect("a character");
    let altered = format!("{}{}", &path[..path.len() - 1], if last == 'A' { 'B' } else { 'A' });
    for path in [&altered, "/api/v1/hooks/x", "/api/v1/hooks/%00", "/api/v1/hooks/%ff"] {
        assert_eq!(posts(&app, path, &message).await.status, 404, "{path}");
    }
    assert_eq!(bruno.tries_to_open_an_address(&bot, group).await.error(), Error::NotFound);
    let own = amina.opens(&bruno).await;
    assert_eq!(
        amina.tries_to_open_an_address(&bot, own).await.error(),
        Error::NotFound,
        "the bot is not in it"
    );
    assert!(bruno.reads_words(group).await.is_empty());
}

async fn it_is_shown_where_it_was_made_until_it_is_used(app: TestApp) {
    let Tea { amina, bot, path, .. } = tea(&app).await;
    let token = path.rsplit('/').next().expect("a token").to_owned();
    assert!(!app.place.holds(&token).await);
    let elsewhere = amina.at_another_browser(&app).await;
    let shown = elsewhere.has_addresses(&bot).await.remove(0);
    assert_eq!((shown.address, shown.used_at), (None, None));
    posts(&app, &path, &json!({ "body": "Used" })).await.well();
    let shown = amina.has_addresses(&bot).await.remove(0);
    assert_eq!((shown.address, shown.used_at), (None, Some(app.now())));
}

async fn what_cannot_be_said_is_refused(app: TestApp) {
    let Tea { bruno, group, path, .. } = tea(&app).await;
    for (body, status) in [
        (json!({}), 422),
        (json!({ "body": "" }), 422),
        (json!({ "body": 7 }), 422),
        (json!({ "body": null }), 422),
        (json!([]), 422),
        (json!({ "body": "x".repeat(8_001) }), 422),
        (json!({ "body": "x".repeat(200_000) }), 413),
    ] {
        assert_eq!(
            posts(&app, &path, &body).await.status,
            status,
            "{}",
            &body.to_string()[..10.min(body.to_string().len())]
        );
    }
    let plain = bare(&app.origin, Method::POST, &path, &[("content-type", "text/plain")]).body("Hello");
    assert_eq!(Answer::of(plain).await.status, 415);
    let broken = bare(&app.origin, Method::POST, &path, &[("content-type", "application/json")]).body("{");
    assert_eq!(Answer::of(broken).await.status, 400);
    assert_eq!(Answer::of(bare(&app.origin, Method::GET, &path, &[])).await.status, 405);
    assert!(bruno.reads_words(group).await.is_empty());
}

async fn it_ends_with_what_it_belongs_to(app: TestApp) {
    let Tea { amina, bot, group, path, .. } = tea(&app).await;
    let message = json!({ "body": "Hello" });
    amina.does("remove_member", group, &[("account", &bot.id.to_string())]).await.well();
    assert_eq!(posts(&app, &path, &message).await.status, 404);
    assert_eq!(amina.has_addresses(&bot).await[0].place, "");
    amina.brings_in(group, &bot).await;
    assert_eq!(posts(&app, &path, &message).await.status, 201);

    let id = amina.has_addresses(&bot).await[0].id.to_string();
    amina.does_to(bot.id, "remove_incoming_webhook", &[("webhook", &id)]).await.well();
    assert_eq!(posts(&app, &path, &message).await.status, 404);
    let again = amina.does_to(bot.id, "remove_incoming_webhook", &[("webhook", &id)]).await;
    assert_eq!(again.error(), Error::NotFound);

    amina.tries_to_open_an_address(&bot, group).await.well();
    let path = amina.has_addresses(&bot).await.remove(0).address.expect("it is shown");
    amina.does_to(bot.id, "delete_bot", &[]).await.well();
    assert_eq!(posts(&app, &path, &message).await.status, 404);
}

async fn there_are_never_too_many(app: TestApp) {
    let Tea { amina, bot, group, .. } = tea(&app).await;
    let tries = (0..MOST_WEBHOOKS + 2).map(|_| amina.tries_to_open_an_address(&bot, group));
    let made = futures_util::future::join_all(tries).await;
    assert_eq!(made.iter().filter(|answer| answer.status == 200).count(), MOST_WEBHOOKS as usize - 1);
    assert_eq!(amina.has_addresses(&bot).await.len(), MOST_WEBHOOKS as usize);
}

async fn it_works_as_a_form(app: TestApp) {
    let Tea { amina, bot, group, .. } = tea(&app).await;
    let (id, group) = (bot.id.to_string(), group.to_string());
    let page = format!("/settings/bots/{id}");
    let made = [("bot", &*id), ("conversation", &*group)];
    assert_eq!(amina.submits(&page, "create_incoming_webhook", &made).await.location(), page);
    let shown = amina.page(&page).await;
    assert_eq!(shown.matches("class=\"link-address\">/api/v1/hooks/").count(), 2, "{shown}");
    assert!(shown.contains("calls no addresses"), "what this Salon does not do is said");
    let hook = amina.has_addresses(&bot).await[0].id.to_string();
    let removed = amina.submits(&page, "remove_incoming_webhook", &[("bot", &id), ("webhook", &hook)]).await;
    assert_eq!(removed.location(), page);
    assert_eq!(amina.has_addresses(&bot).await.len(), 1);
}
