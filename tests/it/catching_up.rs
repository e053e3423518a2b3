//! What is unread and why, and marking it read at once.

use futures_util::future::join_all;
use salon::{
    catching_up::{Sweep, UNDONE_WITHIN, Unreads},
    error::Error,
    ids::ConversationId,
    realtime::event::{Event, Topic},
};

use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    what_is_unread_is_told_with_its_beginning,
    what_one_wants_to_hear_nothing_of_is_no_reason,
    it_comes_in_pages,
    all_is_read_at_once_and_can_be_unread_again,
    nobody_is_told_that_it_was_read,
    what_was_read_on_since_stays_read,
    it_can_be_undone_for_a_while,
    sweeping_at_once_ends_in_one_state,
    a_form_does_it_without_javascript,
}

impl Person {
    async fn reads_unread(&self, after: Option<ConversationId>) -> Unreads {
        let after = after.map(|id| format!("?after={id}")).unwrap_or_default();
        self.reads(&format!("unread{after}")).await.well().json()
    }

    async fn reads_counts(&self) -> Vec<u32> {
        self.reads_unread(None).await.places.iter().map(|place| place.count).collect()
    }

    async fn sweeps(&self) -> Sweep {
        self.calls("mark_all_read", &[]).await.well().json()
    }

    async fn undoes(&self, sweep: Sweep) -> Result<(), Error> {
        let answer = self.calls("undo_all_read", &[("at", &sweep.at.millis().to_string())]).await;
        if answer.status == 200 { Ok(()) } else { Err(answer.error()) }
    }
}

async fn what_is_unread_is_told_with_its_beginning(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (talk, group) = (bruno.opens(&amina).await, amina.gathers("Kitchen", &[&bruno, &chloe]).await);
    for n in 1..=5 {
        bruno.sends(talk, &format!("*talk* {n}")).await;
    }
    chloe.sends(group, "in the group").await;
    let gone = chloe.sends(group, "canary").await;
    chloe.does("delete_message", group, &[("message", &gone.id.to_string())]).await.well();
    app.pass(5_000);
    app.running.app.retractions.notify_one();
    amina.sends(group, "mine").await;
    bruno.sends(group, "his").await;

    let unreads = amina.reads_unread(None).await;
    let told: Vec<(u32, Vec<&str>)> = (unreads.places.iter())
        .map(|place| (place.count, place.messages.iter().map(|message| &*message.body).collect()))
        .collect();
    assert_eq!(
        told,
        [(2, vec!["in the group", "his"]), (5, vec!["*talk* 1", "*talk* 2", "*talk* 3"])],
        "the last active first"
    );
    assert_eq!((unreads.next, unreads.undo), (None, None));
    assert!(unreads.places.iter().all(|place| !place.people.is_empty()));
    let html = amina.page("/unread").await;
    assert!(html.contains("in the group") && html.contains("talk 1") && !html.contains("canary"), "{html}");
    assert_eq!(bruno.reads_counts().await, [2], "what chloe and amina wrote in the group");
}

async fn what_one_wants_to_hear_nothing_of_is_no_reason(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (muted, heard) = (bruno.opens(&amina).await, chloe.opens(&amina).await);
    for (person, talk) in [(&bruno, muted), (&chloe, heard)] {
        person.sends(talk, "hello").await;
    }
    amina.does("mute_conversation", muted, &[("length", "hour")]).await.well();
    let places = amina.reads_unread(None).await.places;
    assert_eq!(places.iter().map(|place| place.conversation).collect::<Vec<_>>(), [heard]);

    // What a blocked person says in a group counts, and is folded away.
    let group = amina.gathers("Kitchen", &[&bruno, &chloe]).await;
    bruno.sends(group, "canary").await;
    amina.answers("block", &bruno).await.well();
    assert_eq!(amina.reads_unread(None).await.blocked, [bruno.id]);
    let html = amina.page("/unread").await;
    assert!(html.contains("From somebody you have blocked"), "{html}");
}

async fn it_comes_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut groups = Vec::new();
    for n in 0..=Unreads::PAGE {
        let group = bruno.gathers(&format!("Group {n}"), &[&amina]).await;
        bruno.sends(group, "hello").await;
        groups.push(group);
    }
    groups.reverse();
    let first = amina.reads_unread(None).await;
    assert_eq!(first.places.len(), Unreads::PAGE);
    assert_eq!(first.next, Some(groups[Unreads::PAGE - 1]));
    let second = amina.reads_unread(first.next).await;
    let told = first.places.iter().chain(&second.places).map(|place| place.conversation);
    assert_eq!(told.collect::<Vec<_>>(), groups);
    assert_eq!(second.next, None);
    assert_eq!(amina.reads("unread?after=canary").await.status, 422);
}

async fn all_is_read_at_once_and_can_be_unread_again(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (one, two) = (bruno.opens(&amina).await, chloe.opens(&amina).await);
    bruno.sends(one, "1").await;
    for n in 1..=2 {
        chloe.sends(two, &n.to_string()).await;
    }
    assert_eq!(amina.reads_counts().await, [2, 1]);
    let mut hers = amina.connects().await;

    let sweep = amina.sweeps().await;
    assert!(sweep.conversations >= 2, "{sweep:?}");
    let mut read = Vec::new();
    loop {
        match hers.next_event().await {
            Event::Read { conversation, position, .. } => read.push((conversation, position)),
            Event::Changed { what: Topic::Inbox } => break,
            _ => {}
        }
    }
    assert!(read.contains(&(one, 1)) && read.contains(&(two, 2)), "{read:?}");
    assert!(amina.reads_counts().await.is_empty());
    assert_eq!(amina.reads_unread(None).await.undo, Some(sweep));

    amina.undoes(sweep).await.expect("it is undone");
    assert_eq!(amina.reads_counts().await, [2, 1]);
    assert_eq!(amina.reads_unread(None).await.undo, None);
    amina.undoes(sweep).await.expect("once more changes nothing");
    assert_eq!(amina.reads_counts().await, [2, 1]);
}

async fn nobody_is_told_that_it_was_read(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = bruno.opens(&amina).await;
    bruno.sends(talk, "first").await;
    let mut his = bruno.connects().await;
    amina.sweeps().await;
    let said = bruno.sends(talk, "second").await;
    loop {
        match his.next_event().await {
            Event::Message(message) if message.id == said.id => break,
            Event::Receipts { receipts, .. } => {
                assert!(
                    receipts.iter().all(|receipt| receipt.read == 0),
                    "she has read nothing: {receipts:?}"
                );
            }
            _ => {}
        }
    }
}

async fn what_was_read_on_since_stays_read(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (one, two) = (bruno.opens(&amina).await, chloe.opens(&amina).await);
    for (person, talk) in [(&bruno, one), (&chloe, two)] {
        person.sends(talk, "before").await;
    }
    let sweep = amina.sweeps().await;
    bruno.sends(one, "after").await;
    amina.does("mark_read", one, &[("position", "2")]).await.well();
    amina.undoes(sweep).await.expect("it is undone");
    let places = amina.reads_unread(None).await.places;
    assert_eq!(places.iter().map(|place| place.conversation).collect::<Vec<_>>(), [two]);
}

async fn it_can_be_undone_for_a_while(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = bruno.opens(&amina).await;
    bruno.sends(talk, "hello").await;
    let sweep = amina.sweeps().await;
    app.pass(UNDONE_WITHIN);
    assert_eq!(amina.reads_unread(None).await.undo, None);
    assert_eq!(amina.undoes(sweep).await, Err(Error::Conflict));
    assert!(amina.reads_counts().await.is_empty());
    assert_eq!(amina.calls("undo_all_read", &[("at", "canary")]).await.status, 422);
}

async fn sweeping_at_once_ends_in_one_state(app: TestApp) {
    let [amina, bruno, chloe] = app.three_friends().await;
    let (one, two) = (bruno.opens(&amina).await, chloe.opens(&amina).await);
    for (person, talk) in [(&bruno, one), (&chloe, two)] {
        person.sends(talk, "hello").await;
    }
    let sweeps = join_all((0..4).map(|_| amina.sweeps())).await;
    assert!(amina.reads_counts().await.is_empty());
    join_all(sweeps.iter().map(|sweep| amina.undoes(*sweep))).await;
    assert_eq!(amina.reads_counts().await, [1, 1], "one of them had swept, and is undone once");
}

async fn a_form_does_it_without_javascript(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = bruno.opens(&amina).await;
    bruno.sends(talk, "hello").await;
    assert!(amina.page("/unread").await.contains("Mark all as read"));
    let done = amina.submits("/unread", "mark_all_read", &[]).await;
    assert_eq!((done.status, done.location()), (303, "/unread"));
    let html = amina.page("/unread").await;
    assert!(html.contains("Undo") && !html.contains("Mark all as read"), "{html}");
    let sweep = amina.reads_unread(None).await.undo.expect("it can be undone");
    let at = sweep.at.millis().to_string();
    let undone = amina.submits("/unread", "undo_all_read", &[("at", &at)]).await;
    assert_eq!((undone.status, undone.location()), (303, "/unread"));
    assert!(amina.page("/unread").await.contains("Mark all as read"));
}
