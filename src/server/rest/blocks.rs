//! Whom one does not want to hear from, and who may turn to one at all.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    me::Account,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::Id,
};
use crate::{friends::privacy::Writers, ids::AccountId, presence::SeenBy, server::friends::blocks};

/// The list that its cursors are for.
const LIST: &str = "blocks";

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Blocks {
    /// By username, at most 50.
    items: Vec<Account>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// Whom one has blocked.
#[utoipa::path(get, path = "/blocks", tag = "friends", params(Page), responses(
    (status = 200, body = Blocks),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<Blocks>, Problem> {
    let after: Option<String> = page.cursor.map(|cursor| cursor::read(&caller, LIST, &cursor)).transpose()?;
    let found = blocks::privacy(&caller, after.as_deref()).await?;
    Ok(Json(Blocks {
        items: found.blocked.into_iter().map(Account::from).collect(),
        next: found.next.map(|next| cursor::write(&caller, LIST, &next)),
    }))
}

/// Blocks somebody, and ends a friendship or a request between the two. They are not told.
///
/// Twice is once. Whether there is such an account is not told either.
#[utoipa::path(put, path = "/blocks/{account}", tag = "friends", params(("account" = Id, Path)), responses(
    (status = 204, description = "They are blocked"),
    (status = 404, description = "Not an id", body = Described),
))]
pub async fn block(Writes(caller): Writes, Ids(other): Ids<AccountId>) -> Result<StatusCode, Problem> {
    blocks::block(&caller, other).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lifts a block. What it ended does not come back.
#[utoipa::path(delete, path = "/blocks/{account}", tag = "friends", params(("account" = Id, Path)), responses(
    (status = 204, description = "They are not blocked"),
    (status = 404, description = "Not an id", body = Described),
))]
pub async fn unblock(Writes(caller): Writes, Ids(other): Ids<AccountId>) -> Result<StatusCode, Problem> {
    blocks::unblock(&caller, other).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who may turn to one, and what others see.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// Besides friends: `acquaintances`, with whom one shares a space; `requests`, everyone, but strangers ask; `everyone`.
    #[schema(value_type = String, pattern = "^(acquaintances|requests|everyone)$")]
    who_may_write: Writers,
    /// Whether anybody may ask to be friends.
    takes_requests: bool,
    /// Who may know that one is here. It goes both ways.
    #[schema(value_type = String, pattern = "^(acquaintances|friends|nobody)$")]
    seen_by: SeenBy,
    /// Whether others learn that one is writing, and how far one has read. It goes both ways.
    receipts: bool,
}

/// Who may turn to one, and what others see.
#[utoipa::path(get, path = "/me/privacy", tag = "accounts", responses((status = 200, body = Privacy)))]
pub async fn privacy(Reads(caller): Reads) -> Result<Json<Privacy>, Problem> {
    let found = blocks::privacy(&caller, None).await?;
    Ok(Json(Privacy {
        who_may_write: found.writers,
        takes_requests: found.takes_requests,
        seen_by: found.seen_by,
        receipts: found.receipts,
    }))
}

/// Chooses who may turn to one, and what others see.
#[utoipa::path(put, path = "/me/privacy", tag = "accounts", request_body = Privacy, responses(
    (status = 204, description = "It is so"),
))]
pub async fn choose_privacy(
    Writes(caller): Writes,
    Body(Privacy { who_may_write, takes_requests, seen_by, receipts }): Body<Privacy>,
) -> Result<StatusCode, Problem> {
    blocks::save_privacy(&caller, who_may_write, takes_requests, Some(seen_by), Some(receipts)).await?;
    Ok(StatusCode::NO_CONTENT)
}
