//! Links into groups and spaces: made, listed, ended, and followed.
//!
//! What stands in a link opens a place. It is sent in bodies only: addresses end up in logs.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Body, Ids},
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Uses},
};
use crate::{
    ids::{ConversationId, InvitationId, SpaceId},
    invitations::{Destination, Lasts, Link, Token},
    server::{caller::Caller, invitations},
};

/// A link that leads into a group or a space.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    #[schema(value_type = Id)]
    id: InvitationId,
    /// What the link ends with: `/invite/TOKEN` on the pages. Whoever has it may come in.
    #[schema(value_type = String)]
    token: Token,
    /// How whoever made it is called.
    made_by: String,
    /// When it ends by itself; RFC 3339, in UTC.
    expires_at: Option<String>,
    /// How many more may come in by it; nothing where that is not counted.
    uses_left: Option<u32>,
}

impl From<Link> for Invitation {
    fn from(link: Link) -> Self {
        let Link { id, token, made_by, expires_at, uses_left } = link;
        Self { id, token, made_by, expires_at: expires_at.map(|at| at.to_string()), uses_left }
    }
}

/// Those that still lead there: there are never more than fifty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitations {
    /// The latest first.
    items: Vec<Invitation>,
}

async fn found(caller: &Caller, into: Destination) -> Result<Json<Invitations>, Problem> {
    let links = invitations::list(caller, into).await?.links;
    Ok(Json(Invitations { items: links.into_iter().map(Invitation::from).collect() }))
}

/// The links into a group that still lead there.
#[utoipa::path(get, path = "/conversations/{conversation}/invitations", tag = "invitations",
    params(("conversation" = Id, Path)), responses(
    (status = 200, body = Invitations),
    (status = 403, description = "One is no admin", body = Described),
    (status = 404, description = "One is not in it, or it is no group", body = Described),
))]
pub async fn of_group(
    Reads(caller): Reads,
    Ids(id): Ids<ConversationId>,
) -> Result<Json<Invitations>, Problem> {
    found(&caller, Destination::Group(id)).await
}

/// The links into a space that still lead there.
#[utoipa::path(get, path = "/spaces/{space}/invitations", tag = "invitations", params(("space" = Id, Path)), responses(
    (status = 200, body = Invitations),
    (status = 403, description = "One does not keep order there", body = Described),
    (status = 404, body = Described),
))]
pub async fn of_space(Reads(caller): Reads, Ids(id): Ids<SpaceId>) -> Result<Json<Invitations>, Problem> {
    found(&caller, Destination::Space(id)).await
}

/// A new link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// `always`: until it is revoked.
    #[schema(value_type = String, pattern = "^(day|week|month|always)$")]
    lasts: Lasts,
    /// How many may come in by it: 1, 5, 25 or 100; 0 stands for any number.
    #[serde(default)]
    #[schema(value_type = Uses)]
    uses: u32,
}

type Made = (StatusCode, Json<Invitation>);

/// Makes a link into a group.
#[utoipa::path(post, path = "/conversations/{conversation}/invitations", tag = "invitations",
    params(("conversation" = Id, Path)), request_body = NewInvitation, responses(
    (status = 201, body = Invitation),
    (status = 403, description = "One is no admin, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, or it is no group", body = Described),
    (status = 413, description = "There are fifty already, or the body is too large", body = Described),
    (status = 422, body = Described),
))]
pub async fn into_group(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(NewInvitation { lasts, uses }): Body<NewInvitation>,
) -> Result<Made, Problem> {
    let link = invitations::create(&caller, Destination::Group(id), lasts, uses).await?;
    Ok((StatusCode::CREATED, Json(link.into())))
}

/// Makes a link into a space.
#[utoipa::path(post, path = "/spaces/{space}/invitations", tag = "invitations", params(("space" = Id, Path)),
    request_body = NewInvitation, responses(
    (status = 201, body = Invitation),
    (status = 403, description = "One does not keep order there, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 413, description = "There are fifty already, or the body is too large", body = Described),
    (status = 422, body = Described),
))]
pub async fn into_space(
    Writes(caller): Writes,
    Ids(id): Ids<SpaceId>,
    Body(NewInvitation { lasts, uses }): Body<NewInvitation>,
) -> Result<Made, Problem> {
    let link = invitations::create(&caller, Destination::Space(id), lasts, uses).await?;
    Ok((StatusCode::CREATED, Json(link.into())))
}

/// Revokes a link: it leads nowhere any more.
#[utoipa::path(delete, path = "/invitations/{invitation}", tag = "invitations",
    params(("invitation" = Id, Path)), responses(
    (status = 204, description = "It is revoked"),
    (status = 404, description = "There is none, or one may not invite to where it leads", body = Described),
))]
pub async fn revoke(Writes(caller): Writes, Ids(id): Ids<InvitationId>) -> Result<StatusCode, Problem> {
    invitations::revoke(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link that somebody has been given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// What it ends with.
    #[schema(value_type = String, pattern = "^[A-Za-z0-9_-]{16,64}$")]
    token: Token,
}

/// Where a link leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadsTo {
    /// What the group or the space is called.
    name: String,
    is_space: bool,
    /// People there; 1,000 stands for as many or more.
    members: u32,
    /// How whoever made the link is called.
    made_by: String,
}

/// Says where a link leads, before one joins.
///
/// Changes nothing, and is a POST so that the link stands in no address.
#[utoipa::path(post, path = "/invitations/look", tag = "invitations", request_body = Given, responses(
    (status = 200, body = LeadsTo),
    (status = 404, description = "It leads nowhere, or no longer", body = Described),
))]
pub async fn look(
    Reads(caller): Reads,
    Body(Given { token }): Body<Given>,
) -> Result<Json<LeadsTo>, Problem> {
    let found = invitations::look(&caller.app, &token).await?;
    let crate::invitations::Invitation { name, is_space, members, made_by, .. } = found;
    Ok(Json(LeadsTo { name, is_space, members, made_by }))
}

/// Where one has come in: one of the two.
#[derive(Debug, Serialize, ToSchema)]
pub struct Joined {
    #[schema(value_type = Option<Id>)]
    conversation: Option<ConversationId>,
    #[schema(value_type = Option<Id>)]
    space: Option<SpaceId>,
}

/// Comes in by a link.
///
/// Who is in already spends no use of it.
#[utoipa::path(post, path = "/invitations/join", tag = "invitations", request_body = Given, responses(
    (status = 200, body = Joined),
    (status = 404, description = "It leads nowhere, or no longer, or not for oneself", body = Described),
    (status = 413, description = "One is in as many spaces as one may be, or the body is too large", body = Described),
))]
pub async fn join(
    Writes(caller): Writes,
    Body(Given { token }): Body<Given>,
) -> Result<Json<Joined>, Problem> {
    Ok(Json(match invitations::join(&caller, &token).await? {
        Destination::Group(id) => Joined { conversation: Some(id), space: None },
        Destination::Space(id) => Joined { conversation: None, space: Some(id) },
    }))
}
