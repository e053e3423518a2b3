//! What of that which concerns somebody they may still see.
//!
//! A row of `activity` only points. Whether what it points to still stands, and is still theirs to see, is asked here, each
//! time: what was taken back, deleted, or done where they no longer are, or by whom they have blocked, is not there.

use super::Writer;
use crate::{
    ids::{AccountId, ActivityId},
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Tx, on_engine},
    },
};

/// Proof that something concerns the caller, stands, and is theirs to see.
#[derive(Debug, Clone, Copy)]
pub struct Noticed {
    id: ActivityId,
    is_new: bool,
    is_heard: bool,
}

impl Noticed {
    pub const fn id(&self) -> ActivityId {
        self.id
    }

    /// They have neither looked at it nor, if it was said, read it where it stands.
    pub const fn is_new(&self) -> bool {
        self.is_new
    }

    /// They want to hear of the place where it was.
    pub const fn is_heard(&self) -> bool {
        self.is_heard
    }
}

/// What concerns the caller, the newest first, before and behind these rows; at most `limit`.
///
/// # Errors
/// The database's own.
pub async fn noticed(
    caller: &Caller,
    before: Option<ActivityId>,
    behind: i64,
    limit: usize,
) -> Outcome<Vec<Noticed>> {
    let rows: Vec<(i64, bool, bool)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select activity.id,
                activity.id > mine.activity_read
                  and (activity.kind <> 'said' or message.position > case when message.thread_id is null
                    then me.read_position else coalesce(followed.read_position, 0) end) as is_new,
                activity.kind in ('reminded', 'unsent') or coalesce(me.notify <> 'none' and (me.muted_until is null or me.muted_until <= $5), true) as is_heard
         from activity
         join account as mine on mine.id = activity.account_id
         left join message on message.id = activity.message_id and message.deleted_at is null
         left join message as asked on asked.id = coalesce(message.reply_to, message.thread_id)
         left join thread_follow as followed
           on followed.account_id = activity.account_id and followed.root_id = message.thread_id
         left join participant as me
           on me.conversation_id = activity.conversation_id and me.account_id = activity.account_id
         where activity.account_id = $1 and activity.id < $2 and activity.id > $3
           and not exists (
             select 1 from block where blocker_id = activity.account_id and blocked_id = activity.actor_id
           )
           and case activity.kind
             when 'said' then message.id is not null and me.account_id is not null and me.request is null and (
               activity.account_id = asked.sender_id or message.mentions_all <> 0 or exists (
                 select 1 from mention
                 where mention.message_id = message.id and mention.account_id = activity.account_id
               )
             )
             when 'reacted' then message.id is not null and me.account_id is not null and me.request is null and exists (
               select 1 from reaction
               where reaction.message_id = message.id and reaction.emoji = activity.emoji
                 and reaction.account_id = activity.actor_id
             )
             when 'reminded' then message.id is not null and me.account_id is not null and exists (
               select 1 from reminder
               where reminder.account_id = activity.account_id and reminder.message_id = activity.message_id
                 and reminder.told_at is not null
             )
             when 'unsent' then exists (
               select 1 from scheduled
               where scheduled.account_id = activity.account_id and scheduled.refused is not null
             )
             when 'added' then me.account_id is not null
             when 'approached' then me.request = 'pending' and exists (
               select 1 from message as said
               where said.conversation_id = me.conversation_id and said.kind <> 'system' and said.deleted_at is null
             )
             when 'asked' then exists (
               select 1 from friendship
               where user1_id = activity.account_id and user2_id = activity.actor_id
                 and status = 'pending' and asked_by = activity.actor_id
             ) or exists (
               select 1 from friendship
               where user1_id = activity.actor_id and user2_id = activity.account_id
                 and status = 'pending' and asked_by = activity.actor_id
             )
             else exists (
               select 1 from friendship
               where user1_id = activity.account_id and user2_id = activity.actor_id and status = 'accepted'
             ) or exists (
               select 1 from friendship
               where user1_id = activity.actor_id and user2_id = activity.account_id and status = 'accepted'
             )
           end
         order by activity.id desc
         limit $4",
    )
    .bind(caller.account.get()).bind(before.map_or(i64::MAX, ActivityId::get)).bind(behind)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX)).bind(caller.app.clock.now().millis())
    .fetch_all(pool).await)?;
    let broken = |_| Failure::Internal("a row of activity has an invalid id");
    let noticed = rows
        .into_iter()
        .map(|(id, is_new, is_heard)| Ok(Noticed { id: id.try_into().map_err(broken)?, is_new, is_heard }));
    noticed.collect()
}

/// Whether `account` may learn of what `writer` does in a conversation: they are in it, and have not blocked them.
///
/// # Errors
/// The database's own.
pub async fn notices(tx: &mut Tx, account: AccountId, writer: &Writer) -> Outcome<bool> {
    Ok(on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select exists (select 1 from participant where conversation_id = $1 and account_id = $2)
                and not exists (select 1 from block where blocker_id = $2 and blocked_id = $3)",
    )
    .bind(writer.conversation().get()).bind(account.get()).bind(writer.account().get())
    .fetch_one(connection).await)?)
}
