//! Spaces for scenarios: what people do there.

use salon::{
    ids::{ConversationId, SpaceId},
    server::spaces::members,
    spaces::SpaceMembers,
};

use super::{Answer, Person, TestApp};

/// Makes a space.
pub async fn makes_space(person: &Person, name: &str) -> SpaceId {
    let answer = person.submits("/spaces/new", "create_space", &[("name", name)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().strip_prefix("/s/").expect("the page of a space").parse().expect("an id")
}

/// Does something about a space.
pub async fn does(person: &Person, function: &str, space: SpaceId, fields: &[(&str, &str)]) -> Answer {
    let space = space.to_string();
    let fields: Vec<(&str, &str)> = [("space", &*space)].into_iter().chain(fields.iter().copied()).collect();
    person.calls(function, &fields).await
}

/// Gives somebody another rank.
pub async fn gives(person: &Person, space: SpaceId, other: &Person, rank: &str) -> Answer {
    does(person, "set_rank", space, &[("account", &other.id.to_string()), ("rank", rank)]).await
}

/// Lets somebody go.
pub async fn lets_go(person: &Person, space: SpaceId, other: &Person) -> Answer {
    does(person, "remove_from_space", space, &[("account", &other.id.to_string())]).await
}

/// A space as somebody sees it.
pub async fn sees(person: &Person, space: SpaceId) -> SpaceMembers {
    person.reads(&format!("space?id={space}")).await.well().json()
}

/// The names of the channels that somebody sees.
pub async fn channels(person: &Person, space: SpaceId) -> Vec<String> {
    sees(person, space).await.space.channels.into_iter().map(|channel| channel.name).collect()
}

/// The channel of this name.
pub async fn channel(person: &Person, space: SpaceId, name: &str) -> ConversationId {
    let space = sees(person, space).await.space;
    space
        .channels
        .into_iter()
        .find(|channel| channel.name == name)
        .expect("a channel of this name")
        .conversation
}

/// Makes a channel.
pub async fn makes_channel(person: &Person, space: SpaceId, name: &str, private: bool) -> ConversationId {
    let fields = if private { vec![("name", name), ("private", "yes")] } else { vec![("name", name)] };
    does(person, "create_channel", space, &fields).await.well();
    channel(person, space, name).await
}

/// As whoever follows an invitation.
pub async fn joins(app: &TestApp, person: &Person, space: SpaceId) -> bool {
    let account = person.id;
    let change = app.running.app.writer.change(move |tx| {
        Box::pin(async move {
            salon::server::access::hold_space(tx, space).await?;
            members::join(tx, space, account).await
        })
    });
    change.await.expect("there is room")
}

/// A space of Amina's, where Bruno and Carla are members.
pub async fn inhabited(app: &TestApp) -> (SpaceId, [Person; 3]) {
    let people = app.three_friends().await;
    let space = makes_space(&people[0], "House").await;
    for person in &people[1..] {
        assert!(joins(app, person, space).await);
    }
    (space, people)
}
