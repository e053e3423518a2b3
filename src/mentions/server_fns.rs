//! The border between a person's browser and those whom they may mean.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::completing::Completion;
use crate::{
    border::{Call, Json},
    error::Error,
    ids::ConversationId,
};

/// What `text`, which begins with `@` or `:`, may become in a conversation; at most [`super::completing::MOST_SHOWN`].
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation; `TooFast`.
#[server(prefix = "/read", endpoint = "completions", protocol = Call<GetUrl>)]
pub async fn read_completions(
    conversation: ConversationId,
    text: String,
) -> Result<Json<Vec<Completion>>, Error> {
    use crate::server::{access, caller::Caller, mentions::completing};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&completing::completions(&caller, &member, &text).await?))
}

/// Those of `names`, with commas between them, that nobody has who is in the conversation. Whether anybody else has
/// them is not told.
///
/// # Errors
/// As [`read_completions`].
#[server(prefix = "/read", endpoint = "absent", protocol = Call<GetUrl>)]
pub async fn read_absent(conversation: ConversationId, names: String) -> Result<Json<Vec<String>>, Error> {
    use crate::server::{access, caller::Caller, mentions::completing};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&completing::absent(&caller, &member, &names).await?))
}
