//! Conversations: the list, one of them, a talk with somebody, and how far one has read.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    etag::Known,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Name, Slow, Topic, Who},
};
use crate::{
    conversations::{
        Place, Summary,
        about::{About, Kind, called},
    },
    ids::{ConversationId, MessageId, SpaceId},
    server::{
        access,
        caller::Caller,
        conversations::{self, direct, groups},
        messages, reading,
    },
    text::Locale,
    time::Timestamp,
};

/// The list that its cursors are for.
const LIST: &str = "conversations";

/// A conversation, in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Line {
    #[schema(value_type = Id)]
    id: ConversationId,
    /// `direct`, `group`, `channel` or `everyone`.
    #[schema(value_type = String)]
    kind: Kind,
    /// What it is called: a talk of two as the other person is.
    name: String,
    /// RFC 3339, in UTC.
    active_at: String,
    /// Unread messages; 100 stands for as many or more.
    unread: u32,
    /// Those of them that name the reader, or everyone.
    mentions: u32,
    pinned: bool,
}

impl From<Summary> for Line {
    fn from(line: Summary) -> Self {
        Self {
            id: line.id,
            kind: line.kind,
            name: called(line.kind, &line.name, Locale::En.words()),
            active_at: line.active_at.to_string(),
            unread: line.unread,
            mentions: line.mentions,
            pinned: line.pinned,
        }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lines {
    /// Those that are pinned, then the last active first. Channels stand in their spaces.
    items: Vec<Line>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// A conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Conversation {
    #[schema(value_type = Id)]
    id: ConversationId,
    /// `direct`, `group`, `channel` or `everyone`.
    #[schema(value_type = String)]
    kind: Kind,
    name: String,
    /// The username of the other person, in a talk of two.
    handle: Option<String>,
    topic: String,
    /// The space that it is a channel of.
    #[schema(value_type = Option<Id>)]
    space: Option<SpaceId>,
    /// People in it; 1,000 stands for as many or more.
    members: u32,
    /// Whether one may write there now.
    may_write: bool,
    /// Seconds that whoever does not keep order there waits between two messages; 0: none.
    slow: u32,
    /// The counter that every change there moves on: `resume` over a live connection brings what comes after it.
    head: i64,
}

impl Conversation {
    fn of(id: ConversationId, about: About, head: i64) -> Self {
        let name = about.called(Locale::En.words());
        let About { kind, handle, topic, space, members, may_write, slow, .. } = about;
        Self { id, kind, name, handle, topic, space, members, may_write, slow, head }
    }
}

/// A conversation of the caller's.
///
/// # Errors
/// `NotFound` if it is none.
pub async fn about(caller: &Caller, id: ConversationId) -> Result<Conversation, Problem> {
    let member = access::member(caller, id).await?;
    // The counter first: what changes meanwhile comes after it.
    let head = messages::head(caller, &member).await?;
    Ok(Conversation::of(id, conversations::about(caller, &member).await?, head))
}

/// The conversations that one is in, outside of spaces.
#[utoipa::path(get, path = "/conversations", tag = "conversations", params(Page), responses(
    (status = 200, body = Lines),
    (status = 401, body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<Lines>, Problem> {
    let behind = page.cursor.map(|cursor| place(&caller, &cursor)).transpose()?;
    let home = conversations::home(&caller, behind, None, None).await?;
    let next = home
        .next
        .map(|Place { active_at, id }| cursor::write(&caller, LIST, &[active_at.millis(), id.get()]));
    Ok(Json(Lines { items: home.conversations.into_iter().map(Line::from).collect(), next }))
}

fn place(caller: &Caller, cursor: &str) -> Result<Place, Problem> {
    let [active_at, id]: [i64; 2] = cursor::read(caller, LIST, cursor)?;
    let id = id.try_into().map_err(|_| Problem::NOT_FOUND)?;
    Ok(Place { active_at: Timestamp::from_millis(active_at), id })
}

/// Whom to talk to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct With {
    /// A username, or the address that somebody logs in with.
    #[schema(value_type = Who)]
    with: String,
}

/// The talk of two with somebody, which is begun if there is none yet.
#[utoipa::path(post, path = "/conversations", tag = "conversations", request_body = With, responses(
    (status = 200, body = Conversation),
    (status = 401, body = Described),
    (status = 403, description = "One may not write to them, whatever the reason", body = Described),
    (status = 422, description = "Nobody has this name, or it is one's own", body = Described),
    (status = 429, body = Described),
))]
pub async fn open(
    Writes(caller): Writes,
    Body(With { with }): Body<With>,
) -> Result<Json<Conversation>, Problem> {
    let id = direct::write_to(&caller, &with).await?;
    Ok(Json(about(&caller, id).await?))
}

/// One conversation.
#[utoipa::path(get, path = "/conversations/{conversation}", tag = "conversations",
    params(("conversation" = Id, Path), Known), responses(
    (status = 200, body = Conversation),
    (status = 304, description = "It is as the program knows it"),
    (status = 401, body = Described),
    (status = 404, description = "There is none, or one is not in it", body = Described),
))]
pub async fn one(Reads(caller): Reads, Ids(id): Ids<ConversationId>) -> Result<Json<Conversation>, Problem> {
    Ok(Json(about(&caller, id).await?))
}

/// What it is called, and what it is for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Describe {
    /// Of a group or a channel.
    #[schema(value_type = Option<Name>)]
    name: Option<String>,
    /// Empty: for nothing in particular.
    #[schema(value_type = Option<Topic>)]
    topic: Option<String>,
}

/// Says what a group or a channel is called, and what it is for.
///
/// What is not named stays as it is.
#[utoipa::path(patch, path = "/conversations/{conversation}", tag = "conversations",
    params(("conversation" = Id, Path)), request_body = Describe, responses(
    (status = 200, body = Conversation),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, body = Described),
    (status = 403, description = "One is no admin, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, body = Described),
    (status = 429, body = Described),
))]
pub async fn describe(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(Describe { name, topic }): Body<Describe>,
) -> Result<Json<Conversation>, Problem> {
    let topic = match topic {
        Some(topic) => topic,
        None => about(&caller, id).await?.topic,
    };
    groups::describe(&caller, id, name.as_deref(), &topic).await?;
    Ok(Json(about(&caller, id).await?))
}

/// How slow.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// How long members wait between two messages; 0: not at all.
    #[schema(value_type = Slow)]
    seconds: u32,
}

/// Has members of a group or a channel wait between two messages. Those who keep order there do not wait.
///
/// Whoever is too fast is told so when they send: 429, with the seconds that are left.
#[utoipa::path(put, path = "/conversations/{conversation}/slow", tag = "conversations",
    params(("conversation" = Id, Path)), request_body = Pace, responses(
    (status = 204, description = "It is so"),
    (status = 403, description = "One does not keep order there, nobody does, or the token may only read", body = Described),
    (status = 404, body = Described),
))]
pub async fn slow(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(Pace { seconds }): Body<Pace>,
) -> Result<StatusCode, Problem> {
    let member = access::member(&caller, id).await?;
    conversations::set_slow(&caller, &member, seconds).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// The position of the last message that was read.
    position: i64,
}

/// Notes that one has read up to a position.
///
/// Never goes back.
#[utoipa::path(put, path = "/conversations/{conversation}/read", tag = "conversations",
    params(("conversation" = Id, Path)), request_body = Read, responses(
    (status = 204, description = "Noted"),
    (status = 401, body = Described),
    (status = 404, body = Described),
    (status = 429, body = Described),
))]
pub async fn read(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(Read { position }): Body<Read>,
) -> Result<StatusCode, Problem> {
    let member = access::member(&caller, id).await?;
    reading::mark_read(&caller, &member, position).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// From where on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// A message of the conversation.
    #[schema(value_type = Id, minimum = 1)]
    message: MessageId,
}

/// Lets a message and what follows be unread again, as far as others wrote it.
#[utoipa::path(put, path = "/conversations/{conversation}/unread", tag = "conversations",
    params(("conversation" = Id, Path)), request_body = Unread, responses(
    (status = 204, description = "Noted"),
    (status = 404, description = "No such conversation or message, or one is not in it", body = Described),
))]
pub async fn unread(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(Unread { message }): Body<Unread>,
) -> Result<StatusCode, Problem> {
    let member = access::member(&caller, id).await?;
    reading::mark_unread(&caller, &member, message).await?;
    Ok(StatusCode::NO_CONTENT)
}
