//! Reactions of whoever the program acts for.

use axum::http::StatusCode;

use super::{
    body::Ids,
    problem::{Described, Problem},
    program::Writes,
    schemas::Id,
};
use crate::{
    ids::{ConversationId, MessageId},
    server::{access, caller::Caller, messages::reacting},
};

/// Reacts with an emoji.
///
/// Once more changes nothing.
#[utoipa::path(put, path = "/conversations/{conversation}/messages/{message}/reactions/{emoji}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), ("emoji" = String, Path)), responses(
    (status = 204, description = "It stands there"),
    (status = 401, body = Described),
    (status = 403, body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It was deleted, or not said but done", body = Described),
    (status = 413, description = "There are many different ones already", body = Described),
    (status = 422, description = "Not one emoji", body = Described),
    (status = 429, body = Described),
))]
pub async fn add(Writes(caller): Writes, Ids(about): Ids<About>) -> Result<StatusCode, Problem> {
    turn(&caller, about, true).await
}

/// Reacts with it no more.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}/reactions/{emoji}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), ("emoji" = String, Path)), responses(
    (status = 204, description = "It is gone"),
    (status = 401, body = Described),
    (status = 403, body = Described),
    (status = 404, body = Described),
    (status = 409, body = Described),
    (status = 422, body = Described),
    (status = 429, body = Described),
))]
pub async fn remove(Writes(caller): Writes, Ids(about): Ids<About>) -> Result<StatusCode, Problem> {
    turn(&caller, about, false).await
}

type About = (ConversationId, MessageId, String);

async fn turn(
    caller: &Caller,
    (conversation, message, emoji): About,
    added: bool,
) -> Result<StatusCode, Problem> {
    let member = access::member(caller, conversation).await?;
    reacting::react(caller, &member, message, &emoji, added).await?;
    Ok(StatusCode::NO_CONTENT)
}
