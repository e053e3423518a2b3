//! The border between a person's browser and what is asked of everybody.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{Pollable, Votes};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
};

/// A conversation where the viewer may ask something.
///
/// # Errors
/// `NotFound` for everyone who is not in it; `Forbidden` where one may only read.
#[server(prefix = "/read", endpoint = "pollable", protocol = Call<GetUrl>)]
pub async fn read_pollable(conversation: ConversationId) -> Result<Json<Pollable>, Error> {
    use crate::server::{access, caller::Caller, polls};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&polls::pollable(&caller, &member).await?))
}

/// Asks something, in a thread or beside all, and goes to where it stands. The same again under the same key stores nothing.
///
/// # Errors
/// `Invalid` for what cannot be asked (see [`NewPoll`](super::drafting::NewPoll)); what refuses a message.
#[server(prefix = "/do", endpoint = "create_poll", protocol = Call<PostUrl>)]
pub async fn create_poll(
    conversation: ConversationId,
    key: ClientKey,
    question: String,
    #[server(default)] answers: Vec<String>,
    #[server(default)] several: bool,
    closes: Option<String>,
    thread: Option<MessageId>,
) -> Result<(), Error> {
    use super::drafting::{Lasts, NewPoll};
    use crate::server::{caller::Caller, forms, polls};
    let caller = Caller::current()?;
    let poll = NewPoll::new(&question, &answers, several, Lasts::read(closes.as_deref())?)?;
    polls::ask(&caller, conversation, thread, key, poll).await?;
    forms::go_to(&crate::conversations::path_in(conversation, thread));
    Ok(())
}

/// The viewer chooses an answer, by its place from 0, and goes to where the poll stands; where one may choose only one, it
/// takes the place of another. Once more changes nothing. `sender` as with
/// [`post_message`](crate::messages::server_fns::post_message).
///
/// # Errors
/// `SignedOut` if that is not who is logged in; `Invalid` for an answer that is not there, and once the poll is closed;
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Forbidden` where one may only
/// read; `Conflict` for what is deleted, or no poll; `TooFast`.
#[server(prefix = "/do", endpoint = "add_vote", protocol = Call<PostUrl>)]
pub async fn add_vote(
    conversation: ConversationId,
    message: MessageId,
    answer: u32,
    sender: Option<AccountId>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, polls::voting};
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    voting::vote(&caller, &member, message, answer, true).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// The viewer chooses an answer no more, and goes to where the poll stands. Once more changes nothing.
///
/// # Errors
/// As [`add_vote`].
#[server(prefix = "/do", endpoint = "remove_vote", protocol = Call<PostUrl>)]
pub async fn remove_vote(
    conversation: ConversationId,
    message: MessageId,
    answer: u32,
    sender: Option<AccountId>,
) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, polls::voting};
    let caller = Caller::current_as(sender)?;
    let member = access::member(&caller, conversation).await?;
    voting::vote(&caller, &member, message, answer, false).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// Closes a poll for good, and goes to where it stands. Once more changes nothing.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for a message that is not; `Forbidden` about others' for those
/// who do not keep order there, and about those who do not rank lower; `Conflict` for what is deleted, or no poll; `TooFast`.
#[server(prefix = "/do", endpoint = "close_poll", protocol = Call<PostUrl>)]
pub async fn close_poll(conversation: ConversationId, message: MessageId) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, polls::closing};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    closing::close(&caller, &member, message).await?;
    forms::go_to(&crate::conversations::message_path(conversation, message));
    Ok(())
}

/// Who has chosen an answer of a poll, by its place, or the first; `after` whom, for further pages.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation, and for what is no poll there, or deleted.
#[server(prefix = "/read", endpoint = "votes", protocol = Call<GetUrl>)]
pub async fn read_votes(
    conversation: ConversationId,
    message: MessageId,
    answer: Option<u32>,
    after: Option<AccountId>,
) -> Result<Json<Votes>, Error> {
    use crate::server::{access, caller::Caller, polls};
    let caller = Caller::current()?;
    let member = access::member(&caller, conversation).await?;
    Ok(Json::of(&polls::who(&caller, &member, message, answer.unwrap_or_default(), after).await?))
}
