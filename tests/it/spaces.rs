//! Spaces: channels, ranks, and what happens when everybody does something at once.

use futures_util::future::join_all;
use salon::{
    conversations::about::{Kind, Role},
    error::{Error, Field, Why},
    ids::SpaceId,
    messages::system::SystemNote,
    realtime::event::{Command, Event, Refusal, Topic},
    server::conversations,
    spaces::{Rank, Space},
};

use crate::{
    on_both_engines,
    support::{
        Person, TestApp,
        houses::{
            channel, channels, does, gives, inhabited, joins, lets_go, makes_channel, makes_space, sees,
        },
    },
};

on_both_engines! {
    a_space_begins_with_a_channel,
    channels_are_open_to_all_or_private_to_some,
    ranks_decide_who_does_what,
    whoever_leaves_a_space_hears_nothing_more_from_it,
    the_owner_hands_over_or_stays,
    outsiders_find_no_space_by_any_way,
    deleting_a_space_takes_its_channels_and_not_its_people,
    channels_are_renamed_ordered_and_deleted,
    what_is_unread_in_a_space_is_told_apart,
    joining_at_once_is_joining_once,
    two_who_hand_over_at_once_leave_one_owner,
    spaces_work_as_forms,
}

async fn a_space_begins_with_a_channel(app: TestApp) {
    let amina = app.person("amina").await;
    let space = makes_space(&amina, " House ").await;
    let Space { name, rank, members, channels, .. } = sees(&amina, space).await.space;
    assert_eq!((&*name, rank, members, channels.len()), ("House", Rank::Owner, 1, 1));
    let first = channels[0].conversation;
    assert!(channels[0].is_open);
    amina.sends(first, "hello, house").await;
    let about = amina.reads_conversation(first).await.about;
    assert_eq!(
        (about.kind, &*about.name, about.role, about.space),
        (Kind::Channel, "general", Role::Admin, Some(space))
    );

    let home = amina.home().await;
    assert_eq!(home.spaces.iter().map(|line| line.id).collect::<Vec<_>>(), [space]);
    assert!(home.conversations.is_empty(), "a channel stands with its space");
    let beside: salon::conversations::Home = amina.reads(&format!("home?at={first}")).await.well().json();
    assert_eq!(beside.space.map(|space| space.id), Some(space));
    for name in ["", "\u{200b}", "a\u{0}b"] {
        let refused = amina.calls("create_space", &[("name", name)]).await.error();
        assert_eq!(refused.field(), Some(Field::Name), "{name:?}");
    }
}

async fn channels_are_open_to_all_or_private_to_some(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let mut hears = bruno.connects().await;
    let open = makes_channel(&amina, space, "garden", false).await;
    let private = makes_channel(&amina, space, "surprise", true).await;
    assert_eq!(channels(&bruno, space).await, ["general", "garden"]);
    assert_eq!(channels(&amina, space).await, ["general", "garden", "surprise"]);

    amina.sends(private, "between some").await;
    let said = amina.sends(open, "for all").await;
    assert_eq!(hears.next_message().await, said, "and nothing of the private one");
    assert_eq!(bruno.tries_to_send(private, "me too").await, Err(Error::NotFound));

    // Whom those who run it add, if they are in the space.
    let dana = app.person("dana").await;
    amina.befriends(&dana).await;
    assert_eq!(amina.adds(private, &dana).await.error(), Error::invalid(Field::People, Why::Unknown));
    amina.adds(private, &bruno).await.well();
    assert_eq!(hears.next_message().await.note, Some(SystemNote::Added { people: vec![bruno.id] }));
    bruno.sends(private, "thank you").await;
    assert_eq!(bruno.adds(private, &carla).await.error(), Error::Forbidden);
    amina.lets_go(private, &bruno).await.well();
    assert_eq!(bruno.tries_to_send(private, "again").await, Err(Error::NotFound));

    // Of an open one everybody is a part, as long as they are in the space.
    assert_eq!(amina.adds(open, &bruno).await.error(), Error::Conflict);
    assert_eq!(amina.lets_go(open, &bruno).await.error(), Error::Conflict);
    assert_eq!(bruno.leaves(open).await.error(), Error::Conflict);
    assert_eq!(amina.makes(open, &bruno, "admin").await.error(), Error::Conflict);
}

async fn ranks_decide_who_does_what(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let dana = app.person("dana").await;
    joins(&app, &dana, space).await;
    let private = makes_channel(&amina, space, "council", true).await;

    for role in ["Admin", "OWNER", "king", ""] {
        assert_eq!(gives(&amina, space, &bruno, role).await.status, 422, "{role:?}");
    }
    assert_eq!(gives(&amina, space, &bruno, "owner").await.error(), Error::Forbidden);
    assert_eq!(gives(&amina, space, &amina, "member").await.error(), Error::Forbidden);
    gives(&amina, space, &bruno, "admin").await.well();
    assert!(channels(&bruno, space).await.contains(&"council".to_owned()), "who runs it is in every channel");
    bruno.sends(private, "reporting").await;
    gives(&bruno, space, &carla, "moderator").await.well();

    for (who, other, rank) in [
        (&bruno, &dana, "admin"),
        (&bruno, &amina, "member"),
        (&carla, &dana, "moderator"),
        (&dana, &dana, "admin"),
    ] {
        assert_eq!(gives(who, space, other, rank).await.error(), Error::Forbidden, "{} {rank}", who.name);
    }
    for (who, other) in [(&dana, &carla), (&carla, &bruno), (&carla, &carla), (&bruno, &amina)] {
        assert_eq!(lets_go(who, space, other).await.error(), Error::Forbidden, "{} {}", who.name, other.name);
    }
    for who in [&carla, &dana] {
        assert_eq!(does(who, "create_channel", space, &[("name", "x")]).await.error(), Error::Forbidden);
        assert_eq!(does(who, "rename_space", space, &[("name", "x")]).await.error(), Error::Forbidden);
        assert_eq!(who.gets(&format!("/s/{space}/channels/new")).await.status, 403);
    }
    for who in [&bruno, &carla, &dana] {
        assert_eq!(does(who, "delete_space", space, &[("name", "House")]).await.error(), Error::Forbidden);
    }
    does(&bruno, "rename_space", space, &[("name", "Big house")]).await.well();
    lets_go(&carla, space, &dana).await.well();
    lets_go(&bruno, space, &carla).await.well();
    assert_eq!(sees(&amina, space).await.people.len(), 2);
}

async fn whoever_leaves_a_space_hears_nothing_more_from_it(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let first = channel(&amina, space, "general").await;
    let mut hears = bruno.connects().await;
    lets_go(&amina, space, &bruno).await.well();
    amina.sends(first, "canary").await;
    assert_eq!(hears.next_event().await, Event::Left { conversation: first });
    assert_eq!(hears.next_event().await, Event::Changed { what: Topic::Inbox });
    hears.tells(&Command::Resume { conversations: [(first, 0)].into() }).await;
    assert_eq!(hears.next_event().await, Event::Error { code: Refusal::NotFound });
    assert_eq!(bruno.reads(&format!("space?id={space}")).await.error(), Error::NotFound);
    assert_eq!(bruno.tries_to_send(first, "still").await, Err(Error::NotFound));

    // Sends that race the removal are stored before it, or refused.
    for round in 0..6 {
        let sending = async {
            let mut last = 0;
            while let Ok(message) = carla.tries_to_send(first, "still here").await {
                last = message.position;
            }
            last
        };
        let removing = async {
            for _ in 0..round {
                amina.sends(first, "not yet").await;
            }
            lets_go(&amina, space, &carla).await.well();
            amina.sends(first, "gone").await.position
        };
        let (last, after) = tokio::join!(sending, removing);
        assert!(last < after, "{last} was accepted after the removal");
        assert!(joins(&app, &carla, space).await);
    }
}

async fn the_owner_hands_over_or_stays(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let last = Error::invalid(Field::Rank, Why::Last);
    assert_eq!(does(&amina, "leave_space", space, &[]).await.error(), last);
    let heir = bruno.id.to_string();
    let hands = async |name: &str| {
        does(&amina, "hand_over_space", space, &[("account", &heir), ("name", name)]).await
    };
    assert_eq!(hands("house").await.error(), Error::invalid(Field::Name, Why::Wrong));
    hands("House").await.well();
    assert_eq!(hands("House").await.error(), Error::Forbidden);
    assert_eq!(sees(&bruno, space).await.space.rank, Rank::Owner);
    assert_eq!(sees(&amina, space).await.space.rank, Rank::Admin);
    does(&amina, "leave_space", space, &[]).await.well();
    assert_eq!(does(&bruno, "leave_space", space, &[]).await.error(), last);
    assert_eq!(
        app.store().await.number(&format!("select owner_id from space where id = {space}")).await,
        bruno.id.get()
    );
}

async fn outsiders_find_no_space_by_any_way(app: TestApp) {
    let (space, [amina, ..]) = inhabited(&app).await;
    let dana = app.person("dana").await;
    let first = channel(&amina, space, "general").await;
    let none: SpaceId = (space.get() + 4_096).try_into().expect("an id");
    let member = amina.id.to_string();
    for id in [space, none] {
        for page in ["", "/people", "/settings", "/channels/new"] {
            assert_eq!(dana.gets(&format!("/s/{id}{page}")).await.status, 404, "{page}");
        }
        assert_eq!(dana.reads(&format!("space?id={id}")).await.error(), Error::NotFound);
        let home: salon::conversations::Home = dana.reads(&format!("home?space={id}")).await.well().json();
        assert!(home.space.is_none() && home.spaces.is_empty());
        for (function, fields) in [
            ("rename_space", vec![("name", "Mine")]),
            ("create_channel", vec![("name", "Mine")]),
            ("set_rank", vec![("account", &*member), ("rank", "member")]),
            ("remove_from_space", vec![("account", &*member)]),
            ("hand_over_space", vec![("account", &*member), ("name", "House")]),
            ("delete_space", vec![("name", "House")]),
            ("leave_space", vec![]),
        ] {
            assert_eq!(does(&dana, function, id, &fields).await.error(), Error::NotFound, "{function}");
        }
    }
    let home: salon::conversations::Home = dana.reads(&format!("home?at={first}")).await.well().json();
    assert!(home.space.is_none());
    for (function, fields) in
        [("delete_channel", vec![("name", "general")]), ("shift_channel", vec![("up", "true")])]
    {
        assert_eq!(dana.does(function, first, &fields).await.error(), Error::NotFound, "{function}");
    }
    assert_eq!(dana.gets(&format!("/c/{first}")).await.status, 404);
}

async fn deleting_a_space_takes_its_channels_and_not_its_people(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let first = channel(&amina, space, "general").await;
    for n in 0..3 {
        bruno.sends(first, &n.to_string()).await;
    }
    let mut hears = bruno.connects().await;
    assert_eq!(
        does(&amina, "delete_space", space, &[("name", "house")]).await.error(),
        Error::invalid(Field::Name, Why::Wrong)
    );
    does(&amina, "delete_space", space, &[("name", "House")]).await.well();
    assert_eq!(hears.next_event().await, Event::Left { conversation: first });
    assert_eq!(bruno.gets(&format!("/c/{first}")).await.status, 404);
    assert!(bruno.home().await.spaces.is_empty());

    conversations::sweep(&app.running.app.writer).await.expect("it goes");
    let mut store = app.store().await;
    for (table, left) in [
        ("message", 0),
        ("conversation", 0),
        ("channel", 0),
        ("space_member", 0),
        ("abandoned", 0),
        ("account", 3),
    ] {
        assert_eq!(store.number(&format!("select count(*) from {table}")).await, left, "{table}");
    }
}

async fn channels_are_renamed_ordered_and_deleted(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let garden = makes_channel(&amina, space, "garden", false).await;
    makes_channel(&amina, space, "kitchen", false).await;
    let shifts = async |person: &Person, up: &str| person.does("shift_channel", garden, &[("up", up)]).await;
    shifts(&amina, "true").await.well();
    assert_eq!(channels(&bruno, space).await, ["garden", "general", "kitchen"]);
    shifts(&amina, "true").await.well();
    for _ in 0..3 {
        shifts(&amina, "false").await.well();
    }
    assert_eq!(channels(&bruno, space).await, ["general", "kitchen", "garden"]);
    assert_eq!(shifts(&bruno, "true").await.error(), Error::Forbidden);

    amina.does("describe_group", garden, &[("name", "orchard"), ("topic", "Apples")]).await.well();
    assert_eq!(bruno.reads_notes(garden).await.len(), 2, "it is told where it is called so");
    let deletes =
        async |person: &Person, id, name: &str| person.does("delete_channel", id, &[("name", name)]).await;
    assert_eq!(deletes(&bruno, garden, "orchard").await.error(), Error::Forbidden);
    assert_eq!(deletes(&amina, garden, "garden").await.error(), Error::invalid(Field::Name, Why::Wrong));
    deletes(&amina, garden, "orchard").await.well();
    deletes(&amina, channel(&amina, space, "kitchen").await, "kitchen").await.well();
    assert_eq!(channels(&bruno, space).await, ["general"]);
    let first = channel(&amina, space, "general").await;
    assert_eq!(deletes(&amina, first, "general").await.error(), Error::invalid(Field::Name, Why::Last));
}

async fn what_is_unread_in_a_space_is_told_apart(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let garden = makes_channel(&amina, space, "garden", false).await;
    amina.sends(garden, "one").await;
    amina.sends(garden, "two").await;
    let home = bruno.home().await;
    assert_eq!(home.spaces[0].unread, 2);
    assert_eq!(home.unread, 0, "only what is said to one oneself is counted beside the title");
    let unread: Vec<u32> =
        sees(&bruno, space).await.space.channels.iter().map(|channel| channel.unread).collect();
    assert_eq!(unread, [0, 2]);
    bruno.marks_read(garden, 2).await.well();
    assert_eq!(bruno.home().await.spaces[0].unread, 0);
    assert_eq!(amina.home().await.spaces[0].unread, 0, "what one says oneself is not unread");

    // What was said before somebody came is there, and not unread.
    let dana = app.person("dana").await;
    joins(&app, &dana, space).await;
    assert_eq!(dana.reads_texts(garden).await, ["one", "two"]);
    assert_eq!(dana.home().await.spaces[0].unread, 0);
}

async fn joining_at_once_is_joining_once(app: TestApp) {
    let amina = app.person("amina").await;
    let bruno = app.person("bruno").await;
    let space = makes_space(&amina, "House").await;
    let new = join_all((0..8).map(|_| joins(&app, &bruno, space))).await;
    assert_eq!(new.into_iter().filter(|new| *new).count(), 1);
    assert_eq!(sees(&amina, space).await.people.len(), 2);
    assert_eq!(app.store().await.number("select count(*) from participant").await, 2);
}

async fn two_who_hand_over_at_once_leave_one_owner(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let (one, other) = (bruno.id.to_string(), carla.id.to_string());
    let to = |heir: &str| {
        let heir = heir.to_owned();
        let amina = amina.clone();
        async move { does(&amina, "hand_over_space", space, &[("account", &heir), ("name", "House")]).await }
    };
    let (first, second) = tokio::join!(to(&one), to(&other));
    assert_eq!([first.status, second.status].iter().filter(|status| **status == 200).count(), 1);
    let owners = sees(&amina, space).await.people.into_iter().filter(|line| line.rank == Rank::Owner).count();
    assert_eq!(owners, 1);
}

async fn spaces_work_as_forms(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    assert!(amina.page("/spaces/new").await.contains("Create space"));
    let top = amina.page(&format!("/s/{space}")).await;
    assert!(top.contains("Go to general") && top.contains("New channel"));
    assert!(!bruno.page(&format!("/s/{space}")).await.contains("New channel"));
    let people = amina.page(&format!("/s/{space}/people")).await;
    for words in ["Make moderator", "Hand over the space", "3 people", "Owner"] {
        assert!(people.contains(words), "{words}");
    }
    assert!(amina.page(&format!("/s/{space}/settings")).await.contains("Delete space"));
    assert!(bruno.page(&format!("/s/{space}/settings")).await.contains("Leave space"));

    let (id, form) = (space.to_string(), format!("/s/{space}/channels/new"));
    let back = amina.submits(&form, "create_channel", &[("space", &id), ("name", " ")]).await;
    assert_eq!((back.status, back.location()), (303, &*form));
    assert!(amina.page(&form).await.contains("Enter a name."));
    let made = amina.submits(&form, "create_channel", &[("space", &id), ("name", "garden")]).await;
    let page = amina.page(made.location()).await;
    assert!(page.contains("garden") && page.contains("channel-link"), "the channels stand beside it");
    let settings = amina.page(&format!("{}/settings", made.location())).await;
    assert!(settings.contains("Delete channel") && settings.contains("Move up"));
}
