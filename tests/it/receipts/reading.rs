//! Sent, delivered, read: told to whoever said it, as it happens, and to nobody else.

use salon::{
    conversations::Conversation,
    error::Error,
    ids::ConversationId,
    realtime::event::Command,
    receipts::{Readers, Receipt},
};

use super::{crowds, tells};
use crate::{
    on_both_engines,
    support::{Engine, Person, Socket, TestApp, wait_for},
};

on_both_engines! {
    a_message_is_sent_then_delivered_then_read,
    connecting_delivers_what_waits,
    only_whoever_said_it_is_told,
    receipts_that_were_missed_come_with_what_was_missed,
    marking_unread_takes_nothing_back,
    whoever_does_not_tell_is_told_nothing,
    what_was_read_without_telling_is_not_told_later,
    blocks_and_ended_friendships_silence,
    strangers_learn_nothing_until_they_are_answered,
    who_has_left_is_told_nothing,
    in_a_crowd_it_is_only_looked_up,
    the_room_of_everybody_has_no_receipts,
    who_has_read_is_for_whoever_said_it,
    ticks_stand_in_the_page_itself,
}

fn receipt(person: &Person, received: i64, read: i64) -> Receipt {
    Receipt { account: person.id, received, read }
}

/// What the page of a conversation says of the others.
async fn shown(person: &Person, conversation: ConversationId) -> Vec<Receipt> {
    let Conversation { mut receipts, .. } = person.reads_conversation(conversation).await;
    receipts.sort_by_key(|receipt| receipt.account);
    receipts
}

/// Says on the live connection that what was said up to `position` has come.
async fn gets(socket: &mut Socket, conversation: ConversationId, position: i64) {
    socket.tells(&Command::Received { conversation, position }).await;
}

async fn readers(person: &Person, query: String) -> Readers {
    person.reads(&format!("readers?{query}")).await.well().json()
}

async fn a_message_is_sent_then_delivered_then_read(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let zero = amina.sends(talk, "zero").await.position;
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    // What he is told by connecting he has been told by now.
    assert_eq!(hers.hears_receipt().await, (talk, receipt(&bruno, zero, 0)));
    amina.sends(talk, "one").await;
    let two = amina.sends(talk, "two").await.position;
    assert_eq!(hers.receipts_so_far().await, [], "nobody has said that it came");

    gets(&mut his, talk, two).await;
    assert_eq!(hers.hears_receipt().await, (talk, receipt(&bruno, two, 0)));
    assert_eq!(shown(&amina, talk).await, [receipt(&bruno, two, 0)]);
    his.tells(&Command::Read { conversation: talk, position: two }).await;
    assert_eq!(hers.hears_receipt().await, (talk, receipt(&bruno, two, two)));
    assert_eq!(shown(&amina, talk).await, [receipt(&bruno, two, two)]);

    // Neither what was said already nor what nobody has said is told.
    for position in [i64::MIN, 0, 1, two, i64::MAX] {
        gets(&mut his, talk, position).await;
        bruno.marks_read(talk, position).await.well();
    }
    assert_eq!(hers.receipts_so_far().await, []);
    assert_eq!(his.receipts_so_far().await, [], "one's own are not told to oneself");
    assert_eq!(shown(&bruno, talk).await, []);
}

async fn connecting_delivers_what_waits(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "one").await.position;
    let mut hers = amina.connects().await;
    let his = bruno.connects().await;
    assert_eq!(hers.hears_receipt().await, (talk, receipt(&bruno, said, 0)));
    drop(his);
    bruno.connects().await;
    assert_eq!(hers.receipts_so_far().await, []);
}

async fn only_whoever_said_it_is_told(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let (mut hers, mut carlas) = (amina.connects().await, carla.connects().await);
    let said = amina.sends(group, "one").await.position;
    bruno.marks_read(group, said).await.well();
    assert_eq!(hers.hears_receipt().await, (group, receipt(&bruno, said, said)));
    assert_eq!(carlas.receipts_so_far().await, [], "she has not said anything");

    let hers_too = carla.sends(group, "two").await.position;
    bruno.marks_read(group, hers_too).await.well();
    assert_eq!(carlas.hears_receipt().await, (group, receipt(&bruno, hers_too, hers_too)));
    assert_eq!(hers.receipts_so_far().await, [], "it concerns nothing of hers");

    // That something came is nobody's concern in a group.
    let mut his = bruno.connects().await;
    let last = amina.sends(group, "three").await.position;
    gets(&mut his, group, last).await;
    his.events_so_far().await;
    assert_eq!(hers.receipts_so_far().await, []);
}

async fn receipts_that_were_missed_come_with_what_was_missed(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "one").await;
    bruno.marks_read(talk, said.position).await.well();
    let mut hers = amina.connects().await;
    hers.resumes(talk, said.revision).await;
    assert_eq!(hers.receipts_so_far().await, [(talk, receipt(&bruno, said.position, said.position))]);
}

async fn marking_unread_takes_nothing_back(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut said = Vec::new();
    for n in 0..3 {
        said.push(amina.sends(talk, &n.to_string()).await);
    }
    let mut hers = amina.connects().await;
    bruno.marks_read(talk, 3).await.well();
    assert_eq!(hers.hears_receipt().await, (talk, receipt(&bruno, 3, 3)));
    bruno.marks_unread(talk, said[0].id).await.well();
    assert_eq!(bruno.reads_conversation(talk).await.read, 0);
    assert_eq!(shown(&amina, talk).await, [receipt(&bruno, 3, 3)]);
    bruno.marks_read(talk, 2).await.well();
    assert_eq!(hers.receipts_so_far().await, []);
    assert_eq!(shown(&amina, talk).await, [receipt(&bruno, 3, 3)]);

    let later = amina.sends(talk, "later").await.position;
    bruno.marks_read(talk, later).await.well();
    assert_eq!(hers.hears_receipt().await, (talk, receipt(&bruno, later, later)));
}

async fn whoever_does_not_tell_is_told_nothing(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let talk = amina.opens(&bruno).await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let before = amina.sends(talk, "before").await.position;
    bruno.marks_read(talk, before).await.well();
    assert_eq!(shown(&amina, talk).await.len(), 1);
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    tells(&bruno, false).await;

    // What was told before is told no more, in either direction.
    assert_eq!(shown(&amina, talk).await, []);
    let (one, other) = (amina.sends(talk, "one").await.position, bruno.sends(talk, "other").await.position);
    let apples = amina.sends(group, "apples").await;
    gets(&mut his, talk, one).await;
    his.events_so_far().await;
    bruno.marks_read(talk, other).await.well();
    amina.marks_read(talk, other).await.well();
    bruno.marks_read(group, apples.position).await.well();
    assert_eq!(hers.receipts_so_far().await, []);
    assert_eq!(his.receipts_so_far().await, []);
    for (person, conversation) in [(&amina, talk), (&bruno, talk), (&amina, group), (&bruno, group)] {
        assert_eq!(shown(person, conversation).await, []);
    }
    let query = format!("conversation={group}&message={}", apples.id);
    assert_eq!(readers(&amina, query.clone()).await.people, []);
    carla.marks_read(group, apples.position).await.well();
    assert_eq!(hers.hears_receipt().await.1, receipt(&carla, apples.position, apples.position));
    assert_eq!(readers(&amina, query).await.people.len(), 1, "others go on telling");
}

async fn what_was_read_without_telling_is_not_told_later(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    tells(&bruno, false).await;
    let said = amina.sends(talk, "one").await.position;
    bruno.marks_read(talk, said).await.well();
    tells(&bruno, true).await;
    assert_eq!(shown(&amina, talk).await, []);
    let next = amina.sends(talk, "two").await.position;
    bruno.marks_read(talk, next).await.well();
    assert_eq!(shown(&amina, talk).await, [receipt(&bruno, next, next)]);
}

async fn blocks_and_ended_friendships_silence(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    carla.answers("block", &bruno).await.well();
    let mut his = bruno.connects().await;
    let said = bruno.sends(group, "one").await;
    carla.marks_read(group, said.position).await.well();
    assert_eq!(his.receipts_so_far().await, []);
    assert_eq!(shown(&bruno, group).await, []);
    let query = format!("conversation={group}&message={}", said.id);
    assert_eq!(readers(&bruno, query).await.people, []);

    let talk = amina.opens(&bruno).await;
    let before = bruno.sends(talk, "before").await.position;
    amina.marks_read(talk, before).await.well();
    assert_eq!(his.hears_receipt().await, (talk, receipt(&amina, before, before)));
    let unread = bruno.sends(talk, "unread").await.position;
    amina.unfriends(&bruno).await;
    amina.marks_read(talk, unread).await.well();
    assert_eq!(his.receipts_so_far().await, []);
    assert_eq!(shown(&bruno, talk).await, []);
}

async fn strangers_learn_nothing_until_they_are_answered(app: TestApp) {
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    amina.calls("save_privacy", &[("writers", "requests"), ("takes_requests", "true")]).await.well();
    let talk = dana.opens(&amina).await;
    let mut theirs = dana.connects().await;
    let asked = dana.sends(talk, "You do not know me").await.position;
    let mut hers = amina.connects().await;
    gets(&mut hers, talk, asked).await;
    amina.marks_read(talk, asked).await.well();
    assert_eq!(theirs.receipts_so_far().await, []);
    assert_eq!(shown(&dana, talk).await, []);

    let fields = [("conversation", &*talk.to_string())];
    amina.calls("accept_talk", &fields).await.well();
    amina.connects().await;
    assert_eq!(theirs.receipts_so_far().await, [], "to accept is not to answer");
    amina.sends(talk, "Who are you?").await;
    assert_eq!(shown(&dana, talk).await, [receipt(&amina, asked, asked)]);
    let next = dana.sends(talk, "A friend of a friend").await.position;
    amina.marks_read(talk, next).await.well();
    assert_eq!(theirs.hears_receipt().await, (talk, receipt(&amina, next, next)));
}

async fn who_has_left_is_told_nothing(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = carla.sends(group, "mine").await;
    let mut hers = carla.connects().await;
    amina.lets_go(group, &carla).await.well();
    bruno.marks_read(group, said.position).await.well();
    assert_eq!(hers.receipts_so_far().await, []);
    let query = format!("readers?conversation={group}&message={}", said.id);
    assert_eq!(carla.reads(&query).await.error(), Error::NotFound);
    gets(&mut hers, group, said.position).await;
    hers.events_so_far().await;

    // And nobody is told of them any more.
    let more = amina.sends(group, "more").await.position;
    bruno.marks_read(group, more).await.well();
    assert_eq!(shown(&amina, group).await, [receipt(&bruno, more, more)]);
}

async fn in_a_crowd_it_is_only_looked_up(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    crowds(&app, group).await;
    let mut hers = amina.connects().await;
    let said = amina.sends(group, "one").await;
    bruno.marks_read(group, said.position).await.well();
    assert_eq!(hers.receipts_so_far().await, []);
    assert_eq!(shown(&amina, group).await, []);

    let query = format!("conversation={group}&message={}", said.id);
    let found = readers(&amina, query.clone()).await;
    assert_eq!(found.people.iter().map(|person| &*person.username).collect::<Vec<_>>(), ["bruno"]);
    // In pages.
    app.store().await.run("update participant set seen_position = 1000").await;
    let first = readers(&amina, query.clone()).await;
    assert_eq!(first.people.len(), Readers::PAGE);
    let rest = readers(&amina, format!("{query}&after={}", first.next.expect("there are more"))).await;
    assert_eq!((rest.people.len(), rest.next), (1, None));
    assert_eq!(readers(&amina, format!("{query}&after=%00")).await.people.len(), Readers::PAGE);
    assert!(amina.looks_at(group).await.contains("Who has read this?"));
}

async fn the_room_of_everybody_has_no_receipts(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    let room: ConversationId = 1.try_into().expect("an id");
    let mut hers = amina.connects().await;
    let said = amina.sends(room, "hello").await;
    dana.marks_read(room, said.position).await.well();
    assert_eq!(hers.receipts_so_far().await, []);
    assert_eq!(shown(&amina, room).await, []);
    let query = format!("readers?conversation={room}&message={}", said.id);
    assert_eq!(amina.reads(&query).await.error(), Error::Forbidden);
    assert_eq!(app.store().await.number("select max(seen_position) from participant").await, 0);
}

async fn who_has_read_is_for_whoever_said_it(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let (one, two) = (amina.sends(group, "one").await, amina.sends(group, "two").await);
    bruno.marks_read(group, one.position).await.well();
    carla.marks_read(group, two.position).await.well();
    let path = |message: &salon::messages::Message| format!("/c/{group}/m/{}/readers", message.id);
    let page = amina.page(&path(&one)).await;
    assert!(page.contains("@bruno") && page.contains("@carla"), "{page}");
    let page = amina.page(&path(&two)).await;
    assert!(!page.contains("@bruno") && page.contains("@carla"), "{page}");
    assert!(amina.looks_at(group).await.contains("Read by 1"));

    assert_eq!(bruno.gets(&path(&one)).await.status, 403, "it is for whoever said it");
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "between us").await;
    let refused = [
        (group, said.id, Error::NotFound),
        (talk, said.id, Error::Forbidden),
        (talk, one.id, Error::Forbidden),
    ];
    for (conversation, message, error) in refused {
        let query = format!("readers?conversation={conversation}&message={message}");
        assert_eq!(amina.reads(&query).await.error(), error);
    }
    amina.makes(group, &bruno, "admin").await.well();
    bruno.deletes(group, one.id).await.well();
    let query = format!("readers?conversation={group}&message={}", one.id);
    assert_eq!(amina.reads(&query).await.error(), Error::NotFound);
}

async fn ticks_stand_in_the_page_itself(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "one").await.position;
    let states = ["stored", "delivered", "read"];
    let state =
        |page: &str| states.into_iter().find(|state| page.contains(&format!("data-state=\"{state}\"")));
    assert_eq!(state(&amina.looks_at(talk).await), Some("stored"));
    drop(bruno.connects().await);
    wait_for("it to be delivered", async || {
        (state(&amina.looks_at(talk).await) == Some("delivered")).then_some(())
    })
    .await;
    bruno.marks_read(talk, said).await.well();
    let page = amina.looks_at(talk).await;
    assert_eq!(state(&page), Some("read"));
    assert!(page.contains(">Read</span>"), "{page}");
    assert_eq!(state(&bruno.looks_at(talk).await), None, "one has no ticks on what others said");
}
