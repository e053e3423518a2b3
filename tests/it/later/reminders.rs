//! Being reminded: at the time, once, of what one may still read.

use futures_util::future::join_all;
use salon::{
    activity::{Activity, Deed},
    error::Error,
    realtime::event::{Event, Topic},
};

use super::{HOUR, MINUTE, is_told_of, pass_at_both, passes};
use crate::{
    on_both_engines,
    support::{Engine, Person, TestApp, cast::PASSWORD, nodes::Nodes, wait_for},
};

on_both_engines! {
    a_reminder_comes_up_when_it_is_due,
    what_one_notes_is_sealed_and_shown_to_oneself,
    the_same_again_moves_it,
    a_reminder_that_was_told_can_be_set_again,
    whoever_takes_it_back_hears_nothing,
    of_what_is_gone_nothing_is_said,
    of_whom_one_has_blocked_nothing_is_said,
    what_is_muted_is_still_told,
    what_fell_due_while_no_server_ran_is_told_at_start,
    two_servers_tell_it_once,
    many_that_are_due_are_all_told,
    an_account_that_is_deleted_leaves_none,
    it_works_as_a_form_in_french_too,
}

/// What they see on the page of activity.
async fn activity(person: &Person) -> Activity {
    person.reads("activity").await.well().json()
}

async fn a_reminder_comes_up_when_it_is_due(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (first, second) = (bruno.sends(talk, "Water the plants").await, amina.sends(talk, "Mine").await);
    let before = amina.is_told().await.len();
    amina.wants_reminder(&second, "1h", "").await.well();
    amina.wants_reminder(&first, "20m", "").await.well();
    let waits = [("Water the plants".to_owned(), String::new()), ("Mine".to_owned(), String::new())];
    assert_eq!(amina.waits_for().await, waits, "the next first");

    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    passes(&app, 20 * MINUTE);
    assert_eq!(hers.next_event().await, Event::Changed { what: Topic::Activity });
    let told = is_told_of(&amina, before + 1).await;
    assert_eq!(told[0], "Reminder of what bruno said: Water the plants");
    assert_eq!(told.len(), before + 1, "the other is not due yet");
    assert_eq!(amina.waits_for().await, waits[1..]);
    let line = activity(&amina).await.lines.remove(0);
    assert!(line.is_new);
    assert_eq!(line.path(), format!("/c/{talk}/m/{}", first.id));
    let page = amina.page("/activity").await;
    assert!(page.contains("Reminder of what") && page.contains("href=\"/reminders\""));
    his.assert_silent().await;

    passes(&app, 40 * MINUTE);
    assert_eq!(is_told_of(&amina, before + 2).await[0], "Reminder of what amina said: Mine");
    assert!(amina.waits_for().await.is_empty());
    assert_eq!(amina.news().await, 2 + u32::try_from(before).expect("few"));
    amina
        .calls("mark_activity_read", &[("up_to", &activity(&amina).await.lines[0].id.to_string())])
        .await
        .well();
    assert_eq!(amina.news().await, 0);
}

async fn what_one_notes_is_sealed_and_shown_to_oneself(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "The invoice").await;
    amina.wants_reminder(&said, "1h", "  ask Zoë, canary-note  ").await.well();
    let waiting = amina.reads_remindable(talk, said.id).await.waiting.expect("it waits");
    assert_eq!((&*waiting.note, waiting.due_at), ("ask Zoë, canary-note", app.now().plus(HOUR)));
    assert_eq!(bruno.reads_remindable(talk, said.id).await.waiting, None);
    assert!(!app.place.holds("canary-note").await);
    assert!(amina.page("/reminders").await.contains("canary-note"));
    assert!(!bruno.page("/reminders").await.contains("canary-note"));

    passes(&app, HOUR);
    is_told_of(&amina, 2).await;
    let line = activity(&amina).await.lines.remove(0);
    assert!(matches!(&line.deed, Deed::Reminded { note, .. } if note == "ask Zoë, canary-note"), "{line:?}");
    assert!(amina.page("/activity").await.contains("canary-note"));
    assert!(!app.place.holds("canary-note").await);
}

async fn the_same_again_moves_it(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Tea").await;
    amina.wants_reminder(&said, "20m", "first").await.well();
    amina.wants_reminder(&said, "3h", "").await.well();
    assert_eq!(amina.waits_for().await, [("Tea".to_owned(), String::new())]);
    let other = bruno.sends(talk, "Cake").await;
    amina.wants_reminder(&other, "1h", "").await.well();
    passes(&app, HOUR);
    assert_eq!(is_told_of(&amina, 2).await[0], "Reminder of what bruno said: Cake");
    assert_eq!(amina.waits_for().await.len(), 1, "it was moved");
    let rounds = join_all((0..8).map(|n| {
        let note = n.to_string();
        async { amina.wants_reminder(&said, "20m", &{ note }).await.well() }
    }));
    rounds.await;
    assert_eq!(app.store().await.number("select count(*) from reminder where told_at is null").await, 1);
}

async fn a_reminder_that_was_told_can_be_set_again(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Tea").await;
    let before = amina.is_told().await;
    amina.wants_reminder(&said, "20m", "").await.well();
    passes(&app, 20 * MINUTE);
    let told = is_told_of(&amina, before.len() + 1).await;
    let up_to = activity(&amina).await.lines[0].id;
    amina.calls("mark_activity_read", &[("up_to", &up_to.to_string())]).await.well();

    amina.wants_reminder(&said, "1h", "").await.well();
    assert_eq!(amina.is_told().await, before, "until then there is nothing to see");
    passes(&app, HOUR);
    assert_eq!(is_told_of(&amina, before.len() + 1).await, told);
    assert_eq!(amina.news().await, 1);
}

async fn whoever_takes_it_back_hears_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let (said, other) = (bruno.sends(talk, "Tea").await, bruno.sends(talk, "Cake").await);
    amina.wants_reminder(&said, "20m", "").await.well();
    amina.wants_reminder(&other, "1h", "").await.well();
    bruno.wants_no_reminder(said.id).await.well();
    assert_eq!(amina.waits_for().await.len(), 2, "others take back nothing of hers");
    for _ in 0..2 {
        amina.wants_no_reminder(said.id).await.well();
    }
    passes(&app, HOUR);
    let told = is_told_of(&amina, 2).await;
    assert_eq!((told.len(), &*told[0]), (2, "Reminder of what bruno said: Cake"));

    // Told ones go as well.
    amina.wants_no_reminder(other.id).await.well();
    assert_eq!(amina.is_told().await.len(), 1);
}

async fn of_what_is_gone_nothing_is_said(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = carla.sends(group, "canary, deleted").await;
    let kept = carla.sends(group, "canary, kept").await;
    bruno.wants_reminder(&said, "20m", "canary, beside it").await.well();
    carla.wants_reminder(&said, "20m", "").await.well();
    bruno.wants_reminder(&kept, "20m", "").await.well();
    carla.wants_reminder(&kept, "20m", "").await.well();
    amina.deletes(group, said.id).await.well();
    assert_eq!(bruno.waits_for().await.len(), 1);
    let note = "select count(*) from reminder where note is not null";
    assert_eq!(app.store().await.number(note).await, 0, "what was noted beside it goes with it");
    assert_eq!(bruno.wants_reminder(&said, "1h", "").await.error(), Error::Conflict);

    amina.lets_go(group, &bruno).await.well();
    assert!(bruno.waits_for().await.is_empty());
    assert!(!bruno.page("/reminders").await.contains("canary"));
    assert_eq!(bruno.wants_reminder(&kept, "1h", "").await.error(), Error::NotFound);
    let before = bruno.is_told().await;
    passes(&app, 20 * MINUTE);
    let hers =
        wait_for("hers", async || Some(carla.is_told().await).filter(|told| told[0].starts_with("Reminder")))
            .await;
    assert_eq!(hers[0], "Reminder of what carla said: canary, kept");
    assert_eq!(bruno.is_told().await, before);
    assert_eq!(
        app.store().await.number("select count(*) from reminder").await,
        1,
        "only hers, which was told"
    );

    // What was told goes with what it is about.
    amina.deletes(group, kept.id).await.well();
    assert!(!carla.is_told().await[0].starts_with("Reminder"));
}

async fn of_whom_one_has_blocked_nothing_is_said(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let (his, hers) = (bruno.sends(group, "canary").await, carla.sends(group, "Cake").await);
    amina.wants_reminder(&his, "20m", "").await.well();
    amina.wants_reminder(&hers, "20m", "").await.well();
    amina.answers("block", &bruno).await.well();
    passes(&app, 20 * MINUTE);
    let told = wait_for("what is due", async || {
        Some(amina.is_told().await).filter(|told| told.iter().any(|line| line.contains("Cake")))
    })
    .await;
    assert!(!told.iter().any(|line| line.contains("canary")), "{told:?}");
}

async fn what_is_muted_is_still_told(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Tea").await;
    amina.does("mute_conversation", talk, &[("length", "always")]).await;
    amina.does("set_level", talk, &[("level", "none")]).await.well();
    let before = amina.news().await;
    amina.wants_reminder(&said, "20m", "").await.well();
    passes(&app, 20 * MINUTE);
    is_told_of(&amina, 2).await;
    assert_eq!(amina.news().await, before + 1);
}

async fn what_fell_due_while_no_server_ran_is_told_at_start(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Tea").await;
    amina.wants_reminder(&said, "20m", "").await.well();
    let config = app.place.config();
    let place = app.stop().await;
    let mut store = place.store().await;
    store.run("update reminder set due_at = 1").await;
    drop(store);
    let app = TestApp::at(place, config).await;
    let amina = amina.at(app.browser()).await;
    assert_eq!(is_told_of(&amina, 2).await[0], "Reminder of what bruno said: Tea");
}

async fn two_servers_tell_it_once(engine: Engine) {
    let nodes = Nodes::start(engine).await;
    let (amina, bruno) = nodes.first.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let elsewhere = nodes.at_second(&amina).await;
    let mut hears = amina.connects().await;
    for round in 0..6 {
        let said = bruno.sends(talk, &format!("round {round}")).await;
        amina.wants_reminder(&said, "20m", "").await.well();
        // Both look; meanwhile it is moved, or taken back, at the other server.
        let deed = async {
            match round % 3 {
                0 => {}
                1 => drop(elsewhere.wants_reminder(&said, "20m", "moved").await.well()),
                _ => drop(elsewhere.wants_no_reminder(said.id).await.well()),
            }
        };
        let (_, ()) = futures_util::join!(deed, async { pass_at_both(&nodes, 20 * MINUTE) });
        // Whatever became of it is over before the next begins.
        pass_at_both(&nodes, 20 * MINUTE);
        wait_for("the end of it", async || amina.waits_for().await.is_empty().then_some(())).await;
        let rows = format!("select count(*) from activity where message_id = {}", said.id);
        assert!(nodes.first.store().await.number(rows).await <= 1);
    }
    let told = amina.is_told().await;
    for round in [0, 1, 3, 4] {
        let lines = told.iter().filter(|line| line.ends_with(&format!("round {round}"))).count();
        assert_eq!(lines, 1, "round {round}: {told:?}");
    }
    hears.events_so_far().await;
}

async fn many_that_are_due_are_all_told(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut store = app.store().await;
    // More than one change tells, of two people.
    for n in 0..130 {
        let (person, name) = if n % 2 == 0 { (&amina, "amina") } else { (&bruno, "bruno") };
        let said = person.sends(talk, &format!("{name} {n}")).await;
        let (id, who) = (said.id, person.id);
        let sql = format!(
            "insert into reminder (id, account_id, message_id, due_at) values ({n} + 1, {who}, {id}, {n} + 1)"
        );
        store.run(sql).await;
    }
    passes(&app, 0);
    let left = "select count(*) from reminder where told_at is null";
    wait_for("all of them", async || (app.store().await.number(left).await == 0).then_some(())).await;
    assert_eq!(app.store().await.number("select count(*) from activity where kind = 'reminded'").await, 130);
}

async fn an_account_that_is_deleted_leaves_none(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Tea").await;
    amina.wants_reminder(&said, "20m", "note").await.well();
    bruno.wants_reminder(&said, "20m", "").await.well();
    let fields = [("name", "amina"), ("current_password", PASSWORD)];
    amina.calls("delete_account", &fields).await.well();
    assert_eq!(app.store().await.numbers("select account_id from reminder").await, [bruno.id.get()]);
}

async fn it_works_as_a_form_in_french_too(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = bruno.sends(talk, "Arroser les plantes").await;
    let (here, id, of) = (format!("/c/{talk}/m/{}", said.id), said.id.to_string(), talk.to_string());
    let path = format!("{here}/remind");
    assert!(amina.page(&here).await.contains(&path));
    let page = amina.page(&path).await;
    assert!(page.contains("In 20 minutes") && page.contains("Day and time (UTC)"), "{page}");
    assert!(page.contains(&format!("In UTC it is {} now.", app.now().clock())));
    // What only the reader's zone tells is not offered without it.
    assert!(!page.contains("Tomorrow"));

    let fields = [("conversation", &*of), ("message", &*id), ("at", ""), ("note", "demain, promis")];
    let refused = amina.submits(&path, "set_reminder", &fields).await;
    assert_eq!((refused.status, refused.location()), (303, &*path));
    let page = amina.page(&path).await;
    assert!(page.contains("Choose when.") && page.contains("demain, promis"), "{page}");

    let at = app.now().plus(26 * HOUR).to_string();
    let fields = [("conversation", &*of), ("message", &*id), ("when", "own"), ("at", &at[..16])];
    let done = amina.submits(&path, "set_reminder", &fields).await;
    assert_eq!((done.status, done.location()), (303, &*here));
    let waiting = amina.reads_remindable(talk, said.id).await.waiting.expect("it waits");
    assert_eq!(waiting.due_at.to_string()[..16], at[..16]);

    amina.calls("save_language", &[("locale", "fr")]).await.well();
    let page = amina.page(&path).await;
    assert!(page.contains("Un rappel est prévu le") && page.contains("Dans 3 heures"), "{page}");
    let page = amina.page("/reminders").await;
    assert!(page.contains("Rappels") && page.contains("Arroser les plantes") && page.contains("Retirer"));
    let done = amina.submits("/reminders", "remove_reminder", &[("message", &id)]).await;
    assert_eq!((done.status, done.location()), (303, "/reminders"));
    assert!(amina.page("/reminders").await.contains("Aucun rappel n’attend."));
    let stranger = app.browser().gets("/reminders").await;
    assert_eq!(stranger.location(), "/login?next=%2Freminders");
}
