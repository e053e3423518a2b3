//! Friends, and who wants to be one.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    me::{Account, Seen},
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Who},
};
use crate::{
    error::Error,
    ids::AccountId,
    server::{
        answer::{Failure, Outcome},
        friends,
    },
};

/// The list that its cursors are for.
const LIST: &str = "friends";

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Friends {
    /// By username, at most 100.
    items: Vec<Seen>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// What awaits an answer: the newest first, at most 100 of each.
#[derive(Debug, Serialize, ToSchema)]
pub struct Requests {
    /// They have asked.
    incoming: Vec<Account>,
    /// They were asked.
    outgoing: Vec<Account>,
}

/// The friends that one has, by username, with what may be known of whether they are here.
#[utoipa::path(get, path = "/friends", tag = "friends", params(Page), responses(
    (status = 200, body = Friends),
    (status = 401, body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<Friends>, Problem> {
    let after: Option<String> = page.cursor.map(|cursor| cursor::read(&caller, LIST, &cursor)).transpose()?;
    let listed = friends::list(&caller, after.as_deref()).await?;
    Ok(Json(Friends {
        items: listed.friends.into_iter().map(|person| Seen::new(person, &listed.present)).collect(),
        next: listed.next.map(|next| cursor::write(&caller, LIST, &next)),
    }))
}

/// Who has asked to be a friend, and who was asked.
#[utoipa::path(get, path = "/friends/requests", tag = "friends", responses(
    (status = 200, body = Requests),
    (status = 401, body = Described),
))]
pub async fn requests(Reads(caller): Reads) -> Result<Json<Requests>, Problem> {
    let found = friends::requests(&caller).await?;
    let accounts = |people: Vec<_>| people.into_iter().map(Account::from).collect();
    Ok(Json(Requests { incoming: accounts(found.incoming), outgoing: accounts(found.outgoing) }))
}

/// Whom to ask.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// A username, or the address that somebody logs in with.
    #[schema(value_type = Who)]
    person: String,
}

/// Asks somebody to be a friend.
///
/// Whoever has asked already is accepted; asking twice changes nothing.
#[utoipa::path(post, path = "/friends/requests", tag = "friends", request_body = Ask, responses(
    (status = 204, description = "Asked, or accepted"),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, body = Described),
    (status = 403, description = "They take no requests, or not this one; or the token may only read", body = Described),
    (status = 409, description = "One has blocked them", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, description = "Nobody has this name, or it is one's own", body = Described),
    (status = 429, body = Described),
))]
pub async fn ask(Writes(caller): Writes, Body(Ask { person }): Body<Ask>) -> Result<StatusCode, Problem> {
    friends::ask(&caller, &person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Accepts somebody who has asked.
#[utoipa::path(put, path = "/friends/{account}", tag = "friends", params(("account" = Id, Path)), responses(
    (status = 204, description = "They are friends now"),
    (status = 401, body = Described),
    (status = 403, description = "The token may only read", body = Described),
    (status = 404, description = "They have not asked", body = Described),
))]
pub async fn accept(Writes(caller): Writes, Ids(other): Ids<AccountId>) -> Result<StatusCode, Problem> {
    friends::accept(&caller, other).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a friendship, or declines what somebody has asked, or takes back what one has asked.
#[utoipa::path(delete, path = "/friends/{account}", tag = "friends", params(("account" = Id, Path)), responses(
    (status = 204, description = "There is nothing between the two any more"),
    (status = 401, body = Described),
    (status = 403, description = "The token may only read", body = Described),
    (status = 404, description = "There was nothing", body = Described),
))]
pub async fn remove(Writes(caller): Writes, Ids(other): Ids<AccountId>) -> Result<StatusCode, Problem> {
    // At most one of these is there.
    if !found(friends::decline(&caller, other).await)? && !found(friends::cancel(&caller, other).await)? {
        friends::remove(&caller, other).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

fn found(done: Outcome<()>) -> Outcome<bool> {
    match done {
        Ok(()) => Ok(true),
        Err(Failure::Refused(Error::NotFound)) => Ok(false),
        Err(failure) => Err(failure),
    }
}
