//! The border between a person's browser and the webhooks of their bots.

use leptos::{prelude::*, server_fn::codec::PostUrl};

use crate::{
    border::Call,
    error::Error,
    ids::{AccountId, ConversationId, WebhookId},
};

/// What stands in a form in place of a conversation for what is addressed to the bot.
pub const ADDRESSED: &str = "addressed";

/// From here on tells `address` what a bot hears: everything in one conversation, or what is [`ADDRESSED`] to it.
///
/// # Errors
/// `NotFound` if the bot is not the viewer's, or not in the conversation; `Invalid` for what is no address; `Forbidden` where
/// this Salon calls no addresses; `TooMuch` for a bot that has [`MOST_WEBHOOKS`](super::MOST_WEBHOOKS) already; `TooFast`.
#[server(prefix = "/do", endpoint = "create_webhook", protocol = Call<PostUrl>)]
pub async fn create_webhook(bot: AccountId, what: String, address: String) -> Result<(), Error> {
    use crate::{
        error::{Field, Why},
        server::{access, caller::Caller, forms, webhooks::outgoing},
    };
    let conversation = match what.as_str() {
        ADDRESSED => None,
        id => Some(id.parse::<ConversationId>().map_err(|_| Error::invalid(Field::Form, Why::Shape))?),
    };
    outgoing::create(&access::own_bot(&Caller::current()?, bot).await?, conversation, &address).await?;
    forms::go_to(&crate::bots::path(bot));
    Ok(())
}

/// Tells an address no more.
///
/// # Errors
/// `NotFound` if the bot is not the viewer's, or has no such webhook.
#[server(prefix = "/do", endpoint = "remove_webhook", protocol = Call<PostUrl>)]
pub async fn remove_webhook(bot: AccountId, webhook: WebhookId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, webhooks::outgoing};
    Ok(outgoing::remove(&access::own_bot(&Caller::current()?, bot).await?, webhook).await?)
}

/// Tries a webhook that fails, or was given up, again and at once.
///
/// # Errors
/// `NotFound` if the bot is not the viewer's, or has no such webhook.
#[server(prefix = "/do", endpoint = "resume_webhook", protocol = Call<PostUrl>)]
pub async fn resume_webhook(bot: AccountId, webhook: WebhookId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, webhooks::outgoing};
    Ok(outgoing::resume(&access::own_bot(&Caller::current()?, bot).await?, webhook).await?)
}

/// Makes an address by which a bot speaks in a conversation. It is shown where it was made, for some minutes.
///
/// # Errors
/// `NotFound` if the bot is not the viewer's, or not in the conversation; `TooMuch` for a bot that has
/// [`MOST_WEBHOOKS`](super::MOST_WEBHOOKS) already; `TooFast`.
#[server(prefix = "/do", endpoint = "create_incoming_webhook", protocol = Call<PostUrl>)]
pub async fn create_incoming_webhook(bot: AccountId, conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, webhooks::incoming};
    incoming::create(&access::own_bot(&Caller::current()?, bot).await?, conversation).await?;
    forms::go_to(&crate::bots::path(bot));
    Ok(())
}

/// Takes such an address away.
///
/// # Errors
/// `NotFound` if the bot is not the viewer's, or has no such address.
#[server(prefix = "/do", endpoint = "remove_incoming_webhook", protocol = Call<PostUrl>)]
pub async fn remove_incoming_webhook(bot: AccountId, webhook: WebhookId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, webhooks::incoming};
    Ok(incoming::remove(&access::own_bot(&Caller::current()?, bot).await?, webhook).await?)
}
