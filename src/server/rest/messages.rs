//! Messages: reading them in order, saying something, and changing what one has said.

use axum::{
    Json,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    ROOT,
    body::{Asked, Body, Ids},
    cursor,
    etag::Known,
    polls::Poll,
    problem::{Described, Problem},
    program::{Reads, Writes},
    schemas::{Cursor, Id, Text},
};
use crate::{
    conversations::window::Window,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    messages::{Message as Told, system::SystemNote},
    server::{
        access::{self, Member},
        caller::Caller,
        conversations,
        messages::{self, deleting, editing},
    },
};

/// A reaction, and how many have reacted so.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reaction {
    emoji: String,
    count: u32,
    /// Whether the reader has.
    mine: bool,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    #[schema(value_type = Id)]
    id: MessageId,
    #[schema(value_type = Id)]
    conversation: ConversationId,
    #[schema(value_type = Id)]
    sender: AccountId,
    /// By this the sender knows it again.
    #[schema(value_type = String)]
    client_key: ClientKey,
    /// Where it stands. Positions grow within a conversation, and have holes.
    position: i64,
    /// The conversation's counter when it last changed; its position if it never did.
    revision: i64,
    /// RFC 3339, in UTC.
    created_at: String,
    edited_at: Option<String>,
    /// Empty where there is a `note`, and where it was deleted.
    body: String,
    /// What was done, in place of a text; described in docs/protocol.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    note: Option<SystemNote>,
    #[schema(value_type = Option<Id>)]
    reply_to: Option<MessageId>,
    /// The message at the head of the thread that it was said in.
    #[schema(value_type = Option<Id>)]
    thread: Option<MessageId>,
    /// Messages in the thread that it is the head of.
    replies: u32,
    forwarded: bool,
    pinned: bool,
    #[schema(value_type = Vec<Id>)]
    mentions: Vec<AccountId>,
    /// Whether it turns to everyone.
    mentions_all: bool,
    reactions: Vec<Reaction>,
    /// What may be answered, where it asks something.
    poll: Option<Poll>,
    #[schema(value_type = Option<Id>)]
    deleted_by: Option<AccountId>,
}

impl From<Told> for Message {
    fn from(told: Told) -> Self {
        let reacted = told.reacted.unwrap_or_default();
        let reactions = told.reactions.into_iter().map(|reaction| Reaction {
            mine: reacted.contains(&reaction.emoji),
            emoji: reaction.emoji,
            count: reaction.count,
        });
        let voted = told.voted.unwrap_or_default();
        let poll = told.poll.map(|poll| Poll::new(*poll, &voted));
        Self {
            id: told.id,
            conversation: told.conversation,
            sender: told.sender,
            client_key: told.key,
            position: told.position,
            revision: told.revision,
            created_at: told.at.to_string(),
            edited_at: told.edited.map(|at| at.to_string()),
            body: told.body,
            note: told.note,
            reply_to: told.reply_to,
            thread: told.thread,
            replies: told.replies.map_or(0, |replies| replies.count),
            forwarded: told.forwarded,
            pinned: told.pinned.is_some(),
            mentions: told.mentions,
            mentions_all: told.all,
            reactions: reactions.collect(),
            poll,
            deleted_by: told.deleted,
        }
    }
}

/// A part of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Messages {
    /// At most 40, in order.
    items: Vec<Message>,
    /// The `cursor` of those before, if there are.
    older: Option<String>,
    /// The `cursor` of those behind, if there are.
    newer: Option<String>,
    /// The conversation's counter when they were read: `resume` over a live connection brings what comes after it.
    head: i64,
}

/// Which part: the newest messages, if nothing is named.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// What a page named as `older` or `newer`.
    #[param(value_type = Cursor, inline, required = false)]
    cursor: Option<String>,
    /// A message in the middle of it.
    #[param(value_type = Id, required = false)]
    around: Option<MessageId>,
    /// The message at the head of a thread: only what was said in it.
    #[param(value_type = Id, required = false)]
    thread: Option<MessageId>,
}

/// The list that cursors of a conversation are for.
fn list_of(conversation: ConversationId) -> String {
    format!("messages {conversation}")
}

/// A cursor that leads to what stands before `position`, or behind it, in the room or in a thread.
fn cursor_to(
    caller: &Caller,
    conversation: ConversationId,
    window: Window,
    thread: Option<MessageId>,
) -> Option<String> {
    let place = match window {
        Window::Before(position) => position * 2,
        Window::After(position) => position * 2 + 1,
        Window::Unread | Window::Latest | Window::Around(_) => return None,
    };
    Some(cursor::write(caller, &list_of(conversation), &[place, thread.map_or(0, MessageId::get)]))
}

impl Part {
    /// Which part, and of which thread.
    fn read(
        self,
        caller: &Caller,
        conversation: ConversationId,
    ) -> Result<(Window, Option<MessageId>), Problem> {
        match (self.cursor, self.around) {
            (None, None) => Ok((Window::Latest, self.thread)),
            (None, Some(message)) => Ok((Window::Around(message), self.thread)),
            (Some(cursor), None) => {
                let [place, thread]: [i64; 2] = cursor::read(caller, &list_of(conversation), &cursor)?;
                let thread =
                    (thread != 0).then(|| thread.try_into()).transpose().map_err(|_| Problem::NOT_FOUND)?;
                // It may be named again, but not another one.
                if self.thread.is_some() && self.thread != thread {
                    return Err(Problem::Shape("the cursor is for another thread".to_owned()));
                }
                let window =
                    if place % 2 == 0 { Window::Before(place / 2) } else { Window::After(place / 2) };
                Ok((window, thread))
            }
            (Some(_), Some(_)) => Err(Problem::Shape("either a cursor or a message".to_owned())),
        }
    }
}

/// The messages of a conversation, or of one of its threads, in their order.
///
/// Reading them marks nothing as read.
#[utoipa::path(get, path = "/conversations/{conversation}/messages", tag = "messages",
    params(("conversation" = Id, Path), Part), responses(
    (status = 200, body = Messages),
    (status = 401, body = Described),
    (status = 404, description = "No such conversation, message or thread, or one is not in it", body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(
    Reads(caller): Reads,
    Ids(id): Ids<ConversationId>,
    Asked(part): Asked<Part>,
) -> Result<Json<Messages>, Problem> {
    let member = access::member(&caller, id).await?;
    let (window, thread) = part.read(&caller, id)?;
    let shown = conversations::show(&caller, &member, window, thread).await?;
    // A message that was said in a thread is shown there.
    let thread = shown.thread.map(|thread| thread.root.id);
    let cursor = |window| cursor_to(&caller, id, window, thread);
    Ok(Json(Messages {
        items: shown.messages.into_iter().map(Message::from).collect(),
        older: shown.older.map(Window::Before).and_then(cursor),
        newer: shown.newer.map(Window::After).and_then(cursor),
        head: shown.head,
    }))
}

/// What is to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// At most 8,000 characters, unless whoever runs the server has decided otherwise.
    #[schema(value_type = Text)]
    body: String,
    /// Chosen by the program: sending the same again under the same key stores nothing, and gets the same answer. 16 to 64
    /// characters of `A-Z a-z 0-9 - _`. The header `Idempotency-Key` does as well.
    #[schema(value_type = Option<String>, pattern = "^[A-Za-z0-9_-]{16,64}$")]
    client_key: Option<ClientKey>,
    #[schema(value_type = Option<Id>)]
    reply_to: Option<MessageId>,
    /// The message at the head of the thread that it is to be said in.
    #[schema(value_type = Option<Id>)]
    thread: Option<MessageId>,
}

/// Says something.
#[utoipa::path(post, path = "/conversations/{conversation}/messages", tag = "messages",
    params(("conversation" = Id, Path), ("Idempotency-Key" = Option<String>, Header, pattern = r#"^"?[A-Za-z0-9_-]{16,64}"?$"#)), request_body = NewMessage, responses(
    (status = 201, description = "Said, now or under this key before", body = Message),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, body = Described),
    (status = 403, description = "One may only read there, or the token may", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "Something else was said under this key", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, body = Described),
    (status = 429, body = Described),
))]
pub async fn send(
    Writes(caller): Writes,
    Ids(id): Ids<ConversationId>,
    headers: HeaderMap,
    Body(new): Body<NewMessage>,
) -> Result<impl IntoResponse, Problem> {
    let key = key(&headers, new.client_key)?;
    let told = messages::send(&caller, id, key, &new.body, (new.reply_to, new.thread), None).await?;
    let location = format!("{ROOT}/conversations/{id}/messages/{}", told.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(Message::from(told))))
}

/// The key under which something is said: that of the body or that of the header, else a new one.
///
/// # Errors
/// `Shape` if they are two, `Invalid` for what is none.
pub fn key(headers: &HeaderMap, named: Option<ClientKey>) -> Result<ClientKey, Problem> {
    match (named, key_in(headers)?) {
        (Some(one), Some(other)) if one != other => Err(Problem::Shape("two different keys".to_owned())),
        (Some(key), _) | (None, Some(key)) => Ok(key),
        (None, None) => Ok(ClientKey::from_random(rand::random())),
    }
}

/// What the header `Idempotency-Key` says (draft-ietf-httpapi-idempotency-key-header), with or without quotes.
fn key_in(headers: &HeaderMap) -> Result<Option<ClientKey>, Problem> {
    const NAME: HeaderName = HeaderName::from_static("idempotency-key");
    let Some(value) = headers.get(NAME) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim_matches('"');
    let key = ClientKey::try_from(text.to_owned());
    key.map(Some).map_err(|_| Problem::Shape("the header Idempotency-Key is no key".to_owned()))
}

/// Names one message.
pub type Named = (ConversationId, MessageId);

/// The message that a member of its conversation has named.
///
/// # Errors
/// `NotFound` for everyone who is not in the conversation.
pub async fn found(caller: &Caller, (conversation, message): Named) -> Result<(Member, MessageId), Problem> {
    Ok((access::member(caller, conversation).await?, message))
}

/// One message, as it is now.
#[utoipa::path(get, path = "/conversations/{conversation}/messages/{message}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path), Known), responses(
    (status = 200, body = Message),
    (status = 304, description = "It is as the program knows it"),
    (status = 401, body = Described),
    (status = 404, body = Described),
))]
pub async fn one(Reads(caller): Reads, Ids(named): Ids<Named>) -> Result<Json<Message>, Problem> {
    let (member, message) = found(&caller, named).await?;
    Ok(Json(messages::one_told(&caller, &member, message).await?.into()))
}

/// Another text.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = MessageEdit)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    #[schema(value_type = Text)]
    body: String,
}

/// Gives a message of one's own another text.
///
/// The same text again changes nothing.
#[utoipa::path(patch, path = "/conversations/{conversation}/messages/{message}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), request_body = Edit, responses(
    (status = 200, body = Message),
    (status = 400, body = Described),
    (status = 401, body = Described),
    (status = 403, description = "Somebody else said it", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It is deleted, or cannot be edited", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, body = Described),
    (status = 429, body = Described),
))]
pub async fn edit(
    Writes(caller): Writes,
    Ids(named): Ids<Named>,
    Body(Edit { body }): Body<Edit>,
) -> Result<Json<Message>, Problem> {
    let (member, message) = found(&caller, named).await?;
    editing::edit(&caller, &member, message, &body).await?;
    Ok(Json(messages::one_told(&caller, &member, message).await?.into()))
}

/// Deletes a message for everybody, at once.
///
/// Once more changes nothing.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}", tag = "messages",
    params(("conversation" = Id, Path), ("message" = Id, Path)), responses(
    (status = 204, description = "Nobody has its text any more"),
    (status = 401, body = Described),
    (status = 403, description = "Somebody else said it, and one does not keep order there", body = Described),
    (status = 404, body = Described),
    (status = 409, description = "It was not said but done", body = Described),
    (status = 429, body = Described),
))]
pub async fn delete(Writes(caller): Writes, Ids(named): Ids<Named>) -> Result<StatusCode, Problem> {
    let (member, message) = found(&caller, named).await?;
    if access::is_author(&caller, &member, message).await? {
        deleting::delete_own(&caller, &member, message).await?;
    } else {
        deleting::delete(&caller, &member, message).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
