//! What is unread and names one: in lists, in all together, and by the level that one has chosen.

use salon::{
    conversations::{Home, Summary},
    ids::ConversationId,
    mentions::unread,
};

use crate::{
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        houses::{channel, gives, inhabited},
    },
};

on_both_engines! {
    mentions_are_counted_beside_what_is_unread,
    the_level_mentions_counts_them_alone,
    what_is_silent_or_hidden_counts_none,
    in_channels_they_are_counted_too,
    in_the_room_for_everyone_mentions_alone_count,
    the_count_of_mentions_is_bounded,
    mentions_are_what_the_rule_says,
    lists_say_it_in_words,
}

async fn line(person: &Person, talk: ConversationId) -> Summary {
    person.home().await.conversations.into_iter().find(|line| line.id == talk).expect("it is listed")
}

async fn sets(person: &Person, talk: ConversationId, level: &str) {
    person.does("set_level", talk, &[("level", level)]).await.well();
}

/// Unread, mentions, and what counts in all together.
async fn counts(person: &Person, talk: ConversationId) -> (u32, u32, u32) {
    let (line, all) = (line(person, talk).await, person.home().await.unread);
    (line.unread, line.mentions, all)
}

async fn mentions_are_counted_beside_what_is_unread(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    amina.sends(group, "plain").await;
    let named = amina.sends(group, "@bruno").await;
    amina.sends(group, "@all, and @bruno").await;
    assert_eq!(counts(&bruno, group).await, (3, 2, 3));
    assert_eq!(counts(&carla, group).await, (3, 1, 3));
    assert_eq!(counts(&amina, group).await, (0, 0, 0), "one does not name oneself");

    bruno.marks_read(group, named.position).await.well();
    assert_eq!(counts(&bruno, group).await, (1, 1, 1));
    bruno.marks_unread(group, named.id).await.well();
    assert_eq!(counts(&bruno, group).await, (2, 2, 2));
    amina.does("edit_message", group, &[("message", &*named.id.to_string()), ("body", "-")]).await.well();
    assert_eq!(counts(&bruno, group).await, (2, 1, 2));
}

async fn the_level_mentions_counts_them_alone(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    sets(&bruno, group, "mentions").await;
    amina.sends(group, "plain").await;
    assert_eq!(counts(&bruno, group).await, (1, 0, 0));
    amina.sends(group, "@bruno").await;
    amina.sends(group, "@here").await;
    assert_eq!(counts(&bruno, group).await, (3, 2, 2));
    let line = line(&bruno, group).await;
    assert_eq!(line.loudness.number(line.unread, line.mentions), Some(2));
    // Who has the end before their eyes has nothing unread, there nor in the title.
    let seen = bruno.home().await.without_news_in(group);
    assert_eq!((seen.unread, seen.conversations[0].mentions), (0, 0));
}

async fn what_is_silent_or_hidden_counts_none(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    amina.sends(group, "@bruno").await;
    sets(&bruno, group, "none").await;
    assert_eq!(counts(&bruno, group).await, (0, 0, 0));
    sets(&bruno, group, "mentions").await;
    bruno.does("mute_conversation", group, &[("length", "hour")]).await.well();
    assert_eq!(counts(&bruno, group).await, (0, 0, 0));
    bruno.does("unmute_conversation", group, &[]).await.well();
    bruno.does("hide_conversation", group, &[]).await.well();
    assert_eq!(bruno.home().await.unread, 0);
    amina.sends(group, "plain").await;
    assert_eq!(counts(&bruno, group).await, (2, 1, 1), "it is back");
    // Whoever is gone is not named any more.
    amina.lets_go(group, &bruno).await.well();
    assert_eq!(bruno.home().await.unread, 0);
}

async fn in_channels_they_are_counted_too(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let talk = channel(&amina, space, "general").await;
    gives(&amina, space, &carla, "moderator").await.well();
    carla.sends(talk, "plain").await;
    carla.sends(talk, "@bruno").await;
    let shown = async |person: &Person| {
        let home: Home = person.reads(&format!("home?space={space}")).await.well().json();
        let line = &home.space.as_ref().expect("a space").channels[0];
        let place = &home.spaces[0];
        ((line.unread, line.mentions), (place.unread, place.mentions), home.unread)
    };
    assert_eq!(shown(&bruno).await, ((2, 1), (2, 1), 1));
    assert_eq!(shown(&amina).await, ((2, 0), (2, 0), 0));
    sets(&bruno, talk, "mentions").await;
    assert_eq!(shown(&bruno).await, ((2, 1), (1, 1), 1));
    carla.sends(talk, "@all").await;
    assert_eq!(shown(&bruno).await, ((3, 2), (2, 2), 2));
    sets(&bruno, talk, "none").await;
    assert_eq!(shown(&bruno).await, ((0, 0), (0, 0), 0));
}

async fn in_the_room_for_everyone_mentions_alone_count(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, bruno) = app.two_friends().await;
    let everyone: ConversationId = 1.try_into().expect("an id");
    amina.sends(everyone, "@bruno").await;
    assert_eq!(counts(&bruno, everyone).await, (1, 1, 1));
    amina.sends(everyone, "plain").await;
    assert_eq!(counts(&bruno, everyone).await, (2, 1, 1));
}

async fn the_count_of_mentions_is_bounded(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = amina.sends(group, "@bruno @all").await;
    let (mut store, first) = (app.store().await, said.id.get());
    for n in 1..=250 {
        let (id, position) = (first + n, said.position + n);
        store
            .run_all(format!(
                "insert into message
                 (id, conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at,
                  mentions_all)
                 select {id}, conversation_id, sender_id, 'key {n}', client_digest, {position}, {position}, body,
                        created_at, {n} % 2
                 from message where id = {first};
                 insert into mention (message_id, account_id, conversation_id, position)
                 select {id}, {}, {group}, {position} where {n} % 3 = 0;",
                bruno.id
            ))
            .await;
    }
    store.run(format!("update conversation set head = {} where id = {group}", said.position + 250)).await;
    assert_eq!(counts(&bruno, group).await, (100, 100, 100));
    bruno.marks_read(group, said.position + 244).await.well();
    // Of the last six 245, 247 and 249 turn to everyone, 246 and 249 to him.
    assert_eq!(counts(&bruno, group).await, (6, 4, 6));
}

/// Anything that people say and read, at random: SQL counts what the rule in plain Rust says.
async fn mentions_are_what_the_rule_says(app: TestApp) {
    let people = app.three_friends().await;
    let [amina, bruno, carla] = &people;
    let group = amina.gathers("Garden", &[bruno, carla]).await;
    let texts = ["plain", "@bruno", "@all", "@carla @bruno", "`@all`", "@here @amina", "@amina"];
    let mut said = Vec::new();
    for step in 0..80 {
        let who = &people[rand::random_range(0..3)];
        let text = texts[rand::random_range(0..texts.len())];
        match rand::random_range(0..10) {
            0..5 => said.push(who.sends(group, text).await),
            5..7 if !said.is_empty() => {
                let id = said[rand::random_range(0..said.len())].id.to_string();
                // Only the author may, and not the same again: both are answered.
                who.does("edit_message", group, &[("message", &id), ("body", text)]).await;
            }
            7 if !said.is_empty() => {
                // Her own would go in a moment only.
                let message = &said[rand::random_range(0..said.len())];
                if message.sender != amina.id {
                    amina.deletes(group, message.id).await.well();
                }
            }
            _ => drop(who.marks_read(group, rand::random_range(0..100)).await.well()),
        }
        for person in &people {
            let page = person.reads_conversation(group).await;
            let older = page.older.is_some();
            let rule = unread(&page.messages, page.read, person.id);
            let counted = line(person, group).await.mentions;
            assert!(
                counted == rule || older && counted > rule,
                "{} after step {step}: {counted} for {rule}",
                person.name
            );
        }
    }
}

async fn lists_say_it_in_words(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    for text in ["@bruno", "plain", "plain"] {
        amina.sends(group, text).await;
    }
    let page = bruno.page("/").await;
    for part in ["3 unread", "1 mention<", "data-mentioned"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    sets(&bruno, group, "mentions").await;
    let page = bruno.page("/").await;
    assert!(page.contains(">unread<") && page.contains("1 mention<") && !page.contains("3 unread"), "{page}");
}
