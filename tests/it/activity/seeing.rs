//! What somebody sees of it later: nothing that is gone, nothing of where they are not, nothing of whom they have blocked.

use salon::{activity::Activity, activity::MOST_KEPT, error::Error};

use crate::{
    on_both_engines,
    support::{Person, TestApp, cast::PASSWORD},
};

on_both_engines! {
    what_is_deleted_is_gone,
    whoever_leaves_sees_nothing_of_it,
    nothing_is_seen_of_whom_one_has_blocked,
    a_block_tells_nothing_to_whom_it_keeps_out,
    accounts_that_are_deleted_leave_no_name_and_keep_nothing,
    it_comes_in_pages,
    only_so_much_is_kept,
    a_closed_group_leaves_nothing,
}

async fn what_is_deleted_is_gone(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let before = bruno.activity().await;
    let mine = bruno.sends(group, "mine, canary").await;
    let named = amina.sends(group, "@bruno, canary").await;
    amina.reacts_to(&mine, "🎉").await;
    assert_eq!(bruno.activity().await.lines.len(), before.lines.len() + 2);
    for message in [&mine, &named] {
        amina.deletes(group, message.id).await.well();
    }
    app.pass(5_000);
    app.running.app.retractions.notify_one();
    crate::support::wait_for("the deletion", async || (bruno.activity().await == before).then_some(())).await;
    assert!(!bruno.page("/activity").await.contains("canary"));
    let left = "select count(*) from activity where message_id is not null";
    assert_eq!(app.store().await.number(left).await, 0);
}

async fn whoever_leaves_sees_nothing_of_it(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden, canary", &[&bruno, &carla]).await;
    let asked = bruno.sends(group, "canary?").await;
    amina.says_in_answer(&asked, "canary!").await;
    carla.reacts_to(&asked, "🎉").await;
    let rows = format!("select count(*) from activity where account_id = {}", bruno.id);
    let before = app.store().await.number(&rows).await;
    let mut hears = bruno.connects().await;
    amina.lets_go(group, &bruno).await.well();
    assert!(bruno.is_told().await.iter().all(|told| !told.contains("canary")));
    assert!(!bruno.page("/activity").await.contains("canary"));

    // Nor does anything that is done there reach them.
    hears.events_so_far().await;
    carla.reacts_to(&asked, "👍").await;
    carla.takes_back(&asked, "🎉").await;
    carla.says_in_answer(&asked, "canary, too").await;
    hears.assert_silent().await;
    assert_eq!(app.store().await.number(&rows).await, before);

    // Whoever comes back finds what still stands.
    amina.adds(group, &bruno).await.well();
    let told = bruno.is_told().await;
    assert_eq!(told[0], "amina added you to Garden, canary");
    assert!(told.contains(&"amina answered you: canary!".to_owned()), "{told:?}");
    assert!(told.iter().all(|told| !told.contains("reacted")), "{told:?}");
}

async fn nothing_is_seen_of_whom_one_has_blocked(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = amina.sends(group, "Tea").await;
    bruno.sends(group, "@amina, canary").await;
    bruno.reacts_to(&said, "🎉").await;
    let before = amina.activity().await;
    assert_eq!(amina.news().await, 4, "the friendships and these two");
    amina.answers("block", &bruno).await.well();
    let mut hers = amina.connects().await;
    bruno.reacts_to(&said, "👍").await;
    assert!(
        hers.events_so_far()
            .await
            .iter()
            .all(|event| matches!(event, salon::realtime::event::Event::Reaction { .. }))
    );
    bruno.says_in_answer(&said, "canary, and more").await;
    assert!(amina.is_told().await.iter().all(|told| told.starts_with("carla")));
    assert!(!amina.reads("activity").await.text().contains("canary"));
    assert_eq!(amina.news().await, 1);

    // What was there before comes back with them, and nothing of what came meanwhile.
    amina.answers("unblock", &bruno).await.well();
    let now = amina.activity().await;
    let friendship = before.lines.iter().filter(|line| line.quoted().is_none() && line.actor.id == bruno.id);
    assert_eq!(now.lines.len(), before.lines.len() - friendship.count());
}

async fn a_block_tells_nothing_to_whom_it_keeps_out(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = bruno.sends(group, "Tea").await;
    amina.says_in_answer(&said, "yes").await;
    amina.reacts_to(&said, "🎉").await;
    let before = bruno.is_told().await;
    amina.answers("block", &bruno).await.well();
    assert_eq!(bruno.is_told().await, before, "as after any other end of a friendship");
    amina.says_in_answer(&said, "and no").await;
    assert_eq!(bruno.is_told().await.len(), before.len() + 1);
}

async fn accounts_that_are_deleted_leave_no_name_and_keep_nothing(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = amina.sends(group, "Tea").await;
    bruno.says_in_answer(&said, "yes").await;
    let (gone, fields) = (bruno.id, [("name", "bruno"), ("current_password", PASSWORD)]);
    bruno.calls("delete_account", &fields).await.well();
    let told = amina.is_told().await;
    assert!(told.contains(&"Deleted account answered you: yes".to_owned()), "{told:?}");
    assert!(told.iter().all(|told| !told.contains("bruno")));
    let rows = format!("select count(*) from activity where account_id = {gone}");
    assert_eq!(app.store().await.number(rows).await, 0);
    assert_eq!(bruno.reads("activity").await.error(), Error::SignedOut);
}

async fn it_comes_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    app.store().await.run("delete from activity").await;
    let count = Activity::PAGE + 3;
    for n in 0..count {
        bruno.sends(talk, &format!("@amina {n}")).await;
    }
    let first = amina.activity().await;
    let next = first.next.expect("there are more");
    let second: Activity = amina.reads(&format!("activity?before={next}")).await.well().json();
    assert_eq!((first.lines.len(), second.lines.len(), second.next), (Activity::PAGE, 3, None));
    let all = first.lines.into_iter().chain(second.lines);
    let texts: Vec<String> = all.filter_map(|line| Some(line.quoted()?.text.clone())).collect();
    assert_eq!(texts, (0..count).rev().map(|n| format!("@amina {n}")).collect::<Vec<_>>());
    assert!(amina.page("/activity").await.contains(&format!("href=\"/activity?before={next}\"")));
    let older = amina.page(&format!("/activity?before={next}")).await;
    assert!(older.contains("@amina 2") && !older.contains("@amina 3<"), "{older}");
    for odd in ["0", "-1", "x", "9007199254740992", "%00"] {
        assert_eq!(amina.reads(&format!("activity?before={odd}")).await.status, 422, "{odd}");
        assert_eq!(amina.has_looked_up_to(odd).await.status, 422, "{odd}");
        amina.page(&format!("/activity?before={odd}")).await;
    }
}

async fn only_so_much_is_kept(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let mut store = app.store().await;
    store.run("delete from activity").await;
    for person in [&bruno, &carla] {
        let (person, actor) = (person.id, amina.id);
        store
            .run(format!(
                "with recursive many (n) as (select 1 union all select n + 1 from many where n < {})
                 insert into activity (id, account_id, actor_id, kind, conversation_id, emoji, created_at)
                 select n, {person}, {actor}, 'added', {group}, cast(n as text), 1 from many",
                MOST_KEPT + 40
            ))
            .await;
    }
    let kept = |person: &Person| format!("select count(*) from activity where account_id = {}", person.id);
    amina.sends(group, "@bruno").await;
    let left = store.number(kept(&bruno)).await;
    assert!((400..=MOST_KEPT as i64).contains(&left), "{left}");
    assert_eq!(store.number(kept(&carla)).await, MOST_KEPT as i64 + 40, "nobody else's");
    let oldest = format!("select min(id) from activity where account_id = {}", bruno.id);
    assert_eq!(store.number(oldest).await, MOST_KEPT as i64 + 40 - (left - 1) + 1, "the oldest went");
    assert_eq!(bruno.is_told().await[0], "amina mentioned you: @bruno");

    amina.sends(group, "@all").await;
    assert_eq!(store.number(kept(&bruno)).await, left + 1);
    assert!(store.number(kept(&carla)).await <= MOST_KEPT as i64);
}

async fn a_closed_group_leaves_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = bruno.sends(group, "canary").await;
    amina.reacts_to(&said, "🎉").await;
    amina.leaves(group).await.error();
    amina.makes(group, &bruno, "admin").await.well();
    amina.leaves(group).await.well();
    bruno.leaves(group).await.well();
    assert!(bruno.is_told().await.iter().all(|told| !told.contains("Garden") && !told.contains("canary")));
    salon::server::conversations::sweep(&app.running.app.writer).await.expect("it is swept");
    let left = "select count(*) from activity where message_id is not null";
    assert_eq!(app.store().await.number(left).await, 0);
}
