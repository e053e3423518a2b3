//! The border between a person's browser and the threads they follow.

use leptos::{prelude::*, server_fn::codec::PostUrl};

use crate::{
    border::Call,
    error::Error,
    ids::{ConversationId, MessageId},
};

/// From now on the viewer hears of a thread, or, if not `follows`, no longer. Once more changes nothing.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that cannot be at the head of a thread
/// there; `TooFast`.
#[server(prefix = "/do", endpoint = "follow_thread", protocol = Call<PostUrl>)]
pub async fn follow_thread(
    conversation: ConversationId,
    thread: MessageId,
    follows: bool,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, threads};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(threads::follow(&caller, &member, thread, follows).await?)
}

/// Notes that the viewer has read a thread up to `position`. Never goes back; who does not follow it has nothing to note.
///
/// # Errors
/// As [`follow_thread`].
#[server(prefix = "/do", endpoint = "mark_thread_read", protocol = Call<PostUrl>)]
pub async fn mark_thread_read(
    conversation: ConversationId,
    thread: MessageId,
    position: i64,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, threads};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(threads::mark_read(&caller, &member, thread, position).await?)
}
