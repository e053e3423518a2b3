//! The border between a person's browser and what they say.

use leptos::{prelude::*, server_fn::codec::PostUrl};

use super::Message;
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ClientKey, ConversationId},
};

/// Sends a message. Sending the same again under the same key gives the same answer and stores nothing. `sender` is
/// who wrote it, where the page knows: in the name of anybody else it is not sent, even if they share a browser.
///
/// # Errors
/// `SignedOut` if that is not who is logged in, `Invalid` for a text that cannot be sent, `NotFound` for somebody
/// else's conversation, `Forbidden` where one may only read, `Conflict` if the key was used for another message,
/// `TooFast`.
#[server(name = SendMessage, prefix = "/do", endpoint = "send_message", protocol = Call<PostUrl>)]
pub async fn post_message(
    conversation: ConversationId,
    key: ClientKey,
    body: String,
    sender: Option<AccountId>,
) -> Result<Json<Message>, Error> {
    use crate::server::{access, caller::Caller, messages};
    let caller = Caller::current()?;
    if sender.is_some_and(|sender| sender != caller.account) {
        return Err(Error::SignedOut);
    }
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&messages::send(&caller, &member, key, &body).await?))
}

/// As [`post_message`], with the answer read.
///
/// # Errors
/// As [`post_message`].
pub async fn send_message(
    conversation: ConversationId,
    key: ClientKey,
    body: String,
    sender: Option<AccountId>,
) -> Result<Message, Error> {
    post_message(conversation, key, body, sender).await?.read()
}
