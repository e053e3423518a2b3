//! Spaces and their channels.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    body::Ids,
    problem::{Described, Problem},
    program::Reads,
    schemas::Id,
};
use crate::{
    error::Error,
    ids::{ConversationId, SpaceId},
    server::conversations,
    spaces::{ChannelLine, SpaceLine},
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

/// A space and the channels of it that one may see, in their order.
#[utoipa::path(get, path = "/spaces/{space}", tag = "spaces", params(("space" = Id, Path)), responses(
    (status = 200, body = Opened),
    (status = 401, body = Described),
    (status = 404, description = "There is no such space, or one is not in it", body = Described),
))]
pub async fn one(Reads(caller): Reads, Ids(space): Ids<SpaceId>) -> Result<Json<Opened>, Problem> {
    let home = conversations::home(&caller, None, Some(space), None).await?;
    let space = home.space.ok_or(Error::NotFound)?;
    let channel = |line: ChannelLine| Channel {
        conversation: line.conversation,
        name: line.name,
        open: line.is_open,
        unread: line.unread,
        mentions: line.mentions,
    };
    let channels = space.channels.into_iter().map(channel).collect();
    Ok(Json(Opened { id: space.id, name: space.name, channels }))
}
