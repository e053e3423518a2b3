//! Deleting an account: nobody finds it any more, what was said stays, and no group is left without an admin.

use salon::{
    accounts::Duty,
    conversations::about::Role,
    error::{Error, Field, Why},
    realtime::event::{Event, Topic},
};

use crate::{
    on_both_engines,
    support::{
        Answer, Person, TestApp,
        cast::{PASSWORD, logs_in},
        houses::inhabited,
    },
};

on_both_engines! {
    whoever_deletes_their_account_is_gone_and_what_they_said_stays,
    it_asks_for_the_name_and_the_password,
    what_only_they_look_after_is_handed_over_first,
    the_last_two_admins_never_both_go,
    it_works_as_a_form,
}

async fn deletes(person: &Person, name: &str, password: &str) -> Answer {
    person.calls("delete_account", &[("name", name), ("current_password", password)]).await
}

async fn duties(person: &Person) -> Vec<Duty> {
    person.reads("duties").await.well().json()
}

async fn whoever_deletes_their_account_is_gone_and_what_they_said_stays(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let talk = amina.opens(&bruno).await;
    bruno.sends(talk, "hello").await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    bruno.sends(group, "hello, all").await;
    let alone = bruno.gathers("Shed", &[&amina]).await;
    amina.leaves(alone).await.well();
    let kept = bruno.reads_conversation(talk).await.messages[0].id.to_string();
    bruno.does("save_message", talk, &[("message", &kept)]).await.well();
    bruno.does("follow_thread", talk, &[("thread", &kept), ("follows", "true")]).await.well();
    let elsewhere = bruno.at_another_browser(&app).await;
    let mut hears = amina.connects().await;
    let his = elsewhere.connects().await;

    deletes(&bruno, "bruno", PASSWORD).await.well();

    assert_eq!(his.close_code().await, Some(4401), "every session ends");
    for session in [&bruno, &elsewhere] {
        assert_eq!(session.reads("home").await.error(), Error::SignedOut);
    }
    let fresh = app.browser();
    assert_eq!(logs_in(&fresh, "bruno", PASSWORD).await.error(), Error::WrongLogin);
    assert_eq!(logs_in(&fresh, "bruno@example.org", PASSWORD).await.error(), Error::WrongLogin);
    assert_eq!(amina.asks("bruno").await.error(), Error::Invalid { field: Field::Person, why: Why::Unknown });

    // What one kept for oneself goes along.
    for kept in ["select count(*) from saved", "select count(*) from thread_follow"] {
        assert_eq!(app.store().await.number(kept).await, 0, "{kept}");
    }

    // What was said stays, under no name, and the talk is to be read.
    let shown = amina.reads_conversation(talk).await;
    assert_eq!((&*shown.about.name, shown.about.handle.clone(), shown.about.may_write), ("", None, false));
    assert_eq!(amina.reads_texts(talk).await, ["hello"]);
    assert_eq!(amina.tries_to_send(talk, "are you there?").await, Err(Error::Forbidden));
    assert!(amina.looks_at(talk).await.contains("Deleted account"));
    assert!(carla.looks_at(group).await.contains("Deleted account"));
    assert!(amina.page("/").await.contains("Deleted account"));
    assert!(amina.friends().await.friends.iter().all(|friend| friend.username != "bruno"));
    let events = hears.events_so_far().await;
    assert!(events.contains(&Event::Changed { what: Topic::Friends }), "{events:?}");

    // Nothing is left of who it was, and nobody is in a place who is not there.
    let mut store = app.store().await;
    let named =
        "select count(*) from account where username || display_name || email || email_key like '%bruno%'";
    assert_eq!(store.number(named).await, 0);
    let left = format!(
        "select count(*) from participant join conversation on conversation.id = participant.conversation_id
         where account_id = {} and kind <> 'direct'",
        bruno.id
    );
    assert_eq!(store.number(left).await, 0);
    assert_eq!(
        store
            .number(format!("select count(*) from conversation where id = {alone} and title is not null"))
            .await,
        0
    );
    assert_eq!(store.number(format!("select count(*) from space_member where space_id = {space}")).await, 2);
    assert_eq!(store.number("select count(*) from audit where action = 'account_deleted'").await, 1);

    // The name is free.
    app.person("bruno").await;
}

async fn it_asks_for_the_name_and_the_password(app: TestApp) {
    let amina = app.person("amina").await;
    let wrong = |field, why| Error::Invalid { field, why };
    assert_eq!(deletes(&amina, "bruno", PASSWORD).await.error(), wrong(Field::Username, Why::Wrong));
    assert_eq!(
        deletes(&amina, "amina", "not the password").await.error(),
        wrong(Field::CurrentPassword, Why::Wrong)
    );
    assert_eq!(deletes(&amina, "amina", "").await.error(), wrong(Field::CurrentPassword, Why::Missing));
    amina.home().await;
    deletes(&amina, " @amina", PASSWORD).await.well();
    assert_eq!(amina.reads("home").await.error(), Error::SignedOut);
}

async fn what_only_they_look_after_is_handed_over_first(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let first = Duty { name: "Garden".to_owned(), path: format!("/c/{group}/people") };
    let second = Duty { name: "House".to_owned(), path: format!("/s/{space}/people") };
    assert_eq!(duties(&amina).await, [first.clone(), second.clone()]);
    assert!(duties(&bruno).await.is_empty());

    let refused = Error::Invalid { field: Field::Role, why: Why::Last };
    assert_eq!(deletes(&amina, "amina", PASSWORD).await.error(), refused);
    amina.makes(group, &bruno, "admin").await.well();
    assert_eq!(duties(&amina).await, [second]);
    assert_eq!(deletes(&amina, "amina", PASSWORD).await.error(), refused);
    assert_eq!(amina.members(group).await.people.len(), 3, "nothing was left on the way");

    let space = space.to_string();
    amina.calls("delete_space", &[("space", &space), ("name", "House")]).await.well();
    deletes(&amina, "amina", PASSWORD).await.well();
    let roles: Vec<Role> = bruno.members(group).await.people.into_iter().map(|line| line.role).collect();
    assert_eq!(roles, [Role::Admin, Role::Member]);
}

async fn the_last_two_admins_never_both_go(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    for round in 0..3 {
        let (one, two) = (app.person(&format!("one{round}")).await, app.person(&format!("two{round}")).await);
        one.befriends(&two).await;
        one.befriends(&carla).await;
        let group = one.gathers("Garden", &[&two, &carla]).await;
        one.makes(group, &two, "admin").await.well();
        let (first, second) =
            tokio::join!(deletes(&one, &one.name, PASSWORD), deletes(&two, &two.name, PASSWORD),);
        let went = [first, second].iter().filter(|answer| answer.status < 400).count();
        assert!(went <= 1, "both are gone");
        let admins = carla.members(group).await.people.into_iter().filter(|line| line.role == Role::Admin);
        assert!(admins.count() >= 1, "nobody looks after the group");
    }
    drop((amina, bruno));
}

async fn it_works_as_a_form(app: TestApp) {
    let amina = app.person("amina").await;
    assert!(amina.page("/settings").await.contains("href=\"/settings/delete\""));
    let fields = [("name", "amina"), ("current_password", "wrong")];
    let answer = amina.submits("/settings/delete", "delete_account", &fields).await;
    assert_eq!(answer.location(), "/settings/delete");
    let page = amina.page("/settings/delete").await;
    assert!(page.contains("This is not your current password") && page.contains("value=\"amina\""), "{page}");
    let fields = [("name", "amina"), ("current_password", PASSWORD)];
    let answer = amina.submits("/settings/delete", "delete_account", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/login"));
}
