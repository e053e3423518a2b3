//! Who may not come back: into groups and spaces.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    me::Account,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Topic},
};
use crate::{
    ids::{AccountId, ConversationId, SpaceId},
    invitations::{Destination, Lasts},
    moderation::Ban as Told,
    server::{caller::Caller, moderation},
};

/// Somebody who may not come back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ban {
    #[serde(flatten)]
    account: Account,
    /// Empty where none was given.
    reason: String,
    /// When it ends by itself; RFC 3339, in UTC.
    ends_at: Option<String>,
}

impl From<Told> for Ban {
    fn from(told: Told) -> Self {
        let Told { person, reason, ends_at } = told;
        Self { account: person.into(), reason, ends_at: ends_at.map(|at| at.to_string()) }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bans {
    /// By username, at most 50.
    items: Vec<Ban>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

async fn page(caller: &Caller, place: Destination, page: Page) -> Result<Json<Bans>, Problem> {
    let list = match place {
        Destination::Group(id) => format!("bans of conversation {id}"),
        Destination::Space(id) => format!("bans of space {id}"),
    };
    let after: Option<String> = page.cursor.map(|cursor| cursor::read(caller, &list, &cursor)).transpose()?;
    let found = moderation::list(caller, place, after.as_deref()).await?;
    Ok(Json(Bans {
        items: found.bans.into_iter().map(Ban::from).collect(),
        next: found.next.map(|next| cursor::write(caller, &list, &next)),
    }))
}

/// Who may not come back into a group.
#[utoipa::path(get, path = "/conversations/{conversation}/bans", tag = "members",
    params(("conversation" = Id, Path), Page), responses(
    (status = 200, body = Bans),
    (status = 403, description = "One is no admin", body = Described),
    (status = 404, description = "One is not in it, or it is no group", body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn of_group(
    Reads(caller): Reads,
    Ids(id): Ids<ConversationId>,
    Asked(asked): Asked<Page>,
) -> Result<Json<Bans>, Problem> {
    page(&caller, Destination::Group(id), asked).await
}

/// Who may not come back into a space.
#[utoipa::path(get, path = "/spaces/{space}/bans", tag = "spaces", params(("space" = Id, Path), Page), responses(
    (status = 200, body = Bans),
    (status = 403, description = "One does not keep order there", body = Described),
    (status = 404, body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn of_space(
    Reads(caller): Reads,
    Ids(id): Ids<SpaceId>,
    Asked(asked): Asked<Page>,
) -> Result<Json<Bans>, Problem> {
    page(&caller, Destination::Space(id), asked).await
}

/// For how long, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBan {
    /// Those who keep order there read it; the person does not.
    #[serde(default)]
    #[schema(value_type = Topic)]
    reason: String,
    #[schema(value_type = String, pattern = "^(day|week|month|always)$")]
    lasts: Lasts,
}

/// Lets somebody go who may not come back, by whatever way, until it ends or is lifted.
#[utoipa::path(put, path = "/conversations/{conversation}/bans/{account}", tag = "members",
    params(("conversation" = Id, Path), ("account" = Id, Path)), request_body = NewBan, responses(
    (status = 204, description = "They are banned"),
    (status = 403, description = "One is no admin, they are one, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, they are not, or it is no group", body = Described),
    (status = 422, body = Described),
))]
pub async fn from_group(
    Writes(caller): Writes,
    Ids((id, person)): Ids<(ConversationId, AccountId)>,
    Body(NewBan { reason, lasts }): Body<NewBan>,
) -> Result<StatusCode, Problem> {
    moderation::ban(&caller, Destination::Group(id), person, &reason, lasts).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets somebody of lower rank go who may not come back, by whatever way, until it ends or is lifted.
#[utoipa::path(put, path = "/spaces/{space}/bans/{account}", tag = "spaces",
    params(("space" = Id, Path), ("account" = Id, Path)), request_body = NewBan, responses(
    (status = 204, description = "They are banned"),
    (status = 403, description = "They do not rank lower, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, or they are not", body = Described),
    (status = 422, body = Described),
))]
pub async fn from_space(
    Writes(caller): Writes,
    Ids((id, person)): Ids<(SpaceId, AccountId)>,
    Body(NewBan { reason, lasts }): Body<NewBan>,
) -> Result<StatusCode, Problem> {
    moderation::ban(&caller, Destination::Space(id), person, &reason, lasts).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lifts a ban: they may come back, and are not told.
#[utoipa::path(delete, path = "/conversations/{conversation}/bans/{account}", tag = "members",
    params(("conversation" = Id, Path), ("account" = Id, Path)), responses(
    (status = 204, description = "It is lifted"),
    (status = 403, description = "One is no admin, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, or there is no such ban", body = Described),
))]
pub async fn lift_in_group(
    Writes(caller): Writes,
    Ids((id, person)): Ids<(ConversationId, AccountId)>,
) -> Result<StatusCode, Problem> {
    moderation::lift(&caller, Destination::Group(id), person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lifts a ban: they may come back, and are not told.
#[utoipa::path(delete, path = "/spaces/{space}/bans/{account}", tag = "spaces",
    params(("space" = Id, Path), ("account" = Id, Path)), responses(
    (status = 204, description = "It is lifted"),
    (status = 403, description = "One does not keep order there, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, or there is no such ban", body = Described),
))]
pub async fn lift_in_space(
    Writes(caller): Writes,
    Ids((id, person)): Ids<(SpaceId, AccountId)>,
) -> Result<StatusCode, Problem> {
    moderation::lift(&caller, Destination::Space(id), person).await?;
    Ok(StatusCode::NO_CONTENT)
}
