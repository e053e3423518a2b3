//! The border between a person's browser and what is unread of theirs.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{Sweep, Unreads};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::ConversationId,
};

/// What is unread of the viewer's, of which they want to hear: the conversations from behind `after` on, with the first
/// messages of each.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "unread", protocol = Call<GetUrl>)]
pub async fn read_unread(after: Option<ConversationId>) -> Result<Json<Unreads>, Error> {
    use crate::server::{caller::Caller, catching_up};
    Ok(Json::of(&catching_up::unread(&Caller::current()?, after).await?))
}

/// Marks everything read, wherever the viewer is. Nobody else is told that they have read it.
///
/// # Errors
/// `SignedOut`, `TooFast`.
#[server(prefix = "/do", endpoint = "mark_all_read", protocol = Call<PostUrl>)]
pub async fn mark_all_read() -> Result<Json<Sweep>, Error> {
    use crate::server::{caller::Caller, catching_up};
    Ok(Json::of(&catching_up::mark_all_read(&Caller::current()?).await?))
}

/// Lets everything be unread again that was marked read at once, except where somebody has read on since. `at` is when
/// it was, in milliseconds. Once more changes nothing.
///
/// # Errors
/// `SignedOut`, `TooFast`; `Conflict` if it is too late.
#[server(prefix = "/do", endpoint = "undo_all_read", protocol = Call<PostUrl>)]
pub async fn undo_all_read(at: i64) -> Result<(), Error> {
    use crate::server::{caller::Caller, catching_up};
    Ok(catching_up::undo_all_read(&Caller::current()?, crate::time::Timestamp::from_millis(at)).await?)
}
