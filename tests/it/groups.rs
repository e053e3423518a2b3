//! Groups: who is in them, who looks after them, and what happens when everybody does so at once.

use salon::{
    conversations::about::{Kind, Role},
    error::{Error, Field, Why},
    ids::ConversationId,
    messages::system::SystemNote,
    realtime::event::{Command, Event, Refusal, Topic},
};

use crate::{
    on_both_engines,
    support::{Person, TestApp, cast::outcome, new_key, wait_for},
};

on_both_engines! {
    a_group_is_made_with_friends,
    only_friends_are_brought_in,
    names_that_cannot_be_seen_are_refused,
    everyone_hears_what_is_said_and_what_is_done,
    whoever_is_let_go_hears_nothing_more,
    plain_members_change_nothing,
    outsiders_find_nothing_by_any_way,
    the_last_admin_hands_over_first,
    a_group_is_called_and_described,
    what_others_say_in_a_group_is_unread,
    ones_own_messages_do_not_pile_up,
    privileged_fields_are_not_taken,
    those_who_left_keep_their_names,
    it_works_as_forms,
}

fn named(people: &[(&str, Role)]) -> Vec<(String, Role)> {
    people.iter().map(|(name, role)| ((*name).to_owned(), *role)).collect()
}

async fn a_group_is_made_with_friends(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;

    let people = named(&[("amina", Role::Admin), ("bruno", Role::Member), ("carla", Role::Member)]);
    assert_eq!(bruno.members_by_name(group).await, people);
    let page = carla.reads_conversation(group).await;
    assert_eq!((page.about.kind, &*page.about.name, page.about.members), (Kind::Group, "Garden", 3));
    assert!(page.about.may_write && page.people.iter().any(|person| person.username == "amina"));
    assert_eq!(carla.reads_notes(group).await, [SystemNote::Created { name: "Garden".to_owned() }]);
    for person in [&amina, &bruno, &carla] {
        let line = person.home().await.conversations.into_iter().find(|line| line.id == group);
        let line = line.expect("it is listed");
        assert_eq!((line.kind, &*line.name, line.unread), (Kind::Group, "Garden", 0));
    }
}

async fn only_friends_are_brought_in(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let refused = |why| Error::invalid(Field::People, why);
    let tries = async |people: &str, usernames: &str| {
        let fields = [("name", "Garden"), ("people[]", people), ("usernames", usernames)];
        bruno.calls("create_group", &fields).await.error()
    };
    let carlas = carla.id.to_string();
    assert_eq!(tries(&carlas, "").await, refused(Why::Unknown), "a friend of a friend");
    assert_eq!(tries(&(carla.id.get() + 4_096).to_string(), "").await, refused(Why::Unknown));
    assert_eq!(tries(&bruno.id.to_string(), "").await, refused(Why::Unknown), "oneself");
    assert_eq!(tries(&amina.id.to_string(), "carla").await, refused(Why::Unknown));
    assert_eq!(tries(&amina.id.to_string(), "nobody").await, refused(Why::Unknown));
    assert_eq!(bruno.tries_to_gather("Garden", &[]).await.status, 303, "back to the form");
    assert_eq!(bruno.calls("create_group", &[("name", "Garden")]).await.error(), refused(Why::Missing));
    let many = "a ".repeat(101);
    assert_eq!(
        bruno.calls("create_group", &[("name", "G"), ("usernames", &many)]).await.error(),
        Error::TooMuch
    );
    assert_eq!(app.store().await.number("select count(*) from conversation").await, 0);

    let answer = amina
        .submits("/groups/new", "create_group", &[("name", "Garden"), ("usernames", "@Bruno, carla")])
        .await;
    assert_eq!(answer.status, 303);
    assert_eq!(app.store().await.number("select count(*) from participant").await, 3);
}

async fn names_that_cannot_be_seen_are_refused(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let tries = async |name: &str| {
        let person = bruno.id.to_string();
        amina.calls("create_group", &[("name", name), ("people[]", &person)]).await.error()
    };
    for (name, why) in [
        ("", Why::Missing),
        ("\u{200b}\u{2060}", Why::Missing),
        ("\u{3164}", Why::Missing),
        ("a\u{0}b", Why::Characters),
        ("a\nb", Why::Characters),
        ("\u{202e}abc", Why::Characters),
        (&"x".repeat(81), Why::TooLong { at_most: 80 }),
    ] {
        assert_eq!(tries(name).await, Error::invalid(Field::Name, why), "{name:?}");
    }
}

async fn everyone_hears_what_is_said_and_what_is_done(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let mut bruno_hears = bruno.connects().await;
    let mut carla_hears = carla.connects().await;

    amina.adds(group, &carla).await.well();
    assert_eq!(carla_hears.next_event().await, Event::Changed { what: Topic::Inbox });
    let added = SystemNote::Added { people: vec![carla.id] };
    assert_eq!(bruno_hears.next_message().await.note, Some(added.clone()));
    assert_eq!(carla_hears.next_message().await.note, Some(added), "who comes hears of it");

    let said = bruno.sends(group, "welcome").await;
    for hears in [&mut bruno_hears, &mut carla_hears] {
        assert_eq!(hears.next_message().await, said);
    }
    carla.leaves(group).await.well();
    assert_eq!(bruno_hears.next_message().await.note, Some(SystemNote::Left));
    let numbers: Vec<i64> =
        amina.reads_conversation(group).await.messages.iter().map(|message| message.position).collect();
    assert_eq!(numbers, [1, 2, 3, 4], "no number is left out");
}

async fn whoever_is_let_go_hears_nothing_more(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let elsewhere = carla.at_another_browser(&app).await;
    let mut sockets = [carla.connects().await, elsewhere.connects().await];

    amina.lets_go(group, &carla).await.well();
    amina.sends(group, "canary").await;
    for socket in &mut sockets {
        assert_eq!(socket.next_event().await, Event::Left { conversation: group });
        assert_eq!(socket.next_event().await, Event::Changed { what: Topic::Inbox });
        // Whatever else had come would come before this answer.
        socket.tells(&Command::Resume { conversations: [(group, 0)].into() }).await;
        assert_eq!(socket.next_event().await, Event::Error { code: Refusal::NotFound });
    }
    assert_eq!(
        carla.tries_to_read(group, salon::conversations::window::Window::Latest).await.error(),
        Error::NotFound
    );
    assert_eq!(carla.tries_to_send(group, "still here").await, Err(Error::NotFound));
    assert!(carla.home().await.conversations.is_empty());
    assert_eq!(bruno.members_by_name(group).await.len(), 2);

    // Back again, with all that was said.
    amina.adds(group, &carla).await.well();
    assert!(carla.reads_texts(group).await.contains(&"canary".to_owned()));
}

/// Everything that only an admin may do, as `person` tries it.
async fn admin_things(person: &Person, group: ConversationId, other: &Person) -> Vec<Error> {
    vec![
        person.adds(group, other).await.error(),
        person.lets_go(group, other).await.error(),
        person.makes(group, other, "admin").await.error(),
        person.makes(group, person, "admin").await.error(),
        person.does("describe_group", group, &[("name", "Mine"), ("topic", "")]).await.error(),
    ]
}

async fn plain_members_change_nothing(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    bruno.befriends(&carla).await;
    for refused in admin_things(&bruno, group, &carla).await {
        assert_eq!(refused, Error::Forbidden);
    }
    assert_eq!(amina.reads_conversation(group).await.head, 1, "and no number was spent");
    // An admin is made a member before they can be let go.
    amina.makes(group, &bruno, "admin").await.well();
    assert_eq!(amina.lets_go(group, &bruno).await.error(), Error::Forbidden);
    assert_eq!(bruno.makes(group, &amina, "member").await.status, 200);
    assert_eq!(bruno.lets_go(group, &amina).await.status, 200);
}

async fn outsiders_find_nothing_by_any_way(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    amina.sends(group, "between us").await;
    let none: ConversationId = (group.get() + 4_096).try_into().expect("an id");

    let mut answers = Vec::new();
    for id in [group, none] {
        let mut found = Vec::new();
        for page in [format!("/c/{id}"), format!("/c/{id}/people"), format!("/c/{id}/settings")] {
            let answer = carla.gets(&page).await;
            assert_eq!(answer.status, 404, "{page}");
            let nonce = answer.header("content-security-policy").split_once("nonce-").expect("a nonce").1;
            let nonce = nonce.split_once('\'').expect("its end").0.to_owned();
            let text = answer.text().replace(&nonce, "NONCE").replace(&id.to_string(), "ID");
            // What follows is for the script, in pieces that come as they are ready.
            found.push(text.split("</html>").next().unwrap_or_default().to_owned());
        }
        for query in [
            format!("conversation?id={id}"),
            format!("members?id={id}"),
            format!("people?id={id}&accounts={}", amina.id),
        ] {
            let answer = carla.reads(&query).await;
            assert_eq!(answer.error(), Error::NotFound, "{query}");
            found.push(answer.text());
        }
        for refused in admin_things(&carla, id, &amina).await {
            assert_eq!(refused, Error::NotFound);
        }
        assert_eq!(carla.leaves(id).await.error(), Error::NotFound);
        assert_eq!(outcome(&carla.posts(id, &new_key(), "let me in").await), Err(Error::NotFound));
        answers.push(found);
    }
    assert_eq!(answers[0], answers[1], "what is hidden looks like what does not exist");

    // A private talk is no group, also for those who are in it.
    let talk = amina.opens(&bruno).await;
    for refused in admin_things(&amina, talk, &carla).await {
        assert_eq!(refused, Error::NotFound);
    }
    assert_eq!(amina.leaves(talk).await.error(), Error::NotFound);
}

async fn the_last_admin_hands_over_first(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let last = Error::invalid(Field::Role, Why::Last);
    assert_eq!(amina.leaves(group).await.error(), last);
    assert_eq!(amina.makes(group, &amina, "member").await.error(), last);

    amina.makes(group, &bruno, "admin").await.well();
    amina.makes(group, &bruno, "admin").await.well();
    amina.makes(group, &amina, "member").await.well();
    amina.leaves(group).await.well();
    assert_eq!(
        bruno.reads_notes(group).await[1..],
        [
            SystemNote::Promoted { person: bruno.id },
            SystemNote::Demoted { person: amina.id },
            SystemNote::Left,
        ],
        "what changed nothing is not told"
    );
    carla.leaves(group).await.well();
    // Whoever is alone may go.
    bruno.leaves(group).await.well();
    assert_eq!(app.store().await.number("select count(*) from participant").await, 0);
}

async fn a_group_is_called_and_described(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let describes = async |name: &str, topic: &str| {
        amina.does("describe_group", group, &[("name", name), ("topic", topic)]).await
    };
    describes(" Orchard ", "Apples, mostly").await.well();
    describes("Orchard", "Apples, mostly").await.well();
    describes("Orchard", " ").await.well();
    assert_eq!(
        bruno.reads_notes(group).await[1..],
        [
            SystemNote::Renamed { name: "Orchard".to_owned() },
            SystemNote::TopicChanged { topic: "Apples, mostly".to_owned() },
            SystemNote::TopicChanged { topic: String::new() },
        ]
    );
    let about = bruno.reads_conversation(group).await.about;
    assert_eq!((&*about.name, &*about.topic), ("Orchard", ""));
    assert_eq!(describes("", "x").await.error(), Error::invalid(Field::Name, Why::Missing));
    let long = "x".repeat(251);
    assert_eq!(
        describes("Orchard", &long).await.error(),
        Error::invalid(Field::Topic, Why::TooLong { at_most: 250 })
    );
    assert!(
        !app.place.holds("Apples, mostly").await
            || app
                .store()
                .await
                .number("select count(*) from conversation where topic = 'Apples, mostly'")
                .await
                == 0
    );
}

async fn what_others_say_in_a_group_is_unread(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    amina.sends(group, "one").await;
    bruno.sends(group, "two").await;
    carla.sends(group, "three").await;
    amina.does("describe_group", group, &[("name", "Orchard"), ("topic", "")]).await.well();

    let unread = async |person: &Person| {
        let page = person.reads_conversation(group).await;
        let home = person.home().await;
        let line = home.conversations.into_iter().find(|line| line.id == group).expect("it is listed");
        assert_eq!((line.unread, home.unread), (page.unread, page.unread), "the list, the sum and the page");
        (page.unread, page.first_unread)
    };
    assert_eq!(unread(&amina).await, (2, Some(3)));
    assert_eq!(unread(&bruno).await, (2, Some(2)));
    bruno.marks_read(group, 3).await.well();
    assert_eq!(unread(&bruno).await, (1, Some(4)));
    bruno.marks_read(group, 9).await.well();
    assert_eq!(unread(&bruno).await, (0, None));
    let home = amina.home().await;
    let last = home.conversations[0].last.clone().expect("something was said");
    assert_eq!((last.author.as_deref(), &*last.text, last.mine), (Some("carla"), "three", false));
}

async fn ones_own_messages_do_not_pile_up(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    for n in 0..210 {
        amina.sends(group, &n.to_string()).await;
    }
    amina.marks_read(group, 100).await.well();
    assert_eq!(amina.reads_conversation(group).await.read, 0, "there is nothing to note");
    amina.marks_read(group, 211).await.well();
    assert_eq!(amina.reads_conversation(group).await.read, 211);
}

async fn privileged_fields_are_not_taken(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let (me, other) = (bruno.id.to_string(), carla.id.to_string());
    for role in ["Admin", "ADMIN", "owner", "", "admin "] {
        let answer = amina.makes(group, &bruno, role).await;
        assert_eq!(answer.status, 422, "{role:?}");
    }
    // None of these fields is a function's: they change nothing.
    let fields = [("people[]", &*other), ("role", "admin"), ("owner_id", &*me), ("sender_id", &*me)];
    amina.does("add_members", group, &fields).await.well();
    bruno
        .calls(
            "send_message",
            &[
                ("conversation", &*group.to_string()),
                ("key", &*new_key()),
                ("body", "hi"),
                ("position", "1"),
                ("kind", "system"),
                ("note", "{}"),
            ],
        )
        .await
        .well();
    assert_eq!(amina.members_by_name(group).await.iter().filter(|(_, role)| *role == Role::Admin).count(), 1);
    assert!(
        amina
            .reads_conversation(group)
            .await
            .messages
            .iter()
            .any(|message| message.note.is_none() && message.body == "hi")
    );
}

async fn those_who_left_keep_their_names(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let dana = app.person("dana").await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    carla.leaves(group).await.well();
    let asked = format!("people?id={group}&accounts={},{},{}", bruno.id, carla.id, dana.id);
    let people: Vec<salon::accounts::Person> = amina.reads(&asked).await.well().json();
    let mut people: Vec<_> = people.into_iter().map(|person| person.username).collect();
    people.sort();
    assert_eq!(people, ["bruno", "carla"], "and nobody else's can be learned");
}

async fn it_works_as_forms(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    assert!(amina.page("/groups/new").await.contains("name=\"people[]\""));
    let group = amina.gathers("Garden", &[&bruno]).await;
    let people = format!("/c/{group}/people");
    let page = amina.page(&people).await;
    assert!(page.contains("Add people") && page.contains("Make admin"));
    assert!(!bruno.page(&people).await.contains("Make admin"));

    let id = group.to_string();
    let back = amina.submits(&people, "add_members", &[("conversation", &id), ("usernames", "nobody")]).await;
    assert_eq!((back.status, back.location()), (303, &*people));
    assert!(amina.page(&people).await.contains("Only friends can be brought in."));
    let done =
        amina.submits(&people, "add_members", &[("conversation", &id), ("usernames", &carla.name)]).await;
    assert_eq!((done.status, done.location()), (303, &*people));
    assert!(amina.page(&people).await.contains("3 people"));

    let settings = format!("/c/{group}/settings");
    assert!(amina.page(&settings).await.contains("Leave group"));
    let done = bruno.submits(&settings, "leave_group", &[("conversation", &id)]).await;
    assert_eq!((done.status, done.location()), (303, "/"));
    wait_for("nothing is listed", async || bruno.home().await.conversations.is_empty().then_some(())).await;
    let page = amina.page(&format!("/c/{group}")).await;
    assert!(page.contains("left.") && page.contains("You added carla."), "what was done is told");
}
