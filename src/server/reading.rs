//! How far people have read: the verbs and their SQL.
//!
//! What is unread is counted, never stored: the messages of others behind one's `read_position`, up to a hundred. In a
//! private talk the index `message_unread` leads to them by who wrote them, so that however many of one's own stand
//! between, none is looked at. In a group there are too many writers for that: there they are met in their order, and
//! [`mark_read`] sees to it that what one wrote oneself does not pile up behind the position.

use super::{
    access::Member,
    answer::Outcome,
    caller::Caller,
    db::{Announcement, Tx, on_engine},
    messages, receipts, threads,
};
use crate::{
    conversations::UNREAD_COUNTED,
    ids::{AccountId, MessageId},
    messages::unread::Unread,
    realtime::event::Event,
};

/// One's own messages in a group, one after the other, that are passed over in counting: behind as many the position
/// moves up even if there was nothing to read.
const PASSED_OVER: i64 = 200;

/// What others wrote behind the position up to which the member has read; `with` is the other one of a private talk.
///
/// # Errors
/// The database's own.
pub async fn unread(caller: &Caller, member: &Member, with: Option<AccountId>, read: i64) -> Outcome<Unread> {
    let (conversation, me) = (member.conversation().get(), member.account().get());
    let (count, first): (i64, Option<i64>) = match with {
        Some(with) => on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
            "select count(*), min(position) from (
               select position from message
               where conversation_id = $1 and sender_id = $2 and position > $3
                 and kind <> 'system' and thread_id is null and deleted_at is null
               order by position
               limit 100
             ) as counted",
        ).bind(conversation).bind(with.get()).bind(read).fetch_one(pool).await)?,
        None => on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
            "select count(*), min(position) from (
               select position from message
               where conversation_id = $1 and sender_id <> $2 and position > $3
                 and kind <> 'system' and thread_id is null and deleted_at is null
               order by position
               limit 100
             ) as counted",
        ).bind(conversation).bind(me).bind(read).fetch_one(pool).await)?,
    };
    Ok(Unread { count: counted(count), first })
}

/// How much is unread in all conversations of the caller together: of what they want to have counted, and of what
/// stands in their list.
///
/// # Errors
/// The database's own.
pub async fn unread_in_all(caller: &Caller) -> Outcome<u32> {
    let count: i64 = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select cast(coalesce(sum(case conversation.kind when 'direct' then (
           select count(*) from (
             select 1 from message
             where message.conversation_id = me.conversation_id
               and message.sender_id = (
                 select peer.account_id from participant as peer
                 where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
                 limit 1
               )
               and message.position > me.read_position
               and message.kind <> 'system' and message.thread_id is null and message.deleted_at is null
             limit 100
           ) as counted
         ) else (
           select count(*) from (
             select 1 from message
             where message.conversation_id = me.conversation_id and message.sender_id <> me.account_id
               and message.position > me.read_position
               and message.kind <> 'system' and message.thread_id is null and message.deleted_at is null
             order by message.position
             limit 100
           ) as counted
         ) end), 0) as bigint)
         from participant as me
         join conversation on conversation.id = me.conversation_id
         where me.account_id = $1 and conversation.kind <> 'channel' and me.request is null
           and me.notify = 'all' and (me.muted_until is null or me.muted_until <= $2)
           and (me.hidden_position is null or exists (
             select 1 from message
             where message.conversation_id = me.conversation_id and message.position > me.hidden_position
               and message.kind <> 'system' and message.deleted_at is null
           ))",
    ).bind(caller.account.get()).bind(caller.app.clock.now().millis()).fetch_one(pool).await)?;
    Ok(counted(count).min(UNREAD_COUNTED))
}

/// A bounded count, as the database gives it.
pub fn counted(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

/// Notes that the member has read up to `position`. Never goes back, nor beyond what has been said; where nothing of
/// others stands between, nothing is written and nobody is told.
///
/// # Errors
/// The database's own.
pub async fn mark_read(caller: &Caller, member: &Member, position: i64) -> Outcome<()> {
    let up_to: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select conversation.head
         from participant as me
         join conversation on conversation.id = me.conversation_id
         where me.conversation_id = $1 and me.account_id = $2 and (case conversation.kind when 'direct' then exists (
           select 1
           from participant as peer
           where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id and (
             select message.position from message
             where message.conversation_id = peer.conversation_id and message.sender_id = peer.account_id
               and message.position > me.read_position
               and message.kind <> 'system' and message.thread_id is null and message.deleted_at is null
             order by message.position
             limit 1
           ) <= $3
         ) else me.read_position + $4 < $3 or coalesce((
           select message.position from message
           where message.conversation_id = me.conversation_id and message.sender_id <> me.account_id
             and message.position > me.read_position
             and message.kind <> 'system' and message.thread_id is null and message.deleted_at is null
           order by message.position
           limit 1
         ) <= $3, false) end)",
    )
    .bind(member.conversation().get()).bind(member.account().get()).bind(position).bind(PASSED_OVER)
    .fetch_optional(pool).await)?;
    let Some(position) = up_to.map(|head| head.min(position)) else { return Ok(()) };

    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let moved: u64 = on_engine!(tx.connection(), connection => sqlx::query(
                "update participant set read_position = $3, swept_at = null, swept_from = null
                 where conversation_id = $1 and account_id = $2 and read_position < $3",
            )
            .bind(member.conversation().get()).bind(member.account().get()).bind(position)
            .execute(connection).await.map(|done| done.rows_affected()))?;
            announce(tx, member, position, moved);
            if moved > 0 {
                receipts::read(tx, &member, position).await?;
            }
            Ok(())
        })
    });
    change.await
}

/// Lets `message` and what follows be unread again, as far as others wrote it.
///
/// # Errors
/// `NotFound` if the message is not in the conversation, or no longer; `TooFast`, as for frames: each may be a write.
pub async fn mark_unread(caller: &Caller, member: &Member, message: MessageId) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let (position, thread) = messages::standing(caller, member, message).await?;
    let position = position - 1;
    if let Some(root) = thread {
        return threads::mark_unread(caller, member, root, position).await;
    }

    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let moved: u64 = on_engine!(tx.connection(), connection => sqlx::query(
                "update participant set read_position = $3, swept_at = null, swept_from = null
                 where conversation_id = $1 and account_id = $2 and read_position > $3",
            )
            .bind(member.conversation().get()).bind(member.account().get()).bind(position)
            .execute(connection).await.map(|done| done.rows_affected()))?;
            announce(tx, member, position, moved);
            Ok(())
        })
    });
    change.await
}

/// Tells the member's own screens, and nobody else, if a row has `moved`.
fn announce(tx: &mut Tx, member: Member, position: i64, moved: u64) {
    if moved > 0 {
        let (conversation, account) = (member.conversation(), member.account());
        let read = Event::Read { conversation, account, position };
        tx.announce(Announcement::Account(account, read));
    }
}
