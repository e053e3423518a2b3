//! What somebody chose for a conversation of theirs: muting, how much to hear, pinning and hiding.
//!
//! One row of `participant` holds it, and only the person's own screens hear that it changed. Nothing here is looked at
//! when something is posted: what is hidden is told from what was said behind a position.

use super::describing::kind;
use crate::{
    conversations::choices::{Choices, Level, MOST_PINNED, Mute},
    error::{Error, Field, Why},
    realtime::event::{Event, Topic},
    server::{
        access::Member,
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Announcement, Tx, on_engine},
    },
    time::Timestamp,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    kind: String,
    title: Option<String>,
    display_name: Option<String>,
    notify: String,
    muted_until: Option<i64>,
    pinned: i64,
    hidden: bool,
}

/// What the member has chosen.
///
/// # Errors
/// `NotFound` if the member is gone from the conversation meanwhile.
pub async fn show(caller: &Caller, member: &Member) -> Outcome<Choices> {
    let row: Option<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, conversation.title, account.display_name,
                me.notify, me.muted_until, me.pinned,
                me.hidden_position is not null and not exists (
                  select 1 from message
                  where message.conversation_id = me.conversation_id and message.position > me.hidden_position
                    and message.kind <> 'system' and message.deleted_at is null
                ) as hidden
         from conversation
         join participant as me on me.conversation_id = conversation.id and me.account_id = $2
         left join account on conversation.kind = 'direct' and account.id = (
           select peer.account_id from participant as peer
           where peer.conversation_id = conversation.id and peer.account_id <> $2
           limit 1
         )
         where conversation.id = $1",
    ).bind(member.conversation().get()).bind(member.account().get()).fetch_optional(pool).await)?;
    let row = row.ok_or(Failure::Refused(Error::NotFound))?;
    let now = caller.app.clock.now();
    Ok(Choices {
        kind: kind(row.id, &row.kind).ok_or(Failure::Internal("a conversation is of no known kind"))?,
        name: row.display_name.or(row.title).unwrap_or_default(),
        level: Level::from_code(&row.notify).unwrap_or_default(),
        muted_until: row.muted_until.map(Timestamp::from_millis).filter(|end| *end > now),
        pinned: row.pinned == 1,
        hidden: row.hidden,
    })
}

/// Something to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Mute(Mute),
    Unmute,
    Level(Level),
    Pin,
    Unpin,
    /// Takes it out of the list, until something new is said there. What is hidden is not pinned.
    Hide,
    /// Takes it back into the list.
    ShowAgain,
}

/// Has the member choose, and tells their own screens. Choosing again what is so already is no failure.
///
/// # Errors
/// `Invalid` for pinning more than [`MOST_PINNED`]; `NotFound` if the member is gone from the conversation meanwhile;
/// `TooFast`, as for frames: each is a write.
pub async fn choose(caller: &Caller, member: &Member, choice: Choice) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            if choice == Choice::Pin {
                has_room(tx, member).await?;
            }
            if store(tx, member, choice).await? == 0 {
                return Err(Failure::Refused(Error::NotFound));
            }
            let inbox = Event::Changed { what: Topic::Inbox };
            tx.announce(Announcement::Account(member.account(), inbox));
            Ok(())
        })
    });
    change.await
}

/// # Errors
/// `Invalid` if as many others are pinned as may be.
async fn has_room(tx: &mut Tx, member: Member) -> Outcome<()> {
    let others: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select count(*) from participant where account_id = $1 and pinned = 1 and conversation_id <> $2",
    ).bind(member.account().get()).bind(member.conversation().get()).fetch_one(connection).await)?;
    if others < i64::from(MOST_PINNED) {
        return Ok(());
    }
    Err(Failure::invalid(Field::Pins, Why::TooLong { at_most: MOST_PINNED }))
}

/// Writes it down; how many rows there were to write in.
async fn store(tx: &mut Tx, member: Member, choice: Choice) -> Outcome<u64> {
    let now = tx.now;
    let (conversation, account) = (member.conversation().get(), member.account().get());
    Ok(match choice {
        Choice::Mute(_) | Choice::Unmute => {
            let end = if let Choice::Mute(length) = choice { Some(length.end(now).millis()) } else { None };
            on_engine!(tx.connection(), connection => sqlx::query(
                "update participant set muted_until = $3 where conversation_id = $1 and account_id = $2",
            ).bind(conversation).bind(account).bind(end)
            .execute(connection).await.map(|done| done.rows_affected()))?
        }
        Choice::Level(level) => on_engine!(tx.connection(), connection => sqlx::query(
            "update participant set notify = $3 where conversation_id = $1 and account_id = $2",
        ).bind(conversation).bind(account).bind(level.code())
        .execute(connection).await.map(|done| done.rows_affected()))?,
        // What stands first in the list is in it.
        Choice::Pin => on_engine!(tx.connection(), connection => sqlx::query(
            "update participant set pinned = 1, hidden_position = null
             where conversation_id = $1 and account_id = $2",
        ).bind(conversation).bind(account).execute(connection).await.map(|done| done.rows_affected()))?,
        Choice::Unpin => on_engine!(tx.connection(), connection => sqlx::query(
            "update participant set pinned = 0 where conversation_id = $1 and account_id = $2",
        ).bind(conversation).bind(account).execute(connection).await.map(|done| done.rows_affected()))?,
        Choice::Hide => on_engine!(tx.connection(), connection => sqlx::query(
            "update participant set pinned = 0, hidden_position = (select head from conversation where id = $1)
             where conversation_id = $1 and account_id = $2",
        ).bind(conversation).bind(account).execute(connection).await.map(|done| done.rows_affected()))?,
        Choice::ShowAgain => on_engine!(tx.connection(), connection => sqlx::query(
            "update participant set hidden_position = null where conversation_id = $1 and account_id = $2",
        ).bind(conversation).bind(account).execute(connection).await.map(|done| done.rows_affected()))?,
    })
}
