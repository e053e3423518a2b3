//! Webhooks of a bot: addresses that are told what it hears, and addresses by which it speaks.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Body, Ids},
    messages::key,
    problem::{Described, Problem},
    program::LoggedIn,
    schemas::{Id, ReceiverAddress, Text},
};
use crate::{
    ids::{AccountId, ConversationId, MessageId, WebhookId},
    server::{
        access::{self, OwnBot},
        state::AppState,
        webhooks::{incoming, outgoing},
    },
    webhooks::{self, Health},
};

/// How a webhook fares.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookState {
    Well,
    /// It is tried again by itself.
    Failing,
    /// It was given up, until it is resumed.
    Stopped,
}

/// An address that is told what a bot hears.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhook {
    #[schema(value_type = Id)]
    id: WebhookId,
    /// Of which conversation everything is told; none: what is addressed to the bot, wherever it is.
    #[schema(value_type = Option<Id>)]
    conversation: Option<ConversationId>,
    address: String,
    /// With this deliveries are signed: for ten minutes after it was made, to whom it was made for.
    secret: Option<String>,
    state: WebhookState,
    /// Tries that have failed since one has not.
    failures: u32,
    /// What was answered last, where it failed.
    status: Option<u16>,
    /// RFC 3339, in UTC.
    created_at: String,
}

impl From<webhooks::Outgoing> for Webhook {
    fn from(webhook: webhooks::Outgoing) -> Self {
        let (state, failures, status) = match webhook.health {
            Health::Well => (WebhookState::Well, 0, None),
            Health::Failing { tries, status } => (WebhookState::Failing, tries, status),
            Health::Stopped { tries, status } => (WebhookState::Stopped, tries, status),
        };
        Self {
            id: webhook.id,
            conversation: webhook.conversation,
            address: webhook.address,
            secret: webhook.secret,
            state,
            failures,
            status,
            created_at: webhook.created_at.to_string(),
        }
    }
}

/// All of a bot: there are never more than twenty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhooks {
    /// The latest first.
    items: Vec<Webhook>,
}

async fn all(own: &OwnBot) -> Result<Vec<Webhook>, Problem> {
    let found = outgoing::list(own, &[]).await?;
    Ok(found.into_iter().map(Webhook::from).collect())
}

/// The addresses that are told what a bot hears.
#[utoipa::path(get, path = "/bots/{bot}/webhooks", tag = "webhooks", params(("bot" = Id, Path)), responses(
    (status = 200, body = Webhooks),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn list(LoggedIn(caller): LoggedIn, Ids(bot): Ids<AccountId>) -> Result<Json<Webhooks>, Problem> {
    Ok(Json(Webhooks { items: all(&access::own_bot(&caller, bot).await?).await? }))
}

/// A webhook to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// `https://` or `http://`, without a name and a password.
    #[schema(value_type = ReceiverAddress)]
    address: String,
    /// Where everything is told that is said. Left out, what is addressed to the bot is told: mentions by people, and what
    /// they say in private talks.
    #[schema(value_type = Option<Id>)]
    conversation: Option<ConversationId>,
}

/// From here on tells an address what a bot hears.
///
/// Deliveries are signed after Standard Webhooks, and described in docs/api/webhooks.md.
#[utoipa::path(post, path = "/bots/{bot}/webhooks", tag = "webhooks", params(("bot" = Id, Path)),
    request_body = NewWebhook, responses(
    (status = 201, body = Webhook),
    (status = 401, body = Described),
    (status = 403, description = "This Salon calls no addresses", body = Described),
    (status = 404, description = "No bot of one's own, or it is not in the conversation", body = Described),
    (status = 413, description = "The bot has as many as it may have, or the body is too large", body = Described),
))]
pub async fn create(
    LoggedIn(caller): LoggedIn,
    Ids(bot): Ids<AccountId>,
    Body(NewWebhook { address, conversation }): Body<NewWebhook>,
) -> Result<(StatusCode, Json<Webhook>), Problem> {
    let own = access::own_bot(&caller, bot).await?;
    let id = outgoing::create(&own, conversation, &address).await?;
    let made = all(&own).await?.into_iter().find(|webhook| webhook.id == id).ok_or(Problem::NOT_FOUND)?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Tells an address no more.
#[utoipa::path(delete, path = "/bots/{bot}/webhooks/{webhook}", tag = "webhooks",
    params(("bot" = Id, Path), ("webhook" = Id, Path)), responses(
    (status = 204, description = "It is gone"),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn remove(
    LoggedIn(caller): LoggedIn,
    Ids((bot, webhook)): Ids<(AccountId, WebhookId)>,
) -> Result<StatusCode, Problem> {
    outgoing::remove(&access::own_bot(&caller, bot).await?, webhook).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tries a webhook that fails, or was given up, again and at once.
///
/// It goes on where it stood: nothing is left out.
#[utoipa::path(post, path = "/bots/{bot}/webhooks/{webhook}/resume", tag = "webhooks",
    params(("bot" = Id, Path), ("webhook" = Id, Path)), responses(
    (status = 204, description = "It is tried"),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn resume(
    LoggedIn(caller): LoggedIn,
    Ids((bot, webhook)): Ids<(AccountId, WebhookId)>,
) -> Result<StatusCode, Problem> {
    outgoing::resume(&access::own_bot(&caller, bot).await?, webhook).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An address by which a bot speaks.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncomingWebhook {
    #[schema(value_type = Id)]
    id: WebhookId,
    /// Where what comes is said.
    #[schema(value_type = Id)]
    conversation: ConversationId,
    /// What follows Salon's own address: for ten minutes after it was made, to whom it was made for, and until it is used.
    path: Option<String>,
    /// RFC 3339, in UTC.
    created_at: String,
    /// When something last came, to some minutes.
    used_at: Option<String>,
}

impl From<webhooks::Incoming> for IncomingWebhook {
    fn from(webhook: webhooks::Incoming) -> Self {
        Self {
            id: webhook.id,
            conversation: webhook.conversation,
            path: webhook.address,
            created_at: webhook.created_at.to_string(),
            used_at: webhook.used_at.map(|at| at.to_string()),
        }
    }
}

/// All of a bot: there are never more than twenty.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncomingWebhooks {
    /// The latest first.
    items: Vec<IncomingWebhook>,
}

async fn all_incoming(own: &OwnBot) -> Result<Vec<IncomingWebhook>, Problem> {
    let found = incoming::list(own, &[]).await?;
    Ok(found.into_iter().map(IncomingWebhook::from).collect())
}

/// The addresses by which a bot speaks.
#[utoipa::path(get, path = "/bots/{bot}/incoming", tag = "webhooks", params(("bot" = Id, Path)), responses(
    (status = 200, body = IncomingWebhooks),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn list_incoming(
    LoggedIn(caller): LoggedIn,
    Ids(bot): Ids<AccountId>,
) -> Result<Json<IncomingWebhooks>, Problem> {
    Ok(Json(IncomingWebhooks { items: all_incoming(&access::own_bot(&caller, bot).await?).await? }))
}

/// Where a bot is to speak.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIncomingWebhook {
    #[schema(value_type = Id)]
    conversation: ConversationId,
}

/// Makes an address by which a bot speaks in a conversation.
#[utoipa::path(post, path = "/bots/{bot}/incoming", tag = "webhooks", params(("bot" = Id, Path)),
    request_body = NewIncomingWebhook, responses(
    (status = 201, body = IncomingWebhook),
    (status = 401, body = Described),
    (status = 404, description = "No bot of one's own, or it is not in the conversation", body = Described),
    (status = 413, description = "The bot has as many as it may have, or the body is too large", body = Described),
))]
pub async fn create_incoming(
    LoggedIn(caller): LoggedIn,
    Ids(bot): Ids<AccountId>,
    Body(NewIncomingWebhook { conversation }): Body<NewIncomingWebhook>,
) -> Result<(StatusCode, Json<IncomingWebhook>), Problem> {
    let own = access::own_bot(&caller, bot).await?;
    let id = incoming::create(&own, conversation).await?;
    let made = all_incoming(&own).await?.into_iter().find(|webhook| webhook.id == id);
    Ok((StatusCode::CREATED, Json(made.ok_or(Problem::NOT_FOUND)?)))
}

/// Takes an address away by which a bot speaks.
#[utoipa::path(delete, path = "/bots/{bot}/incoming/{webhook}", tag = "webhooks",
    params(("bot" = Id, Path), ("webhook" = Id, Path)), responses(
    (status = 204, description = "It is gone"),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn remove_incoming(
    LoggedIn(caller): LoggedIn,
    Ids((bot, webhook)): Ids<(AccountId, WebhookId)>,
) -> Result<StatusCode, Problem> {
    incoming::remove(&access::own_bot(&caller, bot).await?, webhook).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a bot is to say. Other fields, which programs send that were written for other messengers, are not looked at.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HookMessage {
    /// At most 8,000 characters, unless whoever runs the server has decided otherwise. `text` does as well.
    #[schema(value_type = Text)]
    #[serde(alias = "text")]
    body: String,
}

/// What was said, for whoever may not read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HookAnswer {
    #[schema(value_type = Id)]
    id: MessageId,
}

/// Says something in the name of a bot.
///
/// The address itself is the key: whoever has it may do this, and nothing else. It stands in no log of Salon's.
#[utoipa::path(post, path = "/hooks/{token}", tag = "webhooks", security(()),
    params(("token" = String, Path), ("Idempotency-Key" = Option<String>, Header, pattern = r#"^"?[A-Za-z0-9_-]{16,64}"?$"#)),
    request_body = HookMessage, responses(
    (status = 201, description = "Said, now or under this key before", body = HookAnswer),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 403, description = "The bot may only read there", body = Described),
    (status = 404, description = "The address leads nowhere, or no longer", body = Described),
    (status = 409, description = "Something else was said under this key", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, body = Described),
    (status = 429, body = Described),
))]
pub async fn say(
    State(app): State<AppState>,
    Ids(token): Ids<String>,
    headers: HeaderMap,
    Body(HookMessage { body }): Body<HookMessage>,
) -> Result<(StatusCode, Json<HookAnswer>), Problem> {
    let said = incoming::say(&app, &token, key(&headers, None)?, &body).await?;
    Ok((StatusCode::CREATED, Json(HookAnswer { id: said.id })))
}
