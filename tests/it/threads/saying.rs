//! What stands in a thread, and what its head says of it.

use futures_util::future::join_all;
use salon::{
    conversations::{Conversation, window::Window},
    error::Error,
    messages::Message,
    realtime::event::Event,
    threads::Replies,
};

use super::{bodies, talk};
use crate::{
    on_both_engines,
    support::{TestApp, cast::outcome, new_key, wait_for},
};

on_both_engines! {
    what_is_said_in_a_thread_stands_there_alone,
    everyone_hears_of_it_and_a_resume_brings_it,
    nothing_is_said_in_what_is_no_thread_here,
    what_is_deleted_is_counted_no_more,
    one_key_is_good_for_one_thread,
    many_at_once_are_counted_and_numbered_without_a_hole,
    addresses_lead_to_where_a_message_stands,
    slow_mode_counts_what_is_said_in_threads,
    it_comes_in_pages,
}

async fn what_is_said_in_a_thread_stands_there_alone(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    let first = bruno.says_in(&root, "I bring tea").await;
    amina.sends(talk, "Tomorrow at six").await;
    let second = bruno.says_in(&root, "And cups").await;
    assert_eq!((first.thread, first.replies), (Some(root.id), None));

    let room = amina.reads_conversation(talk).await;
    assert_eq!(bodies(&room), ["Who brings what?", "Tomorrow at six"]);
    let replies = Replies { count: 2, last: second.position, at: second.at };
    assert_eq!(room.messages[0].replies, Some(replies));
    assert!(room.thread.is_none());
    let thread = amina.opens_thread(&root).await;
    assert_eq!(bodies(&thread), ["Who brings what?", "I bring tea", "And cups"]);
    assert_eq!(thread.thread.map(|thread| (thread.root.id, thread.follows)), Some((root.id, true)));

    // The lists know it from what is said in the room.
    let line =
        amina.home().await.conversations.into_iter().find(|line| line.id == talk).expect("it is listed");
    assert_eq!((line.unread, line.last.map(|last| last.text)), (0, Some("Tomorrow at six".to_owned())));
    assert!(line.threads);
    assert_eq!(amina.home().await.unread, 0);
}

async fn everyone_hears_of_it_and_a_resume_brings_it(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let mut hers = amina.connects().await;
    let said = bruno.says_in(&root, "I bring tea").await;
    assert_eq!(hers.next_event().await, Event::Message(Box::new(said.clone())));
    let replies = Replies { count: 1, last: said.position, at: said.at };
    let told = Event::Replies {
        conversation: root.conversation,
        message: root.id,
        revision: said.position + 1,
        replies: Some(replies),
    };
    // The author of the head is told by what it is answered, too.
    assert!(hers.events_so_far().await.contains(&told));

    let (missed, through, limited) = hers.resumes(root.conversation, root.position).await;
    assert_eq!((through, limited), (said.position + 1, false));
    let missed: Vec<_> = missed.iter().map(|message| (message.id, message.thread, message.replies)).collect();
    assert_eq!(missed, [(said.id, Some(root.id), None), (root.id, None, Some(replies))]);
}

async fn nothing_is_said_in_what_is_no_thread_here(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let carla = app.person("carla").await;
    amina.befriends(&carla).await;
    let group = amina.gathers("Reading", &[&carla]).await;
    let elsewhere = amina.sends(group, "secret").await;
    let note = amina.reads_conversation(group).await.messages.into_iter().find(|it| it.note.is_some());
    let inside = bruno.says_in(&root, "I bring tea").await;

    let here = |other: &Message| Message { conversation: root.conversation, ..other.clone() };
    for wrong in [here(&elsewhere), here(&inside)] {
        assert_eq!(outcome(&bruno.posts_in(&wrong, &new_key(), "canary").await), Err(Error::NotFound));
        assert_eq!(bruno.follows(&wrong, true).await.error(), Error::NotFound);
        assert_eq!(
            bruno.tries_to_open(root.conversation, wrong.id, Window::Unread).await.error(),
            Error::NotFound
        );
    }
    let note = note.expect("the group tells that it was made");
    assert_eq!(outcome(&amina.posts_in(&note, &new_key(), "canary").await), Err(Error::NotFound));
    assert_eq!(outcome(&bruno.posts_in(&elsewhere, &new_key(), "canary").await), Err(Error::NotFound));
    assert_eq!(
        bruno.reads_conversation(root.conversation).await.head,
        inside.position + 1,
        "no number was spent"
    );
    for odd in ["0", "-1", "x", "9223372036854775808"] {
        let fields = [("key", &*new_key()), ("body", "canary"), ("thread", odd)];
        assert_eq!(bruno.does("send_message", root.conversation, &fields).await.status, 422, "{odd}");
    }
}

async fn what_is_deleted_is_counted_no_more(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    let first = bruno.says_in(&root, "I bring tea").await;
    let second = bruno.says_in(&root, "And cups").await;
    let replies = async || amina.reads_message(talk, root.id).await.replies;
    let deleted = async |message: &Message| {
        bruno.deletes(talk, message.id).await.well();
        app.pass(5_000);
        wait_for("the deletion", async || amina.reads_message(talk, message.id).await.deleted.map(drop))
            .await;
    };
    deleted(&second).await;
    assert_eq!(replies().await, Some(Replies { count: 1, last: first.position, at: first.at }));
    assert_eq!(amina.unread_in(&root).await, (1, Some(first.position)));
    deleted(&first).await;
    assert_eq!(replies().await, None);
    assert!(!amina.has_news(talk).await);

    // A thread outlives its head.
    let third = bruno.says_in(&root, "Anyway").await;
    amina.deletes(talk, root.id).await.well();
    app.pass(5_000);
    wait_for("the deletion", async || bruno.reads_message(talk, root.id).await.deleted.map(drop)).await;
    assert_eq!(replies().await, Some(Replies { count: 1, last: third.position, at: third.at }));
    assert_eq!(bodies(&bruno.opens_thread(&root).await).last(), Some(&"Anyway"));
}

async fn one_key_is_good_for_one_thread(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let other = amina.sends(root.conversation, "Where?").await;
    let key = new_key();
    let said = outcome(&bruno.posts_in(&root, &key, "canary").await).expect("it is accepted");
    assert_eq!(outcome(&bruno.posts_in(&root, &key, "canary").await).expect("it is the same"), said);
    assert_eq!(outcome(&bruno.posts_in(&other, &key, "canary").await), Err(Error::Conflict));
    assert_eq!(outcome(&bruno.posts(root.conversation, &key, "canary").await), Err(Error::Conflict));
    assert_eq!(
        amina.reads_message(root.conversation, root.id).await.replies.map(|replies| replies.count),
        Some(1)
    );
}

async fn many_at_once_are_counted_and_numbered_without_a_hole(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    let other = amina.sends(talk, "Where?").await;
    let people = [&amina, &bruno];
    let (first, second) = (&root, &other);
    let said = join_all((0..24).map(|n| async move {
        match n % 3 {
            0 => people[n % 2].says_in(first, &format!("{n}")).await,
            1 => people[n % 2].says_in(second, &format!("{n}")).await,
            _ => people[n % 2].sends(first.conversation, &format!("{n}")).await,
        }
    }))
    .await;
    let room = amina.reads_conversation(talk).await;
    for thread in &room.messages[..2] {
        let inside: Vec<i64> =
            said.iter().filter(|it| it.thread == Some(thread.id)).map(|it| it.position).collect();
        let replies = thread.replies.expect("something stands there");
        assert_eq!((replies.count, Some(replies.last)), (8, inside.iter().max().copied()));
    }
    // Every number was told: what changed since the beginning, and how often heads were told anew.
    let numbers: Vec<i64> = app.store().await.numbers("select revision from message order by revision").await;
    assert_eq!(numbers.iter().max(), Some(&room.head));
    let mut hers = amina.connects().await;
    let (missed, through, _) = hers.resumes(talk, 0).await;
    assert_eq!((missed.len(), through), (26, room.head));
}

async fn addresses_lead_to_where_a_message_stands(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    let said = bruno.says_in(&root, "I bring **tea**").await;
    let found = amina.reads_window(talk, Window::Around(said.id)).await;
    assert_eq!(found.thread.as_ref().map(|thread| thread.root.id), Some(root.id));
    assert_eq!(bodies(&found), ["Who brings what?", "I bring **tea**"]);
    assert!(
        amina.reads_window(talk, Window::Around(root.id)).await.thread.is_none(),
        "its head stands in the room"
    );

    let page = amina.page(&format!("/c/{talk}/m/{}", said.id)).await;
    assert!(page.contains("thread-header") && page.contains("<strong>tea"), "{page}");
    let room = amina.looks_at(talk).await;
    assert!(
        room.contains(&format!("href=\"/c/{talk}/t/{}\"", root.id)) && room.contains("1 reply"),
        "{room}"
    );
    assert!(!room.contains("<strong>tea"));
    for path in [format!("/c/{talk}/t/{}", said.id), format!("/c/{talk}/t/0"), format!("/c/{talk}/t/x")] {
        assert_eq!(amina.gets(&path).await.status, 404, "{path}");
    }
    let other = amina.sends(talk, "Where?").await;
    let strange = amina.tries_to_open(talk, other.id, Window::Around(said.id)).await;
    assert_eq!(strange.error(), Error::NotFound, "it stands in another thread");
}

async fn slow_mode_counts_what_is_said_in_threads(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Reading", &[&bruno]).await;
    let root = amina.sends(group, "Which book?").await;
    amina.does("set_slow_mode", group, &[("seconds", "60")]).await.well();
    bruno.says_in(&root, "The red one").await;
    assert!(matches!(bruno.tries_to_send(group, "Quick").await, Err(Error::TooFast { .. })));
    app.pass(60_000);
    bruno.sends(group, "Slow").await;
}

async fn it_comes_in_pages(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    for n in 0..95 {
        bruno.says_in(&root, &format!("{n}")).await;
        if n % 10 == 0 {
            amina.sends(talk, "between").await;
        }
    }
    let mut seen = Vec::new();
    let mut window = Window::Latest;
    loop {
        let page: Conversation = amina.tries_to_open(talk, root.id, window).await.well().json();
        assert!(page.messages.len() <= Conversation::PAGE + 1);
        seen.splice(0..0, page.messages.iter().map(|message| message.body.clone()));
        match page.older {
            Some(older) => window = Window::Before(older),
            None => break,
        }
    }
    let all: Vec<String> =
        std::iter::once("Who brings what?".to_owned()).chain((0..95).map(|n| n.to_string())).collect();
    assert_eq!(seen, all);
    // What is unread begins where it is opened.
    let unread = amina.opens_thread(&root).await;
    assert_eq!((unread.unread, unread.newer.is_some()), (95, true));
    assert!(bodies(&unread).starts_with(&["Who brings what?", "0"]));
}
