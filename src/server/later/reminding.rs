//! Reminders: setting them, and telling people of what is due. They alone see them, and only as long as they may read what
//! they are about.

use std::collections::BTreeSet;

use super::hold;
use crate::{
    accounts::Person,
    activity::MOST_KEPT,
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId, MessageId, ReminderId},
    later::reminders::{LONGEST_NOTE, MOST_REMINDERS, Remindable, Reminder, ReminderLine, Reminders},
    messages::Message,
    server::{
        access::Member,
        accounts::one_line,
        activity,
        answer::{Failure, Outcome},
        caller::Caller,
        conversations,
        crypto::{Keyring, Place},
        db::{Tx, on_engine, sql},
        finding, messages,
        state::AppState,
    },
    time::Timestamp,
};

/// Reminders that are told by one change.
const AT_ONCE: i64 = 100;

const fn place(id: ReminderId) -> Place {
    Place { table: "reminder", id: id.get(), version: 0 }
}

/// A message that the member may ask to be reminded of.
///
/// # Errors
/// `NotFound` for a message that is not in the conversation; `Conflict` for what is deleted, or was not said but done.
pub async fn remindable(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Remindable> {
    let message = said(caller, member, message).await?;
    let waiting: Option<(i64, Option<Vec<u8>>, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select id, note, due_at from reminder where account_id = $1 and message_id = $2 and told_at is null",
    ).bind(caller.account.get()).bind(message.id.get()).fetch_optional(pool).await)?;
    let waiting =
        waiting.map(|(id, note, due_at)| reminder(&caller.app.keyring, id, note.as_deref(), due_at));
    let people = conversations::members::named(caller, member, &[message.sender]).await?;
    let place = conversations::about(caller, member).await?.name;
    let now = caller.app.clock.now();
    Ok(Remindable { message, people, place, now, waiting: waiting.transpose()? })
}

async fn said(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Message> {
    let message = messages::one(caller, member, message).await?;
    if message.is_said() { Ok(message) } else { Err(Error::Conflict.into()) }
}

fn reminder(keyring: &Keyring, id: i64, note: Option<&[u8]>, due_at: i64) -> Outcome<Reminder> {
    let id = id.try_into().map_err(|_| Failure::Internal("a reminder has an invalid id"))?;
    let note = note.map(|note| keyring.open(place(id), note)).transpose()?.unwrap_or_default();
    Ok(Reminder { due_at: Timestamp::from_millis(due_at), note })
}

/// Reminds the member of a message when it is `due`. If they are to be reminded of it already, it is moved.
///
/// # Errors
/// As [`remindable`]; `Invalid` for a note that cannot be taken, and if [`MOST_REMINDERS`] wait already; `TooFast`.
pub async fn set(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    due: Timestamp,
    note: &str,
) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let note = match note.trim() {
        "" => None,
        note => Some(one_line(Field::Note, note, LONGEST_NOTE)?),
    };
    said(caller, member, message).await?;
    let id: ReminderId = caller.app.mint.next();
    let note = note.map(|note| caller.app.keyring.seal(place(id), &note)).transpose()?;

    let (me, conversation) = (member.account(), member.conversation());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            hold(tx, me).await?;
            make_sure_of_room(tx, me, message).await?;
            store(tx, (id, me), (conversation, message), due, note.as_deref()).await?;
            tx.announce(activity::changed(me));
            Ok(())
        })
    });
    change.await?;
    caller.app.later.notify_one();
    Ok(())
}

/// What cannot be told any more makes room where it is needed.
async fn make_sure_of_room(tx: &mut Tx, me: AccountId, message: MessageId) -> Outcome<()> {
    if others(tx, me, message).await? >= i64::from(MOST_REMINDERS) {
        on_engine!(tx.connection(), connection => sqlx::query(
            "delete from reminder
             where account_id = $1 and told_at is null and not exists (
               select 1 from message
               join participant on participant.conversation_id = message.conversation_id
                 and participant.account_id = $1
               where message.id = reminder.message_id and message.deleted_at is null
             )",
        ).bind(me.get()).execute(connection).await.map(drop))?;
        if others(tx, me, message).await? >= i64::from(MOST_REMINDERS) {
            return Err(Failure::invalid(Field::Reminders, Why::TooLong { at_most: MOST_REMINDERS }));
        }
    }
    Ok(())
}

/// How many others wait.
async fn others(tx: &mut Tx, me: AccountId, message: MessageId) -> Outcome<i64> {
    Ok(on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select count(*) from reminder where account_id = $1 and message_id <> $2 and told_at is null",
    ).bind(me.get()).bind(message.get()).fetch_one(connection).await)?)
}

async fn store(
    tx: &mut Tx,
    (id, me): (ReminderId, AccountId),
    (conversation, message): (ConversationId, MessageId),
    due: Timestamp,
    note: Option<&[u8]>,
) -> Outcome<()> {
    let stored = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into reminder (id, account_id, message_id, note, due_at, told_at)
         select $1, me.account_id, message.id, $5, $6, null
         from participant as me
         join message on message.conversation_id = me.conversation_id
         where me.account_id = $2 and me.conversation_id = $3 and message.id = $4 and message.deleted_at is null
         on conflict (account_id, message_id)
         do update set id = excluded.id, note = excluded.note, due_at = excluded.due_at, told_at = null",
    )
    .bind(id.get()).bind(me.get()).bind(conversation.get()).bind(message.get()).bind(note).bind(due.millis())
    .execute(connection).await.map(|done| done.rows_affected()))?;
    // They have gone meanwhile, or it has.
    if stored == 0 { Err(Error::NotFound.into()) } else { Ok(()) }
}

/// Reminds the caller of a message no longer, wherever it was said. Once more changes nothing.
///
/// # Errors
/// `TooFast`.
pub async fn remove(caller: &Caller, message: MessageId) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let gone = on_engine!(tx.connection(), connection => sqlx::query(
                "delete from reminder where account_id = $1 and message_id = $2",
            ).bind(me.get()).bind(message.get()).execute(connection).await.map(|done| done.rows_affected()))?;
            if gone > 0 {
                tx.announce(activity::changed(me));
            }
            Ok(())
        })
    });
    change.await
}

/// Takes away the reminders of a message, which is deleted: what was noted beside it goes with it.
///
/// # Errors
/// The database's own.
pub async fn forget(tx: &mut Tx, message: MessageId) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("delete from reminder where message_id = $1")
        .bind(message.get()).execute(connection).await.map(drop))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    place: finding::Row,
    reminder_id: i64,
    note: Option<Vec<u8>>,
    due_at: i64,
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

/// What the caller will be reminded of, the next first: what they may still read.
///
/// # Errors
/// The database's own; `Seal` if one of them cannot be opened.
pub async fn reminders(caller: &Caller) -> Outcome<Reminders> {
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, conversation.title, false as unread,
                account.id as with_id, account.username, account.display_name, space.name as space,
                reminder.id as reminder_id, reminder.note, reminder.due_at,
                message.id as message_id, message.sender_id, message.client_key, message.position,
                message.body, message.body_version, message.created_at,
                sender.username as sender_username, sender.display_name as sender_name
         from reminder
         join message on message.id = reminder.message_id and message.deleted_at is null
         join account as sender on sender.id = message.sender_id
         join participant as me
           on me.conversation_id = message.conversation_id and me.account_id = reminder.account_id
         join conversation on conversation.id = me.conversation_id
         left join channel on channel.id = conversation.channel_id
         left join space on space.id = channel.space_id
         left join account on conversation.kind = 'direct' and account.id = (
           select peer.account_id from participant as peer
           where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
           limit 1
         )
         where reminder.account_id = $1 and reminder.told_at is null
         order by reminder.due_at, reminder.id
         limit $2",
    )
    .bind(caller.account.get()).bind(i64::from(MOST_REMINDERS))
    .fetch_all(pool).await)?;
    Ok(Reminders { lines: rows.into_iter().map(|row| line(caller, row)).collect::<Outcome<_>>()? })
}

fn line(caller: &Caller, row: Row) -> Outcome<ReminderLine> {
    let broken = |_| Failure::Internal("a reminder has an invalid id");
    let nowhere = || Failure::Internal("a message stands nowhere");
    let keyring = &caller.app.keyring;
    let reminder = reminder(keyring, row.reminder_id, row.note.as_deref(), row.due_at)?;
    let sender = Person {
        id: row.sender_id.try_into().map_err(broken)?,
        username: row.sender_username,
        display_name: row.sender_name,
    };
    let place = finding::entry(row.place).ok_or_else(nowhere)?;
    let conversation = place.goal.conversation().ok_or_else(nowhere)?;
    let (id, key) = (row.message_id.try_into().map_err(broken)?, row.client_key.try_into().map_err(broken)?);
    let at = Timestamp::from_millis(row.created_at);
    let sealed = Place { table: "message", id: row.message_id, version: row.body_version };
    let body = keyring.open(sealed, &row.body)?;
    let message = Message { body, ..Message::posted(conversation, id, sender.id, key, row.position, at) };
    Ok(ReminderLine { message, sender, place, reminder })
}

/// Tells people of what is due; when the next is.
///
/// # Errors
/// The database's own.
pub(super) async fn tell_due(app: &AppState) -> Outcome<Option<i64>> {
    let next: Option<i64> = on_engine!(app.db.pool(), pool => sqlx::query_scalar(
        "select due_at from reminder where told_at is null and due_at > 0 order by due_at, id limit 1",
    ).fetch_optional(pool).await)?;
    if next.is_some_and(|next| next <= app.clock.now().millis()) {
        app.writer.change(|tx| Box::pin(tell(tx))).await?;
    }
    Ok(next)
}

/// A message that somebody is reminded of now.
#[derive(sqlx::FromRow)]
struct Due {
    id: i64,
    account_id: i64,
    message_id: i64,
    conversation_id: i64,
    sender_id: i64,
}

async fn tell(tx: &mut Tx) -> Outcome<()> {
    let now = tx.now.millis();
    hold_those_due(tx, now).await?;
    let due: Vec<Due> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select reminder.id, reminder.account_id, reminder.message_id, message.conversation_id, message.sender_id
         from reminder
         join message on message.id = reminder.message_id
         where reminder.told_at is null and reminder.due_at <= $1
         order by reminder.due_at, reminder.id
         limit $2",
    ).bind(now).bind(AT_ONCE).fetch_all(connection).await)?;

    let broken = |_| Failure::Internal("a reminder has an invalid id");
    let mut told = Vec::new();
    for one in due {
        if is_told_now(tx, one.id, now).await? {
            let account: AccountId = one.account_id.try_into().map_err(broken)?;
            let message = one.message_id.try_into().map_err(broken)?;
            let place = (one.conversation_id.try_into().map_err(broken)?, message);
            told.push((account, one.sender_id.try_into().map_err(broken)?, place));
        }
    }
    activity::reminded(tx, &told).await?;
    for account in told.iter().map(|(account, ..)| *account).collect::<BTreeSet<_>>() {
        forget_the_oldest(tx, account).await?;
        tx.announce(activity::changed(account));
    }
    Ok(())
}

/// The accounts first, ascending, as whoever deletes theirs holds it before what belongs to it.
async fn hold_those_due(tx: &mut Tx, now: i64) -> Outcome<()> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from account
                 where id in (
                   select account_id from reminder
                   where told_at is null and due_at <= $1
                   order by due_at, id
                   limit $2
                 )",
        postgres: "select id from account
                   where id in (
                     select account_id from reminder
                     where told_at is null and due_at <= $1
                     order by due_at, id
                     limit $2
                   )
                   order by id for key share",
    );
    on_engine!(connection, connection =>
        sqlx::query(text).bind(now).bind(AT_ONCE).execute(connection).await.map(drop))?;
    Ok(())
}

/// Notes that it is told, unless it was moved, removed or told by another server meanwhile. What they may no longer read
/// goes away instead, and nothing is said of it.
async fn is_told_now(tx: &mut Tx, reminder: i64, now: i64) -> Outcome<bool> {
    let told = on_engine!(tx.connection(), connection => sqlx::query(
        "update reminder set told_at = $2
         where id = $1 and told_at is null and due_at <= $2 and exists (
           select 1 from message
           join participant on participant.conversation_id = message.conversation_id
             and participant.account_id = reminder.account_id
           where message.id = reminder.message_id and message.deleted_at is null
         )",
    ).bind(reminder).bind(now).execute(connection).await.map(|done| done.rows_affected()))?;
    if told == 0 {
        on_engine!(tx.connection(), connection => sqlx::query(
            "delete from reminder where id = $1 and told_at is null and due_at <= $2",
        ).bind(reminder).bind(now).execute(connection).await.map(drop))?;
    }
    Ok(told > 0)
}

/// Of what somebody was told no more is kept than the page of activity may show.
async fn forget_the_oldest(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query(
        "delete from reminder
         where account_id = $1 and told_at is not null and id <= (
           select kept.id from reminder as kept
           where kept.account_id = $1 and kept.told_at is not null
           order by kept.id desc
           limit 1 offset $2
         )",
    )
    .bind(account.get()).bind(i64::try_from(MOST_KEPT).unwrap_or(i64::MAX))
    .execute(connection).await.map(drop))?;
    Ok(())
}
