//! Slow mode: who switches it on, whom it concerns, and for how long.

use futures_util::future::join_all;
use salon::{
    conversations::about::SLOW_CHOICES,
    error::{Error, Field, Why},
    ids::ConversationId,
    messages::system::SystemNote,
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{
        Answer, Engine, Person, TestApp,
        cast::outcome,
        houses::{channel, gives, inhabited, joins, makes_channel},
        new_key,
    },
};

on_both_engines! {
    whoever_keeps_order_sets_it,
    it_is_not_for_places_where_nobody_keeps_order,
    members_wait_and_those_who_keep_order_do_not,
    what_was_deleted_was_written_all_the_same,
    a_retry_is_answered_without_waiting,
    of_many_at_once_one_is_taken,
    a_clock_that_was_set_back_holds_nobody_for_longer,
    it_is_set_by_a_form,
}

async fn slows(person: &Person, talk: ConversationId, seconds: &str) -> Answer {
    person.does("set_slow_mode", talk, &[("seconds", seconds)]).await
}

/// Whether a message is taken now, else the seconds to wait.
async fn says(person: &Person, talk: ConversationId) -> Result<(), u32> {
    match person.tries_to_send(talk, "something").await {
        Ok(_) => Ok(()),
        Err(Error::TooFast { retry_in }) => Err(retry_in),
        Err(error) => panic!("{}: {error:?}", person.name),
    }
}

async fn whoever_keeps_order_sets_it(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let dana = app.person("dana").await;
    assert!(joins(&app, &dana, space).await);
    gives(&amina, space, &bruno, "admin").await.well();
    gives(&amina, space, &carla, "moderator").await.well();
    let talk = channel(&amina, space, "general").await;
    let mut hears = dana.connects().await;
    for (person, seconds) in [(&amina, 5), (&bruno, 60), (&carla, 21_600), (&carla, 0)] {
        slows(person, talk, &seconds.to_string()).await.well();
        let told = hears.next_message().await;
        assert_eq!((told.sender, told.note), (person.id, Some(SystemNote::Slowed { seconds })));
        assert_eq!(dana.reads_conversation(talk).await.about.slow, seconds);
    }
    // The same again is no news.
    slows(&carla, talk, "0").await.well();
    assert_eq!(slows(&dana, talk, "5").await.error(), Error::Forbidden);
    let stranger = app.person("emil").await;
    assert_eq!(slows(&stranger, talk, "5").await.error(), Error::NotFound);
    for seconds in ["1", "7", "4294967295"] {
        let refused = Error::invalid(Field::Form, Why::Shape);
        assert_eq!(slows(&amina, talk, seconds).await.error(), refused, "{seconds}");
    }
    for seconds in ["", "-5", "5.0", "soon", "99999999999"] {
        assert_eq!(slows(&amina, talk, seconds).await.status, 422, "{seconds}");
    }
    hears.assert_silent().await;

    // A moderator slows a channel down, and does not rename it.
    let renames = carla.does("describe_group", talk, &[("name", "mine"), ("topic", "")]).await;
    assert_eq!(renames.error(), Error::Forbidden);
    let private = makes_channel(&amina, space, "cellar", true).await;
    assert_eq!(slows(&carla, private, "5").await.error(), Error::NotFound, "they are not in it");

    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    for choice in SLOW_CHOICES {
        assert_eq!(slows(&bruno, group, &choice.to_string()).await.error(), Error::Forbidden);
        slows(&amina, group, &choice.to_string()).await.well();
        assert_eq!(bruno.reads_conversation(group).await.about.slow, choice);
    }
}

async fn it_is_not_for_places_where_nobody_keeps_order(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    for talk in [talk, 1.try_into().expect("an id")] {
        assert_eq!(slows(&amina, talk, "30").await.error(), Error::Forbidden);
        assert_eq!(amina.reads_conversation(talk).await.about.slow, 0);
    }
}

async fn members_wait_and_those_who_keep_order_do_not(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let dana = app.person("dana").await;
    assert!(joins(&app, &dana, space).await);
    gives(&amina, space, &bruno, "moderator").await.well();
    let (talk, other) =
        (channel(&amina, space, "general").await, makes_channel(&amina, space, "kitchen", false).await);
    for _ in 0..2 {
        assert_eq!(says(&carla, talk).await, Ok(()), "until it is on");
    }
    slows(&bruno, talk, "30").await.well();
    let keep_order = async || {
        for person in [&amina, &bruno, &amina, &bruno] {
            assert_eq!(says(person, talk).await, Ok(()));
        }
    };
    keep_order().await;
    // What was written before counts too.
    assert_eq!((says(&carla, talk).await, says(&dana, talk).await), (Err(30), Ok(())));
    app.pass(500);
    assert_eq!((says(&carla, talk).await, says(&dana, talk).await), (Err(30), Err(30)));
    assert_eq!(says(&carla, other).await, Ok(()), "elsewhere nobody waits");
    app.pass(29_499);
    assert_eq!(says(&carla, talk).await, Err(1));
    app.pass(1);
    assert_eq!((says(&carla, talk).await, says(&carla, talk).await), (Ok(()), Err(30)));
    keep_order().await;

    // Whoever is made a moderator waits no longer, and whoever is one no more waits again.
    gives(&amina, space, &carla, "moderator").await.well();
    assert_eq!(says(&carla, talk).await, Ok(()));
    gives(&amina, space, &carla, "member").await.well();
    assert_eq!(says(&carla, talk).await, Err(30));
    slows(&amina, talk, "5").await.well();
    assert_eq!(says(&carla, talk).await, Err(5));
    slows(&amina, talk, "0").await.well();
    assert_eq!((says(&carla, talk).await, says(&carla, talk).await), (Ok(()), Ok(())));

    let group = amina.gathers("Garden", &[&bruno]).await;
    slows(&amina, group, "10").await.well();
    for (person, second) in [(&amina, Ok(())), (&bruno, Err(10))] {
        assert_eq!((says(person, group).await, says(person, group).await), (Ok(()), second));
    }
}

async fn what_was_deleted_was_written_all_the_same(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    slows(&amina, group, "60").await.well();
    let said = bruno.sends(group, "loud").await.id;
    amina.deletes(group, said).await.well();
    assert_eq!(says(&bruno, group).await, Err(60));
    app.pass(60_000);
    assert_eq!(says(&bruno, group).await, Ok(()));
}

async fn a_retry_is_answered_without_waiting(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    slows(&amina, group, "300").await.well();
    let (key, early) = (new_key(), new_key());
    let said = outcome(&bruno.posts(group, &key, "once").await).expect("it is taken");
    let refused = bruno.posts(group, &early, "too early").await;
    assert_eq!((refused.error(), refused.retry_after()), (Error::TooFast { retry_in: 300 }, Some(300)));
    assert_eq!(outcome(&bruno.posts(group, &key, "once").await), Ok(said));
    app.pass(300_000);
    outcome(&bruno.posts(group, &early, "too early").await).expect("its time has come");
}

async fn of_many_at_once_one_is_taken(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    slows(&amina, group, "10").await.well();
    let before = amina.reads_conversation(group).await.head;
    for round in 1..=5 {
        let sending = (0..24).map(|turn| says([&bruno, &carla, &amina][turn % 3], group));
        let outcomes = join_all(sending).await;
        for (turn, member) in ["bruno", "carla"].into_iter().enumerate() {
            let taken = outcomes.iter().skip(turn).step_by(3).filter(|outcome| outcome.is_ok()).count();
            assert_eq!(taken, 1, "{member} in round {round}");
        }
        // Eight of hers and one of each of theirs: no number was spent in vain.
        assert_eq!(amina.reads_conversation(group).await.head, before + round * 10);
        app.pass(10_000);
    }
}

async fn a_clock_that_was_set_back_holds_nobody_for_longer(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    slows(&amina, group, "30").await.well();
    assert_eq!(says(&bruno, group).await, Ok(()));
    app.pass(-3_600_000);
    assert_eq!(says(&bruno, group).await, Err(30));
    app.pass(3_630_000);
    assert_eq!(says(&bruno, group).await, Ok(()));
}

async fn it_is_set_by_a_form(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    gives(&amina, space, &bruno, "moderator").await.well();
    let talk = channel(&amina, space, "general").await;
    let settings = format!("/c/{talk}/settings");
    let page = bruno.page(&settings).await;
    assert!(page.contains("Time between two messages") && !page.contains("Channel name"));
    assert!(amina.page(&settings).await.contains("Channel name"));
    assert!(!carla.page(&settings).await.contains("Slow mode"));

    let fields = [("conversation", talk.to_string()), ("seconds", "300".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    let done = bruno.submits(&settings, "set_slow_mode", &fields).await;
    assert_eq!((done.status, done.location()), (303, &*settings));
    let page = bruno.page(&settings).await;
    assert!(page.contains("Saved.") && page.contains("value=\"300\" selected"), "{page}");
    for person in [&amina, &bruno, &carla] {
        assert!(person.looks_at(talk).await.contains("Slow mode: one message every 5 minutes."));
    }
    let mut hears = carla.connects().await;
    slows(&bruno, talk, "0").await.well();
    assert!(matches!(hears.next_event().await, Event::Message(_)));
    assert!(!carla.looks_at(talk).await.contains("Slow mode: one"));
}
