//! The border between a person's browser and the places where they talk.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::{Conversation, Home};
use crate::{
    error::Error,
    ids::{AccountId, ConversationId},
    time::Timestamp,
};

/// Opens the private conversation with a friend, which is made if there is none, and goes there.
///
/// # Errors
/// `NotFound` for somebody who is not a friend and with whom there is no conversation.
#[server(prefix = "/do", endpoint = "open_conversation")]
pub async fn open_conversation(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, conversations, forms};
    let conversation = conversations::open_direct(&Caller::current()?, account).await?;
    forms::go_to(&super::path(conversation));
    Ok(())
}

/// What awaits an answer, and the conversations, from behind the place (`active_at`, `id`) on.
///
/// # Errors
/// `SignedOut`.
#[server(name = ReadHome, prefix = "/read", endpoint = "home", input = GetUrl)]
pub async fn home(active_at: Option<Timestamp>, id: Option<ConversationId>) -> Result<Home, Error> {
    use crate::server::{caller::Caller, conversations};
    let behind = active_at.zip(id).map(|(active_at, id)| super::Place { active_at, id });
    Ok(conversations::home(&Caller::current()?, behind).await?)
}

/// A conversation with its latest messages, or with those before a position.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(name = ReadConversation, prefix = "/read", endpoint = "conversation", input = GetUrl)]
pub async fn conversation(id: ConversationId, before: Option<i64>) -> Result<Conversation, Error> {
    use crate::server::{access, caller::Caller, conversations};
    let caller = Caller::current()?;
    let member = access::member(&caller, id).await?;
    Ok(conversations::show(&caller, &member, before).await?)
}
