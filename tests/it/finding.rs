//! Finding: everything one can go to, and nothing else.

use salon::{
    finding::{Entry, Goal, MOST_ENTRIES, matching::SHOWN},
    ids::ConversationId,
};

use crate::{
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        houses::{inhabited, lets_go, makes_channel, makes_space},
    },
};

on_both_engines! {
    whatever_one_is_in_is_found,
    nothing_of_others_is_found,
    what_is_hidden_or_over_is_still_found,
    what_is_unread_is_marked,
    the_room_for_everyone_is_found,
    no_more_is_read_than_may_be,
    finding_works_as_a_form,
}

async fn places(person: &Person) -> Vec<Entry> {
    person.reads("places").await.well().json()
}

async fn goals(person: &Person) -> Vec<Goal> {
    places(person).await.into_iter().map(|entry| entry.goal).collect()
}

async fn found(person: &Person, text: &str) -> Vec<String> {
    let entries: Vec<Entry> = person.reads(&format!("found?text={text}")).await.well().json();
    entries.into_iter().map(|entry| entry.name).collect()
}

async fn whatever_one_is_in_is_found(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let first = amina.reads(&format!("space?id={space}")).await.well().json::<salon::spaces::SpaceMembers>();
    let first = first.space.channels[0].conversation;
    app.pass(1_000);
    let group = amina.gathers("Garden", &[&bruno]).await;
    app.pass(1_000);
    let talk = amina.opens(&bruno).await;
    let dana = app.person("dana").await;
    amina.asks(&dana.name).await.well();

    // The last active first; then spaces, and friends with whom there is no talk yet. Who has not accepted is no friend.
    let expected = [
        Goal::Talk(talk),
        Goal::Group(group),
        Goal::Channel(first),
        Goal::Space(space),
        Goal::Friend(carla.id),
    ];
    assert_eq!(goals(&amina).await, expected);
    let beside: Vec<_> =
        places(&amina).await.into_iter().map(|entry| format!("{} {}", entry.name, entry.beside)).collect();
    assert_eq!(beside, ["bruno bruno", "Garden ", "general House", "House ", "carla carla"]);
    for (text, names) in [
        ("GARD", vec!["Garden"]),
        ("@br", vec!["bruno"]),
        ("house", vec!["House", "general"]),
        ("zzz", vec![]),
    ] {
        assert_eq!(found(&amina, text).await, names, "{text}");
    }
    app.pass(1_000);
    bruno.sends(first, "news").await;
    assert_eq!(goals(&amina).await[0], Goal::Channel(first));
    assert_eq!(carla.opens(&amina).await, amina.opens(&carla).await);
    assert!(!goals(&amina).await.contains(&Goal::Friend(carla.id)));
}

async fn nothing_of_others_is_found(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let private = makes_channel(&amina, space, "canary-channel", true).await;
    amina.gathers("canary-group", &[&carla]).await;
    let talk = amina.opens(&carla).await;
    amina.sends(talk, "canary-message").await;
    let other = makes_space(&carla, "canary-space").await;
    carla.calls("save_name", &[("display_name", "canary-person")]).await.well();

    for address in ["places", "found?text=", "found?text=canary"] {
        let answer = bruno.reads(address).await.well().text();
        assert!(!answer.contains("canary"), "{answer}");
        for id in [private.get(), talk.get(), other.get()] {
            assert!(!answer.contains(&id.to_string()), "{answer}");
        }
    }
    assert!(!bruno.page("/find?q=canary").await.contains("canary-"));
    assert_eq!(app.browser().reads("places").await.status, 401);

    // Once it is over it is gone at once.
    amina.adds(private, &bruno).await.well();
    assert_eq!(found(&bruno, "canary").await, ["canary-channel"]);
    lets_go(&amina, space, &bruno).await.well();
    assert!(found(&bruno, "canary").await.is_empty());
    assert!(found(&bruno, "house").await.is_empty());
}

async fn what_is_hidden_or_over_is_still_found(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.does("hide_conversation", talk, &[]).await.well();
    assert_eq!(goals(&amina).await, [Goal::Talk(talk)]);
    amina.unfriends(&bruno).await;
    assert_eq!(found(&amina, "bruno").await, ["bruno"]);
}

async fn what_is_unread_is_marked(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let talk = amina.opens(&bruno).await;
    assert!(places(&bruno).await.iter().all(|entry| !entry.unread), "what was done is not unread");
    amina.sends(group, "one").await;
    amina.sends(talk, "two").await;
    let unread = async |person: &Person| -> Vec<Goal> {
        places(person).await.into_iter().filter(|entry| entry.unread).map(|entry| entry.goal).collect()
    };
    assert_eq!(unread(&bruno).await.len(), 2);
    assert!(unread(&amina).await.is_empty());
    bruno.does("mute_conversation", group, &[("length", "hour")]).await.well();
    assert_eq!(unread(&bruno).await, [Goal::Talk(talk)]);
}

async fn the_room_for_everyone_is_found(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let amina = app.person("amina").await;
    let room: ConversationId = 1.try_into().expect("an id");
    assert_eq!(goals(&amina).await, [Goal::Everyone(room)]);
    assert!(amina.page("/find?q=gener").await.contains("href=\"/c/1\""));
}

async fn no_more_is_read_than_may_be(app: TestApp) {
    let amina = app.person("amina").await;
    let mut store = app.store().await;
    let numbers = "with recursive number (n) as (select 1 union all select n + 1 from number where n < 1100)";
    store
        .run(format!(
            "insert into conversation (id, kind, title, active_at, created_at)
             {numbers} select 1000 + n, 'group', 'Group ' || n, n, n from number"
        ))
        .await;
    store
        .run(format!(
            "insert into participant (conversation_id, account_id, joined_at)
             {numbers} select 1000 + n, {}, 0 from number",
            amina.id
        ))
        .await;
    let space = makes_space(&amina, "House").await;
    let all = places(&amina).await;
    assert_eq!(all.len(), MOST_ENTRIES);
    assert_eq!(all.last().map(|entry| entry.goal), Some(Goal::Space(space)));
    assert_eq!(all[1].name, "Group 1100", "the last active, behind the channel that was made now");
    let shown = found(&amina, "group").await;
    assert_eq!((shown.len(), &*shown[0]), (SHOWN, "Group 1100"));
    let long = "x".repeat(5_000);
    assert!(found(&amina, &long).await.is_empty());
}

async fn finding_works_as_a_form(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let talk = amina.opens(&bruno).await;
    assert!(amina.page("/").await.contains("href=\"/find\""), "the list leads to it");
    let all = amina.page("/find").await;
    assert!(all.contains(&format!("href=\"/c/{talk}\"")) && all.contains("@carla"), "{all}");
    let page = amina.page("/find?q=carl").await;
    assert!(page.contains("value=\"carl\"") && page.contains("action=\"/do/open_conversation\""), "{page}");
    let fields = [("account", &*carla.id.to_string())];
    assert!(amina.submits("/find?q=carl", "open_conversation", &fields).await.location().starts_with("/c/"));
    assert!(amina.page("/find?q=nobody").await.contains("Nothing here has this name."));
    let script = amina.page("/find?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!script.contains("<script>alert(1)"), "{script}");
    assert_eq!(app.browser().gets("/find?q=carl").await.status, 303);
}
