//! Saying something to somebody, and reacting to what was said.

use std::collections::HashMap;

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    super::{
        fields::Fields,
        refusal::{Refusal, Told},
        saying,
    },
    LoggedIn,
};
use crate::{
    error::Error,
    ids::{AccountId, ConversationId, MessageId},
    messages::Message,
    receipts::{Sent, marks::Marks},
    server::{
        access,
        caller::Caller,
        conversations::parties::{self, Parties},
        messages::{self, reacting},
        receipts,
        rest::{Id, Text},
    },
};

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = messagerie::messages::Said)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    id: i64,
    content: String,
    sender_id: i64,
    /// To whom; null in the room for everyone.
    receiver_id: Option<i64>,
    /// RFC 3339, in UTC.
    created_at: String,
    updated_at: Option<String>,
    /// `sent`, `received` or `read` by the other, of what one has said oneself; else null.
    status: Option<&'static str>,
    reactions: Vec<Reaction>,
}

/// A sign below a message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = messagerie::messages::Reaction)]
pub struct Reaction {
    reaction: String,
    count: u32,
    /// Whether the reader has reacted so.
    mine: bool,
}

/// As the document calls it.
const fn called(sent: Sent) -> &'static str {
    match sent {
        Sent::Stored => "sent",
        Sent::Delivered => "received",
        Sent::Read => "read",
    }
}

impl Said {
    /// A message, where one talks with one other person or with everyone; `marks`: how far the other has received and read.
    fn new(caller: &Caller, message: Message, parties: Parties, marks: &Marks) -> Self {
        let status = message.sender == caller.account && matches!(parties, Parties::Two(..));
        let mine = |emoji: &str| message.is_reacted_with(emoji);
        let reactions = message.reactions.iter().map(|it| Reaction {
            mine: mine(&it.emoji),
            reaction: it.emoji.clone(),
            count: it.count,
        });
        Self {
            reactions: reactions.collect(),
            id: message.id.get(),
            sender_id: message.sender.get(),
            receiver_id: parties.receiver(message.sender).map(AccountId::get),
            created_at: message.at.to_string(),
            updated_at: message.edited.map(|at| at.to_string()),
            status: status.then(|| called(marks.sent(message.position))),
            content: message.body,
        }
    }
}

/// Messages as the document has them, with their reactions, and with what has become of those that the caller has sent.
///
/// # Errors
/// The database's own.
pub async fn told(caller: &Caller, said: Vec<(Message, Parties)>) -> Result<Vec<Said>, Refusal> {
    let (mut messages, parties): (Vec<Message>, Vec<Parties>) = said.into_iter().unzip();
    reacting::tell(caller, &mut messages).await?;
    let mut marks: HashMap<ConversationId, Marks> = HashMap::new();
    for message in &messages {
        let conversation = message.conversation;
        if message.sender == caller.account && !marks.contains_key(&conversation) {
            let member = access::member(caller, conversation).await?;
            marks.insert(conversation, Marks::new(&receipts::of(caller, &member).await?));
        }
    }
    let none = Marks::default();
    let told = messages.into_iter().zip(parties).map(|(message, parties)| {
        let marks = marks.get(&message.conversation).unwrap_or(&none);
        Said::new(caller, message, parties, marks)
    });
    Ok(told.collect())
}

/// What is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = messagerie::messages::New)]
pub struct New {
    /// To whom. `receiver_id`, `recipientId` and `recipient_id` do as well.
    #[serde(rename = "receiverId", alias = "receiver_id", alias = "recipientId", alias = "recipient_id")]
    #[schema(value_type = Id)]
    receiver: AccountId,
    /// `message` and `text` do as well.
    #[serde(alias = "message", alias = "text")]
    #[schema(value_type = Text)]
    content: String,
}

/// Says something to a user: whoever has come by such a document, a friend, or who takes messages from this one.
#[utoipa::path(post, path = "/api/messages/send", tag = "messagerie", request_body = New, responses(
    (status = 201, body = Said),
    (status = 400, description = "Something is missing, or cannot be taken", body = Told),
    (status = 401, body = Told),
    (status = 403, description = "One may only read there", body = Told),
    (status = 404, description = "There is no such user, or none who takes messages from this one", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
))]
pub async fn send(
    LoggedIn(caller): LoggedIn,
    new: Result<Fields<New>, Refusal>,
) -> Result<(StatusCode, Json<Said>), Refusal> {
    let Fields(New { receiver, content }) = new.map_err(Refusal::bad_request)?;
    let said = saying::say(&caller, Some(receiver), &content).await.map_err(Refusal::bad_request)?;
    Ok((StatusCode::CREATED, Json(one(&caller, said).await?)))
}

async fn one(caller: &Caller, said: (Message, Parties)) -> Result<Said, Refusal> {
    Ok(told(caller, vec![said]).await?.pop().ok_or(Error::NotFound)?)
}

/// A sign for a message.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = messagerie::messages::Sign)]
pub struct Sign {
    /// `message_id` does as well.
    #[serde(rename = "messageId", alias = "message_id")]
    #[schema(value_type = Id)]
    message: MessageId,
    /// One emoji. `emoji` does as well.
    #[serde(alias = "emoji")]
    #[schema(min_length = 1)]
    reaction: String,
    /// Whose reaction: nobody's but the caller's, who need not be named. `user_id` does as well.
    #[serde(default, rename = "userId", alias = "user_id")]
    #[schema(value_type = Option<Id>)]
    user: Option<AccountId>,
}

/// Reacts, or does no more: the message, as it is then.
async fn set(
    caller: &Caller,
    sign: Result<Fields<Sign>, Refusal>,
    added: bool,
) -> Result<Json<Said>, Refusal> {
    let Fields(Sign { message, reaction, user }) = sign.map_err(Refusal::bad_request)?;
    let member = messages::place_of(caller, message).await?;
    let parties = parties::of(&caller.app.db, member.conversation()).await?.ok_or(Error::NotFound)?;
    if user.is_some_and(|user| user != caller.account) {
        return Err(Error::Forbidden.into());
    }
    let set = reacting::react(caller, &member, message, &reaction, added).await;
    set.map_err(|failure| Refusal::from(failure).bad_request())?;
    Ok(Json(one(caller, (messages::one(caller, &member, message).await?, parties)).await?))
}

/// Reacts to a message with an emoji. Once more changes nothing.
///
/// The document takes reactions of any kind: here they are emoji.
#[utoipa::path(post, path = "/api/messages/react", tag = "messagerie", request_body = Sign, responses(
    (status = 200, body = Said),
    (status = 400, description = "Something is missing, or no emoji", body = Told),
    (status = 401, body = Told),
    (status = 403, description = "In the name of somebody else; or one may only read there", body = Told),
    (status = 404, body = Told),
    (status = 409, description = "The message is deleted", body = Told),
    (status = 413, description = "There are too many different ones", body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
))]
pub async fn react(
    LoggedIn(caller): LoggedIn,
    sign: Result<Fields<Sign>, Refusal>,
) -> Result<Json<Said>, Refusal> {
    set(&caller, sign, true).await
}

/// Takes a reaction of one's own back. Without one, nothing changes.
#[utoipa::path(post, path = "/api/messages/unreact", tag = "messagerie", request_body = Sign, responses(
    (status = 200, body = Said),
    (status = 400, description = "Something is missing, or no emoji", body = Told),
    (status = 401, body = Told),
    (status = 403, description = "It is somebody else's; or one may only read there", body = Told),
    (status = 404, body = Told),
    (status = 409, description = "The message is deleted", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
))]
pub async fn unreact(
    LoggedIn(caller): LoggedIn,
    sign: Result<Fields<Sign>, Refusal>,
) -> Result<Json<Said>, Refusal> {
    set(&caller, sign, false).await
}
