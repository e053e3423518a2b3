//! Who hears of a thread, how far they have read it, and what of it counts elsewhere.

use salon::{realtime::event::Event, threads::Follow};

use super::talk;
use crate::{
    on_both_engines,
    support::{TestApp, new_key},
};

on_both_engines! {
    whoever_says_something_follows_from_there_on,
    one_follows_and_lets_go,
    a_message_in_a_thread_can_be_unread_again,
    the_author_of_its_head_is_told,
    names_in_a_thread_do_not_count_in_the_room,
    it_works_without_a_script,
}

async fn whoever_says_something_follows_from_there_on(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    let first = bruno.says_in(&root, "I bring tea").await;
    assert!(!bruno.has_news(talk).await && amina.has_news(talk).await);
    assert_eq!(amina.unread_in(&root).await, (1, Some(first.position)));

    let (mut one, mut other) = (amina.connects().await, amina.connects().await);
    let mut his = bruno.connects().await;
    amina.reads_thread_to(&root, first.position).await;
    // What one has read once is read, and nobody beyond one's own screens hears of it.
    amina.reads_thread_to(&root, first.position).await;
    let follow = Follow { root: root.id, follows: true, read: first.position };
    for screen in [&mut one, &mut other] {
        assert_eq!(screen.events_so_far().await, [Event::Followed { conversation: talk, follow }]);
    }
    assert_eq!(his.events_so_far().await, []);
    assert!(!amina.has_news(talk).await);
    assert_eq!(amina.unread_in(&root).await, (0, None));

    let second = amina.says_in(&root, "Thank you").await;
    assert!(bruno.has_news(talk).await && !amina.has_news(talk).await);
    // Nobody reads ahead of what was said.
    bruno.reads_thread_to(&root, i64::MAX).await;
    assert_eq!(bruno.opens_thread(&root).await.read, second.position);
    amina.says_in(&root, "And for the cups").await;
    assert!(bruno.has_news(talk).await);
}

async fn one_follows_and_lets_go(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    let first = bruno.says_in(&root, "I bring tea").await;
    amina.reads_thread_to(&root, first.position).await;
    amina.follows(&root, false).await.well();
    amina.follows(&root, false).await.well();
    bruno.says_in(&root, "And cups").await;
    assert!(!amina.has_news(talk).await);
    let thread = amina.opens_thread(&root).await;
    assert_eq!((thread.unread, thread.thread.map(|thread| thread.follows)), (0, Some(false)));
    // The room knows it too: what comes is no news there.
    assert_eq!(
        amina.reads_conversation(talk).await.follows.iter().map(|one| one.follows).collect::<Vec<_>>(),
        [false]
    );

    // Whoever follows again begins with what comes now.
    amina.follows(&root, true).await.well();
    assert!(!amina.has_news(talk).await);
    let third = bruno.says_in(&root, "And a cake").await;
    assert_eq!(amina.unread_in(&root).await, (1, Some(third.position)));

    // One may follow what nobody has said anything about.
    let other = amina.sends(talk, "Where?").await;
    bruno.follows(&other, true).await.well();
    amina.says_in(&other, "At my place").await;
    assert!(bruno.has_news(talk).await);
}

async fn a_message_in_a_thread_can_be_unread_again(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let talk = root.conversation;
    let first = bruno.says_in(&root, "I bring tea").await;
    let second = bruno.says_in(&root, "And cups").await;
    amina.reads_thread_to(&root, second.position).await;
    amina.marks_unread(talk, second.id).await.well();
    assert_eq!(amina.unread_in(&root).await, (1, Some(second.position)));
    amina.marks_unread(talk, first.id).await.well();
    assert_eq!(amina.unread_in(&root).await, (2, Some(first.position)));
    assert!(amina.has_news(talk).await);
    // The room is as it was.
    assert_eq!(amina.reads_conversation(talk).await.unread, 0);
}

async fn the_author_of_its_head_is_told(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    app.store().await.run("delete from activity").await;
    let said = bruno.says_in(&root, "I bring tea").await;
    assert_eq!((amina.home().await.activity, bruno.home().await.activity), (1, 0));
    let page = amina.page("/activity").await;
    assert!(page.contains("bruno answered you") && page.contains("I bring tea"), "{page}");
    // To read the room is not to read the thread.
    amina.marks_read(root.conversation, said.position).await.well();
    assert_eq!(amina.home().await.activity, 1);
    amina.reads_thread_to(&root, said.position).await;
    assert_eq!(amina.home().await.activity, 0);
}

async fn names_in_a_thread_do_not_count_in_the_room(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    bruno.says_in(&root, "@amina @all tea?").await;
    let home = amina.home().await;
    let line = home.conversations.iter().find(|line| line.id == root.conversation).expect("it is listed");
    assert_eq!((line.unread, line.mentions, home.unread, home.activity > 0), (0, 0, 0, true));
    assert!(!amina.page("/unread").await.contains("tea?"));
}

async fn it_works_without_a_script(app: TestApp) {
    let (amina, bruno, root) = talk(&app).await;
    let (talk, id) = (root.conversation, root.id.to_string());
    let path = format!("/c/{talk}/t/{id}");
    let page = bruno.page(&path).await;
    assert!(
        page.contains(&format!("name=\"thread\" value=\"{id}\"")) && page.contains("Follow thread"),
        "{page}"
    );
    let (conversation, key) = (talk.to_string(), new_key());
    let fields =
        [("conversation", &*conversation), ("key", &*key), ("body", "I bring tea"), ("thread", &*id)];
    let sent = bruno.submits(&path, "send_message", &fields).await;
    assert_eq!((sent.status, sent.location()), (303, &*path));
    let page = bruno.page(&path).await;
    assert!(page.contains("I bring tea") && page.contains("Unfollow thread"), "{page}");

    let said = bruno.opens_thread(&root).await.messages.pop().expect("it stands there");
    let reply = bruno.page(&format!("/c/{talk}/m/{}/reply", said.id)).await;
    assert!(
        reply.contains(&format!("name=\"thread\" value=\"{id}\"")),
        "what is answered there stays there: {reply}"
    );

    // What is refused stands in the box of the thread, and not in the one of the room.
    let key = new_key();
    let long = "x".repeat(8_001);
    let fields = [("conversation", &*conversation), ("key", &*key), ("body", &*long), ("thread", &*id)];
    let refused = bruno.submits(&path, "send_message", &fields).await;
    assert_eq!((refused.status, refused.location()), (303, &*path));
    assert!(bruno.page(&path).await.contains(&long));

    let page = amina.page(&path).await;
    assert!(page.contains("1 new") && page.contains("/do/mark_thread_read"), "{page}");
    let last = amina.opens_thread(&root).await.messages.last().map_or(0, |last| last.position).to_string();
    let fields = [("conversation", &*conversation), ("thread", &*id), ("position", &*last)];
    assert_eq!(amina.submits(&path, "mark_thread_read", &fields).await.location(), path);
    assert!(!amina.page(&path).await.contains("/do/mark_thread_read"));
    let fields = [("conversation", &*conversation), ("thread", &*id), ("follows", "false")];
    assert_eq!(amina.submits(&path, "follow_thread", &fields).await.location(), path);
    assert!(amina.page(&path).await.contains(">Follow thread<"));
}
