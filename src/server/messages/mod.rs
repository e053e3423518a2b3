//! Sending and reading: the verbs of `messages/` and their SQL.

pub mod notes;
pub mod posting;

use super::{
    access::Member,
    answer::{Failure, Outcome},
    caller::Caller,
    crypto::Place,
    db::on_engine,
};
use crate::{
    error::Error,
    ids::{ClientKey, MessageId},
    messages::{Message, MessageBody, system::SystemNote},
    time::Timestamp,
};
use posting::Post;

/// Sends a message. The same again under the same key gives the same answer and stores nothing.
///
/// # Errors
/// `Invalid` for a text that cannot be sent, `Forbidden` where one may only read, `Conflict` if the key was
/// used for another message, `TooFast`.
pub async fn send(caller: &Caller, member: &Member, key: ClientKey, typed: &str) -> Outcome<Message> {
    let body = MessageBody::new(typed, caller.app.config.limits.message_characters)?;
    caller.app.limits.sends.take(&caller.account)?;

    let id: MessageId = caller.app.mint.next();
    let conversation = member.conversation();
    let sealed = caller.app.keyring.seal(place(id, 0), body.as_str())?;
    let digest = caller.app.keyring.digest(&[&conversation.get().to_be_bytes(), body.as_str().as_bytes()]);
    let body = body.as_str().to_owned();
    caller.app.writer.post(Post { id, conversation, sender: caller.account, key, digest, body, sealed }).await
}

const fn place(id: MessageId, version: i64) -> Place {
    Place { table: "message", id: id.get(), version }
}

/// The kind of what a conversation says of itself.
const SYSTEM: &str = "system";

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

/// The last `before` messages in front of a position, and the first `from` of those that stand there or behind.
///
/// # Errors
/// The database's own; `Seal` if one of them cannot be opened.
pub async fn around(
    caller: &Caller,
    member: &Member,
    position: i64,
    before: usize,
    from: usize,
) -> Outcome<Part> {
    // One more on each side tells whether there are more.
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select * from (
           select id, sender_id, client_key, position, revision, kind, body, body_version, created_at
           from message
           where conversation_id = $1 and position < $2 and deleted_at is null
           order by position desc
           limit $3
         ) as before
         union all
         select * from (
           select id, sender_id, client_key, position, revision, kind, body, body_version, created_at
           from message
           where conversation_id = $1 and position >= $2 and deleted_at is null
           order by position
           limit $4
         ) as behind",
    )
    .bind(member.conversation().get()).bind(position).bind(before as i64 + 1).bind(from as i64 + 1)
    .fetch_all(pool).await)?;

    let (mut older, mut newer): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.position < position);
    let (more_older, more_newer) = (older.len() > before, newer.len() > from);
    older.sort_unstable_by_key(|row| -row.position);
    newer.sort_unstable_by_key(|row| row.position);
    older.truncate(before);
    newer.truncate(from);
    older.reverse();
    let messages = older.into_iter().chain(newer).map(|row| open(caller, member, row));
    let messages = messages.collect::<Outcome<Vec<Message>>>()?;

    let first = messages.first().map_or(position, |first| first.position);
    let last = messages.last().map_or(position.saturating_sub(1), |last| last.position);
    Ok(Part { messages, older: more_older.then_some(first), newer: more_newer.then_some(last) })
}

/// Where a message stands.
///
/// # Errors
/// `NotFound` if it is not in the conversation, or no longer.
pub async fn position(caller: &Caller, member: &Member, message: MessageId) -> Outcome<i64> {
    let position: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select position from message where id = $1 and conversation_id = $2 and deleted_at is null",
    ).bind(message.get()).bind(member.conversation().get()).fetch_optional(pool).await)?;
    position.ok_or(Failure::Refused(Error::NotFound))
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
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select id, sender_id, client_key, position, revision, kind, body, body_version, created_at
         from message
         where conversation_id = $1 and revision > $2 and deleted_at is null
         order by revision
         limit $3",
    ).bind(member.conversation().get()).bind(number).bind(limit as i64).fetch_all(pool).await)?;
    rows.into_iter().map(|row| open(caller, member, row)).collect()
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
    let broken = |_| Failure::Internal("a stored message has an invalid id");
    let id: MessageId = row.id.try_into().map_err(broken)?;
    let text = caller.app.keyring.open(place(id, row.body_version), &row.body)?;
    let (body, note) = if row.kind == SYSTEM {
        (String::new(), Some(serde_json::from_str(&text).unwrap_or(SystemNote::Other)))
    } else {
        (text, None)
    };
    Ok(Message {
        conversation: member.conversation(),
        id,
        sender: row.sender_id.try_into().map_err(broken)?,
        key: row.client_key.try_into().map_err(broken)?,
        position: row.position,
        revision: row.revision,
        at: Timestamp::from_millis(row.created_at),
        body,
        note,
    })
}
