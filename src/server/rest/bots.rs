//! Bots: accounts by which programs talk. What is done to them wants a program that has logged in with the password.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Body, Ids},
    problem::{Described, Problem},
    program::LoggedIn,
    schemas::{BotName, Id, Name},
};
use crate::{
    accounts::Person,
    ids::{AccountId, ConversationId, SpaceId},
    invitations::Destination,
    server::{access, bots, caller::Caller},
};

/// A bot.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bot {
    #[schema(value_type = Id)]
    id: AccountId,
    /// Ends in `bot`.
    username: String,
    display_name: String,
    /// RFC 3339, in UTC.
    created_at: String,
}

impl From<crate::bots::Bot> for Bot {
    fn from(crate::bots::Bot { person, created_at }: crate::bots::Bot) -> Self {
        let Person { id, username, display_name } = person;
        Self { id, username, display_name, created_at: created_at.to_string() }
    }
}

/// All of them: there are never more than twenty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bots {
    /// The latest first.
    items: Vec<Bot>,
}

/// One's bots.
#[utoipa::path(get, path = "/bots", tag = "bots", responses(
    (status = 200, body = Bots),
    (status = 401, body = Described),
))]
pub async fn list(LoggedIn(caller): LoggedIn) -> Result<Json<Bots>, Problem> {
    let found = bots::list(&caller).await?;
    Ok(Json(Bots { items: found.bots.into_iter().map(Bot::from).collect() }))
}

/// A bot to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBot {
    #[schema(value_type = Name)]
    display_name: String,
    #[schema(value_type = BotName)]
    username: String,
}

/// A conversation that a bot is in.
#[derive(Debug, Serialize, ToSchema)]
pub struct BotPlace {
    #[schema(value_type = Id)]
    id: ConversationId,
    name: String,
}

/// A bot with what opens it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BotDetails {
    #[serde(flatten)]
    bot: Bot,
    /// What the bot's program shows as its access token: for ten minutes after it was made, to whom it was made for.
    token: Option<String>,
    /// Where it is; at most 200.
    conversations: Vec<BotPlace>,
}

/// # Errors
/// `NotFound` if it is not the caller's.
async fn details(caller: &Caller, bot: AccountId) -> Result<BotDetails, Problem> {
    let found = bots::details(&access::own_bot(caller, bot).await?).await?;
    let place = |place: crate::bots::Place| BotPlace { id: place.id, name: place.name };
    let conversations = found.places.into_iter().map(place).collect();
    Ok(BotDetails { bot: found.bot.into(), token: found.token, conversations })
}

/// Makes a bot. It is a friend of one's own from the beginning.
#[utoipa::path(post, path = "/bots", tag = "bots", request_body = NewBot, responses(
    (status = 201, body = BotDetails),
    (status = 401, body = Described),
    (status = 409, description = "Somebody has this username", body = Described),
    (status = 413, description = "One has as many bots as one may have, or the body is too large", body = Described),
))]
pub async fn create(
    LoggedIn(caller): LoggedIn,
    Body(NewBot { display_name, username }): Body<NewBot>,
) -> Result<(StatusCode, Json<BotDetails>), Problem> {
    let bot = bots::create(&caller, &display_name, &username).await?;
    Ok((StatusCode::CREATED, Json(details(&caller, bot).await?)))
}

/// One of one's bots.
#[utoipa::path(get, path = "/bots/{bot}", tag = "bots", params(("bot" = Id, Path)), responses(
    (status = 200, body = BotDetails),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn one(LoggedIn(caller): LoggedIn, Ids(bot): Ids<AccountId>) -> Result<Json<BotDetails>, Problem> {
    Ok(Json(details(&caller, bot).await?))
}

/// Deletes a bot, its token and its webhooks. What it has said stays, under no name.
#[utoipa::path(delete, path = "/bots/{bot}", tag = "bots", params(("bot" = Id, Path)), responses(
    (status = 204, description = "It is gone"),
    (status = 401, body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It has a group or a space to hand over first", body = Described),
))]
pub async fn delete(LoggedIn(caller): LoggedIn, Ids(bot): Ids<AccountId>) -> Result<StatusCode, Problem> {
    bots::delete(&access::own_bot(&caller, bot).await?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a bot another token.
///
/// Those before open nothing any more, and live connections that they opened are closed.
#[utoipa::path(post, path = "/bots/{bot}/token", tag = "bots", params(("bot" = Id, Path)), responses(
    (status = 200, body = BotDetails),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn renew(
    LoggedIn(caller): LoggedIn,
    Ids(bot): Ids<AccountId>,
) -> Result<Json<BotDetails>, Problem> {
    bots::renew_token(&access::own_bot(&caller, bot).await?).await?;
    Ok(Json(details(&caller, bot).await?))
}

/// By what a bot comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BotInvitation)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// The token of an invitation, or the address that ends with it.
    #[schema(max_length = 500)]
    invitation: String,
}

/// Where a bot has come in: one of the two.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BotJoined)]
pub struct Joined {
    #[schema(value_type = Option<Id>)]
    conversation: Option<ConversationId>,
    #[schema(value_type = Option<Id>)]
    space: Option<SpaceId>,
}

/// Lets a bot into where an invitation leads.
#[utoipa::path(post, path = "/bots/{bot}/join", tag = "bots", params(("bot" = Id, Path)),
    request_body = Invitation, responses(
    (status = 200, body = Joined),
    (status = 401, body = Described),
    (status = 404, body = Described),
    (status = 413, description = "It is in as many spaces as it may be, or the body is too large", body = Described),
    (status = 422, description = "The invitation leads nowhere, or no longer, or not for this bot", body = Described),
))]
pub async fn join(
    LoggedIn(caller): LoggedIn,
    Ids(bot): Ids<AccountId>,
    Body(Invitation { invitation }): Body<Invitation>,
) -> Result<Json<Joined>, Problem> {
    let own = access::own_bot(&caller, bot).await?;
    Ok(Json(match bots::join(&own, &invitation).await? {
        Destination::Group(id) => Joined { conversation: Some(id), space: None },
        Destination::Space(id) => Joined { conversation: None, space: Some(id) },
    }))
}
