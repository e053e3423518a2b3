//! Saying something, as every document has it: to one user, or to all.

use super::refusal::Refusal;
use crate::{
    ids::{AccountId, ClientKey},
    messages::Message,
    server::{
        caller::Caller,
        conversations::{self, everyone, parties::Parties},
        messages,
    },
};

/// Says something to a user, or to everyone: the message, and who talks where it stands.
///
/// # Errors
/// 404 for an unknown receiver and for one who takes nothing from the caller; 403 where one may only read.
pub async fn say(
    caller: &Caller,
    receiver: Option<AccountId>,
    content: &str,
) -> Result<(Message, Parties), Refusal> {
    let (conversation, parties) = match receiver {
        Some(other) => {
            let talk = conversations::open_direct(caller, other).await?;
            (talk, Parties::Two(caller.account, other))
        }
        None => (everyone::room(), Parties::Everyone),
    };
    let key = ClientKey::from_random(rand::random());
    let message = messages::send(caller, conversation, key, content, (None, None), None).await?;
    Ok((message, parties))
}
