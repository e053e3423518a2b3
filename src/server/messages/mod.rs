//! Sending and reading: the verbs of `messages/` and their SQL.

/// What a [`MessageRow`] needs of its row.
macro_rules! columns {
    () => {
        "id, sender_id, client_key, position, revision, kind, body, body_version, created_at, edited_at, delete_at, \
         deleted_at, deleted_by, reply_to, pinned_by, mentions_all, thread_id, replies, replied_position, replied_at"
    };
}

/// What reads the messages before and from a position on, of those that are `within`.
macro_rules! around {
    ($within:literal) => {
        concat!(
            "select * from (
               select ",
            columns!(),
            "
               from message
               where conversation_id = $1 and position < $2 and ",
            $within,
            "
               order by position desc
               limit $3
             ) as before
             union all
             select * from (
               select ",
            columns!(),
            "
               from message
               where conversation_id = $1 and position >= $2 and ",
            $within,
            "
               order by position
               limit $4
             ) as behind"
        )
    };
}

mod changing;
pub mod deleting;
pub mod editing;
pub mod forwarding;
pub mod notes;
mod pacing;
pub mod pinning;
pub mod posting;
pub mod quoting;
pub mod reacting;
mod rereading;
pub mod retracting;
pub mod saving;
pub mod searching;
pub mod talks;

use super::{
    access::{self, Member},
    answer::{Failure, Outcome},
    caller::Caller,
    crypto::Place,
    db::on_engine,
    highlighting, mentions as naming,
    polls::{self, POLL},
    reading,
};
use crate::{
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    mentions,
    messages::{Message, MessageBody, system::SystemNote},
    threads::Replies,
    time::Timestamp,
};
pub(super) use changing::next_number;
use posting::Post;
pub use rereading::reread;

/// Sends a message. The same again under the same key gives the same answer and stores nothing. Whether the caller may
/// is asked once, by the transaction that stores it. `reply_to`: what it answers; `thread`: the head of the thread that it
/// is said in; `draft`: the revision of the draft that it was, which is none any more then.
///
/// # Errors
/// `Invalid` for a text that cannot be sent, `NotFound` for somebody else's conversation, for a message to answer that
/// was not said in this one and for one that is no head of a thread in it, `Forbidden` where one may only read, `Conflict` if the key was used for another message,
/// `TooFast`.
pub async fn send(
    caller: &Caller,
    conversation: ConversationId,
    key: ClientKey,
    typed: &str,
    (reply_to, thread): (Option<MessageId>, Option<MessageId>),
    draft: Option<i64>,
) -> Outcome<Message> {
    let body = MessageBody::new(typed, caller.app.config.limits.message_characters)?;
    caller.app.limits.sends.take(&caller.account)?;

    let id: MessageId = caller.app.mint.next();
    let sealed = caller.app.keyring.seal(place(id, 0), body.as_str())?;
    let here = conversation.get().to_be_bytes();
    let [answered, head] =
        [reply_to, thread].map(|message| message.map(|message| message.get().to_be_bytes()));
    let mut request: Vec<&[u8]> = vec![&here, body.as_str().as_bytes()];
    request.extend(answered.as_ref().map(|message| &message[..]));
    if let Some(head) = &head {
        request.extend([b"thread", &head[..]]);
    }
    let digest = caller.app.keyring.digest(&request);
    let named = mentions::named(body.as_str());
    let body = body.as_str().to_owned();
    let (sender, forwarded) = (caller.account, false);
    let post = Post {
        id,
        conversation,
        sender,
        key,
        digest,
        body,
        reply_to,
        thread,
        forwarded,
        draft,
        sealed,
        named,
        asked: None,
    };
    let message = caller.app.writer.post(post).await?;
    Ok(Message { colours: highlighting::colours(&message.body), ..message })
}

const fn place(id: MessageId, version: i64) -> Place {
    Place { table: "message", id: id.get(), version }
}

/// The kind of what a conversation says of itself.
pub(super) const SYSTEM: &str = "system";

/// The kind of what somebody says in it.
const TEXT: &str = "text";

/// The kind of what somebody passes on.
const FORWARDED: &str = "forwarded";

/// A stored message, still sealed.
#[derive(sqlx::FromRow)]
struct MessageRow {
    id: i64,
    sender_id: i64,
    client_key: String,
    position: i64,
    revision: i64,
    kind: String,
    body: Vec<u8>,
    body_version: i64,
    created_at: i64,
    edited_at: Option<i64>,
    delete_at: Option<i64>,
    deleted_at: Option<i64>,
    deleted_by: Option<i64>,
    reply_to: Option<i64>,
    pinned_by: Option<i64>,
    mentions_all: i64,
    thread_id: Option<i64>,
    replies: i64,
    replied_position: Option<i64>,
    replied_at: Option<i64>,
}

impl MessageRow {
    /// Everything but what was said or done in it.
    fn message(self, conversation: ConversationId) -> Outcome<Message> {
        let broken = |_| Failure::Internal("a stored message has an invalid id");
        let sender: AccountId = self.sender_id.try_into().map_err(broken)?;
        let (id, key) = (self.id.try_into().map_err(broken)?, self.client_key.try_into().map_err(broken)?);
        let at = Timestamp::from_millis(self.created_at);
        let deleted = deleter(sender, self.deleted_at, self.deleted_by)?;
        // What is gone answers nothing.
        let reply_to = self.reply_to.filter(|_| deleted.is_none()).map(TryInto::try_into);
        let pinned = self.pinned_by.filter(|_| deleted.is_none()).map(TryInto::try_into);
        let thread = self.thread_id.map(TryInto::try_into);
        Ok(Message {
            revision: self.revision,
            thread: thread.transpose().map_err(broken)?,
            replies: replies(self.replies, self.replied_position.zip(self.replied_at)),
            pinned: pinned.transpose().map_err(broken)?,
            reply_to: reply_to.transpose().map_err(broken)?,
            edited: self.edited_at.filter(|_| deleted.is_none()).map(Timestamp::from_millis),
            all: self.mentions_all == 1,
            forwarded: self.kind == FORWARDED && deleted.is_none(),
            // What may be answered is told by `polls::tell`, where somebody may see it.
            poll: (self.kind == POLL && deleted.is_none()).then(Box::default),
            deleted,
            ..Message::posted(conversation, id, sender, key, self.position, at)
        })
    }
}

/// What stands in the thread of a message, by its columns.
fn replies(count: i64, last: Option<(i64, i64)>) -> Option<Replies> {
    let (last, at) = last?;
    Some(Replies { count: reading::counted(count), last, at: Timestamp::from_millis(at) })
}

/// Who deleted a message, by its columns: where they name nobody else, its sender.
fn deleter(sender: AccountId, at: Option<i64>, by: Option<i64>) -> Outcome<Option<AccountId>> {
    let broken = |_| Failure::Internal("a stored message has an invalid id");
    match (at, by) {
        (None, _) => Ok(None),
        (Some(_), None) => Ok(Some(sender)),
        (Some(_), Some(by)) => by.try_into().map(Some).map_err(broken),
    }
}

/// A part of a conversation.
#[derive(Debug)]
pub struct Part {
    /// In order.
    pub messages: Vec<Message>,
    /// The position before which there are more, if there are.
    pub older: Option<i64>,
    /// The position behind which there are more, if there are.
    pub newer: Option<i64>,
}

/// The last `before` messages in front of a position, deleted ones too, and the first `from` of those that stand there
/// or behind: of what was said in the thread of a message, if one is given, else of what was said in none.
///
/// # Errors
/// The database's own; `Seal` if one of them cannot be opened.
pub async fn around(
    caller: &Caller,
    member: &Member,
    thread: Option<MessageId>,
    position: i64,
    before: usize,
    from: usize,
) -> Outcome<Part> {
    // One more on each side tells whether there are more.
    let statement = if thread.is_some() {
        around!("thread_id = $5")
    } else {
        around!("thread_id is null and $5 is null")
    };
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(statement)
        .bind(member.conversation().get()).bind(position).bind(before as i64 + 1).bind(from as i64 + 1)
        .bind(thread.map(MessageId::get))
        .fetch_all(pool).await)?;

    let (mut older, mut newer): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.position < position);
    let (more_older, more_newer) = (older.len() > before, newer.len() > from);
    older.sort_unstable_by_key(|row| -row.position);
    newer.sort_unstable_by_key(|row| row.position);
    older.truncate(before);
    newer.truncate(from);
    older.reverse();
    let messages = older.into_iter().chain(newer).map(|row| open(caller, member, row));
    let mut messages = messages.collect::<Outcome<Vec<Message>>>()?;
    reacting::tell(caller, &mut messages).await?;
    polls::tell(caller, &mut messages).await?;
    naming::tell(caller, &mut messages).await?;

    let first = messages.first().map_or(position, |first| first.position);
    let last = messages.last().map_or(position.saturating_sub(1), |last| last.position);
    Ok(Part { messages, older: more_older.then_some(first), newer: more_newer.then_some(last) })
}

/// Where a message stands, or stood before it was deleted, and in which thread, if it was said in one.
///
/// # Errors
/// `NotFound` if it is not in the conversation.
pub async fn standing(
    caller: &Caller,
    member: &Member,
    message: MessageId,
) -> Outcome<(i64, Option<MessageId>)> {
    let row: Option<(i64, Option<i64>)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select position, thread_id from message where id = $1 and conversation_id = $2",
    ).bind(message.get()).bind(member.conversation().get()).fetch_optional(pool).await)?;
    let (position, thread) = row.ok_or(Failure::Refused(Error::NotFound))?;
    Ok((position, thread.and_then(|thread| thread.try_into().ok())))
}

/// That the caller is in the conversation of a message.
///
/// # Errors
/// `NotFound` if there is no such message, or they are not.
pub async fn place_of(caller: &Caller, message: MessageId) -> Outcome<Member> {
    let id: Option<i64> = on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select conversation_id from message where id = $1")
            .bind(message.get()).fetch_optional(pool).await)?;
    let conversation = id.and_then(|id| id.try_into().ok()).ok_or(Failure::Refused(Error::NotFound))?;
    access::member(caller, conversation).await
}

/// At most `limit` messages that are new or have changed since a number, in the order of their last change,
/// each as it is now.
///
/// # Errors
/// As [`around`].
pub async fn changed_since(
    caller: &Caller,
    member: &Member,
    number: i64,
    limit: usize,
) -> Outcome<Vec<Message>> {
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(concat!(
        "select ", columns!(), "
         from message
         where conversation_id = $1 and revision > $2
         order by revision
         limit $3",
    )).bind(member.conversation().get()).bind(number).bind(limit as i64).fetch_all(pool).await)?;
    opened(caller, member, rows).await
}

/// At most `limit` messages that were said behind a position, in their order, each as it is now.
///
/// # Errors
/// As [`around`].
pub async fn said_since(
    caller: &Caller,
    member: &Member,
    position: i64,
    limit: usize,
) -> Outcome<Vec<Message>> {
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(concat!(
        "select ", columns!(), "
         from message
         where conversation_id = $1 and position > $2
         order by position
         limit $3",
    )).bind(member.conversation().get()).bind(position).bind(limit as i64).fetch_all(pool).await)?;
    opened(caller, member, rows).await
}

async fn opened(caller: &Caller, member: &Member, rows: Vec<MessageRow>) -> Outcome<Vec<Message>> {
    let mut messages =
        rows.into_iter().map(|row| open(caller, member, row)).collect::<Outcome<Vec<Message>>>()?;
    tell(caller, &mut messages).await?;
    Ok(messages)
}

/// One message, as it is now.
///
/// # Errors
/// `NotFound` if it is not in the conversation.
pub async fn one(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Message> {
    let row: Option<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(concat!(
        "select ", columns!(), " from message where id = $1 and conversation_id = $2",
    )).bind(message.get()).bind(member.conversation().get()).fetch_optional(pool).await)?;
    open(caller, member, row.ok_or(Failure::Refused(Error::NotFound))?)
}

/// One message, as it is now, with its reactions, what it asks and those whom it names.
///
/// # Errors
/// As [`one`].
pub async fn one_told(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Message> {
    let mut told = [one(caller, member, message).await?];
    tell(caller, &mut told).await?;
    let [message] = told;
    Ok(message)
}

/// Puts into messages their reactions, what they ask and whom they name.
///
/// # Errors
/// The database's own; `Seal` if an answer of a poll cannot be opened.
pub async fn tell(caller: &Caller, messages: &mut [Message]) -> Outcome<()> {
    reacting::tell(caller, messages).await?;
    polls::tell(caller, messages).await?;
    naming::tell(caller, messages).await
}

/// The conversation's counter.
///
/// # Errors
/// The database's own.
pub async fn head(caller: &Caller, member: &Member) -> Outcome<i64> {
    Ok(on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select head from conversation where id = $1")
            .bind(member.conversation().get()).fetch_one(pool).await)?)
}

fn open(caller: &Caller, member: &Member, row: MessageRow) -> Outcome<Message> {
    if row.deleted_at.is_some() {
        return row.message(member.conversation());
    }
    let id = row.id.try_into().map_err(|_| Failure::Internal("a stored message has an invalid id"))?;
    let text = caller.app.keyring.open(place(id, row.body_version), &row.body)?;
    let is_note = row.kind == SYSTEM;
    let message = row.message(member.conversation())?;
    Ok(if is_note {
        Message { note: Some(serde_json::from_str(&text).unwrap_or(SystemNote::Other)), ..message }
    } else {
        Message { colours: highlighting::colours(&text), body: text, ..message }
    })
}
