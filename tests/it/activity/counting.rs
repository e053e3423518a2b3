//! How much of it is new, and that one has looked.

use salon::{
    error::Error,
    realtime::event::{Event, Topic},
};

use crate::{
    on_both_engines,
    support::{Engine, Person, TestApp},
};

on_both_engines! {
    what_is_new_is_counted_until_one_has_looked,
    what_was_read_where_it_stands_is_not_new,
    looking_never_goes_back_nor_ahead,
    all_screens_hear_of_it_and_nobody_else,
    what_is_muted_is_shown_and_not_counted,
    the_number_is_bounded,
    it_works_without_a_script,
    whoever_looks_too_often_is_slowed,
}

const CHANGED: Event = Event::Changed { what: Topic::Activity };

/// Amina and Bruno, who are friends and have been told so, in a talk of theirs.
async fn talk(app: &TestApp) -> (Person, Person, salon::ids::ConversationId) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    app.store().await.run("delete from activity").await;
    (amina, bruno, talk)
}

async fn what_is_new_is_counted_until_one_has_looked(app: TestApp) {
    let (amina, bruno, talk) = talk(&app).await;
    let said = amina.sends(talk, "Tea").await;
    bruno.reacts_to(&said, "🎉").await;
    bruno.says_in_answer(&said, "yes").await;
    assert_eq!((amina.news().await, bruno.news().await), (2, 0));
    let activity = amina.activity().await;
    assert!(activity.lines.iter().all(|line| line.is_new));
    // To look at a page by a script or without one changes nothing.
    amina.page("/activity").await;
    assert_eq!(amina.news().await, 2);

    amina.has_looked_up_to(activity.lines[1].id).await.well();
    assert_eq!(amina.news().await, 1);
    amina.has_looked_up_to(activity.newest_new().expect("one is new")).await.well();
    assert_eq!(amina.news().await, 0);
    assert!(amina.activity().await.lines.iter().all(|line| !line.is_new));
    bruno.reacts_to(&said, "👍").await;
    assert_eq!(amina.news().await, 1);
    bruno.takes_back(&said, "👍").await;
    assert_eq!(amina.news().await, 0);
}

async fn what_was_read_where_it_stands_is_not_new(app: TestApp) {
    let (amina, bruno, talk) = talk(&app).await;
    let first = bruno.sends(talk, "@amina one").await;
    bruno.sends(talk, "@amina two").await;
    assert_eq!(amina.news().await, 2);
    amina.marks_read(talk, first.position).await.well();
    assert_eq!(amina.news().await, 1);
    let new: Vec<bool> = amina.activity().await.lines.iter().map(|line| line.is_new).collect();
    assert_eq!(new, [true, false]);
    amina.marks_unread(talk, first.id).await.well();
    assert_eq!(amina.news().await, 2);
}

async fn looking_never_goes_back_nor_ahead(app: TestApp) {
    let (amina, bruno, talk) = talk(&app).await;
    let said = amina.sends(talk, "Tea").await;
    bruno.reacts_to(&said, "🎉").await;
    bruno.reacts_to(&said, "👍").await;
    let lines = amina.activity().await.lines;
    // What is not there yet cannot have been looked at.
    amina.has_looked_up_to(salon::ids::LARGEST).await.well();
    assert_eq!(amina.news().await, 2);
    amina.has_looked_up_to(lines[0].id).await.well();
    amina.has_looked_up_to(lines[1].id).await.well();
    assert_eq!(amina.news().await, 0);
    // Nor does anybody else's number count.
    amina.reacts_to(&bruno.sends(talk, "mine").await, "🎉").await;
    bruno.has_looked_up_to(lines[0].id).await.well();
    assert_eq!((bruno.news().await, amina.news().await), (1, 0));
}

async fn all_screens_hear_of_it_and_nobody_else(app: TestApp) {
    let (amina, bruno, talk) = talk(&app).await;
    let said = amina.sends(talk, "Tea").await;
    let (mut one, mut two, mut his) =
        (amina.connects().await, amina.connects().await, bruno.connects().await);
    bruno.reacts_to(&said, "🎉").await;
    assert!(matches!(his.events_so_far().await[..], [Event::Reaction { .. }]));
    for screen in [&mut one, &mut two] {
        assert!(matches!(screen.next_event().await, Event::Reaction { .. }));
        assert_eq!(screen.next_event().await, CHANGED);
    }
    bruno.takes_back(&said, "🎉").await;
    assert!(one.events_so_far().await.contains(&CHANGED));
    amina.reacts_to(&said, "🎉").await;
    assert!(!one.events_so_far().await.contains(&CHANGED), "one's own");
    bruno.reacts_to(&said, "👍").await;
    one.events_so_far().await;
    two.events_so_far().await;

    let newest = amina.activity().await.newest_new().expect("one is new");
    for _ in 0..2 {
        amina.has_looked_up_to(newest).await.well();
    }
    for screen in [&mut one, &mut two] {
        assert_eq!(screen.events_so_far().await, [CHANGED], "once");
    }
    assert!(!his.events_so_far().await.contains(&CHANGED));
}

async fn what_is_muted_is_shown_and_not_counted(app: TestApp) {
    let (amina, bruno, talk) = talk(&app).await;
    let said = amina.sends(talk, "Tea").await;
    bruno.reacts_to(&said, "🎉").await;
    amina.does("mute_conversation", talk, &[("length", "hour")]).await.well();
    assert_eq!((amina.news().await, amina.activity().await.lines.len()), (0, 1));
    app.pass(60 * 60 * 1_000);
    assert_eq!(amina.news().await, 1);
    for (level, counted) in [("none", 0), ("mentions", 1), ("all", 1)] {
        amina.does("set_level", talk, &[("level", level)]).await.well();
        assert_eq!(amina.news().await, counted, "{level}");
    }
}

async fn the_number_is_bounded(app: TestApp) {
    let (amina, bruno, talk) = talk(&app).await;
    for n in 0..105 {
        bruno.sends(talk, &format!("@amina {n}")).await;
    }
    assert_eq!(amina.news().await, 100);
    assert!(amina.page("/").await.contains("99+ new"));
}

async fn it_works_without_a_script(app: TestApp) {
    let (amina, bruno, talk) = talk(&app).await;
    let empty = amina.page("/activity").await;
    assert!(empty.contains("Nothing yet") && !empty.contains("mark_activity_read"), "{empty}");
    let said = bruno.sends(talk, "@amina: **tea** <b>").await;
    let page = amina.page("/activity").await;
    assert!(page.contains(&format!("href=\"/c/{talk}/m/{}\"", said.id)), "{page}");
    assert!(page.contains("bruno mentioned you") && page.contains("@amina: tea &lt;b&gt;"), "{page}");
    assert!(page.contains("1 new") && page.contains("/do/mark_activity_read"), "{page}");

    let newest = amina.activity().await.newest_new().expect("one is new").to_string();
    let done = amina.submits("/activity", "mark_activity_read", &[("up_to", &newest)]).await;
    assert_eq!((done.status, done.location()), (303, "/activity"));
    let page = amina.page("/activity").await;
    assert!(page.contains("bruno mentioned you") && !page.contains("/do/mark_activity_read"), "{page}");
    assert_eq!(app.browser().gets("/activity").await.location(), "/login?next=%2Factivity");
}

async fn whoever_looks_too_often_is_slowed(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.limits.frames_per_second = 1;
        config.limits.frames_at_once = 3;
    })
    .await;
    let amina = app.person("amina").await;
    for _ in 0..3 {
        amina.has_looked_up_to(7).await.well();
    }
    assert!(matches!(amina.has_looked_up_to(7).await.error(), Error::TooFast { .. }));
}
