//! The border between a person's browser and what they say.

use leptos::prelude::*;

use super::Message;
use crate::{
    error::Error,
    ids::{ClientKey, ConversationId},
};

/// Sends a message. Sending the same again under the same key gives the same answer and stores nothing.
///
/// # Errors
/// `Invalid` for a text that cannot be sent, `NotFound` for somebody else's conversation, `Forbidden`
/// where one may only read, `Conflict` if the key was used for another message, `TooFast`.
#[server(prefix = "/do", endpoint = "send_message")]
pub async fn send_message(
    conversation: ConversationId,
    key: ClientKey,
    body: String,
) -> Result<Message, Error> {
    use crate::server::{access, caller::Caller, messages};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(messages::send(&caller, &member, key, &body).await?)
}
