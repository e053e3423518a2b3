//! Passing on what was said. Who reads it learns that it was said elsewhere, and neither where nor by whom: they may not
//! be in that conversation, and its people did not ask to be known outside.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use super::{place, posting::Post};
use crate::{
    error::{Error, Field, Why},
    ids::{ClientKey, ConversationId, MessageId},
    mentions::Named,
    messages::{
        Message, MessageBody,
        forward::{Forwardable, MOST_GOALS, MOST_OFFERED},
    },
    server::{
        access::{self, Member},
        answer::{Failure, Outcome},
        caller::Caller,
        conversations, finding,
    },
};

/// A message that the member may pass on, and where to.
///
/// # Errors
/// `NotFound` for a message that is not in the conversation; `Conflict` for what is deleted, or was not said but done.
pub async fn forwardable(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Forwardable> {
    let message = said(caller, member, message).await?;
    let people = conversations::members::named(caller, member, &[message.sender]).await?;
    let place = conversations::about(caller, member).await?.name;
    let mut goals = finding::conversations(caller, MOST_OFFERED).await?;
    let ids: Vec<_> = goals.iter().filter_map(|entry| entry.goal.conversation()).collect();
    let writable = access::writable(caller, &ids).await?;
    goals.retain(|entry| entry.goal.conversation().is_some_and(|id| writable.contains(&id)));
    Ok(Forwardable { message, people, place, goals, key: ClientKey::from_random(rand::random()) })
}

/// Passes a message on to all of `to`; the first of them. Each takes it or refuses it for itself, and under the same key
/// those that have it take nothing more.
///
/// # Errors
/// As [`forwardable`]; `Invalid` for no conversation and for more than [`MOST_GOALS`]; what the first one answered that
/// refused it, `TooFast`.
pub async fn forward(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    key: &ClientKey,
    to: Vec<ConversationId>,
) -> Outcome<ConversationId> {
    let first = *to.first().ok_or(Error::invalid(Field::Places, Why::Missing))?;
    let to: BTreeSet<ConversationId> = to.into_iter().collect();
    if to.len() > MOST_GOALS {
        return Err(Error::invalid(Field::Places, Why::TooLong { at_most: MOST_GOALS as u32 }).into());
    }
    let said = said(caller, member, message).await?;
    let body = MessageBody::new(&said.body, caller.app.config.limits.message_characters)?;
    for _ in &to {
        caller.app.limits.sends.take(&caller.account)?;
    }

    let posts = to.into_iter().map(|goal| post(caller, &body, message, key, goal));
    let posts = posts.collect::<Outcome<Vec<Post>>>()?;
    let answers = join_all(posts.into_iter().map(|post| caller.app.writer.post(post))).await;
    answers.into_iter().collect::<Outcome<Vec<Message>>>()?;
    Ok(first)
}

async fn said(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Message> {
    let message = super::one(caller, member, message).await?;
    if message.is_said() { Ok(message) } else { Err(Error::Conflict.into()) }
}

/// What is passed on names nobody: whom it named was turned to elsewhere.
fn post(
    caller: &Caller,
    body: &MessageBody,
    message: MessageId,
    key: &ClientKey,
    conversation: ConversationId,
) -> Outcome<Post> {
    let (id, here): (MessageId, _) = (caller.app.mint.next(), conversation.get().to_be_bytes());
    let keyring = &caller.app.keyring;
    let text = body.as_str();
    Ok(Post {
        id,
        conversation,
        sender: caller.account,
        // One key came for all of them, and each post has its own.
        key: own_key(&keyring.digest(&[key.as_str().as_bytes(), &here]))?,
        digest: keyring.digest(&[&here, text.as_bytes(), &message.get().to_be_bytes(), b"forwarded"]),
        body: text.to_owned(),
        reply_to: None,
        thread: None,
        forwarded: true,
        draft: None,
        sealed: keyring.seal(place(id, 0), text)?,
        named: Named::default(),
        asked: None,
    })
}

fn own_key(digest: &[u8]) -> Outcome<ClientKey> {
    let bits = digest.first_chunk().ok_or(Failure::Internal("a digest is shorter than a key"))?;
    Ok(ClientKey::from_random(*bits))
}
