//! The border between a person's browser and what they choose for a conversation. Only their own choice is ever asked
//! for or changed.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{Choices, Level, Mute};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::ConversationId,
};

/// What the viewer has chosen: how much to hear of a conversation, and where it stands in their list.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(prefix = "/read", endpoint = "choices", protocol = Call<GetUrl>)]
pub async fn read_choices(id: ConversationId) -> Result<Json<Choices>, Error> {
    use crate::server::{access, caller::Caller, conversations::choices};
    let caller = Caller::current()?;
    let member = access::member(&caller, id).await?;
    Ok(Json::of(&choices::show(&caller, &member).await?))
}

/// Shows nothing in a conversation as unread, for a time or until it is lifted.
///
/// # Errors
/// `NotFound` for everyone who is not in it; `TooFast`.
#[server(prefix = "/do", endpoint = "mute_conversation", protocol = Call<PostUrl>)]
pub async fn mute_conversation(conversation: ConversationId, length: Mute) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::choices};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(choices::choose(&caller, &member, choices::Choice::Mute(length)).await?)
}

/// Ends a mute before its time. What is unread is shown as such again.
///
/// # Errors
/// As [`mute_conversation`].
#[server(prefix = "/do", endpoint = "unmute_conversation", protocol = Call<PostUrl>)]
pub async fn unmute_conversation(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::choices};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(choices::choose(&caller, &member, choices::Choice::Unmute).await?)
}

/// Says of which messages the viewer wants to hear.
///
/// # Errors
/// As [`mute_conversation`].
#[server(prefix = "/do", endpoint = "set_level", protocol = Call<PostUrl>)]
pub async fn set_level(conversation: ConversationId, level: Level) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::choices, forms};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    choices::choose(&caller, &member, choices::Choice::Level(level)).await?;
    forms::go_and_tell(&super::notifications_path(conversation));
    Ok(())
}

/// Has a conversation stand first in the list.
///
/// # Errors
/// As [`mute_conversation`]; `Invalid` for more than [`super::MOST_PINNED`].
#[server(prefix = "/do", endpoint = "pin_conversation", protocol = Call<PostUrl>)]
pub async fn pin_conversation(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::choices};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(choices::choose(&caller, &member, choices::Choice::Pin).await?)
}

/// Has it stand by its activity again.
///
/// # Errors
/// As [`mute_conversation`].
#[server(prefix = "/do", endpoint = "unpin_conversation", protocol = Call<PostUrl>)]
pub async fn unpin_conversation(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::choices};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(choices::choose(&caller, &member, choices::Choice::Unpin).await?)
}

/// Takes a conversation out of the list, until something new is said there.
///
/// # Errors
/// As [`mute_conversation`].
#[server(prefix = "/do", endpoint = "hide_conversation", protocol = Call<PostUrl>)]
pub async fn hide_conversation(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::choices};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(choices::choose(&caller, &member, choices::Choice::Hide).await?)
}

/// Takes it back into the list.
///
/// # Errors
/// As [`mute_conversation`].
#[server(prefix = "/do", endpoint = "show_conversation", protocol = Call<PostUrl>)]
pub async fn show_conversation(conversation: ConversationId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, conversations::choices};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(choices::choose(&caller, &member, choices::Choice::ShowAgain).await?)
}
