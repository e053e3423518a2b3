//! Asking, accepting, declining, taking back, ending.

use futures_util::{FutureExt, future::join_all};
use salon::{
    error::{Error, Field, Why},
    friends::Friends,
    realtime::event::{Event, Topic},
};

use crate::{
    on_both_engines,
    support::{Person, TestApp},
};

on_both_engines! {
    who_is_asked_may_accept,
    a_declined_request_is_gone_and_who_asked_is_not_told,
    a_request_can_be_taken_back,
    a_friendship_can_be_ended_by_either,
    requests_that_cross_make_a_friendship,
    crossing_at_the_same_moment_makes_one_friendship,
    asking_twice_changes_nothing,
    only_the_right_person_answers_a_request,
    nobody_and_oneself_cannot_be_asked,
    a_request_appears_by_itself,
    nobody_sees_the_address_of_another,
    lists_are_read_in_pages,
}

fn names(people: &[salon::accounts::Person]) -> Vec<&str> {
    people.iter().map(|person| person.username.as_str()).collect()
}

async fn who_is_asked_may_accept(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.asks("BRUNO@example.org").await.well();
    assert_eq!(names(&amina.friends().await.outgoing), ["bruno"]);
    assert_eq!(names(&bruno.friends().await.incoming), ["amina"]);
    assert!(bruno.page("/").await.contains("@amina"), "home shows the request");

    bruno.answers("accept_friend", &amina).await.well();
    for (one, other) in [(&amina, "bruno"), (&bruno, "amina")] {
        let Friends { incoming, outgoing, friends, next, .. } = one.friends().await;
        assert_eq!((names(&friends), next), (vec![other], None));
        assert!(incoming.is_empty() && outgoing.is_empty());
        assert!(one.page("/friends").await.contains(&format!("@{other}")));
    }
    assert_eq!(
        bruno.answers("accept_friend", &amina).await.error(),
        Error::NotFound,
        "it was answered already"
    );
}

async fn a_declined_request_is_gone_and_who_asked_is_not_told(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.asks("bruno").await.well();
    let (mut hers, mut his) = (amina.connects().await, bruno.connects().await);
    bruno.answers("decline_friend", &amina).await.well();

    hers.assert_silent().await;
    assert_eq!(his.events_so_far().await, [Event::Changed { what: Topic::Friends }]);
    assert_eq!(bruno.friends().await, Friends::default());
    assert_eq!(amina.friends().await, Friends::default());
    assert_eq!(bruno.answers("accept_friend", &amina).await.error(), Error::NotFound);
    amina.asks("bruno").await.well();
    assert_eq!(names(&bruno.friends().await.incoming), ["amina"], "one may ask again");
}

async fn a_request_can_be_taken_back(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.asks("bruno").await.well();
    let mut his = bruno.connects().await;
    amina.answers("cancel_request", &bruno).await.well();
    assert_eq!(his.next_event().await, Event::Changed { what: Topic::Friends });
    assert_eq!(bruno.friends().await, Friends::default());
    assert_eq!(amina.answers("cancel_request", &bruno).await.error(), Error::NotFound);
    assert_eq!(bruno.answers("accept_friend", &amina).await.error(), Error::NotFound);
}

async fn a_friendship_can_be_ended_by_either(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    bruno.unfriends(&amina).await;
    assert_eq!(amina.friends().await, Friends::default());
    assert_eq!(amina.answers("remove_friend", &bruno).await.error(), Error::NotFound);
    amina.befriends(&bruno).await;
    amina.unfriends(&bruno).await;
    assert_eq!(bruno.friends().await, Friends::default());
}

async fn requests_that_cross_make_a_friendship(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.asks("bruno").await.well();
    bruno.asks("amina").await.well();
    assert_eq!(names(&amina.friends().await.friends), ["bruno"]);
    assert_eq!(names(&bruno.friends().await.friends), ["amina"]);
}

async fn crossing_at_the_same_moment_makes_one_friendship(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    let asking =
        (0..10).map(|turn| if turn % 2 == 0 { amina.asks("bruno") } else { bruno.asks("amina") }.boxed());
    for answer in join_all(asking).await {
        answer.well();
    }
    assert_eq!(app.store().await.texts("select status from friendship").await, ["accepted"]);
}

async fn asking_twice_changes_nothing(app: TestApp) {
    let (amina, bruno) = (app.person("amina").await, app.person("bruno").await);
    amina.asks("bruno").await.well();
    let before = app.store().await.snapshot().await;
    let mut his = bruno.connects().await;
    for answer in join_all((0..8).map(|_| amina.asks("bruno"))).await {
        answer.well();
    }
    his.assert_silent().await;
    assert_eq!(app.store().await.snapshot().await, before);

    bruno.answers("accept_friend", &amina).await.well();
    let before = app.store().await.snapshot().await;
    amina.asks("bruno").await.well();
    assert_eq!(app.store().await.snapshot().await, before, "friends stay friends");
}

async fn only_the_right_person_answers_a_request(app: TestApp) {
    let (amina, bruno, carla) =
        (app.person("amina").await, app.person("bruno").await, app.person("carla").await);
    amina.asks("bruno").await.well();
    let before = app.store().await.snapshot().await;
    for (who, function, about) in [
        (&amina, "accept_friend", &bruno),
        (&amina, "decline_friend", &bruno),
        (&bruno, "cancel_request", &amina),
        (&amina, "remove_friend", &bruno),
        (&carla, "accept_friend", &amina),
        (&carla, "decline_friend", &bruno),
        (&carla, "cancel_request", &bruno),
        (&carla, "remove_friend", &amina),
        (&amina, "accept_friend", &amina),
    ] {
        assert_eq!(who.answers(function, about).await.error(), Error::NotFound, "{} {function}", who.name);
    }
    assert_eq!(app.store().await.snapshot().await, before);
}

async fn nobody_and_oneself_cannot_be_asked(app: TestApp) {
    let amina = app.person("amina").await;
    app.person("bruno").await;
    let before = app.store().await.snapshot().await;
    for (name, why) in [
        ("", Why::Missing),
        (" \t ", Why::Missing),
        ("amina", Why::Yourself),
        ("AMINA@example.org", Why::Yourself),
        ("nobody", Why::Unknown),
        ("brun", Why::Unknown),
        ("brun%", Why::Unknown),
        ("bruno\0", Why::Unknown),
        ("' or 1=1 --", Why::Unknown),
        ("</textarea><script>alert(1)</script>", Why::Unknown),
        (&"x".repeat(255), Why::TooLong { at_most: 254 }),
    ] {
        assert_eq!(amina.asks(name).await.error(), Error::invalid(Field::Person, why), "{name:?}");
    }
    assert_eq!(app.store().await.snapshot().await, before);
}

async fn a_request_appears_by_itself(app: TestApp) {
    let (amina, bruno, carla) =
        (app.person("amina").await, app.person("bruno").await, app.person("carla").await);
    let (mut hers, mut his, mut third) =
        (amina.connects().await, bruno.connects().await, carla.connects().await);
    amina.asks("bruno").await.well();
    assert_eq!(his.next_event().await, Event::Changed { what: Topic::Friends });
    assert_eq!(hers.next_event().await, Event::Changed { what: Topic::Friends });
    bruno.answers("accept_friend", &amina).await.well();
    assert_eq!(hers.next_event().await, Event::Changed { what: Topic::Friends });
    third.assert_silent().await;
}

async fn nobody_sees_the_address_of_another(app: TestApp) {
    let (amina, bruno) = app.two_friends().await;
    let conversation = amina.opens(&bruno).await;
    amina.sends(conversation, "hello").await;
    let carla = app.person("carla").await;
    carla.asks("bruno").await.well();

    let looks = async |who: &Person, others: &[&str]| {
        let mut seen = String::new();
        for path in ["/", "/friends", "/settings", &format!("/c/{conversation}")] {
            seen += &who.gets(path).await.text();
        }
        for query in ["friends", "home", &format!("conversation?id={conversation}")] {
            seen += &who.reads(query).await.text();
        }
        for other in others {
            assert!(!seen.contains(&format!("{other}@example")), "{} sees {other}'s address", who.name);
        }
    };
    looks(&amina, &["bruno", "carla"]).await;
    looks(&bruno, &["amina", "carla"]).await;
    looks(&carla, &["amina", "bruno"]).await;
}

async fn lists_are_read_in_pages(app: TestApp) {
    let amina = app.person("amina").await;
    let (me, now) = (amina.id.get(), app.now().millis());
    let people: Vec<String> = (0..230)
        .map(|n| format!("({}, 'p{n:03}', 'P', 'p{n}@x', 'p{n}@x', {now}, {now})", me + 1 + n))
        .collect();
    let friends: Vec<String> =
        (0..230).map(|n| format!("({me}, {}, 'accepted', {me}, {now}, {now})", me + 1 + n)).collect();
    let mut store = app.store().await;
    store.run(format!(
        "insert into account (id, username, display_name, email, email_key, created_at, updated_at) values {}",
        people.join(", ")
    )).await;
    store.run(format!("insert into friendship values {}", friends.join(", "))).await;

    let (mut seen, mut query) = (Vec::new(), "friends".to_owned());
    loop {
        let page: Friends = amina.reads(&query).await.well().json();
        assert!(page.friends.len() <= Friends::PAGE);
        seen.extend(page.friends.into_iter().map(|friend| friend.username));
        let Some(next) = page.next else { break };
        query = format!("friends?after={next}");
    }
    let all: Vec<String> = (0..230).map(|n| format!("p{n:03}")).collect();
    assert_eq!(seen, all);
    assert!(amina.page("/friends").await.contains("/friends?after=p099"), "there is a link to the next page");
}
