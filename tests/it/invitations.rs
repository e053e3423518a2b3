//! Invitations: who makes them, whom they let in, and that the last use is one use.

use futures_util::future::join_all;
use salon::{
    conversations::about::Role,
    error::Error,
    ids::{ConversationId, SpaceId},
    invitations::{Invitation, Invitations, path},
    messages::system::SystemNote,
};

use crate::{
    on_both_engines,
    support::{
        Answer, Person, TestApp,
        houses::{gives, inhabited, makes_space, sees},
    },
};

on_both_engines! {
    a_link_leads_into_a_group,
    a_link_leads_into_a_space,
    twenty_who_want_the_last_use_are_one,
    links_end,
    only_some_invite,
    no_link_leads_into_what_everybody_has_left,
    whoever_is_not_logged_in_comes_back,
}

const DAY: i64 = 86_400_000;

async fn invites(person: &Person, group: ConversationId, uses: &str) -> String {
    let fields = [("lasts", "week"), ("uses", uses)];
    person.does("create_invitation", group, &fields).await.well();
    let links: Invitations = person.reads(&format!("invitations?conversation={group}")).await.well().json();
    links.links[0].token.to_string()
}

async fn invites_to_space(person: &Person, space: SpaceId) -> String {
    let space = space.to_string();
    let fields = [("space", &*space), ("lasts", "always"), ("uses", "0")];
    person.calls("create_invitation", &fields).await.well();
    let links: Invitations = person.reads(&format!("invitations?space={space}")).await.well().json();
    links.links[0].token.to_string()
}

async fn follows(person: &Person, token: &str) -> Answer {
    person.calls("join", &[("token", token)]).await
}

async fn a_link_leads_into_a_group(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let dana = app.person("dana").await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let token = invites(&amina, group, "0").await;

    let told: Invitation = dana.reads(&format!("invitation?token={token}")).await.well().json();
    assert_eq!((&*told.name, told.is_space, told.members, &*told.made_by), ("Garden", false, 2, "amina"));
    let page = dana.page(&format!("/invite/{token}")).await;
    assert!(
        page.contains("Garden") && page.contains("amina invites you to a group.") && page.contains("Join")
    );
    let mut hears = bruno.connects().await;
    let joined = dana.submits(&format!("/invite/{token}"), "join", &[("token", &token)]).await;
    assert_eq!((joined.status, joined.location()), (303, &*format!("/c/{group}")));
    let heard = hears.next_message().await;
    assert_eq!((heard.sender, heard.note), (dana.id, Some(SystemNote::Joined)));
    assert_eq!(dana.members_by_name(group).await.len(), 3);
    // Once more is the same.
    assert_eq!(follows(&dana, &token).await.status, 200);
    assert_eq!(dana.members_by_name(group).await[2], ("dana".to_owned(), Role::Member));
    // Its secret is in no row and no file.
    assert!(!app.place.holds(&token).await);
}

async fn a_link_leads_into_a_space(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let dana = app.person("dana").await;
    gives(&amina, space, &bruno, "moderator").await.well();
    let token = invites_to_space(&bruno, space).await;
    let answer = follows(&dana, &token).await.well();
    assert_eq!(answer.location(), format!("/s/{space}"));
    assert_eq!(sees(&dana, space).await.space.channels.len(), 1, "its open channels come with it");
}

async fn twenty_who_want_the_last_use_are_one(app: TestApp) {
    let amina = app.person("amina").await;
    let space = makes_space(&amina, "House").await;
    let id = space.to_string();
    amina.calls("create_invitation", &[("space", &*id), ("lasts", "day"), ("uses", "1")]).await.well();
    let links: Invitations = amina.reads(&format!("invitations?space={space}")).await.well().json();
    assert_eq!(links.links[0].uses_left, Some(1));
    let token = links.links[0].token.to_string();

    let mut people = Vec::new();
    for n in 0..20 {
        people.push(app.person(&format!("guest{n}")).await);
    }
    let answers = join_all(people.iter().map(|person| follows(person, &token))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert!(
        answers.iter().filter(|answer| answer.status != 200).all(|answer| answer.error() == Error::NotFound)
    );
    assert_eq!(sees(&amina, space).await.people.len(), 2);
    let links: Invitations = amina.reads(&format!("invitations?space={space}")).await.well().json();
    assert!(links.links.is_empty(), "what leads nowhere is not listed");
}

async fn links_end(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let token = invites(&amina, group, "0").await;
    app.pass(7 * DAY);
    assert_eq!(follows(&carla, &token).await.error(), Error::NotFound);
    let gone = carla.gets(&format!("/invite/{token}")).await;
    assert_eq!(gone.status, 404);
    assert!(gone.text().contains("leads nowhere"));

    let token = invites(&amina, group, "5").await;
    let links: Invitations = amina.reads(&format!("invitations?conversation={group}")).await.well().json();
    let id = links.links[0].id.to_string();
    assert_eq!(bruno.calls("revoke_invitation", &[("invitation", &*id)]).await.error(), Error::NotFound);
    amina.calls("revoke_invitation", &[("invitation", &*id)]).await.well();
    assert_eq!(amina.calls("revoke_invitation", &[("invitation", &*id)]).await.error(), Error::NotFound);
    for token in [&*token, "AAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(follows(&carla, token).await.error(), Error::NotFound);
        assert_eq!(carla.gets(&format!("/invite/{token}")).await.status, 404);
    }
    assert_eq!(follows(&carla, "short").await.status, 422);
    salon::server::invitations::sweep(&app.running.app.writer).await.expect("they go");
    assert_eq!(app.store().await.number("select count(*) from invitation").await, 0);
}

async fn only_some_invite(app: TestApp) {
    let (space, [amina, bruno, _]) = inhabited(&app).await;
    let dana = app.person("dana").await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let talk = amina.opens(&bruno).await;
    let (group_id, space_id, talk_id) = (group.to_string(), space.to_string(), talk.to_string());
    for (name, id) in [("conversation", &*group_id), ("space", &*space_id)] {
        for (person, refused) in [(&bruno, Error::Forbidden), (&dana, Error::NotFound)] {
            let fields = [(name, id), ("lasts", "week"), ("uses", "0")];
            assert_eq!(person.calls("create_invitation", &fields).await.error(), refused, "{name}");
            assert_eq!(person.reads(&format!("invitations?{name}={id}")).await.error(), refused, "{name}");
        }
    }
    let fields = [("conversation", &*talk_id), ("lasts", "week"), ("uses", "0")];
    assert_eq!(amina.calls("create_invitation", &fields).await.error(), Error::NotFound, "a private talk");
    for (lasts, uses) in [("week", "2"), ("forever", "0"), ("week", "-1")] {
        let fields = [("conversation", &*group_id), ("lasts", lasts), ("uses", uses)];
        assert_eq!(amina.calls("create_invitation", &fields).await.status, 422, "{lasts} {uses}");
    }
    let both = [("conversation", &*group_id), ("space", &*space_id), ("lasts", "week"), ("uses", "0")];
    assert_eq!(amina.calls("create_invitation", &both).await.status, 422);
    assert_eq!(dana.gets(&format!("/c/{group}/invitations")).await.status, 404);
    assert!(amina.page(&format!("/c/{group}/invitations")).await.contains("Create link"));
}

async fn whoever_is_not_logged_in_comes_back(app: TestApp) {
    let [amina, bruno, _] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let token = invites(&amina, group, "0").await;
    let invitation = path(&token.clone().try_into().expect("a token"));

    let visitor = app.browser();
    let page = visitor.page(&invitation).await;
    assert!(page.contains("Garden") && page.contains(&format!("/signup?next={invitation}")));
    assert!(!page.contains(".wasm"), "a visitor loads no more than they need");
    assert_eq!(visitor.calls("join", &[("token", &*token)]).await.error(), Error::SignedOut);
    let fields = [
        ("username", "dana"),
        ("email", "dana@example.org"),
        ("password", crate::support::cast::PASSWORD),
        ("next", &*invitation),
    ];
    let signed_up = visitor.submits(&format!("/signup?next={invitation}"), "sign_up", &fields).await;
    assert_eq!((signed_up.status, signed_up.location()), (303, &*invitation));
    for page in ["/groups/new", "/spaces/new", &format!("/c/{group}/people"), "/s/7/people"] {
        let answer = app.browser().gets(page).await;
        assert!(answer.status == 303 && answer.location().starts_with("/login?next="), "{page}");
    }
}

async fn no_link_leads_into_what_everybody_has_left(app: TestApp) {
    let [amina, bruno, carla] = app.three_friends().await;
    let group = amina.gathers("Garden", &[&bruno]).await;
    let token = invites(&amina, group, "0").await;
    amina.lets_go(group, &bruno).await.well();
    amina.leaves(group).await.well();
    assert_eq!(follows(&carla, &token).await.error(), Error::NotFound);
    assert_eq!(app.store().await.number("select count(*) from participant").await, 0);
}
