//! Who is in a space, and as what.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    me::Seen,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::Id,
};
use crate::{
    ids::{AccountId, SpaceId},
    server::{access, spaces::members},
    spaces::{Rank, SpaceMemberLine},
};

/// Somebody in a space.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpaceMember {
    #[serde(flatten)]
    account: Seen,
    #[schema(value_type = String, pattern = "^(owner|admin|moderator|member)$")]
    rank: Rank,
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpaceMembers {
    /// By username, at most 50.
    items: Vec<SpaceMember>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// Who is in a space.
#[utoipa::path(get, path = "/spaces/{space}/members", tag = "spaces", params(("space" = Id, Path), Page), responses(
    (status = 200, body = SpaceMembers),
    (status = 404, body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(
    Reads(caller): Reads,
    Ids(id): Ids<SpaceId>,
    Asked(page): Asked<Page>,
) -> Result<Json<SpaceMembers>, Problem> {
    let member = access::space_member(&caller, id).await?;
    let list = format!("space members {id}");
    let after: Option<String> =
        page.cursor.map(|cursor| cursor::read(&caller, &list, &cursor)).transpose()?;
    let found = members::list(&caller, &member, after.as_deref()).await?;
    let member = |line: SpaceMemberLine| SpaceMember {
        account: Seen::new(line.person, &found.present),
        rank: line.rank,
    };
    Ok(Json(SpaceMembers {
        items: found.people.into_iter().map(member).collect(),
        next: found.next.map(|next| cursor::write(&caller, &list, &next)),
    }))
}

/// Another rank.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRank {
    /// Spaces are not given away like this: `PUT /spaces/{space}/owner` is.
    #[schema(value_type = String, pattern = "^(owner|admin|moderator|member)$")]
    rank: Rank,
}

/// Gives somebody another rank, from and to one below one's own.
#[utoipa::path(patch, path = "/spaces/{space}/members/{account}", tag = "spaces",
    params(("space" = Id, Path), ("account" = Id, Path)), request_body = NewRank, responses(
    (status = 204, description = "It is so"),
    (status = 403, description = "One's own rank does not allow it, or the token may only read", body = Described),
    (status = 404, body = Described),
))]
pub async fn set_rank(
    Writes(caller): Writes,
    Ids((space, person)): Ids<(SpaceId, AccountId)>,
    Body(NewRank { rank }): Body<NewRank>,
) -> Result<StatusCode, Problem> {
    members::set_rank(&caller, space, person, rank).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets somebody of lower rank go, out of all channels; oneself: leaves.
#[utoipa::path(delete, path = "/spaces/{space}/members/{account}", tag = "spaces",
    params(("space" = Id, Path), ("account" = Id, Path)), responses(
    (status = 204, description = "They are in it no more"),
    (status = 403, description = "They do not rank lower, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "One owns it: hand it over, or delete it", body = Described),
))]
pub async fn remove(
    Writes(caller): Writes,
    Ids((space, person)): Ids<(SpaceId, AccountId)>,
) -> Result<StatusCode, Problem> {
    if person == caller.account {
        members::leave(&caller, space).await?;
    } else {
        members::remove(&caller, space, person).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
