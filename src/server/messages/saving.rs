//! What somebody keeps for themselves: they alone see it, and only as long as they are in its conversation.

use super::place;
use crate::{
    accounts::Person,
    error::Error,
    ids::MessageId,
    messages::{
        Message,
        saved::{MOST_SAVED, Place, Saved, SavedLine},
    },
    server::{
        access::Member,
        answer::{Failure, Outcome},
        caller::Caller,
        db::on_engine,
        finding,
    },
    time::Timestamp,
};

/// Saves a message for the member. Once more changes nothing.
///
/// # Errors
/// `NotFound` for a message that is not in the conversation; `Conflict` for what is deleted, and for what was not said
/// but done; `TooMuch` if they have saved [`MOST_SAVED`] already; `TooFast`.
pub async fn save(caller: &Caller, member: &Member, message: MessageId) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    if !super::one(caller, member, message).await?.is_said() {
        return Err(Error::Conflict.into());
    }
    let account = member.account();
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            let others: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "select count(*) from saved where account_id = $1 and message_id <> $2",
            ).bind(account.get()).bind(message.get()).fetch_one(connection).await)?;
            if others >= MOST_SAVED as i64 {
                return Err(Error::TooMuch.into());
            }
            on_engine!(tx.connection(), connection => sqlx::query(
                "insert into saved (account_id, message_id, saved_at) values ($1, $2, $3)
                 on conflict (account_id, message_id) do nothing",
            )
            .bind(account.get()).bind(message.get()).bind(now)
            .execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}

/// Saves a message no longer, wherever it was said. Once more changes nothing.
///
/// # Errors
/// `TooFast`.
pub async fn forget(caller: &Caller, message: MessageId) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let account = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            on_engine!(tx.connection(), connection => sqlx::query(
                "delete from saved where account_id = $1 and message_id = $2",
            ).bind(account.get()).bind(message.get()).execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    place: finding::Row,
    saved_at: i64,
    message_id: i64,
    sender_id: i64,
    client_key: String,
    position: i64,
    body: Vec<u8>,
    body_version: i64,
    created_at: i64,
    sender_username: String,
    sender_name: String,
}

/// What the caller has saved and may read, from behind a place on.
///
/// # Errors
/// The database's own; `Seal` if one of them cannot be opened.
pub async fn saved(caller: &Caller, behind: Option<Place>) -> Outcome<Saved> {
    let (saved_at, message) =
        behind.map_or((i64::MAX, i64::MAX), |place| (place.saved_at.millis(), place.message.get()));
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, conversation.title, false as unread,
                account.id as with_id, account.username, account.display_name, space.name as space,
                saved.saved_at, message.id as message_id, message.sender_id, message.client_key, message.position,
                message.body, message.body_version, message.created_at,
                sender.username as sender_username, sender.display_name as sender_name
         from saved
         join message on message.id = saved.message_id and message.deleted_at is null
         join account as sender on sender.id = message.sender_id
         join participant as me on me.conversation_id = message.conversation_id and me.account_id = saved.account_id
         join conversation on conversation.id = me.conversation_id
         left join channel on channel.id = conversation.channel_id
         left join space on space.id = channel.space_id
         left join account on conversation.kind = 'direct' and account.id = (
           select peer.account_id from participant as peer
           where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
           limit 1
         )
         where saved.account_id = $1 and (saved.saved_at, saved.message_id) < ($2, $3)
         order by saved.saved_at desc, saved.message_id desc
         limit $4",
    )
    .bind(caller.account.get()).bind(saved_at).bind(message).bind(Saved::PAGE as i64 + 1)
    .fetch_all(pool).await)?;

    let broken = |_| Failure::Internal("a saved message has an invalid id");
    let more = rows.len() > Saved::PAGE;
    let mut next = None;
    let mut lines = Vec::new();
    for row in rows.into_iter().take(Saved::PAGE) {
        let id: MessageId = row.message_id.try_into().map_err(broken)?;
        next = Some(Place { saved_at: Timestamp::from_millis(row.saved_at), message: id });
        lines.push(line(caller, id, row)?);
    }
    Ok(Saved { lines, next: next.filter(|_| more) })
}

fn line(caller: &Caller, id: MessageId, row: Row) -> Outcome<SavedLine> {
    let broken = |_| Failure::Internal("a saved message has an invalid id");
    let sender = Person {
        id: row.sender_id.try_into().map_err(broken)?,
        username: row.sender_username,
        display_name: row.sender_name,
    };
    let place_of = finding::entry(row.place).ok_or(Failure::Internal("a saved message stands nowhere"))?;
    let conversation =
        place_of.goal.conversation().ok_or(Failure::Internal("a saved message stands nowhere"))?;
    let key = row.client_key.try_into().map_err(broken)?;
    let at = Timestamp::from_millis(row.created_at);
    let body = caller.app.keyring.open(place(id, row.body_version), &row.body)?;
    let message = Message { body, ..Message::posted(conversation, id, sender.id, key, row.position, at) };
    Ok(SavedLine { message, sender, place: place_of })
}
