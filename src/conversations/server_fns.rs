//! The border between a person's browser and the places where they talk.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::{Conversation, Home, window::Window};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ConversationId, MessageId},
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
#[server(prefix = "/read", endpoint = "home", protocol = Call<GetUrl>)]
pub async fn read_home(
    active_at: Option<Timestamp>,
    id: Option<ConversationId>,
) -> Result<Json<Home>, Error> {
    use crate::server::{caller::Caller, conversations};
    let behind = active_at.zip(id).map(|(active_at, id)| super::Place { active_at, id });
    Ok(Json::of(&conversations::home(&Caller::current()?, behind).await?))
}

/// A conversation with the part of its messages that `window` names.
///
/// # Errors
/// `NotFound` for everyone who is not in it, and for a message that is not.
#[server(prefix = "/read", endpoint = "conversation", protocol = Call<GetUrl>)]
pub async fn read_conversation(
    id: ConversationId,
    #[server(default)] window: Window,
) -> Result<Json<Conversation>, Error> {
    use crate::server::{access, caller::Caller, conversations};
    let caller = Caller::current()?;
    let member = access::member(&caller, id).await?;
    Ok(Json::of(&conversations::show(&caller, &member, window).await?))
}

/// As [`read_conversation`], for those who need it read.
///
/// # Errors
/// As [`read_conversation`].
pub async fn conversation(id: ConversationId, window: Window) -> Result<Conversation, Error> {
    read_conversation(id, window).await?.read()
}

/// The viewer has read the conversation up to `position`. Reading never goes back by this.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(prefix = "/do", endpoint = "mark_read")]
pub async fn mark_read(conversation: ConversationId, position: i64) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, reading};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(reading::mark_read(&caller, &member, position).await?)
}

/// The viewer wants to come back to `message` and what follows: it counts as unread again.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not.
#[server(prefix = "/do", endpoint = "mark_unread")]
pub async fn mark_unread(conversation: ConversationId, message: MessageId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, reading};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(reading::mark_unread(&caller, &member, message).await?)
}
