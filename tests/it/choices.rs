//! What one chooses for a conversation: muting, how much to hear, pinning, hiding. Only for oneself.

use salon::{
    conversations::{
        Home, Summary,
        choices::{Choices, Level, Loudness, MOST_PINNED, UNTIL_LIFTED},
    },
    error::{Error, Field, Why},
    ids::ConversationId,
    realtime::event::{Event, Topic},
};

use crate::{
    on_both_engines,
    support::{
        Answer, Person, TestApp,
        houses::{channels, inhabited, makes_channel, sees},
    },
};

on_both_engines! {
    what_is_muted_is_not_called_unread,
    a_mute_ends_by_the_clock,
    levels_decide_what_is_counted,
    pinned_conversations_stand_first,
    the_pages_of_the_list_fit_together,
    no_more_are_pinned_than_may_be,
    what_is_hidden_comes_back_with_something_new,
    channels_are_muted_pinned_and_hidden_likewise,
    a_choice_is_told_to_ones_own_screens_only,
    what_cannot_be_chosen_is_refused,
    choosing_works_as_forms,
}

const HOUR: i64 = 3_600_000;

async fn does(person: &Person, function: &str, talk: ConversationId) {
    person.does(function, talk, &[]).await.well();
}

async fn mutes(person: &Person, talk: ConversationId, length: &str) {
    person.does("mute_conversation", talk, &[("length", length)]).await.well();
}

async fn sets(person: &Person, talk: ConversationId, level: &str) {
    person.does("set_level", talk, &[("level", level)]).await.well();
}

async fn choices(person: &Person, talk: ConversationId) -> Choices {
    person.reads(&format!("choices?id={talk}")).await.well().json()
}

async fn line(person: &Person, talk: ConversationId) -> Option<Summary> {
    person.home().await.conversations.into_iter().find(|line| line.id == talk)
}

async fn listed(person: &Person) -> Vec<ConversationId> {
    person.home().await.conversations.into_iter().map(|line| line.id).collect()
}

async fn what_is_muted_is_not_called_unread(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, "one").await;
    assert_eq!(bruno.home().await.unread, 1);

    mutes(&bruno, talk, "hour").await;
    amina.sends(talk, "two").await;
    let home = bruno.home().await;
    assert_eq!((home.unread, home.conversations[0].unread), (0, 0));
    assert_eq!(home.conversations[0].loudness, Loudness::Silent);
    assert_eq!(bruno.reads_conversation(talk).await.unread, 2, "in it, what is new stands below its line");
    bruno.sends(talk, "an answer").await;
    assert_eq!(amina.home().await.unread, 1, "the other has chosen nothing");

    does(&bruno, "unmute_conversation", talk).await;
    let home = bruno.home().await;
    assert_eq!((home.unread, home.conversations[0].unread), (2, 2));
    assert_eq!(home.conversations[0].loudness, Loudness::Counted);
}

async fn a_mute_ends_by_the_clock(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    amina.sends(talk, "one").await;
    for (length, hours) in [("hour", 1), ("eight_hours", 8), ("week", 7 * 24)] {
        mutes(&bruno, talk, length).await;
        assert_eq!(choices(&bruno, talk).await.muted_until, Some(app.now().plus(hours * HOUR)), "{length}");
        app.pass(hours * HOUR - 1);
        assert_eq!(bruno.home().await.unread, 0, "{length}");
        app.pass(1);
        assert_eq!(bruno.home().await.unread, 1, "{length}");
        assert_eq!(choices(&bruno, talk).await.muted_until, None);
    }
    mutes(&bruno, talk, "always").await;
    app.pass(24 * HOUR * 10);
    assert_eq!(choices(&bruno, talk).await.muted_until, Some(UNTIL_LIFTED));
    assert_eq!(bruno.home().await.unread, 0);
}

async fn levels_decide_what_is_counted(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    amina.sends(group, "one").await;
    for (level, code, loudness, unread, counted) in [
        (Level::All, "all", Loudness::Counted, 1, 1),
        (Level::Mentions, "mentions", Loudness::Bold, 1, 0),
        (Level::None, "none", Loudness::Silent, 0, 0),
    ] {
        sets(&bruno, group, code).await;
        let home = bruno.home().await;
        let line = &home.conversations[0];
        assert_eq!((line.loudness, line.unread, home.unread), (loudness, unread, counted), "{code}");
        assert_eq!(choices(&bruno, group).await.level, level);
        assert_eq!(carla.home().await.unread, 1, "others chose nothing");
    }
}

async fn pinned_conversations_stand_first(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let mut talks = Vec::new();
    for name in ["first", "second", "third"] {
        talks.push(amina.gathers(name, &[&bruno]).await);
        app.pass(1_000);
    }
    let [first, second, third] = [talks[0], talks[1], talks[2]];
    assert_eq!(listed(&amina).await, [third, second, first]);
    does(&amina, "pin_conversation", first).await;
    assert_eq!(listed(&amina).await, [first, third, second]);
    app.pass(1_000);
    bruno.sends(second, "news").await;
    assert_eq!(listed(&amina).await, [first, second, third], "what is pinned stays where it is");
    assert_eq!(listed(&bruno).await, [second, third, first], "only for oneself");

    // Among those that are pinned, activity decides.
    does(&amina, "pin_conversation", third).await;
    assert_eq!(listed(&amina).await, [third, first, second]);
    does(&amina, "unpin_conversation", third).await;
    does(&amina, "unpin_conversation", first).await;
    assert_eq!(listed(&amina).await, [second, third, first]);
    drop(carla);
}

async fn the_pages_of_the_list_fit_together(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut groups = Vec::new();
    for number in 0..90 {
        groups.push(amina.gathers(&number.to_string(), &[&bruno]).await);
        // Some are active at the same moment.
        app.pass(i64::from(number % 3 == 0));
    }
    let pinned: Vec<ConversationId> = (0..20).map(|number| groups[number * 4]).collect();
    for group in &pinned {
        does(&amina, "pin_conversation", *group).await;
    }
    does(&amina, "hide_conversation", groups[89]).await;

    let mut seen: Vec<Summary> = Vec::new();
    let mut home = amina.home().await;
    assert_eq!(home.conversations.len(), Home::PAGE);
    loop {
        seen.append(&mut home.conversations);
        let Some(next) = home.next else { break };
        let place = format!("home?active_at={}&id={}", next.active_at.millis(), next.id);
        home = amina.reads(&place).await.well().json();
    }
    assert_eq!(seen.len(), 89, "each once, and nothing that is hidden");
    assert!(seen[..20].iter().all(|line| pinned.contains(&line.id)));
    for part in [&seen[..20], &seen[20..]] {
        assert!(part.is_sorted_by_key(|line| std::cmp::Reverse((line.active_at, line.id))));
    }
    assert!(seen[20..].iter().all(|line| !line.pinned));
}

async fn no_more_are_pinned_than_may_be(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let mut groups = Vec::new();
    for number in 0..=MOST_PINNED {
        groups.push(amina.gathers(&number.to_string(), &[&bruno]).await);
    }
    let pins = |group: &ConversationId| {
        let (amina, group) = (amina.clone(), *group);
        async move { amina.does("pin_conversation", group, &[]).await }
    };
    let answers: Vec<Answer> = futures_util::future::join_all(groups.iter().map(pins)).await;
    let refused: Vec<&Answer> = answers.iter().filter(|answer| answer.status != 200).collect();
    assert_eq!(refused.len(), 1);
    let most = Error::invalid(Field::Pins, Why::TooLong { at_most: MOST_PINNED });
    assert_eq!((refused[0].status, refused[0].error()), (422, most));

    // What is pinned can be pinned again, and unpinning one makes room.
    let pinned = amina.home().await.conversations.into_iter().filter(|line| line.pinned);
    let pinned: Vec<ConversationId> = pinned.map(|line| line.id).collect();
    assert_eq!(pinned.len(), MOST_PINNED as usize);
    does(&amina, "pin_conversation", pinned[0]).await;
    does(&amina, "hide_conversation", pinned[0]).await;
    let left = groups.iter().find(|group| !pinned.contains(group)).expect("the one that was refused");
    does(&amina, "pin_conversation", *left).await;
    assert_eq!(pins(&pinned[0]).await.status, 422);
}

async fn what_is_hidden_comes_back_with_something_new(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let said = amina.sends(group, "one").await;
    does(&bruno, "hide_conversation", group).await;
    let hidden = choices(&bruno, group).await;
    assert!(hidden.hidden && !hidden.pinned);
    assert!(listed(&bruno).await.is_empty());
    assert_eq!(bruno.home().await.unread, 0, "a badge can always name what it counts");
    assert_eq!(listed(&amina).await, [group]);
    assert_eq!(bruno.reads_texts(group).await[1..], ["one"], "its address still opens it");

    // What is done there is nothing said, and neither is what oneself reads.
    amina.adds(group, &carla).await.well();
    bruno.marks_read(group, said.position).await.well();
    assert!(listed(&bruno).await.is_empty());
    carla.sends(group, "two").await;
    assert_eq!(listed(&bruno).await, [group]);
    assert_eq!(bruno.home().await.unread, 1);
    assert!(!choices(&bruno, group).await.hidden);

    does(&bruno, "hide_conversation", group).await;
    does(&bruno, "show_conversation", group).await;
    assert_eq!(listed(&bruno).await, [group]);
    does(&bruno, "hide_conversation", group).await;
    does(&bruno, "pin_conversation", group).await;
    assert_eq!(listed(&bruno).await, [group], "what stands first is in the list");

    // Where nothing was ever said.
    let talk = amina.opens(&bruno).await;
    does(&bruno, "hide_conversation", talk).await;
    assert_eq!(listed(&bruno).await, [group]);
    bruno.sends(talk, "hello").await;
    assert_eq!(listed(&bruno).await.len(), 2);
}

async fn channels_are_muted_pinned_and_hidden_likewise(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    let garden = makes_channel(&amina, space, "garden", false).await;
    let kitchen = makes_channel(&amina, space, "kitchen", false).await;
    amina.sends(garden, "one").await;
    amina.sends(kitchen, "two").await;
    assert_eq!(bruno.home().await.spaces[0].unread, 2);

    mutes(&bruno, garden, "week").await;
    assert_eq!(bruno.home().await.spaces[0].unread, 1);
    sets(&bruno, kitchen, "mentions").await;
    assert_eq!(bruno.home().await.spaces[0].unread, 0, "what is only set in bold is not counted");
    let column = sees(&bruno, space).await.space.channels;
    let told: Vec<_> = column.iter().map(|channel| (channel.unread, channel.loudness)).collect();
    assert_eq!(told, [(0, Loudness::Counted), (0, Loudness::Silent), (1, Loudness::Bold)]);
    assert_eq!(carla.home().await.spaces[0].unread, 2);

    does(&bruno, "pin_conversation", kitchen).await;
    assert_eq!(channels(&bruno, space).await, ["kitchen", "general", "garden"]);
    does(&bruno, "hide_conversation", garden).await;
    assert_eq!(channels(&bruno, space).await, ["kitchen", "general"]);
    assert_eq!(channels(&amina, space).await, ["general", "garden", "kitchen"]);
    amina.sends(garden, "three").await;
    assert_eq!(channels(&bruno, space).await, ["kitchen", "general", "garden"]);
}

async fn a_choice_is_told_to_ones_own_screens_only(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let mut his = [bruno.connects().await, bruno.connects().await];
    let mut hers = amina.connects().await;
    mutes(&bruno, talk, "always").await;
    for function in ["unmute_conversation", "pin_conversation", "unpin_conversation", "hide_conversation"] {
        does(&bruno, function, talk).await;
    }
    for screen in &mut his {
        assert_eq!(screen.events_so_far().await, [const { Event::Changed { what: Topic::Inbox } }; 5]);
    }
    hers.assert_silent().await;
    let mine = choices(&amina, talk).await;
    assert!(!mine.hidden && !mine.pinned && mine.muted_until.is_none() && mine.level == Level::All);
}

async fn what_cannot_be_chosen_is_refused(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let dana = app.person("dana").await;
    for length in ["", "Hour", "two_hours", "0", "-1", "always "] {
        assert_eq!(
            bruno.does("mute_conversation", talk, &[("length", length)]).await.status,
            422,
            "{length:?}"
        );
    }
    for level in ["", "ALL", "everything", "null"] {
        assert_eq!(bruno.does("set_level", talk, &[("level", level)]).await.status, 422, "{level:?}");
    }
    let nowhere: ConversationId = (talk.get() + 1).try_into().expect("an id");
    let functions = [
        ("mute_conversation", vec![("length", "hour")]),
        ("set_level", vec![("level", "none")]),
        ("unmute_conversation", vec![]),
        ("pin_conversation", vec![]),
        ("unpin_conversation", vec![]),
        ("hide_conversation", vec![]),
        ("show_conversation", vec![]),
    ];
    for (function, fields) in functions {
        for (person, place) in [(&dana, talk), (&bruno, nowhere)] {
            assert_eq!(person.does(function, place, &fields).await.error(), Error::NotFound, "{function}");
        }
    }
    for (person, place) in [(&dana, talk), (&bruno, nowhere)] {
        assert_eq!(person.reads(&format!("choices?id={place}")).await.error(), Error::NotFound);
        assert_eq!(person.gets(&format!("/c/{place}/notifications")).await.status, 404);
    }
    assert!(line(&bruno, talk).await.is_some_and(|line| line.loudness == Loudness::Counted && !line.pinned));
}

async fn choosing_works_as_forms(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let (talk, id) = (amina.opens(&bruno).await, amina.opens(&bruno).await.to_string());
    let page = format!("/c/{talk}/notifications");
    assert!(bruno.looks_at(talk).await.contains(&page), "the conversation leads to it");
    assert!(bruno.page(&page).await.contains("Not muted."));
    let mute = bruno.submits(&page, "mute_conversation", &[("conversation", &id), ("length", "hour")]).await;
    assert_eq!((mute.status, mute.location()), (303, &*page));
    let html = bruno.page(&page).await;
    assert!(html.contains("Muted until") && html.contains("Unmute"), "{html}");
    let level = bruno.submits(&page, "set_level", &[("conversation", &id), ("level", "none")]).await;
    assert_eq!((level.status, level.location()), (303, &*page));
    assert!(bruno.page(&page).await.contains("Saved"));
    bruno.submits(&page, "pin_conversation", &[("conversation", &id)]).await;
    assert!(bruno.page(&page).await.contains("stands first in the list"));
    let list = bruno.page("/").await;
    assert!(list.contains(", <!>muted") || list.contains("muted"), "{list}");
    bruno.submits(&page, "hide_conversation", &[("conversation", &id)]).await;
    assert!(bruno.page(&page).await.contains("Show again"));
    let refused = bruno.submits(&page, "set_level", &[("conversation", &id), ("level", "loud")]).await;
    assert_eq!(refused.location(), page);
}
