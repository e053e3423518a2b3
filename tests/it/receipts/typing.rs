//! Writing is told to those who may know, at once, and to nobody else.

use salon::{
    conversations::about::Kind,
    friends::privacy::Privacy,
    ids::ConversationId,
    realtime::event::{Command, Event, Refusal},
};

use super::{crowds, tells};
use crate::{
    on_both_engines,
    support::{Engine, Person, Socket, TestApp},
};

on_both_engines! {
    typing_is_told_to_the_other_and_not_to_oneself,
    typing_is_told_to_members_only,
    typing_takes_no_number_and_leaves_no_trace,
    typing_is_not_told_between_people_who_block_each_other,
    whoever_does_not_tell_is_not_told,
    a_stranger_learns_of_typing_once_they_were_answered,
    whoever_only_asks_learns_nothing,
    in_a_crowd_nobody_is_told,
    the_room_of_everybody_is_as_any_other,
    more_than_anybody_types_is_passed_over,
}

const NOT_FOUND: [Event; 1] = [Event::Error { code: Refusal::NotFound }];

/// Nothing is heard of it by any of these.
async fn silent(sockets: &mut [&mut Socket]) {
    for socket in sockets {
        assert_eq!(socket.typing_so_far().await, []);
    }
}

async fn typing_is_told_to_the_other_and_not_to_oneself(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (mut hers, mut also_hers) = (amina.connects().await, amina.connects().await);
    let (mut his, mut also_his) = (bruno.connects().await, bruno.connects().await);
    assert_eq!(hers.types(talk, false).await, []);
    assert_eq!(hers.types(talk, true).await, []);
    for socket in [&mut his, &mut also_his] {
        assert_eq!(socket.typing_so_far().await, [(talk, amina.id, false), (talk, amina.id, true)]);
    }
    silent(&mut [&mut hers, &mut also_hers]).await;
}

async fn typing_is_told_to_members_only(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let stranger = app.person("dana").await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    let (mut carlas, mut theirs) = (carla.connects().await, stranger.connects().await);
    hers.types(group, false).await;
    assert_eq!(his.typing_so_far().await, [(group, amina.id, false)]);
    assert_eq!(carlas.typing_so_far().await, [(group, amina.id, false)]);
    silent(&mut [&mut theirs]).await;

    // Who is not in it cannot tell either, nor learn that it is there.
    let none: ConversationId = (group.get() + 4_096).try_into().expect("an id");
    for conversation in [group, none] {
        assert_eq!(theirs.types(conversation, false).await, NOT_FOUND);
    }

    amina.lets_go(group, &carla).await.well();
    carlas.events_so_far().await;
    let told = carlas.types(group, false).await;
    assert!(told.ends_with(&NOT_FOUND), "{told:?}");
    hers.types(group, false).await;
    silent(&mut [&mut carlas]).await;
    assert_eq!(his.typing_so_far().await, [(group, amina.id, false)]);
    hers.events_so_far().await;

    // Who may only read has nothing to write.
    let talk = amina.opens(&bruno).await;
    amina.unfriends(&bruno).await;
    // That friends have changed may come only now.
    let told = his.types(talk, false).await;
    assert!(told.ends_with(&NOT_FOUND), "{told:?}");
    silent(&mut [&mut hers]).await;
}

async fn typing_takes_no_number_and_leaves_no_trace(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "one").await;
    let mut hers = amina.connects().await;
    hers.types(talk, false).await;
    hers.types(talk, true).await;
    let page = bruno.reads_conversation(talk).await;
    assert_eq!((page.head, page.about.kind), (said.revision, Kind::Direct));
    assert_eq!(hers.resumes(talk, 0).await.0.len(), 1);
}

async fn typing_is_not_told_between_people_who_block_each_other(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let (mut his, mut hers) = (bruno.connects().await, carla.connects().await);
    let mut aminas = amina.connects().await;
    carla.answers("block", &bruno).await.well();
    his.events_so_far().await;
    hers.events_so_far().await;

    his.types(group, false).await;
    hers.types(group, false).await;
    silent(&mut [&mut his, &mut hers]).await;
    assert_eq!(aminas.typing_so_far().await, [(group, bruno.id, false), (group, carla.id, false)]);

    let talk = amina.opens(&bruno).await;
    amina.answers("block", &bruno).await.well();
    his.events_so_far().await;
    // That friends have changed may come only now.
    let told = his.types(talk, false).await;
    assert!(told.ends_with(&NOT_FOUND), "{told:?}");
    silent(&mut [&mut aminas]).await;
}

async fn whoever_does_not_tell_is_not_told(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    tells(&amina, false).await;
    let chosen: Privacy = amina.reads("privacy").await.well().json();
    assert!(!chosen.receipts);
    // Not refused: only nobody is told.
    assert_eq!(hers.types(talk, false).await, []);
    assert_eq!(his.types(talk, false).await, []);
    silent(&mut [&mut hers, &mut his]).await;

    // A form that does not ask about it changes nothing of it.
    amina.calls("save_privacy", &[("writers", "everyone"), ("takes_requests", "true")]).await.well();
    let chosen: Privacy = amina.reads("privacy").await.well().json();
    assert!(!chosen.receipts);
    tells(&amina, true).await;
    hers.types(talk, false).await;
    assert_eq!(his.typing_so_far().await, [(talk, amina.id, false)]);
    assert!(amina.page("/settings/privacy").await.contains("Read receipts"));
}

/// The talk of somebody with whom anybody may talk, and a stranger.
async fn talk_with_a_stranger(app: &TestApp, writers: &str) -> (Person, Person, ConversationId) {
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    amina.calls("save_privacy", &[("writers", writers), ("takes_requests", "true")]).await.well();
    let talk = dana.opens(&amina).await;
    dana.sends(talk, "You do not know me").await;
    (amina, dana, talk)
}

async fn a_stranger_learns_of_typing_once_they_were_answered(app: TestApp) {
    let (amina, dana, talk) = talk_with_a_stranger(&app, "everyone").await;
    let (mut hers, mut theirs) = (amina.connects().await, dana.connects().await);
    hers.types(talk, false).await;
    theirs.types(talk, false).await;
    silent(&mut [&mut hers, &mut theirs]).await;

    amina.sends(talk, "Who are you?").await;
    hers.types(talk, false).await;
    assert_eq!(theirs.typing_so_far().await, [(talk, amina.id, false)]);

    // And no longer once one of the two may not write.
    amina.calls("save_privacy", &[("writers", "acquaintances"), ("takes_requests", "true")]).await.well();
    hers.types(talk, false).await;
    silent(&mut [&mut theirs]).await;
}

async fn whoever_only_asks_learns_nothing(app: TestApp) {
    let (amina, dana, talk) = talk_with_a_stranger(&app, "requests").await;
    let (mut hers, mut theirs) = (amina.connects().await, dana.connects().await);
    assert_eq!(hers.types(talk, false).await, NOT_FOUND);
    assert_eq!(theirs.types(talk, false).await, []);
    silent(&mut [&mut hers, &mut theirs]).await;
}

async fn in_a_crowd_nobody_is_told(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    hers.types(group, false).await;
    assert_eq!(his.typing_so_far().await.len(), 1);
    crowds(&app, group).await;
    assert_eq!(hers.types(group, false).await, []);
    silent(&mut [&mut his]).await;
}

async fn the_room_of_everybody_is_as_any_other(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, dana) = (app.person("amina").await, app.person("dana").await);
    let room: ConversationId = 1.try_into().expect("an id");
    let (mut hers, mut theirs) = (amina.connects().await, dana.connects().await);
    hers.types(room, false).await;
    assert_eq!(theirs.typing_so_far().await, [(room, amina.id, false)]);
    crowds(&app, room).await;
    hers.types(room, true).await;
    silent(&mut [&mut theirs]).await;
}

async fn more_than_anybody_types_is_passed_over(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    for _ in 0..30 {
        hers.tells(&Command::Typing { conversation: talk, stopped: false }).await;
    }
    assert_eq!(hers.events_so_far().await, [], "it is no offence");
    let heard = his.typing_so_far().await.len();
    assert!((5..20).contains(&heard), "{heard} of 30");
}
