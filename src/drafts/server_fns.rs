//! The border between a person's browsers and what they have begun to write.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{Changed, Kept};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
};

/// Keeps what the viewer has begun to write in a conversation, or in a thread of it; nothing, if `text` is blank. It is
/// kept if `revision` is that of what is kept there so far (0: nothing was known to be); else the answer is what is.
/// `writer` is the browser, by a name that it chose; `sender` who wrote it: in the name of anybody else nothing is kept.
///
/// # Errors
/// `SignedOut` if that is not who is logged in; `Invalid` for a text that is too long to be sent, or could not be;
/// `NotFound` for everyone who is not in the conversation, and for a message that is no head of a thread in it; `TooFast`.
#[server(prefix = "/do", endpoint = "save_draft", protocol = Call<PostUrl>)]
pub async fn save_draft(
    conversation: ConversationId,
    thread: Option<MessageId>,
    #[server(default)] text: String,
    #[server(default)] revision: i64,
    writer: ClientKey,
    sender: Option<AccountId>,
) -> Result<Json<Kept>, Error> {
    use crate::server::{access, caller::Caller, drafts};
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&drafts::save(&caller, &member, thread, &text, (revision, writer)).await?))
}

/// What the viewer has begun to write, and what they have sent or taken away of it, in the order in which it changed;
/// `after` a revision, for what has changed since. `reader` as the sender with [`save_draft`].
///
/// # Errors
/// `SignedOut` if that is not who is logged in.
#[server(prefix = "/read", endpoint = "drafts", protocol = Call<GetUrl>)]
pub async fn read_drafts(after: Option<i64>, reader: Option<AccountId>) -> Result<Json<Changed>, Error> {
    use crate::server::{caller::Caller, drafts};
    Ok(Json::of(&drafts::changed(&Caller::current_as(reader)?, after.unwrap_or(0)).await?))
}
