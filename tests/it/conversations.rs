//! Opening private talks, and who may see them.

use futures_util::{FutureExt, future::join_all};
use salon::{
    conversations::{Conversation, Home},
    error::Error,
    ids::ConversationId,
    realtime::event::{Command, Event, Refusal},
};

use crate::{
    on_both_engines,
    support::{TestApp, cast::outcome, new_key},
};

on_both_engines! {
    both_ways_of_opening_lead_to_the_same_talk,
    opening_at_the_same_moment_makes_one_talk,
    only_friends_open_a_talk,
    a_stranger_finds_nothing_by_any_way,
    home_lists_talks_by_their_last_message,
    a_long_list_of_talks_is_read_in_pages,
}

async fn both_ways_of_opening_lead_to_the_same_talk(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let conversation = amina.opens(&bruno).await;
    assert_eq!(bruno.opens(&amina).await, conversation);
    assert_eq!(amina.opens(&bruno).await, conversation);
    let Conversation { about, head, messages, older, .. } = bruno.reads_conversation(conversation).await;
    assert_eq!((about.handle.as_deref(), about.may_write, head), (Some("amina"), true, 0));
    assert!(messages.is_empty() && older.is_none());
    assert!(amina.looks_at(conversation).await.contains("@bruno"));
}

async fn opening_at_the_same_moment_makes_one_talk(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let opening = (0..12)
        .map(|turn| if turn % 2 == 0 { amina.opens(&bruno).boxed() } else { bruno.opens(&amina).boxed() });
    let opened = join_all(opening).await;
    assert!(opened.iter().all(|id| *id == opened[0]), "{opened:?}");
    assert_eq!(app.store().await.number("select count(*) from participant").await, 2);
}

async fn only_friends_open_a_talk(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let refused = async || amina.answers("open_conversation", &bruno).await.error();
    assert_eq!(refused().await, Error::NotFound);
    amina.asks("bruno").await.well();
    assert_eq!(refused().await, Error::NotFound, "a request is no friendship");
    assert_eq!(amina.answers("open_conversation", &amina).await.error(), Error::NotFound);
    assert_eq!(app.store().await.number("select count(*) from conversation").await, 0);
}

async fn a_stranger_finds_nothing_by_any_way(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    let real = amina.opens(&bruno).await;
    amina.sends(real, "between us").await;
    let none: ConversationId = (real.get() + 4_096).try_into().expect("an id");

    let mut answers = Vec::new();
    let mut socket = carla.connects().await;
    for id in [real, none] {
        let page = carla.gets(&format!("/c/{id}")).await;
        assert_eq!(page.status, 404);
        let read = carla.reads(&format!("conversation?id={id}")).await;
        assert_eq!(read.error(), Error::NotFound);
        let sent = carla.posts(id, &new_key(), "let me in").await;
        assert_eq!(outcome(&sent), Err(Error::NotFound));
        socket.tells(&Command::Resume { conversations: [(id, 0)].into() }).await;
        assert_eq!(socket.next_event().await, Event::Error { code: Refusal::NotFound });
        // Ids and nonces differ from page to page; the rest must not.
        let nonce = page.header("content-security-policy").split_once("nonce-").expect("a nonce").1;
        let nonce = nonce.split_once('\'').expect("its end").0.to_owned();
        let text = page.text().replace(&nonce, "NONCE").replace(&id.to_string(), "ID");
        answers.push((text, read.text(), sent.text()));
    }
    assert_eq!(answers[0], answers[1], "what is hidden looks like what does not exist");
    assert!(!answers[0].0.contains("between us") && !answers[0].0.contains("bruno"));
    assert_eq!(amina.reads_texts(real).await, ["between us"]);
}

async fn home_lists_talks_by_their_last_message(app: TestApp) {
    let amina = app.person("amina").await;
    let mut talks = Vec::new();
    for name in ["bruno", "carla", "dora"] {
        let friend = app.person(name).await;
        amina.befriends(&friend).await;
        talks.push((amina.opens(&friend).await, friend));
    }
    for (turn, (talk, friend)) in talks.iter().enumerate() {
        app.pass(1_000);
        friend.sends(*talk, &format!("**word** {turn}")).await;
    }
    app.pass(1_000);
    amina.sends(talks[0].0, "my answer").await;

    let home: Home = amina.reads("home").await.well().json();
    let seen: Vec<_> = home.conversations.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(seen, ["bruno", "dora", "carla"]);
    let first = home.conversations[0].last.as_ref().expect("a last message");
    assert_eq!((first.mine, first.text.as_str()), (true, "my answer"));
    assert_eq!(home.conversations[1].last.as_ref().expect("a last message").text, "word 2");
    let page = amina.page("/").await;
    assert!(page.contains("my answer") && page.contains("word 2"), "{page}");
}

async fn a_long_list_of_talks_is_read_in_pages(app: TestApp) {
    let amina = app.person("amina").await;
    let (me, now) = (amina.id.get(), app.now().millis());
    let mut store = app.store().await;
    for n in 1..=100 {
        let (other, talk) = (me + n, me + 1_000 + n);
        store
            .run_all(format!(
                "insert into account (id, username, display_name, email, email_key, created_at, updated_at)
               values ({other}, 'p{n}', 'P', 'p{n}@x', 'p{n}@x', {now}, {now});
             insert into conversation (id, kind, active_at, created_at) values ({talk}, 'direct', {}, {now});
             insert into participant (conversation_id, account_id, joined_at)
               values ({talk}, {me}, {now}), ({talk}, {other}, {now});",
                now + n / 3,
            ))
            .await;
    }
    let (mut seen, mut query) = (Vec::new(), "home".to_owned());
    loop {
        let home: Home = amina.reads(&query).await.well().json();
        assert!(home.conversations.len() <= Home::PAGE);
        seen.extend(home.conversations.iter().map(|line| line.id.get()));
        let Some(next) = home.next else { break };
        query = format!("home?active_at={}&id={}", next.active_at.millis(), next.id);
    }
    let all: Vec<i64> = (1..=100).rev().map(|n| me + 1_000 + n).collect();
    assert_eq!(seen, all);
}
