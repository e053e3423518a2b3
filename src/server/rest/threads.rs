//! What becomes of one message: the thread below it, what it said before, and where it is passed on to.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    messages::{Named, found, key},
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::Id,
};
use crate::{
    ids::{ClientKey, ConversationId},
    messages::history::Version as Told,
    server::{
        messages::{editing, forwarding},
        threads,
    },
};

/// Follows a thread: what is said in it is told as unread.
///
/// Once more changes nothing. Threads are read and written as messages, with `thread`.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/follow", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "It is followed"),
    (status = 404, description = "No such message, or none that heads a thread", body = Described),
))]
pub async fn follow(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    threads::follow(&caller, &member, message, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Follows a thread no longer.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}/follow", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "It is not followed"),
    (status = 404, description = "No such message, or none that heads a thread", body = Described),
))]
pub async fn unfollow(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    threads::follow(&caller, &member, message, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far one has read a thread.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThreadRead {
    /// The position of the last message that was read.
    position: i64,
}

/// Notes that one has read a thread up to a position.
///
/// Never goes back, and changes nothing where one does not follow it.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/read", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), request_body = ThreadRead, responses(
    (status = 204, description = "Noted"),
    (status = 404, body = Described),
))]
pub async fn read(
    Writes(caller): Writes,
    Ids(named): Ids<Named>,
    Body(ThreadRead { position }): Body<ThreadRead>,
) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    threads::mark_read(&caller, &member, message, position).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a message said until it was edited.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    /// Higher numbers were written later.
    version: i64,
    body: String,
    /// When this was written; RFC 3339, in UTC.
    written_at: String,
}

impl From<Told> for Version {
    fn from(told: Told) -> Self {
        Self { version: told.version, body: told.text, written_at: told.at.to_string() }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Versions {
    /// The latest first, at most 50; without what it says now.
    items: Vec<Version>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// What a message said before each of its edits.
#[utoipa::path(get, path = "/conversations/{conversation}/messages/{message}/versions", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), Page), responses(
    (status = 200, body = Versions),
    (status = 404, description = "No such message, or it is deleted", body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn versions(
    Reads(caller): Reads,
    Ids(named): Ids<Named>,
    Asked(page): Asked<Page>,
) -> Result<Json<Versions>, Problem> {
    let (member, message) = found(&caller, named).await?;
    let list = format!("versions {message}");
    let before: Option<[i64; 2]> =
        page.cursor.map(|cursor| cursor::read(&caller, &list, &cursor)).transpose()?;
    let found = editing::history(&caller, &member, message, before.map(|[version, _]| version)).await?;
    Ok(Json(Versions {
        items: found.versions.into_iter().map(Version::from).collect(),
        next: found.older.map(|older| cursor::write(&caller, &list, &[older, 0])),
    }))
}

/// Where a message is to be passed on to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Forward {
    /// Conversations in which one may write: 1 to 10.
    #[schema(value_type = Vec<Id>, min_items = 1)]
    to: Vec<ConversationId>,
    /// As that of a message.
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z0-9_-]{16,64}$")]
    client_key: Option<ClientKey>,
}

/// Passes a message on. It is told there that it was said elsewhere, and neither where nor by whom.
///
/// Each conversation takes it or refuses it for itself. Under the same key those that have it take nothing more.
#[utoipa::path(post, path = "/conversations/{conversation}/messages/{message}/forward", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), ("Idempotency-Key" = Option<String>, Header, pattern = r#"^"?[A-Za-z0-9_-]{16,64}"?$"#)),
    request_body = Forward, responses(
    (status = 204, description = "All have it"),
    (status = 403, description = "One may only read in one of them, or the token may", body = Described),
    (status = 404, description = "No such message, or one is not in one of them", body = Described),
    (status = 409, description = "It is deleted, was not said but done, or the key is taken", body = Described),
    (status = 422, description = "Nowhere, or too many", body = Described),
))]
pub async fn forward(
    Writes(caller): Writes,
    Ids(named): Ids<Named>,
    headers: HeaderMap,
    Body(Forward { to, client_key }): Body<Forward>,
) -> Result<StatusCode, Problem> {
    let key = key(&headers, client_key)?;
    let (member, message) = found(&caller, named).await?;
    forwarding::forward(&caller, &member, message, &key, to).await?;
    Ok(StatusCode::NO_CONTENT)
}
