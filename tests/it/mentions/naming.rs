//! Whom a message names: members, by what was written, and never more than a message may.

use salon::{
    ids::{AccountId, ConversationId, MessageId},
    mentions::MOST_NAMED,
    messages::Message,
    realtime::event::Event,
};

use super::crowds;
use crate::{
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        cast::outcome,
        houses::{channel, gives, inhabited},
        new_key,
    },
};

on_both_engines! {
    who_is_named_is_told_to_everybody_with_the_message,
    only_others_who_are_there_are_named,
    everyone_is_called_where_one_may,
    in_the_room_for_everyone_nobody_calls_everyone,
    of_many_names_a_bounded_number_counts,
    the_same_again_gets_the_same_answer,
    an_edit_names_others_and_a_deletion_nobody,
    several_at_once_each_name_their_own,
    names_are_drawn_also_without_a_script,
}

/// What is stored of it, as `message account`.
async fn rows(app: &TestApp) -> Vec<(i64, i64)> {
    let rows = app
        .store()
        .await
        .texts("select cast(message_id as text) || ' ' || cast(account_id as text) from mention order by 1")
        .await;
    let row = |row: &String| {
        let (message, account) = row.split_once(' ')?;
        Some((message.parse().ok()?, account.parse().ok()?))
    };
    rows.iter().filter_map(row).collect()
}

async fn edits(person: &Person, talk: ConversationId, message: MessageId, body: &str) {
    person.does("edit_message", talk, &[("message", &*message.to_string()), ("body", body)]).await.well();
}

fn sorted<const N: usize>(mut people: [AccountId; N]) -> Vec<AccountId> {
    people.sort_unstable();
    people.to_vec()
}

async fn who_is_named_is_told_to_everybody_with_the_message(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let mut hears = carla.connects().await;
    let said = amina.sends(group, "@Bruno, and (@carla): `@nobody`").await;
    assert_eq!((said.mentions.clone(), said.all), (sorted([bruno.id, carla.id]), false));
    assert_eq!(hears.next_event().await, Event::Message(Box::new(said.clone())));

    let read = bruno.reads_message(group, said.id).await;
    assert_eq!((read.mentions, read.all), (said.mentions.clone(), false));
    let (missed, ..) = hears.resumes(group, said.revision - 1).await;
    assert_eq!(missed[0].mentions, said.mentions);
    // Their names come with the page, though they have said nothing.
    let page = bruno.reads_conversation(group).await;
    assert!(page.people.iter().any(|person| person.id == carla.id));
    assert_eq!(rows(&app).await.len(), 2);
}

async fn only_others_who_are_there_are_named(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let dana = app.person("dana").await;
    amina.befriends(&dana).await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let body = "@amina @dana @carla @nobody bruno@example.org `@bruno` https://example.org/@bruno";
    assert_eq!(amina.sends(group, body).await.mentions, []);
    assert_eq!(rows(&app).await, []);

    amina.adds(group, &dana).await.well();
    assert_eq!(amina.sends(group, "@dana.").await.mentions, [dana.id]);
    amina.lets_go(group, &dana).await.well();
    assert_eq!(bruno.sends(group, "@dana").await.mentions, []);
    let talk = amina.opens(&carla).await;
    assert_eq!(amina.sends(talk, "@carla @bruno").await.mentions, [carla.id]);
}

async fn everyone_is_called_where_one_may(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    for (person, body) in [(&amina, "@all"), (&bruno, "Lunch, @Here!")] {
        let said = person.sends(group, body).await;
        assert_eq!((said.mentions, said.all), (vec![], true), "{body}");
        assert!(amina.reads_message(group, said.id).await.all);
    }
    assert!(!bruno.sends(group, "`@all` @allan a@all").await.all);
    assert_eq!(rows(&app).await, [], "a mark on the message, and no rows");

    crowds(&app, group).await;
    assert!(amina.sends(group, "@all").await.all, "its admin");
    assert!(!bruno.sends(group, "@all").await.all, "one of too many");

    let open = channel(&amina, space, "general").await;
    gives(&amina, space, &carla, "moderator").await.well();
    for (person, may) in [(&amina, true), (&bruno, false), (&carla, true)] {
        assert_eq!(person.sends(open, "@all").await.all, may, "{}", person.name);
    }
}

async fn in_the_room_for_everyone_nobody_calls_everyone(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, bruno) = app.two_friends().await;
    let everyone: ConversationId = 1.try_into().expect("an id");
    let said = amina.sends(everyone, "@all @bruno").await;
    assert_eq!((said.mentions, said.all), (vec![bruno.id], false), "nobody keeps order there");
}

async fn of_many_names_a_bounded_number_counts(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    crowds(&app, group).await;
    let crowd: String = (1_000..1_050).map(|id| format!("@crowd{id} ")).collect();
    let said = amina.sends(group, &format!("@bruno {}", crowd.repeat(9))).await;
    assert_eq!(said.mentions.len(), MOST_NAMED);
    assert!(said.mentions.contains(&bruno.id));
    assert_eq!(rows(&app).await.len(), MOST_NAMED);
}

async fn the_same_again_gets_the_same_answer(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let key = new_key();
    let said: Vec<Message> = vec![
        outcome(&amina.posts(talk, &key, "@bruno @all").await).expect("it is taken"),
        outcome(&amina.posts(talk, &key, "@bruno @all").await).expect("it is known"),
    ];
    assert_eq!((said[0].mentions.clone(), said[0].all), (vec![bruno.id], true));
    assert_eq!(said[0], said[1]);
    assert_eq!(rows(&app).await.len(), 1);
}

async fn an_edit_names_others_and_a_deletion_nobody(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = amina.sends(group, "@bruno @all").await;
    let mut hears = bruno.connects().await;
    edits(&amina, group, said.id, "@carla").await;
    let told = hears.next_message().await;
    assert_eq!((told.mentions, told.all), (vec![carla.id], false));
    assert_eq!(rows(&app).await, [(said.id.get(), carla.id.get())]);

    edits(&amina, group, said.id, "@here @bruno").await;
    let read = carla.reads_message(group, said.id).await;
    assert_eq!((read.mentions, read.all), (vec![bruno.id], true));

    let other = bruno.sends(group, "@amina @all").await;
    amina.deletes(group, other.id).await.well();
    let read = carla.reads_message(group, other.id).await;
    assert_eq!((read.mentions, read.all), (vec![], false));
    assert_eq!(rows(&app).await, [(said.id.get(), bruno.id.get())]);
    let left = "select count(*) from message where mentions_all = 1 and deleted_at is not null";
    assert_eq!(app.store().await.number(left).await, 0);
}

async fn several_at_once_each_name_their_own(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let talk = amina.opens(&bruno).await;
    let sent = futures_util::future::join_all((0..12).map(|n| {
        let (amina, place) = (&amina, if n % 2 == 0 { group } else { talk });
        async move { (n, amina.sends(place, if n % 3 == 0 { "@bruno @carla" } else { "nobody" }).await) }
    }))
    .await;
    for (n, said) in sent {
        let expected = match (n % 3, n % 2) {
            (0, 0) => sorted([bruno.id, carla.id]),
            (0, _) => vec![bruno.id],
            _ => vec![],
        };
        assert_eq!(said.mentions, expected, "{n}");
    }
}

async fn names_are_drawn_also_without_a_script(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let fields = [
        ("conversation", &*group.to_string()),
        ("key", &*new_key()),
        ("body", "@Bruno, @nobody: `@carla`. @all"),
    ];
    let sent = amina.submits(&format!("/c/{group}"), "send_message", &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let marks = async |person: &Person| {
        let page = person.looks_at(group).await;
        let shown = [">@Bruno</span>", ">@all</span>", "class=\"mention mention--me\"", "data-mentions-me"];
        shown.map(|part| page.matches(part).count())
    };
    assert_eq!(marks(&bruno).await, [1, 1, 2, 1]);
    assert_eq!(marks(&carla).await, [1, 1, 1, 1], "with everyone");
    assert_eq!(marks(&amina).await, [1, 1, 0, 0], "one does not turn to oneself");
}
