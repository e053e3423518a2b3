//! Blocking, and choosing who may turn to one: refused alike, whatever the reason.

use salon::{
    error::{Error, Field, Why},
    friends::privacy::{Privacy, Writers},
    realtime::event::{Event, Topic},
};

use crate::{
    on_both_engines,
    support::{
        Person, TestApp,
        houses::{joins, makes_space},
    },
};

on_both_engines! {
    whoever_is_blocked_writes_no_more_and_is_not_told,
    a_block_and_a_setting_refuse_alike,
    people_choose_who_may_write_to_them,
    a_block_that_races_a_send_is_before_it_or_after_it,
    blocks_are_listed_and_lifted,
    privacy_works_as_forms,
}

async fn privacy(person: &Person) -> Privacy {
    person.reads("privacy").await.well().json()
}

async fn chooses(person: &Person, writers: Writers, takes_requests: bool) {
    let fields =
        [("writers", writers.code()), ("takes_requests", if takes_requests { "true" } else { "false" })];
    person.calls("save_privacy", &fields).await.well();
}

async fn whoever_is_blocked_writes_no_more_and_is_not_told(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    bruno.sends(talk, "hello").await;
    let mut hears = bruno.connects().await;
    amina.answers("block", &bruno).await.well();
    // As if the friendship had ended.
    assert_eq!(hears.next_event().await, Event::Changed { what: Topic::Friends });
    for person in [&amina, &bruno] {
        assert_eq!(person.tries_to_send(talk, "are you there?").await, Err(Error::Forbidden));
        assert!(!person.reads_conversation(talk).await.about.may_write);
        assert_eq!(person.reads_texts(talk).await, ["hello"], "what was said is kept");
        assert!(person.friends().await.friends.is_empty());
    }
    assert_eq!(bruno.opens(&amina).await, talk, "the talk that there is can be opened");
    assert!(privacy(&bruno).await.blocked.is_empty());
    amina.answers("block", &bruno).await.well();
    amina.answers("block", &amina).await.well();
    assert_eq!(app.store().await.number("select count(*) from block").await, 1);

    // In a group both go on.
    let carla = app.person("carla").await;
    carla.befriends(&amina).await;
    carla.befriends(&bruno).await;
    let group = carla.gathers("Garden", &[&amina, &bruno]).await;
    bruno.sends(group, "hello, all").await;
    // What the other says is folded away, for the one who has blocked.
    assert_eq!(amina.reads_conversation(group).await.blocked, [bruno.id]);
    assert!(amina.looks_at(group).await.contains("From somebody you have blocked"));
    assert!(bruno.reads_conversation(group).await.blocked.is_empty());
    assert!(!bruno.looks_at(group).await.contains("From somebody you have blocked"));
    assert_eq!(
        amina.tries_to_gather("Mine", &[&bruno]).await.location(),
        "/groups/new",
        "nobody brings in who is no friend"
    );
}

async fn a_block_and_a_setting_refuse_alike(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let (carla, dana) = (app.person("carla").await, app.person("dana").await);
    amina.answers("block", &dana).await.well();
    chooses(&bruno, Writers::Acquaintances, false).await;

    let answers = [dana.asks("amina").await, dana.asks("bruno").await, carla.asks("bruno").await];
    for answer in &answers {
        assert_eq!((answer.status, answer.error()), (403, Error::Forbidden));
        assert_eq!(answer.body, answers[0].body);
    }
    let opening =
        [dana.answers("open_conversation", &amina).await, carla.answers("open_conversation", &bruno).await];
    for answer in &opening {
        assert_eq!(answer.error(), Error::NotFound);
        assert_eq!(answer.body, opening[0].body);
    }
    // Others still may, and whoever asked first is answered.
    carla.asks("amina").await.well();
    bruno.asks("carla").await.well();
    carla.asks("bruno").await.well();
    assert_eq!(carla.friends().await.friends.len(), 1, "two requests that cross");
    assert_eq!(amina.asks("dana").await.error(), Error::Conflict, "one lifts the block first");
}

async fn people_choose_who_may_write_to_them(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let opens =
        async |person: &Person, other: &Person| person.answers("open_conversation", other).await.status;
    assert_eq!(opens(&bruno, &amina).await, 404);

    let space = makes_space(&amina, "House").await;
    joins(&app, &bruno, space).await;
    assert_eq!(opens(&bruno, &amina).await, 200, "they share a space");
    let talk = bruno.opens(&amina).await;
    bruno.sends(talk, "hello, neighbour").await;
    let id = space.to_string();
    bruno.calls("leave_space", &[("space", &*id)]).await.well();
    assert_eq!(bruno.tries_to_send(talk, "and now?").await, Err(Error::Forbidden));

    chooses(&amina, Writers::Everyone, true).await;
    bruno.sends(talk, "you let me").await;
    amina.sends(talk, "and whoever begins can be answered").await;
    amina.answers("block", &bruno).await.well();
    assert_eq!(bruno.tries_to_send(talk, "no more").await, Err(Error::Forbidden));
    let carla = app.person("carla").await;
    assert_eq!(opens(&carla, &amina).await, 200);
    for (writers, takes) in [("request", "true"), ("Everyone", "true"), ("everyone", "yes")] {
        let answer = amina.calls("save_privacy", &[("writers", writers), ("takes_requests", takes)]).await;
        assert_eq!(answer.error(), Error::invalid(Field::Form, Why::Shape), "{writers} {takes}");
    }
}

async fn a_block_that_races_a_send_is_before_it_or_after_it(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for round in 0..6 {
        if round > 0 {
            amina.answers("unblock", &bruno).await.well();
            amina.befriends(&bruno).await;
        }
        let sending = async {
            let mut last = 0;
            while let Ok(message) = bruno.tries_to_send(talk, "still here").await {
                last = message.position;
            }
            last
        };
        let blocking = async {
            for _ in 0..round {
                amina.sends(talk, "not yet").await;
            }
            amina.answers("block", &bruno).await.well();
            amina.reads_conversation(talk).await.head
        };
        let (last, at_block) = tokio::join!(sending, blocking);
        assert!(last <= at_block, "{last} was accepted after the block at {at_block}");
    }
}

async fn blocks_are_listed_and_lifted(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    amina.answers("block", &bruno).await.well();
    let blocked = privacy(&amina).await.blocked;
    assert_eq!(blocked.iter().map(|person| person.username.as_str()).collect::<Vec<_>>(), ["bruno"]);
    amina.answers("unblock", &bruno).await.well();
    amina.answers("unblock", &bruno).await.well();
    assert!(privacy(&amina).await.blocked.is_empty());
    assert!(amina.friends().await.friends.is_empty(), "what it ended does not come back");
    bruno.befriends(&amina).await;
}

async fn privacy_works_as_forms(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    assert!(amina.page("/friends").await.contains("Block bruno?"));
    let fields = [("account", &*bruno.id.to_string())];
    assert_eq!(amina.submits("/friends", "block", &fields).await.location(), "/friends");
    let page = amina.page("/settings/privacy").await;
    assert!(page.contains("Unblock") && page.contains("Who may write to you"));
    let saved = amina
        .submits("/settings/privacy", "save_privacy", &[("writers", "everyone"), ("takes_requests", "false")])
        .await;
    assert_eq!((saved.status, saved.location()), (303, "/settings/privacy"));
    let saved = privacy(&amina).await;
    assert_eq!((saved.writers, saved.takes_requests), (Writers::Everyone, false));
}
