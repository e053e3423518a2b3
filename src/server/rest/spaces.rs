//! Spaces and their channels.

use axum::{
    Json,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ROOT,
    body::{Body, Ids},
    etag::Known,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Id, Name},
};
use crate::{
    error::Error,
    ids::{AccountId, ConversationId, SpaceId},
    server::{caller::Caller, conversations, spaces},
    spaces::{ChannelLine, Rank, SpaceLine},
};

/// A space, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Space {
    #[schema(value_type = Id)]
    id: SpaceId,
    name: String,
    /// Unread messages in channels that are counted; 100 stands for as many or more.
    unread: u32,
    /// Those that name the reader, or everyone.
    mentions: u32,
}

/// A channel of a space.
#[derive(Debug, Serialize, ToSchema)]
pub struct Channel {
    /// The conversation that it is.
    #[schema(value_type = Id)]
    conversation: ConversationId,
    name: String,
    /// Whether everyone in the space is in it.
    open: bool,
    unread: u32,
    mentions: u32,
}

/// All spaces that one is in: there are never more than a hundred.
#[derive(Debug, Serialize, ToSchema)]
pub struct Spaces {
    items: Vec<Space>,
}

/// A space with its channels: there are never more than two hundred.
#[derive(Debug, Serialize, ToSchema)]
pub struct Opened {
    #[schema(value_type = Id)]
    id: SpaceId,
    name: String,
    /// What the reader is there.
    #[schema(value_type = String, pattern = "^(owner|admin|moderator|member)$")]
    rank: Rank,
    /// People in it; 1,000 stands for as many or more.
    members: u32,
    channels: Vec<Channel>,
}

/// The spaces that one is in, by name.
#[utoipa::path(get, path = "/spaces", tag = "spaces", responses(
    (status = 200, body = Spaces),
    (status = 401, body = Described),
))]
pub async fn list(Reads(caller): Reads) -> Result<Json<Spaces>, Problem> {
    let home = conversations::home(&caller, None, None, None).await?;
    let space = |SpaceLine { id, name, unread, mentions }| Space { id, name, unread, mentions };
    Ok(Json(Spaces { items: home.spaces.into_iter().map(space).collect() }))
}

/// A space of the caller's.
async fn opened(caller: &Caller, space: SpaceId) -> Result<Opened, Problem> {
    let home = conversations::home(caller, None, Some(space), None).await?;
    let space = home.space.ok_or(Error::NotFound)?;
    let channel = |line: ChannelLine| Channel {
        conversation: line.conversation,
        name: line.name,
        open: line.is_open,
        unread: line.unread,
        mentions: line.mentions,
    };
    let channels = space.channels.into_iter().map(channel).collect();
    Ok(Opened { id: space.id, name: space.name, rank: space.rank, members: space.members, channels })
}

/// A space and the channels of it that one may see, in their order.
#[utoipa::path(get, path = "/spaces/{space}", tag = "spaces", params(("space" = Id, Path), Known), responses(
    (status = 200, body = Opened),
    (status = 304, description = "It is as the program knows it"),
    (status = 401, body = Described),
    (status = 404, description = "There is no such space, or one is not in it", body = Described),
))]
pub async fn one(Reads(caller): Reads, Ids(space): Ids<SpaceId>) -> Result<Json<Opened>, Problem> {
    Ok(Json(opened(&caller, space).await?))
}

/// What a space is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpaceName {
    #[schema(value_type = Name)]
    name: String,
}

/// Makes a space, with one open channel.
///
/// Whoever makes it owns it.
#[utoipa::path(post, path = "/spaces", tag = "spaces", request_body = SpaceName, responses(
    (status = 201, body = Opened),
    (status = 413, description = "One is in as many spaces as one may be, or the body is too large", body = Described),
    (status = 422, body = Described),
))]
pub async fn create(
    Writes(caller): Writes,
    Body(SpaceName { name }): Body<SpaceName>,
) -> Result<impl IntoResponse, Problem> {
    let space = spaces::create(&caller, &name, caller.viewer.locale.unwrap_or_default()).await?;
    let location = format!("{ROOT}/spaces/{space}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(opened(&caller, space).await?)))
}

/// Says what a space is called.
#[utoipa::path(patch, path = "/spaces/{space}", tag = "spaces", params(("space" = Id, Path)),
    request_body = SpaceName, responses(
    (status = 200, body = Opened),
    (status = 403, description = "One does not run it, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 422, body = Described),
))]
pub async fn rename(
    Writes(caller): Writes,
    Ids(space): Ids<SpaceId>,
    Body(SpaceName { name }): Body<SpaceName>,
) -> Result<Json<Opened>, Problem> {
    spaces::rename(&caller, space, &name).await?;
    Ok(Json(opened(&caller, space).await?))
}

/// Deletes a space, with its channels and all that was said there.
///
/// Asks for its name, as the page does. The people stay.
#[utoipa::path(delete, path = "/spaces/{space}", tag = "spaces", params(("space" = Id, Path)),
    request_body = SpaceName, responses(
    (status = 204, description = "It is gone"),
    (status = 403, description = "One does not own it, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 422, description = "It is called otherwise", body = Described),
))]
pub async fn delete(
    Writes(caller): Writes,
    Ids(space): Ids<SpaceId>,
    Body(SpaceName { name }): Body<SpaceName>,
) -> Result<StatusCode, Problem> {
    spaces::delete(&caller, space, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whose it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Heir {
    /// Somebody who is in it.
    #[schema(value_type = Id, minimum = 1)]
    account: AccountId,
    /// What the space is called, once more.
    #[schema(value_type = Name)]
    name: String,
}

/// Hands a space over to another member; oneself becomes an admin.
#[utoipa::path(put, path = "/spaces/{space}/owner", tag = "spaces", params(("space" = Id, Path)),
    request_body = Heir, responses(
    (status = 204, description = "It is theirs"),
    (status = 403, description = "One does not own it, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, or they are not", body = Described),
    (status = 422, description = "It is called otherwise", body = Described),
))]
pub async fn hand_over(
    Writes(caller): Writes,
    Ids(space): Ids<SpaceId>,
    Body(Heir { account, name }): Body<Heir>,
) -> Result<StatusCode, Problem> {
    spaces::hand_over(&caller, space, account, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
