//! The channels of a space: made, put in order, deleted.
//!
//! What is said there, who is in a private one, and what they are called and for, is asked as of any conversation.

use axum::{
    Json,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    ROOT,
    body::{Body, Ids},
    conversations::{Conversation, about},
    problem::{Described, Problem},
    program::Writes,
    schemas::{Id, Name},
};
use crate::{
    ids::{ConversationId, SpaceId},
    server::spaces::channels,
};

/// A new channel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChannel {
    #[schema(value_type = Name)]
    name: String,
    /// Whether everyone in the space is in it. If not: those who run the space, and whom they add.
    #[serde(default = "open")]
    open: bool,
}

const fn open() -> bool {
    true
}

/// Makes a channel, behind the others.
#[utoipa::path(post, path = "/spaces/{space}/channels", tag = "spaces", params(("space" = Id, Path)),
    request_body = NewChannel, responses(
    (status = 201, body = Conversation),
    (status = 403, description = "One does not run the space, or the token may only read", body = Described),
    (status = 404, body = Described),
    (status = 413, description = "There are as many as there may be, or the body is too large", body = Described),
    (status = 422, body = Described),
))]
pub async fn create(
    Writes(caller): Writes,
    Ids(space): Ids<SpaceId>,
    Body(NewChannel { name, open }): Body<NewChannel>,
) -> Result<impl IntoResponse, Problem> {
    let id = channels::create(&caller, space, &name, open).await?;
    let location = format!("{ROOT}/conversations/{id}");
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(about(&caller, id).await?)))
}

/// What a channel is called, once more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelName {
    #[schema(value_type = Name)]
    name: String,
}

/// Deletes a channel, with all that was said there.
///
/// Asks for its name, as the page does. Groups and private talks are not deleted: one leaves them.
#[utoipa::path(delete, path = "/conversations/{conversation}", tag = "spaces", params(("conversation" = Id, Path)),
    request_body = ChannelName, responses(
    (status = 204, description = "It is gone"),
    (status = 403, description = "One does not run its space, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, or it is no channel", body = Described),
    (status = 409, description = "It is the last one of its space", body = Described),
    (status = 422, description = "It is called otherwise", body = Described),
))]
pub async fn delete(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(ChannelName { name }): Body<ChannelName>,
) -> Result<StatusCode, Problem> {
    channels::delete(&caller, id, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// To which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Up,
    Down,
}

/// Where to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    to: Side,
}

/// Puts a channel one place up or down among those of its space.
///
/// The first stays first, and the last stays last.
#[utoipa::path(post, path = "/conversations/{conversation}/shift", tag = "spaces",
    params(("conversation" = Id, Path)), request_body = Shift, responses(
    (status = 204, description = "It is there"),
    (status = 403, description = "One does not run its space, or the token may only read", body = Described),
    (status = 404, description = "One is not in it, or it is no channel", body = Described),
))]
pub async fn shift(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    Body(Shift { to }): Body<Shift>,
) -> Result<StatusCode, Problem> {
    channels::shift(&caller, id, to == Side::Up).await?;
    Ok(StatusCode::NO_CONTENT)
}
