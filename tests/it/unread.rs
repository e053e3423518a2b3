//! What is unread, and who hears of reading.

use std::collections::BTreeSet;

use salon::{
    conversations::window::Window,
    error::Error,
    ids::{ConversationId, MessageId},
    messages::unread::{Unread, unread},
    realtime::event::{Command, Event, Refusal},
};

use crate::{
    on_both_engines,
    support::{Person, TestApp, wait_for},
};

on_both_engines! {
    what_others_say_is_unread_and_what_one_says_is_not,
    reading_never_goes_back_nor_ahead,
    reading_nothing_new_writes_nothing,
    a_message_can_be_marked_unread,
    reading_is_told_to_ones_own_screens_only,
    reading_can_be_said_on_the_live_connection,
    nobody_else_reads_here,
    the_count_is_bounded_and_does_not_walk_over_ones_own,
    counts_are_what_the_rule_says,
    reading_works_as_a_form,
}

/// What a conversation's page and the list say is unread; they must agree.
async fn unread_to(person: &Person, talk: ConversationId) -> Unread {
    let page = person.reads_window(talk, Window::Latest).await;
    let line =
        person.home().await.conversations.into_iter().find(|line| line.id == talk).expect("it is listed");
    assert_eq!(line.unread, page.unread, "the list and the page");
    Unread { count: page.unread, first: page.first_unread }
}

async fn read_by(person: &Person, talk: ConversationId) -> i64 {
    person.reads_window(talk, Window::Latest).await.read
}

const NONE: Unread = Unread { count: 0, first: None };

async fn what_others_say_is_unread_and_what_one_says_is_not(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    assert_eq!((unread_to(&amina, talk).await, unread_to(&bruno, talk).await), (NONE, NONE));

    for n in 0..3 {
        amina.sends(talk, &n.to_string()).await;
    }
    bruno.sends(talk, "an answer").await;
    amina.sends(talk, "another").await;
    // To answer is not to read: the answer may come from another place.
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 4, first: Some(1) });
    assert_eq!(unread_to(&amina, talk).await, Unread { count: 1, first: Some(4) });

    bruno.marks_read(talk, 2).await.well();
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 2, first: Some(3) });
    bruno.marks_read(talk, 5).await.well();
    assert_eq!((unread_to(&bruno, talk).await, read_by(&bruno, talk).await), (NONE, 5));
    assert_eq!(unread_to(&amina, talk).await.count, 1, "everyone reads for themselves");

    // In all conversations together.
    let carla = app.person("carla").await;
    carla.befriends(&bruno).await;
    let other = carla.opens(&bruno).await;
    carla.sends(other, "hello").await;
    amina.sends(talk, "again").await;
    assert_eq!(bruno.home().await.unread, 2);
    bruno.marks_read(other, 1).await.well();
    assert_eq!(bruno.home().await.unread, 1);
}

async fn reading_never_goes_back_nor_ahead(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for n in 0..5 {
        amina.sends(talk, &n.to_string()).await;
    }
    for (position, read) in
        [(0, 0), (-1, 0), (i64::MIN, 0), (3, 3), (2, 3), (0, 3), (4, 4), (1_000, 5), (i64::MAX, 5)]
    {
        bruno.marks_read(talk, position).await.well();
        assert_eq!(read_by(&bruno, talk).await, read, "after {position}");
    }
    amina.sends(talk, "what comes later is not read yet").await;
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 1, first: Some(6) });
}

async fn reading_nothing_new_writes_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, "one").await;
    bruno.marks_read(talk, 1).await.well();
    for n in 0..5 {
        bruno.sends(talk, &n.to_string()).await;
    }
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);

    // Nothing of others stands behind what he has read: there is nothing to keep.
    for position in [1, 3, 6] {
        bruno.marks_read(talk, position).await.well();
        his.tells(&Command::Read { conversation: talk, position }).await;
    }
    his.assert_silent().await;
    assert_eq!(read_by(&bruno, talk).await, 1);

    amina.marks_read(talk, 6).await.well();
    hers.events_so_far().await;
    amina.marks_read(talk, 6).await.well();
    hers.assert_silent().await;
}

async fn a_message_can_be_marked_unread(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut said = Vec::new();
    for n in 0..6 {
        let who = if n == 3 { &bruno } else { &amina };
        said.push(who.sends(talk, &n.to_string()).await.id);
    }
    bruno.marks_read(talk, 6).await.well();
    bruno.marks_unread(talk, said[2]).await.well();
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 3, first: Some(3) });

    // What is unread already stays so: marking a later one reads nothing.
    bruno.marks_unread(talk, said[4]).await.well();
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 3, first: Some(3) });
    bruno.marks_unread(talk, said[0]).await.well();
    assert_eq!((unread_to(&bruno, talk).await.count, read_by(&bruno, talk).await), (5, 0));

    // One's own message brings back what others said after it.
    bruno.marks_read(talk, 6).await.well();
    bruno.marks_unread(talk, said[3]).await.well();
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 2, first: Some(5) });

    // And so does a deleted one.
    app.store().await.run(format!("update message set deleted_at = 1 where id = {}", said[3])).await;
    bruno.marks_read(talk, 6).await.well();
    bruno.marks_unread(talk, said[3]).await.well();
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 2, first: Some(5) });
}

async fn reading_is_told_to_ones_own_screens_only(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = [amina.sends(talk, "one").await, amina.sends(talk, "two").await];
    let elsewhere = bruno.at_another_browser(&app).await;
    let mut his = [bruno.connects().await, bruno.connects().await, elsewhere.connects().await];
    let mut hers = amina.connects().await;
    let read = |position| [Event::Read { conversation: talk, account: bruno.id, position }];

    bruno.marks_read(talk, 2).await.well();
    for socket in &mut his {
        assert_eq!(socket.events_so_far().await, read(2));
    }
    elsewhere.marks_unread(talk, said[1].id).await.well();
    for socket in &mut his {
        assert_eq!(socket.events_so_far().await, read(1));
    }
    hers.assert_silent().await;
}

async fn reading_can_be_said_on_the_live_connection(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for n in 0..4 {
        amina.sends(talk, &n.to_string()).await;
    }
    let mut socket = bruno.connects().await;
    let mut other = bruno.connects().await;
    socket.tells(&Command::Read { conversation: talk, position: 3 }).await;
    for socket in [&mut socket, &mut other] {
        let read = Event::Read { conversation: talk, account: bruno.id, position: 3 };
        assert_eq!(socket.next_event().await, read);
    }
    assert_eq!(unread_to(&bruno, talk).await, Unread { count: 1, first: Some(4) });

    // Who reads the last message and closes the page has read it.
    socket.tells(&Command::Read { conversation: talk, position: i64::MAX }).await;
    drop(socket);
    wait_for("the last message to be read", async || (read_by(&bruno, talk).await == 4).then_some(())).await;
}

async fn nobody_else_reads_here(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "between us").await.id;
    let none: ConversationId = (talk.get() + 4_096).try_into().expect("an id");
    let nothing: MessageId = (said.get() + 4_096).try_into().expect("an id");
    let before = app.store().await.texts("select account_id || ' ' || read_position from participant").await;

    let mut socket = carla.connects().await;
    for talk in [talk, none] {
        for window in [Window::Unread, Window::Latest, Window::After(0), Window::Around(said)] {
            assert_eq!(carla.tries_to_read(talk, window).await.error(), Error::NotFound);
        }
        assert_eq!(carla.marks_read(talk, 1).await.error(), Error::NotFound);
        assert_eq!(carla.marks_unread(talk, said).await.error(), Error::NotFound);
        socket.tells(&Command::Read { conversation: talk, position: 1 }).await;
        assert_eq!(socket.next_event().await, Event::Error { code: Refusal::NotFound });
    }
    assert_eq!(amina.marks_unread(talk, nothing).await.error(), Error::NotFound);
    for (function, field) in [("mark_read", "position"), ("mark_unread", "message")] {
        let fields = [("conversation", &*talk.to_string()), (field, &*said.to_string())];
        assert_eq!(app.browser().calls(function, &fields).await.error(), Error::SignedOut);
    }
    let after = app.store().await.texts("select account_id || ' ' || read_position from participant").await;
    assert_eq!(before, after);
}

async fn the_count_is_bounded_and_does_not_walk_over_ones_own(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let first = amina.sends(talk, "the first of many").await.id.get();
    let mut store = app.store().await;
    for n in 2..=250 {
        let sender = if n > 100 { amina.id } else { bruno.id };
        store
            .run(format!(
                "insert into message
                 (id, conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at)
                 select id + {n}, conversation_id, {sender}, 'key {n}', client_digest, {n}, {n}, body, created_at
                 from message where id = {first}"
            ))
            .await;
    }
    store.run("update conversation set head = 250").await;
    let home = bruno.home().await;
    assert_eq!((home.unread, home.conversations[0].unread), (100, 100));
    bruno.marks_read(talk, 200).await.well();
    assert_eq!(bruno.home().await.conversations[0].unread, 50);
    bruno.marks_read(talk, 250).await.well();
    assert_eq!(bruno.home().await.unread, 0);
}

/// Anything that two people do to what is unread, at random: SQL counts what the rule in plain Rust says.
async fn counts_are_what_the_rule_says(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut store = app.store().await;
    let mut said = Vec::new();
    let mut deleted = BTreeSet::new();
    for step in 0..150 {
        let who = if rand::random() { &amina } else { &bruno };
        let chosen = rand::random_range(0..=said.len());
        match rand::random_range(0..10) {
            0..5 => said.push(who.sends(talk, "something").await),
            5..7 => drop(who.marks_read(talk, chosen as i64 + 1).await.well()),
            7..9 => {
                if let Some(message) = said.get(chosen).filter(|message| !deleted.contains(&message.id)) {
                    who.marks_unread(talk, message.id).await.well();
                }
            }
            _ => {
                if let Some(message) = said.get(chosen) {
                    let id = message.id;
                    store.run(format!("update message set deleted_at = 1 where id = {id}")).await;
                    deleted.insert(id);
                }
            }
        }
        for person in [&amina, &bruno] {
            let there = said.iter().filter(|message| !deleted.contains(&message.id));
            let rule = unread(there, read_by(person, talk).await, person.id);
            assert_eq!(unread_to(person, talk).await, rule, "{} after step {step}", person.name);
        }
    }
}

async fn reading_works_as_a_form(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "one").await.id;
    let page = format!("/c/{talk}");
    let id = talk.to_string();
    let read = bruno.submits(&page, "mark_read", &[("conversation", &id), ("position", "1")]).await;
    assert_eq!((read.status, read.location()), (303, page.as_str()));
    assert_eq!(unread_to(&bruno, talk).await, NONE);
    let marked = [("conversation", &*id), ("message", &*said.to_string())];
    let back = bruno.submits(&page, "mark_unread", &marked).await;
    assert_eq!((back.status, back.location()), (303, page.as_str()));
    assert_eq!(unread_to(&bruno, talk).await.count, 1);
    // To open the page is a reading of it by whoever fetches it, a prefetch perhaps: it marks nothing.
    bruno.looks_at(talk).await;
    assert_eq!(unread_to(&bruno, talk).await.count, 1);
}
