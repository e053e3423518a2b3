//! The border between a person's browser and who has read what they said.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::Readers;
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{ConversationId, MessageId},
};

/// Who has read a message that the viewer has sent to a group, from behind the username `after` on.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Forbidden` for one that is not
/// the viewer's own, and outside groups and channels.
#[server(prefix = "/read", endpoint = "readers", protocol = Call<GetUrl>)]
pub async fn read_readers(
    conversation: ConversationId,
    message: MessageId,
    after: Option<String>,
) -> Result<Json<Readers>, Error> {
    use crate::server::{access, caller::Caller, receipts};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&receipts::readers(&caller, &member, message, after.as_deref()).await?))
}
