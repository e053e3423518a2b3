//! Bans: who is banned stays out, by every way in, as long as it lasts.

use salon::{
    error::{Error, Field, Why},
    ids::SpaceId,
    invitations::Invitations,
    moderation::Bans,
    realtime::event::Event,
};

use crate::{
    on_both_engines,
    support::{
        Answer, Person, TestApp,
        houses::{channel, gives, inhabited, sees},
    },
};

on_both_engines! {
    whoever_is_banned_from_a_group_stays_out,
    whoever_is_banned_from_a_space_stays_out_until_it_ends,
    ranks_decide_who_bans,
    bans_work_as_forms,
}

const DAY: i64 = 86_400_000;

async fn bans(person: &Person, space: SpaceId, other: &Person, lasts: &str) -> Answer {
    let (space, account) = (space.to_string(), other.id.to_string());
    let fields = [("space", &*space), ("account", &*account), ("reason", "shouting"), ("lasts", lasts)];
    person.calls("ban", &fields).await
}

async fn link_into(person: &Person, name: &str, id: &str) -> String {
    person.calls("create_invitation", &[(name, id), ("lasts", "always"), ("uses", "0")]).await.well();
    let links: Invitations = person.reads(&format!("invitations?{name}={id}")).await.well().json();
    links.links[0].token.to_string()
}

async fn whoever_is_banned_from_a_group_stays_out(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno, &carla]).await;
    let token = link_into(&amina, "conversation", &group.to_string()).await;
    let mut hears = carla.connects().await;
    let account = carla.id.to_string();
    let fields = [("account", &*account), ("reason", " tramples "), ("lasts", "always")];
    assert_eq!(bruno.does("ban", group, &fields).await.error(), Error::Forbidden);
    amina.does("ban", group, &fields).await.well();
    assert_eq!(hears.next_event().await, Event::Left { conversation: group });
    assert_eq!(amina.does("ban", group, &fields).await.error(), Error::NotFound, "they are gone already");

    assert_eq!(carla.calls("join", &[("token", &*token)]).await.error(), Error::NotFound);
    assert_eq!(amina.adds(group, &carla).await.error(), Error::invalid(Field::People, Why::Banned));
    let listed: Bans = amina.reads(&format!("bans?conversation={group}")).await.well().json();
    assert_eq!((listed.bans.len(), &*listed.bans[0].reason, listed.bans[0].ends_at), (1, "tramples", None));
    for (person, refused) in [(&bruno, Error::Forbidden), (&carla, Error::NotFound)] {
        assert_eq!(person.reads(&format!("bans?conversation={group}")).await.error(), refused);
        assert_eq!(person.does("lift_ban", group, &[("account", &*account)]).await.error(), refused);
    }

    amina.does("lift_ban", group, &[("account", &*account)]).await.well();
    assert_eq!(amina.does("lift_ban", group, &[("account", &*account)]).await.error(), Error::NotFound);
    carla.calls("join", &[("token", &*token)]).await.well();
    assert_eq!(amina.members_by_name(group).await.len(), 3);
}

async fn whoever_is_banned_from_a_space_stays_out_until_it_ends(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let first = channel(&amina, space, "general").await;
    let token = link_into(&amina, "space", &space.to_string()).await;
    bans(&amina, space, &bruno, "day").await.well();
    assert_eq!(bruno.tries_to_send(first, "still here").await, Err(Error::NotFound));
    let joins = async || bruno.calls("join", &[("token", &*token)]).await;
    assert_eq!(joins().await.error(), Error::NotFound);
    app.pass(DAY - 1);
    assert_eq!(joins().await.error(), Error::NotFound);
    app.pass(1);
    joins().await.well();
    assert_eq!(sees(&amina, space).await.people.len(), 3);
    let listed: Bans = amina.reads(&format!("bans?space={space}")).await.well().json();
    assert!(listed.bans.is_empty(), "what is over is not listed");
    bans(&amina, space, &bruno, "always").await.well();
    assert_eq!(app.store().await.number("select count(*) from ban").await, 1, "the last one counts");
}

async fn ranks_decide_who_bans(app: TestApp) {
    let (space, [amina, bruno, carla]) = inhabited(&app).await;
    gives(&amina, space, &bruno, "moderator").await.well();
    assert_eq!(bans(&carla, space, &bruno, "day").await.error(), Error::Forbidden);
    assert_eq!(bans(&bruno, space, &amina, "day").await.error(), Error::Forbidden);
    assert_eq!(bans(&bruno, space, &bruno, "day").await.error(), Error::Forbidden);
    assert_eq!(bans(&bruno, space, &carla, "forever").await.status, 422);
    let long = "x".repeat(251);
    let (id, account) = (space.to_string(), carla.id.to_string());
    let fields = [("space", &*id), ("account", &*account), ("reason", &*long), ("lasts", "day")];
    let refused = Error::invalid(Field::Reason, Why::TooLong { at_most: 250 });
    assert_eq!(bruno.calls("ban", &fields).await.error(), refused);
    bans(&bruno, space, &carla, "week").await.well();
    let dana = app.person("dana").await;
    assert_eq!(bans(&dana, space, &bruno, "day").await.error(), Error::NotFound);
}

async fn bans_work_as_forms(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let people = format!("/s/{space}/people");
    assert!(amina.page(&people).await.contains("The ban lasts"));
    let (id, account) = (space.to_string(), bruno.id.to_string());
    let fields = [("space", &*id), ("account", &*account), ("reason", "shouting"), ("lasts", "month")];
    let done = amina.submits(&people, "ban", &fields).await;
    assert_eq!((done.status, done.location()), (303, &*people));
    let page = amina.page(&format!("/s/{space}/bans")).await;
    assert!(page.contains("shouting") && page.contains("Lift ban") && page.contains("until"));
    assert_eq!(bruno.gets(&format!("/s/{space}/bans")).await.status, 404);
}
