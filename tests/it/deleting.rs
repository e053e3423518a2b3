//! Deleting what others said: who may, and when everybody does it at once. What remains is told in tombstones.rs.

use futures_util::future::join_all;
use salon::{
    error::Error,
    ids::{ConversationId, MessageId},
    messages::system::SystemNote,
};

use crate::{
    on_both_engines,
    support::{
        Engine, Person, TestApp,
        houses::{channel, gives, inhabited, joins, lets_go},
    },
};

on_both_engines! {
    in_a_group_its_admins_delete,
    in_a_channel_ranks_decide,
    where_nobody_keeps_order_nobody_deletes,
    deleting_twice_is_deleting_once,
    nothing_is_deleted_after_a_demotion_or_a_removal,
    deleting_counts_against_the_limit,
    deleting_works_as_a_form,
}

/// What the page that asks, and the deletion itself, answer: they must agree.
async fn tries(person: &Person, talk: ConversationId, message: MessageId) -> Option<Error> {
    let asked = person.reads(&format!("deletable?conversation={talk}&message={message}")).await;
    let done = person.deletes(talk, message).await;
    assert_eq!(asked.status, done.status, "{}: {} and {}", person.name, asked.text(), done.text());
    (done.status != 200).then(|| done.error())
}

async fn head(person: &Person, talk: ConversationId) -> i64 {
    person.reads_conversation(talk).await.head
}

async fn in_a_group_its_admins_delete(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let (dana, gone) = (app.person("dana").await, app.person("gone").await);
    amina.befriends(&gone).await;
    let group = amina.gathers("Garden", &[&bruno, &carla, &gone]).await;
    amina.makes(group, &bruno, "admin").await.well();
    let by_gone = gone.sends(group, "farewell").await;
    gone.leaves(group).await.well();

    for author in [&amina, &carla] {
        let said = author.sends(group, "something").await.id;
        assert_eq!(bruno.reads_message(group, said).await.deleted, None);
        if author.id != carla.id {
            assert_eq!(tries(&carla, group, said).await, Some(Error::Forbidden), "{}", author.name);
        }
        for stranger in [&dana, &gone] {
            assert_eq!(tries(stranger, group, said).await, Some(Error::NotFound));
        }
        assert_eq!(app.browser().calls("delete_message", &[]).await.status, 422);
        assert_eq!(amina.reads_message(group, said).await.deleted, None);
        assert_eq!(tries(&bruno, group, said).await, None);
        assert_eq!(carla.reads_message(group, said).await.deleted, Some(bruno.id));
    }
    assert_eq!(tries(&amina, group, by_gone.id).await, None);

    // What was done stays told, and other conversations are other conversations.
    let told = amina.reads_conversation(group).await.messages;
    let told = told.iter().find(|message| message.note.is_some()).expect("it was made");
    assert_eq!(tries(&amina, group, told.id).await, Some(Error::Conflict));
    let other = amina.gathers("Orchard", &[&carla]).await;
    let there = carla.sends(other, "elsewhere").await.id;
    assert_eq!(tries(&amina, group, there).await, Some(Error::NotFound));
    assert_eq!(tries(&bruno, other, there).await, Some(Error::NotFound));
    assert_eq!(amina.reads_message(other, there).await.body, "elsewhere");
}

async fn in_a_channel_ranks_decide(app: TestApp) {
    let (space, [owner, admin, one]) = inhabited(&app).await;
    let talk = channel(&owner, space, "general").await;
    let mut all = vec![("owner", owner.clone()), ("admin", admin), ("moderator", one)];
    for (rank, name) in [
        ("moderator", "dana"),
        ("member", "emil"),
        ("member", "fay"),
        ("member", "gus"),
        ("moderator", "hal"),
    ] {
        let person = app.person(name).await;
        assert!(joins(&app, &person, space).await);
        all.push((rank, person));
    }
    for (rank, person) in all.iter().filter(|(rank, _)| *rank == "admin" || *rank == "moderator") {
        gives(&owner, space, person, rank).await.well();
    }
    let mut said = Vec::new();
    for _ in &all {
        let mut row = Vec::new();
        for (_, author) in &all {
            row.push(author.sends(talk, "something").await.id);
        }
        said.push(row);
    }
    // Whatever they were: they are nothing now.
    for (rank, person) in all.iter_mut().filter(|(_, person)| ["gus", "hal"].contains(&&*person.name)) {
        lets_go(&owner, space, person).await.well();
        *rank = "gone";
    }

    for ((rank, who), said) in all.iter().zip(&said) {
        for ((author_rank, author), message) in all.iter().zip(said) {
            let own = who.id == author.id;
            let expected = match *rank {
                // One's own is another thing: see retracting.rs.
                "gone" => Some(Error::NotFound),
                _ if own => continue,
                "owner" | "admin" => None,
                "moderator" if ["member", "gone"].contains(author_rank) => None,
                _ => Some(Error::Forbidden),
            };
            let outcome = tries(who, talk, *message).await;
            assert_eq!(outcome, expected, "{} about {}", who.name, author.name);
            let deleted = owner.reads_message(talk, *message).await.deleted;
            assert_eq!(deleted, expected.is_none().then_some(who.id), "{} about {}", who.name, author.name);
        }
    }
    for (rank, who) in all.iter().filter(|(rank, _)| *rank != "gone") {
        let about = who.reads_conversation(talk).await.about;
        assert_eq!(about.may_moderate, *rank != "member", "{}", who.name);
    }
}

async fn where_nobody_keeps_order_nobody_deletes(engine: Engine) {
    let app = TestApp::with(engine, |config| config.salon.general = true).await;
    let (amina, bruno) = app.two_friends().await;
    let carla = app.person("carla").await;
    let room = 1.try_into().expect("an id");
    let talk = amina.opens(&bruno).await;
    for (talk, stranger) in [(talk, Some(&carla)), (room, None)] {
        let said = amina.sends(talk, "stays").await.id;
        assert_eq!(tries(&bruno, talk, said).await, Some(Error::Forbidden));
        if let Some(stranger) = stranger {
            assert_eq!(tries(stranger, talk, said).await, Some(Error::NotFound));
        }
        assert_eq!(bruno.reads_message(talk, said).await.body, "stays");
        assert!(!amina.reads_conversation(talk).await.about.may_moderate);
    }
}

async fn deleting_twice_is_deleting_once(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    amina.makes(group, &bruno, "admin").await.well();
    let said = carla.sends(group, "once").await;
    let mut hears = carla.connects().await;
    let before = head(&amina, group).await;
    let deleting = (0..8).map(|turn| if turn % 2 == 0 { &amina } else { &bruno }.deletes(group, said.id));
    for answer in join_all(deleting).await {
        answer.well();
    }
    bruno.deletes(group, said.id).await.well();
    assert_eq!(head(&amina, group).await, before + 1);
    assert_eq!(hears.next_message().await.revision, before + 1);
    hears.assert_silent().await;
    let audited =
        app.store().await.number("select count(*) from audit where action = 'message_deleted'").await;
    assert_eq!(audited, 1);
}

async fn nothing_is_deleted_after_a_demotion_or_a_removal(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    for round in 0..6 {
        if round > 0 {
            amina.adds(group, &bruno).await.well();
        }
        amina.makes(group, &bruno, "admin").await.well();
        let mut said = Vec::new();
        for n in 0..12 {
            said.push(carla.sends(group, &n.to_string()).await.id);
        }
        let deleting = async {
            for message in &said {
                let answer = bruno.deletes(group, *message).await;
                if answer.status != 200 {
                    return Some(answer.error());
                }
            }
            None
        };
        let demoting = async {
            for _ in 0..round {
                amina.sends(group, "not yet").await;
            }
            amina.makes(group, &bruno, "member").await.well();
            if round % 2 == 1 {
                amina.lets_go(group, &bruno).await.well();
            }
        };
        let (refused, ()) = tokio::join!(deleting, demoting);
        assert!(matches!(refused, None | Some(Error::Forbidden | Error::NotFound)), "{refused:?}");

        let messages = amina.reads_conversation(group).await.messages;
        let demoted = messages.iter().rev().find(|it| matches!(it.note, Some(SystemNote::Demoted { .. })));
        let demoted = demoted.expect("it is told").position;
        for message in messages.iter().filter(|message| message.deleted == Some(bruno.id)) {
            assert!(message.revision < demoted, "{} was deleted after {demoted}", message.position);
        }
        // No number was spent in vain.
        let mut store = app.store().await;
        let numbers = format!("select count(*) from message where conversation_id = {group}");
        let deleted = format!(
            "select count(*) from message where conversation_id = {group} and deleted_at is not null"
        );
        let (numbers, deleted) = (store.number(numbers).await, store.number(deleted).await);
        assert_eq!(head(&amina, group).await, numbers + deleted);
        if round % 2 == 0 {
            amina.lets_go(group, &bruno).await.well();
        }
    }
}

async fn deleting_counts_against_the_limit(engine: Engine) {
    let app = TestApp::with(engine, |config| {
        config.limits.sends_per_second = 1;
        config.limits.sends_at_once = 3;
    })
    .await;
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = bruno.sends(group, "one").await.id;
    for _ in 0..3 {
        amina.deletes(group, said).await.well();
    }
    assert!(matches!(amina.deletes(group, said).await.error(), Error::TooFast { .. }));
}

async fn deleting_works_as_a_form(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let dana = app.person("dana").await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let said = bruno.sends(group, "a *thunder* word").await;
    bruno.sends(group, "what the lists show").await;
    let path = format!("/c/{group}/m/{}", said.id);
    let page = format!("{path}/delete");
    assert!(amina.page(&path).await.contains(&page), "the way there");
    assert!(!carla.page(&path).await.contains(&page));

    let asked = amina.page(&page).await;
    assert!(
        asked.contains("<em>thunder") && asked.contains("bruno") && asked.contains("for good"),
        "{asked}"
    );
    let refused = carla.gets(&page).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("You may not do this here.") && !refused.text().contains("thunder"));
    assert_eq!(dana.gets(&page).await.status, 404);
    assert_eq!(amina.gets(&format!("/c/{group}/m/x/delete")).await.status, 404);
    assert_eq!(carla.reads_message(group, said.id).await.deleted, None, "asking deletes nothing");

    let fields = [("conversation", group.to_string()), ("message", said.id.to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    let done = amina.submits(&page, "delete_message", &fields).await;
    assert_eq!((done.status, done.location()), (303, &*path));
    let back = amina.page(&path).await;
    assert!(back.contains("Message deleted by you") && !back.contains("thunder") && !back.contains(&page));
    let over = amina.page(&page).await;
    assert!(over.contains("Message deleted by you") && !over.contains("/do/delete_message"));
}
