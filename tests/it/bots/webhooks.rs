//! What receivers are told, in which order, how often, and what becomes of what they answer.

use salon::{
    error::Error,
    ids::{ConversationId, WebhookId},
    server::config::Reach,
    webhooks::{Health, Outgoing},
};
use serde_json::json;
use tokio::net::TcpListener;

use super::{
    Bot, calling,
    receiver::{Delivery, Receiver},
};
use crate::{
    on_both_engines,
    support::{Engine, Person, TestApp, new_key, wait_for},
};

on_both_engines! {
    what_is_addressed_to_a_bot_is_told_and_signed,
    what_a_receiver_answers_the_bot_says,
    everything_in_a_conversation_is_told_in_its_order,
    what_fails_is_tried_again_and_nothing_is_left_out,
    what_was_changed_meanwhile_is_not_missed,
    a_receiver_that_is_gone_is_given_up_until_it_is_resumed,
    after_many_failures_it_is_given_up,
    it_goes_on_after_a_restart,
    of_two_servers_one_tells_at_a_time,
    a_bot_that_was_let_go_hears_nothing_more,
    two_bots_do_not_talk_for_ever,
}

pub(super) const MINUTE: i64 = 60_000;

impl Person {
    pub(super) async fn has_hooks(&self, bot: &Bot) -> Vec<Outgoing> {
        self.has_bot(bot.id).await.outgoing
    }

    pub(super) async fn has_hook(&self, bot: &Bot) -> Outgoing {
        self.has_hooks(bot).await.into_iter().next().expect("a webhook")
    }

    pub(super) async fn does_to_hook(&self, bot: &Bot, function: &str, hook: WebhookId) {
        self.does_to(bot.id, function, &[("webhook", &hook.to_string())]).await.well();
    }
}

/// Amina and her bot, and Bruno, in a group.
pub(super) async fn at_tea(app: &TestApp) -> (Person, Person, Bot, ConversationId) {
    let (amina, bruno) = app.two_friends().await;
    let bot = amina.makes_a_bot("tea-bot").await;
    let group = amina.gathers("Tea", &[&bruno]).await;
    amina.brings_in(group, &bot).await;
    (amina, bruno, bot, group)
}

/// Time passes, and whoever waits looks again.
fn later(app: &TestApp, millis: i64) {
    app.pass(millis);
    app.running.app.webhooks.notify_one();
}

pub(super) async fn fares(person: &Person, bot: &Bot, health: Health) {
    wait_for(&format!("{health:?}"), async || (person.has_hook(bot).await.health == health).then_some(()))
        .await;
}

async fn what_is_addressed_to_a_bot_is_told_and_signed(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    bruno.sends(group, "@tea-bot before anybody listens").await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, None, &receiver.address).await.well();

    bruno.sends(group, "Nothing for it").await;
    let said = bruno.sends(group, "@tea-bot is the tea ready?").await;
    let talk = bruno.opens_with(&bot).await;
    bruno.sends(talk, "Between the two of us").await;
    let [first, second] = receiver.hears(2).await.try_into().expect("two");

    let secret = amina.has_hook(&bot).await.secret.expect("it is shown where it was made");
    for delivery in [&first, &second] {
        assert!(delivery.is_signed_with(&secret));
        assert!(!delivery.is_signed_with(&salon::server::webhooks::signing::Secret::random().reveal()));
        assert_eq!(delivery.header("content-type"), "application/json");
        assert_eq!(delivery.header("user-agent"), "Salon");
        assert_eq!(delivery.header("cookie"), "");
        assert_eq!(delivery.header("webhook-timestamp"), (app.now().millis() / 1_000).to_string());
    }
    let told = first.json();
    assert_eq!(
        (&told["type"], &told["timestamp"]),
        (&"message.created".into(), &app.now().to_string().into())
    );
    let data = &told["data"];
    assert_eq!(
        (&data["bot"], &data["conversation"]),
        (&json!(bot.id), &json!({ "id": group, "kind": "group" }))
    );
    let author = json!({ "id": bruno.id, "username": "bruno", "display_name": "bruno", "is_bot": false });
    assert_eq!(data["author"], author);
    assert_eq!((&data["message"]["id"], &data["message"]["body"]), (&json!(said.id), &json!(said.body)));
    assert_eq!(second.json()["data"]["conversation"], json!({ "id": talk, "kind": "direct" }));
    assert_ne!(first.header("webhook-id"), second.header("webhook-id"));
    fares(&amina, &bot, Health::Well).await;
}

impl Person {
    /// Opens the private talk with a bot, of which everyone may ask something.
    async fn opens_with(&self, bot: &Bot) -> ConversationId {
        let answer = self.submits("/write", "write_to", &[("person", &bot.name)]).await;
        let id = answer.location().strip_prefix("/c/").expect("the page of a conversation");
        id.parse().expect("an id")
    }
}

async fn what_a_receiver_answers_the_bot_says(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, None, &receiver.address).await.well();
    for (number, (kind, body, said)) in [
        ("application/json", r#"{"body":"In five minutes"}"#, Some("In five minutes")),
        ("application/json; charset=utf-8", r#"{"text":"Soon","more":1}"#, Some("Soon")),
        ("text/plain", "Now", Some("Now")),
        ("text/plain", " \n", None),
        ("text/html", "<p>Hello</p>", None),
        ("application/json", "{", None),
        ("application/json", r#"{"body":7}"#, None),
    ]
    .into_iter()
    .enumerate()
    {
        receiver.answers(200, kind, body);
        let asked = bruno.sends(group, "@tea-bot when?").await;
        receiver.hears(number + 1).await;
        if let Some(text) = said {
            let answer = wait_for("an answer", async || {
                let shown = bruno.reads_conversation(group).await.messages;
                shown.into_iter().find(|message| message.reply_to == Some(asked.id))
            })
            .await;
            assert_eq!((&*answer.body, answer.sender), (text, bot.id));
        }
    }
    // One thread of the talk goes on in it.
    receiver.answers(200, "text/plain", "Within the thread");
    let head = bruno.sends(group, "A thread").await;
    let (key, id, group_id) = (new_key(), head.id.to_string(), group.to_string());
    let fields = [("conversation", &*group_id), ("key", &key), ("body", "@tea-bot here"), ("thread", &id)];
    bruno.calls("send_message", &fields).await.well();
    wait_for("an answer in the thread", async || {
        let replies = bruno.reads_message(group, head.id).await.replies;
        replies.filter(|replies| replies.count == 2)
    })
    .await;
    let texts = bruno.reads_words(group).await;
    assert!(!texts.iter().any(|text| text.contains("Hello") || text == "7"), "{texts:?}");
}

async fn everything_in_a_conversation_is_told_in_its_order(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, Some(group), &receiver.address).await.well();

    let mut expected = Vec::new();
    let mut said = Vec::new();
    for number in 0..50 {
        said.push(bruno.sends(group, &format!("Tea {number}")).await);
        expected.push(("message.created".to_owned(), format!("Tea {number}")));
    }
    bot.says(group, "Its own words").await.well();
    receiver.hears(50).await;
    let (id, message) = (group.to_string(), said[0].id.to_string());
    let fields = [("conversation", &*id), ("message", &*message), ("body", "Coffee")];
    bruno.calls("edit_message", &fields).await.well();
    expected.push(("message.changed".to_owned(), "Coffee".to_owned()));
    receiver.hears(51).await;
    amina.deletes(group, said[1].id).await.well();
    later(&app, MINUTE);
    app.running.app.retractions.notify_one();
    expected.push(("message.deleted".to_owned(), String::new()));
    let heard = receiver.hears(52).await;
    assert_eq!(heard.iter().map(Delivery::told).collect::<Vec<_>>(), expected);

    // What is said elsewhere is none of its business.
    let talk = bruno.opens_with(&bot).await;
    bruno.sends(talk, "@tea-bot in private").await;
    bruno.sends(group, "At last").await;
    assert_eq!(receiver.hears(53).await[52].told().1, "At last");
}

async fn what_fails_is_tried_again_and_nothing_is_left_out(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, Some(group), &receiver.address).await.well();
    receiver.answers(500, "text/plain", "not what the bot says");
    bruno.sends(group, "One").await;
    fares(&amina, &bot, Health::Failing { tries: 1, status: Some(500) }).await;
    bruno.sends(group, "Two").await;
    later(&app, 1_000);
    later(&app, 10_000);
    fares(&amina, &bot, Health::Failing { tries: 2, status: Some(500) }).await;
    bruno.sends(group, "Three").await;

    receiver.answers(204, "text/plain", "");
    later(&app, MINUTE);
    let heard = receiver.hears(5).await;
    let told: Vec<String> = heard.iter().map(|delivery| delivery.told().1).collect();
    assert_eq!(told, ["One", "One", "One", "Two", "Three"]);
    let names: Vec<_> = heard.iter().map(|delivery| delivery.header("webhook-id")).collect();
    assert!(names[0] == names[1] && names[1] == names[2], "a receiver knows it again: {names:?}");
    fares(&amina, &bot, Health::Well).await;
}

async fn what_was_changed_meanwhile_is_not_missed(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, None, &receiver.address).await.well();
    receiver.answers(503, "text/plain", "");
    bruno.sends(group, "@tea-bot one").await;
    let second = bruno.sends(group, "@tea-bot two").await;
    let third = bruno.sends(group, "@tea-bot three").await;
    fares(&amina, &bot, Health::Failing { tries: 1, status: Some(503) }).await;
    let (id, message) = (group.to_string(), second.id.to_string());
    let fields = [("conversation", &*id), ("message", &*message), ("body", "@tea-bot two, or three")];
    bruno.calls("edit_message", &fields).await.well();
    amina.deletes(group, third.id).await.well();
    later(&app, MINUTE);
    app.running.app.retractions.notify_one();
    wait_for("the deletion", async || bruno.reads_message(group, third.id).await.deleted).await;

    receiver.answers(204, "text/plain", "");
    later(&app, 10 * MINUTE);
    fares(&amina, &bot, Health::Well).await;
    let told = receiver.heard().iter().map(|delivery| delivery.told().1).collect::<Vec<_>>();
    // As it is now, and once; what is deleted is not told at all.
    assert_eq!(told.last().map(String::as_str), Some("@tea-bot two, or three"), "{told:?}");
    assert!(!told.iter().any(|text| text.contains("three") && !text.contains("two")), "{told:?}");
}

async fn a_receiver_that_is_gone_is_given_up_until_it_is_resumed(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, Some(group), &receiver.address).await.well();
    receiver.answers(410, "text/plain", "");
    bruno.sends(group, "One").await;
    fares(&amina, &bot, Health::Stopped { tries: 1, status: Some(410) }).await;
    bruno.sends(group, "Two").await;
    later(&app, 10 * 24 * 60 * MINUTE);
    assert_eq!(receiver.heard().len(), 1);

    receiver.answers(200, "text/plain", "");
    amina.does_to_hook(&bot, "resume_webhook", amina.has_hook(&bot).await.id).await;
    let told = receiver.hears(3).await;
    assert_eq!(told.iter().map(|delivery| delivery.told().1).collect::<Vec<_>>(), ["One", "One", "Two"]);
    fares(&amina, &bot, Health::Well).await;
}

async fn after_many_failures_it_is_given_up(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    // Nobody listens there any more.
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        format!("http://{}", listener.local_addr().expect("an address"))
    };
    amina.hooks(&bot, Some(group), &address).await.well();
    bruno.sends(group, "One").await;
    for tries in 1..=9 {
        fares(&amina, &bot, Health::Failing { tries, status: None }).await;
        later(&app, 30 * 60 * MINUTE);
    }
    fares(&amina, &bot, Health::Stopped { tries: 10, status: None }).await;
}

async fn it_goes_on_after_a_restart(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, Some(group), &receiver.address).await.well();
    receiver.answers(500, "text/plain", "");
    bruno.sends(group, "One").await;
    bruno.sends(group, "Two").await;
    fares(&amina, &bot, Health::Failing { tries: 1, status: Some(500) }).await;
    let place = app.stop().await;
    receiver.answers(200, "text/plain", "");
    let mut config = place.config();
    config.webhooks.reach = Reach::Anywhere;
    let app = TestApp::at(place, config).await;
    later(&app, MINUTE);
    let told = receiver.hears(3).await;
    assert_eq!(told.iter().map(|delivery| delivery.told().1).collect::<Vec<_>>(), ["One", "One", "Two"]);
}

async fn of_two_servers_one_tells_at_a_time(engine: Engine) {
    let app = calling(engine).await;
    let other = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => {
            let place = app.place.second_node();
            let mut config = place.config();
            config.salon.node = 1;
            config.webhooks.reach = Reach::Anywhere;
            Some(TestApp::at(place, config).await)
        }
    };
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, Some(group), &receiver.address).await.well();
    let mut expected = Vec::new();
    for number in 0..20 {
        bruno.sends(group, &format!("Tea {number}")).await;
        expected.push(format!("Tea {number}"));
        other.iter().for_each(|other| other.running.app.webhooks.notify_one());
    }
    let told = |heard: &[Delivery]| heard.iter().map(|delivery| delivery.told().1).collect::<Vec<_>>();
    assert_eq!(told(&receiver.hears(20).await), expected);
    bruno.sends(group, "At last").await;
    assert_eq!(receiver.hears(21).await[20].told().1, "At last");
}

async fn a_bot_that_was_let_go_hears_nothing_more(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let receiver = Receiver::start().await;
    amina.hooks(&bot, Some(group), &receiver.address).await.well();
    bruno.sends(group, "One").await;
    receiver.hears(1).await;
    amina.does("remove_member", group, &[("account", &bot.id.to_string())]).await.well();
    bruno.sends(group, "Two").await;
    assert_eq!(amina.has_hook(&bot).await.place, "", "it says that it is not there");
    let refused = amina.hooks(&bot, Some(group), &receiver.address).await.error();
    assert_eq!(refused, Error::NotFound);
    // Whatever would come has come by the time that something else has.
    let talk = bruno.opens_with(&bot).await;
    amina.hooks(&bot, Some(talk), &receiver.address).await.well();
    bruno.sends(talk, "Three").await;
    assert_eq!(receiver.hears(2).await[1].told().1, "Three");
    // Brought in again, it hears what every member can read.
    amina.brings_in(group, &bot).await;
    bruno.sends(group, "Four").await;
    let heard = receiver.hears(4).await;
    assert_eq!([heard[2].told().1, heard[3].told().1], ["Two", "Four"]);
    amina.does_to(bot.id, "delete_bot", &[]).await.well();
    assert_eq!(app.store().await.number("select count(*) from webhook").await, 0);
}

async fn two_bots_do_not_talk_for_ever(engine: Engine) {
    let app = calling(engine).await;
    let (amina, bruno, bot, group) = at_tea(&app).await;
    let other = amina.makes_a_bot("coffee-bot").await;
    amina.brings_in(group, &other).await;
    let (tea, coffee) = (Receiver::start().await, Receiver::start().await);
    tea.answers(200, "text/plain", "@coffee-bot and you?");
    coffee.answers(200, "text/plain", "@tea-bot and you?");
    amina.hooks(&bot, None, &tea.address).await.well();
    amina.hooks(&other, None, &coffee.address).await.well();
    bruno.sends(group, "@tea-bot @coffee-bot hello").await;
    wait_for("both answers", async || (bruno.reads_words(group).await.len() == 3).then_some(())).await;
    bruno.sends(group, "@tea-bot @coffee-bot once more").await;
    wait_for("both answers", async || (bruno.reads_words(group).await.len() == 6).then_some(())).await;
    assert_eq!((tea.heard().len(), coffee.heard().len()), (2, 2));
}
