//! What stands out: pinned for everybody, and saved for oneself.

use axum::{Json, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    body::{Asked, Ids, Page},
    cursor,
    me::Account,
    messages::{Message, Named, found},
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::Id,
};
use crate::{
    ids::ConversationId,
    messages::saved::{Place, SavedLine as Told},
    server::{
        access,
        caller::Caller,
        messages::{self, pinning, saving},
    },
    time::Timestamp,
};

/// The list that its cursors are for.
const SAVED: &str = "saved";

/// What is pinned somewhere: there are never more than fifty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pins {
    /// The last that was pinned first.
    items: Vec<Message>,
}

/// What is pinned in a conversation.
#[utoipa::path(get, path = "/conversations/{conversation}/pins", tag = "messages",
    params(("conversation" = Id, Path)), responses(
    (status = 200, body = Pins),
    (status = 404, body = Described),
))]
pub async fn list(Reads(caller): Reads, Ids(id): Ids<ConversationId>) -> Result<Json<Pins>, Problem> {
    let member = access::member(&caller, id).await?;
    let mut pinned = pinning::pins(&caller, &member).await?.messages;
    messages::tell(&caller, &mut pinned).await?;
    Ok(Json(Pins { items: pinned.into_iter().map(Message::from).collect() }))
}

/// Pins a message for everybody.
///
/// Once more changes nothing.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/pin", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "It is pinned"),
    (status = 403, description = "One may not pin there, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It is deleted, or was not said but done", body = Described),
    (status = 413, description = "As many are pinned as may be", body = Described),
))]
pub async fn pin(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    pinning::pin(&caller, &member, message, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a message be as any other again.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}/pin", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "It is not pinned"),
    (status = 403, description = "One may not pin there, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It is deleted, or was not said but done", body = Described),
))]
pub async fn unpin(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    pinning::pin(&caller, &member, message, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A message that one has saved.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedLine {
    message: Message,
    sender: Account,
}

impl From<Told> for SavedLine {
    fn from(told: Told) -> Self {
        Self { message: told.message.into(), sender: told.sender.into() }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Saved {
    /// The last that was saved first, at most 20.
    items: Vec<SavedLine>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

fn place(caller: &Caller, cursor: &str) -> Result<Place, Problem> {
    let [saved_at, message]: [i64; 2] = cursor::read(caller, SAVED, cursor)?;
    let message = message.try_into().map_err(|_| Problem::NOT_FOUND)?;
    Ok(Place { saved_at: Timestamp::from_millis(saved_at), message })
}

/// What one has saved, and may read.
#[utoipa::path(get, path = "/saved", tag = "messages", params(Page), responses(
    (status = 200, body = Saved),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn saved(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<Saved>, Problem> {
    let behind = page.cursor.map(|cursor| place(&caller, &cursor)).transpose()?;
    let mut found = saving::saved(&caller, behind).await?;
    messages::reread(&caller, found.lines.iter_mut().map(|line| &mut line.message)).await?;
    let next = found.next.map(|Place { saved_at, message }| [saved_at.millis(), message.get()]);
    Ok(Json(Saved {
        items: found.lines.into_iter().map(SavedLine::from).collect(),
        next: next.map(|next| cursor::write(&caller, SAVED, &next)),
    }))
}

/// Saves a message for oneself: nobody else learns of it.
///
/// Once more changes nothing.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/saved", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "It is saved"),
    (status = 404, body = Described),
    (status = 409, description = "It is deleted, or was not said but done", body = Described),
    (status = 413, description = "One has saved as many as one may", body = Described),
))]
pub async fn save(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    saving::save(&caller, &member, message).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Saves a message no longer.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}/saved", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "It is not saved"),
    (status = 404, body = Described),
))]
pub async fn forget(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (_, message) = found(&caller, named).await?;
    saving::forget(&caller, message).await?;
    Ok(StatusCode::NO_CONTENT)
}
