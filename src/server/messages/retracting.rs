//! Deleting one's own, with a moment to undo it.
//!
//! The row says until when; nobody but the author's own screens knows. It takes no number until it is over. Then this
//! deletes it for everybody, on whichever server looks first, and after a restart too.

use std::{collections::BTreeMap, time::Duration};

use super::{MessageRow, SYSTEM, changing::find_own, deleting::wipe};
use crate::{
    error::Error,
    ids::{ConversationId, MessageId},
    messages::Retracted,
    realtime::event::Event,
    server::{
        access::{self, Member},
        answer::Outcome,
        caller::Caller,
        crypto::Keyring,
        db::{Announcement, Tx, on_engine, sql},
        state::AppState,
    },
    time::Timestamp,
};

/// How long a deletion can be undone.
const MOMENT: Duration = Duration::from_secs(5);

/// Deletions that are made in one change.
const AT_ONCE: i64 = 100;

/// Between two looks at what other servers may have left.
const PAUSE: Duration = Duration::from_secs(60);

/// After a failure.
const RETRY: Duration = Duration::from_secs(1);

/// Deletions of one person in one conversation that a page tells of.
const MOST_TOLD: i64 = 100;

/// Deletes a message of the member in a moment, see [`MOMENT`]. Once more changes nothing.
///
/// # Errors
/// `NotFound` for who is gone from the conversation, and for a message that is not in it; `Forbidden` for what others
/// said; `Conflict` for what was not said but done; `TooFast`.
pub async fn retract(caller: &Caller, member: &Member, message: MessageId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let author = access::author(tx, &member, message).await?;
            let row = find_own(tx, &author).await?;
            if row.kind == SYSTEM {
                return Err(Error::Conflict.into());
            }
            if row.deleted_at.is_some() {
                return Ok(());
            }
            let moment = i64::try_from(MOMENT.as_millis()).unwrap_or(i64::MAX);
            let until = row.delete_at.unwrap_or_else(|| tx.now.millis().saturating_add(moment));
            set(tx, message, Some(until)).await?;
            tell(tx, &member, message, Some(Timestamp::from_millis(until)));
            Ok(())
        })
    });
    change.await?;
    caller.app.retractions.notify_one();
    Ok(())
}

/// Brings back a message that the member has deleted. Nothing changes if it was not.
///
/// # Errors
/// As [`retract`]; `Conflict` also if it is too late.
pub async fn restore(caller: &Caller, member: &Member, message: MessageId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let author = access::author(tx, &member, message).await?;
            let row = find_own(tx, &author).await?;
            if row.deleted_at.is_some() || row.kind == SYSTEM {
                return Err(Error::Conflict.into());
            }
            set(tx, message, None).await?;
            tell(tx, &member, message, None);
            Ok(())
        })
    });
    change.await
}

async fn set(tx: &mut Tx, message: MessageId, delete_at: Option<i64>) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("update message set delete_at = $2 where id = $1")
        .bind(message.get()).bind(delete_at).execute(connection).await.map(drop))?;
    Ok(())
}

fn tell(tx: &mut Tx, member: &Member, message: MessageId, until: Option<Timestamp>) {
    let event = Event::Retracted { conversation: member.conversation(), message, until };
    tx.announce(Announcement::Account(member.account(), event));
}

/// What the member has deleted in the conversation and can still bring back.
///
/// # Errors
/// The database's own.
pub async fn of(caller: &Caller, member: &Member) -> Outcome<Vec<Retracted>> {
    let rows: Vec<(i64, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select id, delete_at from message
         where delete_at is not null and deleted_at is null and conversation_id = $1 and sender_id = $2
         order by delete_at
         limit $3",
    )
    .bind(member.conversation().get()).bind(member.account().get()).bind(MOST_TOLD)
    .fetch_all(pool).await)?;
    let retracted = |(message, until): (i64, i64)| {
        Some(Retracted { message: message.try_into().ok()?, until: Timestamp::from_millis(until) })
    };
    Ok(rows.into_iter().filter_map(retracted).collect())
}

/// Makes deletions true once their moment is over, as long as the server runs.
pub async fn keep_up(app: AppState) {
    loop {
        let wait = match sweep(&app).await {
            Ok(next) => next.map_or(PAUSE, |at| app.clock.until(at).min(PAUSE)),
            Err(failure) => {
                tracing::error!(error = %failure, "messages that are to be deleted could not be");
                RETRY
            }
        };
        drop(tokio::time::timeout(wait, app.retractions.notified()).await);
    }
}

/// Deletes what is due; when the next is.
async fn sweep(app: &AppState) -> Outcome<Option<i64>> {
    let next: Option<i64> = on_engine!(app.db.pool(), pool => sqlx::query_scalar(
        "select delete_at from message where delete_at > 0 and deleted_at is null order by delete_at limit 1",
    ).fetch_optional(pool).await)?;
    if next.is_none_or(|next| next > app.clock.now().millis()) {
        return Ok(next);
    }
    let keyring = app.keyring.clone();
    let change = app.writer.change(move |tx| Box::pin(async move { delete_due(tx, &keyring).await }));
    change.await?;
    Ok(next)
}

/// The conversations are held before the messages are read, ascending, as whoever posts does it.
async fn delete_due(tx: &mut Tx, keyring: &Keyring) -> Outcome<()> {
    let now = tx.now.millis();
    let due: Vec<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select id, conversation_id from message
         where delete_at > 0 and deleted_at is null and delete_at <= $1
         order by delete_at
         limit $2",
    ).bind(now).bind(AT_ONCE).fetch_all(connection).await)?;
    let mut by_conversation = BTreeMap::<i64, Vec<i64>>::new();
    for (message, conversation) in due {
        by_conversation.entry(conversation).or_default().push(message);
    }

    for (conversation, messages) in by_conversation {
        let connection = tx.connection();
        let text = sql!(connection,
            sqlite: "select id from conversation where id = $1",
            postgres: "select id from conversation where id = $1 for update",
        );
        on_engine!(connection, connection =>
            sqlx::query(text).bind(conversation).execute(connection).await.map(drop))?;
        for message in messages {
            delete_one(tx, keyring, conversation, message).await?;
        }
    }
    Ok(())
}

/// Unless it was brought back, or deleted by somebody else, before the conversation was held.
async fn delete_one(tx: &mut Tx, keyring: &Keyring, conversation: i64, message: i64) -> Outcome<()> {
    let now = tx.now.millis();
    let row: Option<MessageRow> = on_engine!(tx.connection(), connection => sqlx::query_as(concat!(
        "select ", columns!(), " from message
         where id = $1 and delete_at is not null and deleted_at is null and delete_at <= $2",
    )).bind(message).bind(now).fetch_optional(connection).await)?;
    let Some(row) = row else { return Ok(()) };
    let Ok(conversation) = ConversationId::try_from(conversation) else { return Ok(()) };
    let version = row.body_version;
    let message = row.message(conversation)?;
    wipe(tx, keyring, message.sender, message, version).await
}
