//! Who is here, as far as the reader may know.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    body::{Asked, Ids, Page},
    cursor,
    me::Seen,
    problem::{Described, Problem},
    program::Reads,
    schemas::Id,
};
use crate::{
    ids::AccountId,
    presence::Present,
    server::{access, accounts, presence},
};

/// The list that its cursors are for.
const LIST: &str = "presence";

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct HereNow {
    /// By username, at most 50.
    items: Vec<Seen>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// Those who are connected now: friends, and people of groups and channels of up to fifty members, as far as one may know.
#[utoipa::path(get, path = "/presence", tag = "presence", params(Page), responses(
    (status = 200, body = HereNow),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<HereNow>, Problem> {
    let after: Option<String> = page.cursor.map(|cursor| cursor::read(&caller, LIST, &cursor)).transpose()?;
    let found = presence::here_now(&caller, after.as_deref()).await?;
    Ok(Json(HereNow {
        items: found.people.into_iter().map(|person| Seen::new(person, &found.present)).collect(),
        next: found.next.map(|next| cursor::write(&caller, LIST, &next)),
    }))
}

/// One person, and whether they are here.
///
/// Oneself, friends, and whoever is in a group, channel or private talk with one.
#[utoipa::path(get, path = "/presence/{account}", tag = "presence", params(("account" = Id, Path)), responses(
    (status = 200, body = Seen),
    (status = 404, description = "Nobody, or nobody whom one may look up", body = Described),
))]
pub async fn one(Reads(caller): Reads, Ids(account): Ids<AccountId>) -> Result<Json<Seen>, Problem> {
    let account = access::may_look_up(&caller, account).await?;
    let person = accounts::profile(&caller.app.db, account).await?.person;
    if account == caller.account {
        let (state, line) = (caller.app.hub.state_of(account), caller.viewer.status.line);
        return Ok(Json(Seen::new(person, &[Present { account, state, line }])));
    }
    Ok(Json(Seen::new(person, &presence::of(&caller, &[account]).await?)))
}
