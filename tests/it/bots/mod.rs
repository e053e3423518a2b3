//! Bots: who makes them, what they are let into, how they speak, and how they end.

mod addresses;
mod incoming;
mod receiver;
mod webhooks;

use futures_util::future::join_all;
use reqwest::Method;
use salon::{
    bots::{Bots, Details, MOST_BOTS},
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId},
    server::config::Reach,
};
use serde_json::{Value, json};

use crate::{
    on_both_engines,
    support::{Answer, Engine, Person, TestApp, browser::bare, cast},
};

on_both_engines! {
    a_bot_talks_by_its_token,
    a_bot_is_brought_in_like_a_friend_or_by_an_invitation,
    the_room_for_everyone_is_for_people,
    its_owner_alone_sees_and_changes_it,
    another_token_ends_the_one_before,
    nobody_logs_in_as_a_bot,
    it_says_what_a_bot_may_be_called,
    there_are_never_too_many,
    a_deleted_bot_leaves_what_it_said,
    bots_go_with_their_owner,
    who_must_hand_over_stays,
    it_works_as_a_form,
}

/// A bot, as its owner and its program have it.
struct Bot {
    id: AccountId,
    name: String,
    token: String,
    origin: String,
}

impl Bot {
    async fn calls(&self, method: Method, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let request = bare(&self.origin, method, &format!("/api/v1{path}"), &[("authorization", &bearer)]);
        Answer::of(if body.is_null() { request } else { request.json(body) }).await
    }

    async fn says(&self, conversation: ConversationId, text: &str) -> Answer {
        let path = format!("/conversations/{conversation}/messages");
        self.calls(Method::POST, &path, &json!({ "body": text })).await
    }
}

impl Person {
    async fn bots(&self) -> Bots {
        self.reads("bots").await.well().json()
    }

    async fn tries_to_make_a_bot(&self, name: &str, username: &str) -> Answer {
        self.calls("create_bot", &[("display_name", name), ("username", username)]).await
    }

    async fn makes_a_bot(&self, username: &str) -> Bot {
        self.tries_to_make_a_bot("Tea time", username).await.well();
        let id = self.bots().await.bots[0].person.id;
        let token = self.has_bot(id).await.token.expect("it is shown where it was made");
        Bot { id, name: username.to_owned(), token, origin: self.origin().to_owned() }
    }

    async fn has_bot(&self, bot: AccountId) -> Details {
        self.reads(&format!("bot?bot={bot}")).await.well().json()
    }

    /// Does something about a bot.
    async fn does_to(&self, bot: AccountId, function: &str, fields: &[(&str, &str)]) -> Answer {
        let bot = bot.to_string();
        let fields: Vec<_> = [("bot", &*bot)].into_iter().chain(fields.iter().copied()).collect();
        self.calls(function, &fields).await
    }

    async fn brings_in(&self, group: ConversationId, bot: &Bot) {
        self.does("add_members", group, &[("people[]", &bot.id.to_string())]).await.well();
    }

    /// From here on `address` is told what is said in a conversation, or what is addressed to the bot.
    async fn hooks(&self, bot: &Bot, conversation: Option<ConversationId>, address: &str) -> Answer {
        let what = conversation.map_or_else(|| "addressed".to_owned(), |id| id.to_string());
        self.does_to(bot.id, "create_webhook", &[("what", &what), ("address", address)]).await
    }
}

/// A Salon that calls receivers on this machine.
async fn calling(engine: Engine) -> TestApp {
    TestApp::with(engine, |config| config.webhooks.reach = Reach::Anywhere).await
}

async fn a_bot_talks_by_its_token(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let bot = amina.makes_a_bot("tea-bot").await;
    assert!(bot.token.starts_with("salon_"));
    let me: Value = bot.calls(Method::GET, "/me", &Value::Null).await.well().json();
    assert_eq!((&me["username"], &me["display_name"]), (&"tea-bot".into(), &"Tea time".into()));

    // It is a friend of its owner's from the beginning, and of nobody else's.
    let group = amina.gathers("Tea", &[&bruno]).await;
    assert_eq!(bot.says(group, "too early").await.status, 404);
    amina.brings_in(group, &bot).await;
    assert_eq!(bot.says(group, "The tea is ready").await.status, 201);
    assert_eq!(bruno.reads_words(group).await, ["The tea is ready"]);
    let members = bruno.members_by_name(group).await;
    assert!(members.iter().any(|(name, _)| name == "tea-bot"), "everyone sees that it is there");

    // Elsewhere its token is none: only where it was made, and not for ever.
    let elsewhere = amina.at_another_browser(&app).await;
    assert_eq!(elsewhere.has_bot(bot.id).await.token, None);
    app.pass(11 * 60_000);
    assert_eq!(amina.has_bot(bot.id).await.token, None);
    assert!(!app.place.holds(&bot.token).await, "nothing that is stored holds it");
}

async fn a_bot_is_brought_in_like_a_friend_or_by_an_invitation(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let bot = amina.makes_a_bot("tea-bot").await;
    let group = bruno.gathers("Tea", &[&amina]).await;
    let id = group.to_string();
    let invitation = [("conversation", &*id), ("lasts", "always"), ("uses", "0")];
    bruno.calls("create_invitation", &invitation).await.well();
    let links: salon::invitations::Invitations =
        bruno.reads(&format!("invitations?conversation={group}")).await.well().json();
    let address = format!("{}/invite/{}", app.origin, links.links[0].token);

    for nonsense in ["", "https://example.org", "/invite/", "AAAAAAAAAAAAAAAAAAAAAA"] {
        let refused = amina.does_to(bot.id, "let_bot_in", &[("invitation", nonsense)]).await.error();
        assert!(matches!(refused, Error::Invalid { field: Field::Link, .. }), "{nonsense}: {refused:?}");
    }
    amina.does_to(bot.id, "let_bot_in", &[("invitation", &address)]).await.well();
    assert_eq!(bot.says(group, "Here I am").await.status, 201);
    let places = amina.has_bot(bot.id).await.places;
    assert_eq!(places.iter().map(|place| (place.id, &*place.name)).collect::<Vec<_>>(), [(group, "Tea")]);

    // Whoever looks after the group lets it go like anybody else.
    bruno.does("remove_member", group, &[("account", &bot.id.to_string())]).await.well();
    assert_eq!(bot.says(group, "Still here").await.status, 404);
}

async fn the_room_for_everyone_is_for_people(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let amina = app.person("amina").await;
    let bot = amina.makes_a_bot("tea-bot").await;
    assert!(amina.has_bot(bot.id).await.places.is_empty());
    // A start lets everybody in who is not there yet.
    let place = app.stop().await;
    let mut config = place.config();
    config.salon.general = true;
    let app = TestApp::at(place, config).await;
    let amina = amina.at(app.browser()).await;
    assert!(amina.has_bot(bot.id).await.places.is_empty());
}

async fn its_owner_alone_sees_and_changes_it(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let bot = amina.makes_a_bot("tea-bot").await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    amina.brings_in(group, &bot).await;
    let group = group.to_string();
    assert!(bruno.bots().await.bots.is_empty());
    assert_eq!(bruno.reads(&format!("bot?bot={}", bot.id)).await.error(), Error::NotFound);
    assert_eq!(bruno.gets(&format!("/settings/bots/{}", bot.id)).await.status, 404);
    let calls: [(&str, &[(&str, &str)]); 8] = [
        ("renew_bot_token", &[]),
        ("let_bot_in", &[("invitation", "AAAAAAAAAAAAAAAAAAAAAA")]),
        ("delete_bot", &[]),
        ("create_webhook", &[("what", "addressed"), ("address", "https://example.org")]),
        ("remove_webhook", &[("webhook", "1")]),
        ("resume_webhook", &[("webhook", "1")]),
        ("create_incoming_webhook", &[("conversation", &group)]),
        ("remove_incoming_webhook", &[("webhook", "1")]),
    ];
    for (function, fields) in calls {
        // Neither the bots of others nor people, whoever they are.
        for account in [bot.id, bruno.id, amina.id] {
            let answer = bruno.does_to(account, function, fields).await;
            assert_eq!(answer.error(), Error::NotFound, "{function} {account}");
        }
    }
    let nobody = app.browser();
    assert_eq!(nobody.reads("bots").await.error(), Error::SignedOut);
    assert_eq!(nobody.reads(&format!("bot?bot={}", bot.id)).await.error(), Error::SignedOut);
    assert_eq!(bot.calls(Method::GET, "/me", &Value::Null).await.status, 200, "nothing has changed");
}

async fn another_token_ends_the_one_before(app: TestApp) {
    let amina = app.person("amina").await;
    let bot = amina.makes_a_bot("tea-bot").await;
    amina.does_to(bot.id, "renew_bot_token", &[]).await.well();
    assert_eq!(bot.calls(Method::GET, "/me", &Value::Null).await.status, 401);
    let token = amina.has_bot(bot.id).await.token.expect("it is shown");
    assert_ne!(token, bot.token);
    let bot = Bot { token, ..bot };
    assert_eq!(bot.calls(Method::GET, "/me", &Value::Null).await.status, 200);
}

async fn nobody_logs_in_as_a_bot(app: TestApp) {
    let amina = app.person("amina").await;
    let bot = amina.makes_a_bot("tea-bot").await;
    for login in ["tea-bot".to_owned(), format!(" {}", bot.id), String::new()] {
        for password in ["", cast::PASSWORD] {
            let answer = cast::logs_in(&app.browser(), &login, password).await;
            assert_eq!(answer.error(), Error::WrongLogin, "{login:?} {password:?}");
        }
    }
}

async fn it_says_what_a_bot_may_be_called(app: TestApp) {
    let amina = app.person("amina").await;
    let refused = |field, why| Error::Invalid { field, why };
    for (name, username, error) in [
        ("Tea", "tea", refused(Field::Username, Why::Ending)),
        ("Tea", "", refused(Field::Username, Why::Missing)),
        ("Tea", "tea bot", refused(Field::Username, Why::Characters)),
        ("\u{200b}", "tea-bot", refused(Field::DisplayName, Why::Missing)),
        ("Te\0a", "tea-bot", refused(Field::DisplayName, Why::Characters)),
    ] {
        assert_eq!(amina.tries_to_make_a_bot(name, username).await.error(), error, "{name:?} {username:?}");
    }
    amina.makes_a_bot("TEA-Bot").await;
    let taken = amina.tries_to_make_a_bot("Tea", "tea-bot").await.error();
    assert_eq!(taken, Error::Taken { field: Field::Username });
    assert_eq!(amina.bots().await.bots.len(), 1);
}

async fn there_are_never_too_many(app: TestApp) {
    let amina = app.person("amina").await;
    let names: Vec<String> = (0..MOST_BOTS + 5).map(|number| format!("tea-{number}-bot")).collect();
    let made = join_all(names.iter().map(|name| amina.tries_to_make_a_bot("Tea", name))).await;
    let refused = made.iter().filter(|answer| answer.status != 200).map(Answer::error);
    assert_eq!(refused.collect::<Vec<_>>(), vec![Error::TooMuch; 5]);
    assert_eq!(amina.bots().await.bots.len(), MOST_BOTS as usize);
}

async fn a_deleted_bot_leaves_what_it_said(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let bot = amina.makes_a_bot("tea-bot").await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    amina.brings_in(group, &bot).await;
    bot.says(group, "The tea is ready").await.well();
    amina.does_to(bot.id, "delete_bot", &[]).await.well();
    assert_eq!(bot.calls(Method::GET, "/me", &Value::Null).await.status, 401);
    assert!(amina.bots().await.bots.is_empty());
    assert_eq!(bruno.reads_words(group).await, ["The tea is ready"]);
    assert_eq!(amina.does_to(bot.id, "delete_bot", &[]).await.error(), Error::NotFound);
    // Its name is free again.
    amina.makes_a_bot("tea-bot").await;
}

async fn bots_go_with_their_owner(app: TestApp) {
    let amina = app.person("amina").await;
    let bots = [amina.makes_a_bot("tea-bot").await, amina.makes_a_bot("coffee-bot").await];
    let fields = [("name", "amina"), ("current_password", cast::PASSWORD)];
    amina.calls("delete_account", &fields).await.well();
    for bot in bots {
        assert_eq!(bot.calls(Method::GET, "/me", &Value::Null).await.status, 401, "{}", bot.name);
    }
}

async fn who_must_hand_over_stays(app: TestApp) {
    let amina = app.person("amina").await;
    let bot = amina.makes_a_bot("tea-bot").await;
    let new = json!({ "name": "Tea", "people": [amina.id] });
    let group: Value = bot.calls(Method::POST, "/groups", &new).await.well().json();
    let last = Error::Invalid { field: Field::Role, why: Why::Last };
    assert_eq!(amina.does_to(bot.id, "delete_bot", &[]).await.error(), last);
    let fields = [("name", "amina"), ("current_password", cast::PASSWORD)];
    assert_eq!(amina.calls("delete_account", &fields).await.error(), last);

    let role = format!("/conversations/{}/members/{}", group["id"], amina.id);
    bot.calls(Method::PATCH, &role, &json!({ "role": "admin" })).await.well();
    amina.does_to(bot.id, "delete_bot", &[]).await.well();
}

async fn it_works_as_a_form(app: TestApp) {
    let amina = app.person("amina").await;
    let fields = [("display_name", "Tea time"), ("username", "tea-bot")];
    let made = amina.submits("/settings/bots", "create_bot", &fields).await;
    assert_eq!(made.status, 303);
    let page = made.location().to_owned();
    let shown = amina.page(&page).await;
    assert!(shown.contains("Tea time") && shown.contains("salon_") && shown.contains("@tea-bot"));
    assert!(amina.page("/settings/bots").await.contains(&page));

    let bot = page.rsplit('/').next().expect("an id").to_owned();
    let refused = amina.submits(&page, "let_bot_in", &[("bot", &bot), ("invitation", "nonsense")]).await;
    assert_eq!(refused.location(), page);
    let shown = amina.page(&page).await;
    assert!(shown.contains("There is no such invitation") && shown.contains("nonsense"), "{shown}");
    let gone = amina.submits(&page, "delete_bot", &[("bot", &bot)]).await;
    assert_eq!(gone.location(), "/settings/bots");
    assert_eq!(amina.gets(&page).await.status, 404);
}
