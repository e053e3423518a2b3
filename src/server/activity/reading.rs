//! Looking at what concerns one: a page of it, how much is new, and that one has looked.

use sqlx::QueryBuilder;

use super::changed;
use crate::{
    accounts::Person,
    activity::{Activity, ActivityLine, Deed, MOST_KEPT, Quoted},
    conversations::UNREAD_COUNTED,
    finding::Entry,
    ids::{ActivityId, MessageId},
    server::{
        access::{self, Noticed},
        answer::{Failure, Outcome},
        caller::Caller,
        crypto::Place,
        db::on_engine,
        finding,
    },
    text::action,
    time::Timestamp,
};

/// What concerns the caller, the newest first, from behind `before` on.
///
/// # Errors
/// The database's own.
pub async fn page(caller: &Caller, before: Option<ActivityId>) -> Outcome<Activity> {
    let mut noticed = access::noticed(caller, before, 0, Activity::PAGE + 1).await?;
    let more = noticed.len() > Activity::PAGE;
    noticed.truncate(Activity::PAGE);
    let next = noticed.last().filter(|_| more).map(Noticed::id);
    Ok(Activity { lines: lines(caller, &noticed).await?, next })
}

/// How much of it is new, of what the caller wants to hear of; a hundred stands for as much or more.
///
/// # Errors
/// The database's own.
pub async fn unread(caller: &Caller) -> Outcome<u32> {
    let read: i64 = on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select activity_read from account where id = $1")
            .bind(caller.account.get()).fetch_one(pool).await)?;
    let noticed = access::noticed(caller, None, read, MOST_KEPT).await?;
    let new = noticed.iter().filter(|noticed| noticed.is_new() && noticed.is_heard()).count();
    Ok(u32::try_from(new).unwrap_or(UNREAD_COUNTED).min(UNREAD_COUNTED))
}

/// Notes that the caller has looked at all of it up to `up_to`. Never goes back, nor beyond what there is.
///
/// # Errors
/// `TooFast`, as for frames: each may be a write.
pub async fn mark_read(caller: &Caller, up_to: ActivityId) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let moved: u64 = on_engine!(tx.connection(), connection => sqlx::query(
                "update account set activity_read = $2
                 where id = $1 and activity_read < $2
                   and exists (select 1 from activity where account_id = $1 and id >= $2)",
            ).bind(me.get()).bind(up_to.get()).execute(connection).await.map(|done| done.rows_affected()))?;
            if moved > 0 {
                tx.announce(changed(me));
            }
            Ok(())
        })
    });
    change.await
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    kind: String,
    emoji: String,
    created_at: i64,
    actor_id: i64,
    actor_username: String,
    actor_name: String,
    conversation_id: Option<i64>,
    conversation_kind: Option<String>,
    title: Option<String>,
    with_id: Option<i64>,
    username: Option<String>,
    display_name: Option<String>,
    space: Option<String>,
    message_id: Option<i64>,
    body: Option<Vec<u8>>,
    body_version: Option<i64>,
    answers: bool,
    names: bool,
    reminder_id: Option<i64>,
    note: Option<Vec<u8>>,
}

/// What was done, in the order in which it is `noticed`.
async fn lines(caller: &Caller, noticed: &[Noticed]) -> Outcome<Vec<ActivityLine>> {
    if noticed.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(
            "select activity.id, activity.kind, activity.emoji, activity.created_at,
                    actor.id as actor_id, actor.username as actor_username, actor.display_name as actor_name,
                    conversation.id as conversation_id, conversation.kind as conversation_kind, conversation.title,
                    peer.id as with_id, peer.username, peer.display_name, space.name as space,
                    message.id as message_id, message.body, message.body_version,
                    coalesce(asked.sender_id = activity.account_id, false) as answers,
                    exists (
                      select 1 from mention
                      where mention.message_id = message.id and mention.account_id = activity.account_id
                    ) as names,
                    reminder.id as reminder_id, reminder.note
             from activity
             join account as actor on actor.id = activity.actor_id
             left join message on message.id = activity.message_id and message.deleted_at is null
             left join message as asked on asked.id = coalesce(message.reply_to, message.thread_id)
             left join reminder on activity.kind = 'reminded' and reminder.account_id = activity.account_id
               and reminder.message_id = activity.message_id
             left join conversation on conversation.id = activity.conversation_id
             left join channel on channel.id = conversation.channel_id
             left join space on space.id = channel.space_id
             left join account as peer on conversation.kind = 'direct' and peer.id = (
               select other.account_id from participant as other
               where other.conversation_id = conversation.id and other.account_id <> activity.account_id
               limit 1
             )
             where activity.account_id = ",
        );
        query.push_bind(caller.account.get()).push(" and activity.id in (");
        let mut list = query.separated(", ");
        for one in noticed {
            list.push_bind(one.id().get());
        }
        query.push(") order by activity.id desc");
        query.build_query_as().fetch_all(pool).await
    })?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let is_new = noticed.iter().any(|one| one.id().get() == row.id && one.is_new());
        // What has gone meanwhile is passed over.
        lines.extend(line(caller, row, is_new)?);
    }
    Ok(lines)
}

fn line(caller: &Caller, row: Row, is_new: bool) -> Outcome<Option<ActivityLine>> {
    let broken = |_| Failure::Internal("a row of activity has an invalid id");
    let quoted = match (row.message_id, &row.body, row.body_version) {
        (Some(message), Some(body), Some(version)) => {
            let message = message.try_into().map_err(broken)?;
            Some(Quoted { message, text: excerpt(caller, message, body, version) })
        }
        _ => None,
    };
    let deed = match (&*row.kind, quoted) {
        ("said", Some(quoted)) if row.answers => Deed::Answered(quoted),
        ("said", Some(quoted)) if row.names => Deed::Mentioned(quoted),
        ("said", Some(quoted)) => Deed::Called(quoted),
        ("reacted", Some(to)) => Deed::Reacted { emoji: row.emoji.clone(), to },
        ("reminded", Some(of)) => Deed::Reminded { of, note: note(caller, &row) },
        ("unsent", _) => Deed::Unsent,
        ("asked", _) => Deed::Asked,
        ("accepted", _) => Deed::Accepted,
        ("added", _) => Deed::Added,
        ("approached", _) => Deed::Approached,
        _ => return Ok(None),
    };
    Ok(Some(ActivityLine {
        id: row.id.try_into().map_err(broken)?,
        deed,
        at: Timestamp::from_millis(row.created_at),
        is_new,
        actor: Person {
            id: row.actor_id.try_into().map_err(broken)?,
            username: row.actor_username.clone(),
            display_name: row.actor_name.clone(),
        },
        place: place(row),
    }))
}

/// One message that cannot be opened must not take the whole page with it.
fn excerpt(caller: &Caller, message: MessageId, sealed: &[u8], version: i64) -> String {
    let text = caller.app.keyring.open(Place { table: "message", id: message.get(), version }, sealed);
    let text = text.inspect_err(|failure| tracing::error!(error = %failure, "an excerpt is left empty"));
    action::beginning(&text.unwrap_or_default(), Quoted::CHARACTERS).text
}

/// What one noted for oneself beside a reminder.
fn note(caller: &Caller, row: &Row) -> String {
    let (Some(id), Some(sealed)) = (row.reminder_id, &row.note) else { return String::new() };
    let note = caller.app.keyring.open(Place { table: "reminder", id, version: 0 }, sealed);
    let note = note.inspect_err(|failure| tracing::error!(error = %failure, "a note is left empty"));
    note.unwrap_or_default()
}

/// The conversation in which it was done, if it was in one.
fn place(row: Row) -> Option<Entry> {
    let Row { title, with_id, username, display_name, space, .. } = row;
    let (id, kind) = (row.conversation_id?, row.conversation_kind?);
    finding::entry(finding::Row { id, kind, title, with_id, username, display_name, space, unread: false })
}
