//! Who may do what, at every door: the authorization matrix, cell by cell.
//!
//! Each table names what is asked, then what everyone is answered, from those who may least to those who may most. What
//! is refused changes nothing and shows nothing; what is granted here changes as little as it can.

mod tables;
mod world;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use salon::{
    error::Error,
    ids::ConversationId,
    realtime::event::{Command, Event, Refusal},
};

use crate::{
    on_both_engines,
    support::{
        TestApp,
        houses::{channel, gives, joins, makes_channel, makes_space},
    },
};
use tables::{CHANNEL, GROUP, ONES_OWN, SPACE, TALK};
use world::{Extra, World, check, parse};

on_both_engines! {
    a_private_talk_is_for_two,
    a_group_is_for_its_members,
    a_space_is_for_its_members,
    a_private_channel_is_for_those_who_were_added,
    sockets_carry_only_what_is_theirs,
}

async fn a_private_talk_is_for_two(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let known = app.person("known").await;
    known.befriends(&amina).await;
    let (parted, blocked) = (app.person("parted").await, app.person("blocked").await);
    let stranger = app.person("stranger").await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "canary, in private").await;
    let asked = amina.polls(talk, "canary, asked", &["canary one", "canary two"]).await;
    let mut talks = Vec::new();
    for person in [&parted, &blocked] {
        person.befriends(&amina).await;
        let talk = person.opens(&amina).await;
        let asked = person.polls(talk, "canary, asked", &["canary one", "canary two"]).await;
        talks.push((talk, person.sends(talk, "canary, before").await, asked));
    }
    parted.unfriends(&amina).await;
    amina.answers("block", &blocked).await.well();

    let people = vec![
        ("stranger", stranger),
        ("known", known),
        ("parted", parted),
        ("blocked", blocked),
        ("pair", bruno.clone()),
        ("bruno", bruno),
        ("amina", amina.clone()),
    ];
    let mut world = World::of(app, people);
    world.call("zed", amina.id);
    let (columns, rows) = parse(TALK);
    // Those whose talk is over are asked about their own, the others about one that was never theirs.
    for row in rows {
        for (column, right) in columns.iter().zip(&row.answers) {
            let (talk, said, asked) = match *column {
                "parted" => (talks[0].0, talks[0].1.id, talks[0].2.id),
                "blocked" => (talks[1].0, talks[1].1.id, talks[1].2.id),
                _ => (talk, said.id, asked.id),
            };
            world.call("talk", talk);
            world.call("said", said);
            world.call("asked", asked);
            let door = world.door(&row.door);
            let browser = if *column == "anon" { &world.nobody } else { &*world.people[column] };
            let answer = world.asks(browser, &door).await;
            check(&row.door, column, right, world.canary, &door, &answer);
        }
    }
}

async fn a_group_is_for_its_members(app: TestApp) {
    let [amina, bruno, left] = app.three_friends().await;
    let mut others = Vec::new();
    for name in ["removed", "banned", "friend", "blocked"] {
        let person = app.person(name).await;
        person.befriends(&amina).await;
        others.push(person);
    }
    let [removed, banned, friend, blocked] = others.try_into().unwrap_or_else(|_| panic!("four people"));
    let stranger = app.person("stranger").await;
    let group = amina.gathers("canary group", &[&bruno, &left, &removed, &banned]).await;
    let asked = amina.polls(group, "canary, asked", &["canary one", "canary two"]).await;
    let spoken = amina.sends(group, "canary, to the group").await;
    left.leaves(group).await.well();
    amina.lets_go(group, &removed).await.well();
    amina.does("ban", group, &[("account", &banned.id.to_string()), ("lasts", "always")]).await.well();
    amina.answers("block", &blocked).await.well();
    amina.does("create_invitation", group, &[("lasts", "day"), ("uses", "1")]).await.well();

    let way = app.store().await.number("select id from invitation").await;
    let people = vec![
        ("stranger", stranger),
        ("blocked", blocked),
        ("friend", friend),
        ("left", left),
        ("removed", removed),
        ("banned", banned),
        ("member", bruno.clone()),
        ("admin", amina.clone()),
        ("amina", amina),
        ("bruno", bruno),
    ];
    let mut world = World::of(app, people);
    for (name, value) in [
        ("group", group.to_string()),
        ("spoken", spoken.id.to_string()),
        ("asked", asked.id.to_string()),
        ("way", way.to_string()),
    ] {
        world.call(name, value);
    }
    world.extra = Some(Extra::Group(group));
    world.walk(GROUP).await;
}

/// A space with somebody of every rank, an open channel and a private one.
async fn house(app: TestApp) -> World {
    // Some of these names are kept for Salon itself.
    let owner = app.person("the.owner").await;
    let space = makes_space(&owner, "canary space").await;
    let mut people = Vec::new();
    for name in ["left", "removed", "banned", "member", "moderator", "inside", "admin"] {
        let person = app.person(&format!("the.{name}")).await;
        assert!(joins(&app, &person, space).await);
        people.push((name, person));
    }
    let of =
        |name: &str| people.iter().find(|(is, _)| *is == name).map(|(_, one)| one.clone()).expect("a name");
    gives(&owner, space, &of("moderator"), "moderator").await.well();
    gives(&owner, space, &of("admin"), "admin").await.well();
    let open = makes_channel(&owner, space, "canary open", false).await;
    let private = makes_channel(&owner, space, "canary private", true).await;
    for name in ["inside", "left", "removed"] {
        owner.adds(private, &of(name)).await.well();
    }
    let asked = owner.polls(open, "canary, asked", &["canary one", "canary two"]).await;
    let put = of("member").polls(open, "canary, put", &["canary one", "canary two"]).await;
    let hidden = owner.polls(private, "canary private, put", &["canary private", "canary two"]).await;
    let owners = owner.sends(open, "canary, for all").await;
    let members = of("member").sends(open, "canary, from one").await;
    let whispered = owner.sends(private, "canary private, for some").await;
    assert_eq!(channel(&of("inside"), space, "canary private").await, private);
    let about = |name: &str| of(name).id.to_string();
    let id = space.to_string();
    of("left").calls("leave_space", &[("space", &id)]).await.well();
    owner.calls("remove_from_space", &[("space", &id), ("account", &about("removed"))]).await.well();
    owner.calls("ban", &[("space", &id), ("account", &about("banned")), ("lasts", "always")]).await.well();
    owner.calls("create_invitation", &[("space", &id), ("lasts", "day"), ("uses", "1")]).await.well();
    let (friend, blocked) = (app.person("friend").await, app.person("blocked").await);
    friend.befriends(&owner).await;
    owner.answers("block", &blocked).await.well();
    let stranger = app.person("stranger").await;
    let bruno = of("member");
    people.extend([
        ("friend", friend),
        ("blocked", blocked),
        ("nobody", stranger.clone()),
        ("stranger", stranger),
        ("bruno", bruno),
        ("owner", owner),
    ]);

    let door = app.store().await.number("select id from invitation").await;
    let mut world = World::of(app, people);
    for (name, value) in [
        ("space", id),
        ("open", open.to_string()),
        ("private", private.to_string()),
        ("whispered", whispered.id.to_string()),
        ("owners", owners.id.to_string()),
        ("members", members.id.to_string()),
        ("asked", asked.id.to_string()),
        ("put", put.id.to_string()),
        ("hidden", hidden.id.to_string()),
        ("door", door.to_string()),
    ] {
        world.call(name, value);
    }
    world.extra = Some(Extra::Space(space));
    world
}

async fn a_space_is_for_its_members(app: TestApp) {
    house(app).await.walk(SPACE).await;
}

async fn a_private_channel_is_for_those_who_were_added(app: TestApp) {
    let mut world = house(app).await;
    let (space, private) = (&world.names["space"], &world.names["private"]);
    let extra = Extra::Channel(space.parse().expect("an id"), private.parse().expect("an id"));
    world.extra = Some(extra);
    world.canary = "canary private";
    world.walk(CHANNEL).await;
}

async fn sockets_carry_only_what_is_theirs(app: TestApp) {
    let world = house(app).await;
    let id = |name: &str| -> ConversationId { world.names[name].parse().expect("an id") };
    let (open, private) = (id("open"), id("private"));
    let mut sockets = Vec::new();
    for (name, person) in &world.people {
        sockets.push((*name, person.connects().await));
    }
    let owner = &world.people["owner"];
    owner.sends(open, "canary, live for all").await;
    owner.sends(private, "canary, live for some").await;
    let runs = ["inside", "admin", "owner"];
    let is_in_space = |name| runs.contains(&name) || ["member", "bruno", "moderator"].contains(&name);
    // A message may be accepted before it is announced: it is, once those have heard it who are to.
    sockets.sort_by_key(|(name, _)| !is_in_space(*name));
    for (name, socket) in &mut sockets {
        let in_space = is_in_space(*name);
        let places = [(open, in_space), (private, runs.contains(name))];
        let came = |heard: &[Event], to: ConversationId| {
            heard.iter().any(|event| matches!(event, Event::Message(one) if one.conversation == to))
        };
        let mut heard = Vec::new();
        while places.iter().any(|(conversation, hears)| *hears && !came(&heard, *conversation)) {
            heard.push(socket.next_event().await);
        }
        heard.extend(socket.events_so_far().await);
        for (conversation, hears) in places {
            assert_eq!(came(&heard, conversation), hears, "{name} and {conversation}: {heard:?}");
            socket.tells(&Command::Read { conversation, position: 1 }).await;
            socket.tells(&Command::Resume { conversations: BTreeMap::from([(conversation, 0)]) }).await;
        }
        if !in_space {
            // Two refusals for each of the two places.
            let mut refused = 0;
            while refused < 4 {
                match socket.next_event().await {
                    Event::Error { code: Refusal::NotFound } => refused += 1,
                    Event::Changed { .. } => {}
                    other => panic!("{name} is told {other:?}"),
                }
            }
        }
    }
    let gone = world.nobody.reads(&format!("conversation?id={private}")).await;
    assert_eq!(gone.error(), Error::SignedOut);
}

#[test]
fn no_door_is_forgotten() {
    let mut asked: BTreeSet<String> = ONES_OWN.iter().map(|name| (*name).to_owned()).collect();
    for table in [TALK, GROUP, SPACE, CHANNEL] {
        for row in parse(table).1 {
            let name = row.door.split_whitespace().nth(1).unwrap_or_default();
            asked.insert(name.split('?').next().unwrap_or_default().to_owned());
        }
    }
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut there = BTreeSet::new();
    for noun in fs::read_dir(source).expect("the sources").flatten() {
        let Ok(text) = fs::read_to_string(noun.path().join("server_fns.rs")) else { continue };
        let endpoints = text.split("endpoint = \"").skip(1).filter_map(|rest| rest.split('"').next());
        there.extend(endpoints.map(str::to_owned));
    }
    let missing: Vec<&String> = there.difference(&asked).collect();
    assert!(missing.is_empty(), "nobody has asked at {missing:?}");
}
