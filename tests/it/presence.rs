//! Who is here: told to those who may know, at once, and to nobody else.

use salon::{
    error::{Error, Field, Why},
    presence::{HereNow, Present, State},
    realtime::event::Command,
};

use crate::{
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        houses::{joins, makes_space, sees},
        socket::Handshake,
    },
};

on_both_engines! {
    friends_see_each_other_come_and_go,
    several_screens_are_one_person,
    people_who_do_nothing_are_idle,
    a_page_that_nobody_uses_comes_back_as_idle,
    a_block_silences_before_the_next_frame,
    who_leaves_a_group_is_no_longer_followed_there,
    it_holds_both_ways,
    strangers_and_former_friends_learn_nothing,
    people_say_something_of_themselves,
    a_status_that_cannot_be_taken_is_refused,
    large_groups_are_asked_and_not_followed,
    who_is_here_is_listed_in_pages,
}

async fn says(person: &Person, line: &str, busy: bool) {
    person
        .calls("save_status", &[("line", line), ("busy", if busy { "true" } else { "false" })])
        .await
        .well();
}

async fn is_seen_by(person: &Person, seen_by: &str) {
    let fields = [("writers", "acquaintances"), ("takes_requests", "true"), ("seen_by", seen_by)];
    person.calls("save_privacy", &fields).await.well();
}

async fn here_now(person: &Person) -> HereNow {
    person.reads("here_now").await.well().json()
}

fn is(person: &Person, state: State) -> Present {
    Present { account: person.id, state, line: String::new() }
}

async fn friends_see_each_other_come_and_go(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut hers = amina.connects().await;
    assert_eq!(hers.presences_so_far().await, []);

    let mut his = bruno.connects().await;
    his.hears_of(amina.id, State::Online).await;
    hers.hears_of(bruno.id, State::Online).await;
    assert_eq!(amina.friends().await.present, [is(&bruno, State::Online)]);
    assert_eq!(amina.home().await.conversations, []);
    let talk = amina.opens(&bruno).await;
    assert_eq!(amina.home().await.conversations[0].present, Some(is(&bruno, State::Online)));
    assert_eq!(amina.reads_conversation(talk).await.present, Some(is(&bruno, State::Online)));
    assert_eq!(here_now(&amina).await.people[0].username, "bruno");

    drop(his);
    hers.hears_of(bruno.id, State::Offline).await;
    assert_eq!(amina.friends().await.present, []);
    assert_eq!(amina.home().await.conversations[0].present, None);
    assert_eq!(here_now(&amina).await, HereNow::default());
}

async fn several_screens_are_one_person(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut hers = amina.connects().await;
    let (one, two) = (bruno.connects().await, bruno.connects().await);
    hers.hears_of(bruno.id, State::Online).await;
    drop(one);
    drop(two);
    hers.hears_of(bruno.id, State::Offline).await;
    assert_eq!(hers.presences_so_far().await, [], "once, not twice");
}

async fn people_who_do_nothing_are_idle(engine: Engine) {
    let app = TestApp::with(engine, |config| config.presence.idle_seconds = 1).await;
    let (amina, bruno) = app.two_friends().await;
    let mut hers = amina.connects().await;
    let mut his = bruno.connects().await;
    hers.hears_of(bruno.id, State::Online).await;
    hers.hears_of(bruno.id, State::Idle).await;
    his.tells(&Command::Activity {}).await;
    hers.hears_of(bruno.id, State::Online).await;

    // Whoever is active at one screen is not idle.
    let mut other = bruno.connects().await;
    hers.hears_of(bruno.id, State::Idle).await;
    other.tells(&Command::Activity {}).await;
    hers.hears_of(bruno.id, State::Online).await;
    hers.hears_of(bruno.id, State::Idle).await;
}

async fn a_page_that_nobody_uses_comes_back_as_idle(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut hers = amina.connects().await;
    let mut handshake = Handshake::new(&app.origin, &bruno.cookies());
    handshake.path = "/ws?idle=true".to_owned();
    let mut his = handshake.attempt().await.unwrap_or_else(|status| panic!("no connection: {status}"));
    his.greeted().await;
    hers.hears_of(bruno.id, State::Idle).await;
    his.tells(&Command::Activity {}).await;
    hers.hears_of(bruno.id, State::Online).await;
}

async fn a_block_silences_before_the_next_frame(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    his.hears_of(amina.id, State::Online).await;
    hers.hears_of(bruno.id, State::Online).await;

    amina.answers("block", &bruno).await.well();
    says(&amina, "canary", true).await;
    his.hears_of(amina.id, State::Offline).await;
    hers.hears_of(bruno.id, State::Offline).await;
    says(&amina, "canary again", false).await;
    let heard = his.presences_so_far().await;
    assert!(
        heard.iter().all(|present| present.line.is_empty() && present.state == State::Offline),
        "{heard:?}"
    );
    assert_eq!(here_now(&bruno).await, HereNow::default());
    assert_eq!(here_now(&amina).await, HereNow::default());
    for person in [&amina, &bruno] {
        assert_eq!(person.home().await.conversations.iter().find_map(|line| line.present.clone()), None);
    }
}

async fn who_leaves_a_group_is_no_longer_followed_there(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let mut hers = carla.connects().await;
    let his = bruno.connects().await;
    assert!(!hers.presences_so_far().await.iter().any(|present| present.account == bruno.id));

    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    hers.hears_of(bruno.id, State::Online).await;
    let members = carla.members(group).await;
    assert!(members.present.contains(&is(&bruno, State::Online)), "{:?}", members.present);

    bruno.leaves(group).await.well();
    hers.hears_of(bruno.id, State::Offline).await;
    says(&bruno, "canary", false).await;
    assert_eq!(hers.presences_so_far().await, []);
    drop(his);
}

async fn it_holds_both_ways(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    amina.gathers("Garden", &[&bruno, &carla]).await;
    let mut hers = carla.connects().await;
    let mut his = bruno.connects().await;
    hers.hears_of(bruno.id, State::Online).await;

    // Only for friends: those in the group are none.
    is_seen_by(&carla, "friends").await;
    hers.hears_of(bruno.id, State::Offline).await;
    his.hears_of(carla.id, State::Offline).await;
    let mut friend = amina.connects().await;
    friend.hears_of(carla.id, State::Online).await;

    is_seen_by(&carla, "nobody").await;
    friend.hears_of(carla.id, State::Offline).await;
    hers.hears_of(amina.id, State::Offline).await;
    assert_eq!(here_now(&carla).await, HereNow::default());
    assert_eq!(carla.friends().await.present, []);

    is_seen_by(&carla, "acquaintances").await;
    hers.hears_of(bruno.id, State::Online).await;
    his.hears_of(carla.id, State::Online).await;
}

async fn strangers_and_former_friends_learn_nothing(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let stranger = app.person("dana").await;
    let mut theirs = stranger.connects().await;
    bruno.unfriends(&amina).await;
    let mut hers = amina.connects().await;
    let _his = bruno.connects().await;
    says(&bruno, "canary", false).await;
    for socket in [&mut theirs, &mut hers] {
        assert_eq!(socket.presences_so_far().await, []);
    }
    let shown = amina.reads_conversation(talk).await;
    assert_eq!(shown.present, None, "a talk that one may only read tells nothing");
    for person in [&amina, &stranger] {
        let page = person.page("/here").await;
        assert!(!page.contains("canary") && !page.contains("@bruno"), "{page}");
    }
}

async fn people_say_something_of_themselves(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut hers = amina.connects().await;
    let _his = bruno.connects().await;
    says(&bruno, "  Back on Monday ", true).await;
    assert_eq!(hers.hears_of(bruno.id, State::Busy).await.line, "Back on Monday");
    assert!(bruno.page("/settings").await.contains("value=\"Back on Monday\""));

    // What was said stays to be read when they are gone.
    drop(_his);
    hers.hears_of(bruno.id, State::Offline).await;
    let line = Present { line: "Back on Monday".to_owned(), ..is(&bruno, State::Offline) };
    assert_eq!(amina.friends().await.present, [line]);
    says(&bruno, "", false).await;
    assert_eq!(amina.friends().await.present, []);
}

async fn a_status_that_cannot_be_taken_is_refused(app: TestApp) {
    let amina = app.person("amina").await;
    says(&amina, "before", false).await;
    for (line, why) in [
        ("a".repeat(81), Why::TooLong { at_most: 80 }),
        ("a\u{202e}b".to_owned(), Why::Characters),
        ("a\u{7}b".to_owned(), Why::Characters),
    ] {
        let answer = amina.calls("save_status", &[("line", &*line), ("busy", "false")]).await;
        assert_eq!(answer.error(), Error::Invalid { field: Field::Status, why }, "{line:?}");
    }
    let answer = amina.calls("save_status", &[("line", "x"), ("busy", "perhaps")]).await;
    assert_eq!(answer.status, 422);
    let seen = [("writers", "acquaintances"), ("takes_requests", "true"), ("seen_by", "Everybody")];
    assert_eq!(amina.calls("save_privacy", &seen).await.status, 422);
    assert_eq!(app.store().await.texts("select status_line from account").await, ["before"]);
}

async fn large_groups_are_asked_and_not_followed(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let space = makes_space(&amina, "House").await;
    assert!(joins(&app, &bruno, space).await);
    let mut hers = amina.connects().await;
    let mut his = bruno.connects().await;
    hers.hears_of(bruno.id, State::Online).await;
    drop(his);
    hers.hears_of(bruno.id, State::Offline).await;

    // As many more as make it a crowd.
    let mut store = app.store().await;
    let crowd: Vec<i64> = (1_000..1_049).collect();
    let rows = |row: &dyn Fn(i64) -> String| crowd.iter().map(|id| row(*id)).collect::<Vec<_>>().join(", ");
    let accounts =
        rows(&|id| format!("({id}, 'crowd{id}', 'Crowd', 'c{id}@example.org', 'c{id}@example.org', 1, 1)"));
    let channels = store
        .numbers(format!("select conversation_id from participant where account_id = {}", amina.id))
        .await;
    store.run(format!("insert into account (id, username, display_name, email, email_key, created_at, updated_at) values {accounts}")).await;
    for channel in channels {
        let people = rows(&|id| format!("({channel}, {id}, 1)"));
        store
            .run(format!("insert into participant (conversation_id, account_id, joined_at) values {people}"))
            .await;
    }
    his = bruno.connects().await;
    assert_eq!(his.presences_so_far().await, [], "a crowd is not followed");
    assert_eq!(hers.presences_so_far().await, []);
    let people = sees(&amina, space).await;
    assert!(people.present.contains(&is(&bruno, State::Online)), "{:?}", people.present);
    assert_eq!(here_now(&amina).await, HereNow::default());
}

async fn who_is_here_is_listed_in_pages(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let _his = bruno.connects().await;
    let page = amina.page("/here").await;
    assert!(page.contains("@bruno") && page.contains("mark--online"), "{page}");
    let behind: HereNow = amina.reads("here_now?after=bruno").await.well().json();
    assert_eq!(behind, HereNow::default());
    let odd: HereNow = amina.reads("here_now?after=%00").await.well().json();
    assert_eq!(odd.people.len(), 1);
}
