//! Reactions: the verbs and their SQL.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::{
    MessageRow, SYSTEM,
    changing::{find, next_number},
};
use crate::{
    accounts::Person,
    error::{Error, Field, Why},
    ids::{AccountId, MessageId},
    messages::{
        Message,
        reactions::{MOST_DIFFERENT, Reaction, Reactions},
    },
    realtime::event::Event,
    server::{
        access::{self, Member, Writer},
        activity,
        answer::{Failure, Outcome},
        caller::Caller,
        conversations,
        db::{Announcement, Tx, on_engine},
    },
};

/// Bytes that an emoji may have. The longest known have 35.
const LONGEST: usize = 64;

/// The member reacts to a message with `emoji`, or does no more. Once more changes nothing.
///
/// # Errors
/// `Invalid` for what is not one emoji; `NotFound` for who is gone from the conversation, and for a message that is not in
/// it; `Forbidden` where one may only read; `Conflict` for what is deleted, and for what was not said but done; `TooMuch`
/// if there are [`MOST_DIFFERENT`] others already; `TooFast`.
pub async fn react(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    emoji: &str,
    added: bool,
) -> Outcome<()> {
    let emoji = one_emoji(emoji)?;
    caller.app.limits.sends.take(&caller.account)?;
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let writer = access::writer(tx, &member).await?;
            let row = find(tx, writer.conversation(), message).await?;
            if row.kind == SYSTEM || row.deleted_at.is_some() {
                return Err(Error::Conflict.into());
            }
            let has_changed = match added {
                true => add(tx, &writer, &row, message, emoji).await?,
                false => remove(tx, &writer, message, emoji).await?,
            };
            if has_changed {
                let author = row.message(writer.conversation())?.sender;
                activity::reacted(tx, &writer, (message, author), emoji, added).await?;
            }
            Ok(())
        })
    });
    change.await
}

/// Its one spelling, with the selector that makes a picture of it.
fn one_emoji(typed: &str) -> Outcome<&'static str> {
    let typed = typed.trim();
    let refuse = |why| Failure::invalid(Field::Emoji, why);
    if typed.is_empty() {
        return Err(refuse(Why::Missing));
    }
    let known = (typed.len() <= LONGEST).then(|| emojis::get(typed)).flatten();
    known.map(emojis::Emoji::as_str).ok_or(refuse(Why::Unknown))
}

/// Whether it was not there.
async fn add(
    tx: &mut Tx,
    writer: &Writer,
    row: &MessageRow,
    message: MessageId,
    emoji: &'static str,
) -> Outcome<bool> {
    let counts = counts(tx, message).await?;
    if counts.len() >= MOST_DIFFERENT && counts.iter().all(|it| it.emoji != emoji) {
        return Err(Error::TooMuch.into());
    }
    let now = tx.now.millis().max(row.created_at);
    let added = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into reaction (message_id, emoji, account_id, created_at)
         values ($1, $2, $3, $4)
         on conflict do nothing",
    )
    .bind(message.get()).bind(emoji).bind(writer.account().get()).bind(now)
    .execute(connection).await.map(|done| done.rows_affected()))?;
    if added == 0 {
        return Ok(false);
    }
    let revision = next_number(tx, writer.conversation()).await?;
    let total: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "insert into reaction_count (message_id, emoji, total, since)
         values ($1, $2, 1, $3)
         on conflict (message_id, emoji) do update set total = reaction_count.total + 1
         returning total",
    ).bind(message.get()).bind(emoji).bind(revision).fetch_one(connection).await)?;
    let reaction = Reaction { emoji: emoji.to_owned(), count: count(total) };
    changed(tx, writer, message, revision, reaction, true).await?;
    Ok(true)
}

/// Whether it was there.
async fn remove(tx: &mut Tx, writer: &Writer, message: MessageId, emoji: &'static str) -> Outcome<bool> {
    let removed = on_engine!(tx.connection(), connection => sqlx::query(
        "delete from reaction where message_id = $1 and emoji = $2 and account_id = $3",
    )
    .bind(message.get()).bind(emoji).bind(writer.account().get())
    .execute(connection).await.map(|done| done.rows_affected()))?;
    if removed == 0 {
        return Ok(false);
    }
    let revision = next_number(tx, writer.conversation()).await?;
    let total: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "update reaction_count set total = total - 1 where message_id = $1 and emoji = $2 returning total",
    ).bind(message.get()).bind(emoji).fetch_one(connection).await)?;
    if total == 0 {
        on_engine!(tx.connection(), connection => sqlx::query(
            "delete from reaction_count where message_id = $1 and emoji = $2",
        ).bind(message.get()).bind(emoji).execute(connection).await.map(drop))?;
    }
    let reaction = Reaction { emoji: emoji.to_owned(), count: count(total) };
    changed(tx, writer, message, revision, reaction, false).await?;
    Ok(true)
}

async fn changed(
    tx: &mut Tx,
    writer: &Writer,
    message: MessageId,
    revision: i64,
    reaction: Reaction,
    added: bool,
) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("update message set revision = $2 where id = $1")
        .bind(message.get()).bind(revision).execute(connection).await.map(drop))?;
    let Reaction { emoji, count } = reaction;
    let (conversation, actor) = (writer.conversation(), writer.account());
    let event = Event::Reaction { conversation, message, revision, emoji, count, actor, added };
    tx.announce(Announcement::Conversation(conversation, event));
    Ok(())
}

/// The reactions to a message, which the transaction holds.
///
/// # Errors
/// The database's own.
pub(super) async fn counts(tx: &mut Tx, message: MessageId) -> Outcome<Vec<Reaction>> {
    let rows: Vec<(String, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select emoji, total from reaction_count where message_id = $1 order by since",
    ).bind(message.get()).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|(emoji, total)| Reaction { emoji, count: count(total) }).collect())
}

/// Takes away all reactions to a message that is deleted.
///
/// # Errors
/// The database's own.
pub(super) async fn forget(tx: &mut Tx, message: MessageId) -> Outcome<()> {
    for text in
        ["delete from reaction where message_id = $1", "delete from reaction_count where message_id = $1"]
    {
        on_engine!(tx.connection(), connection =>
            sqlx::query(text).bind(message.get()).execute(connection).await.map(drop))?;
    }
    Ok(())
}

/// Puts the reactions into messages, and among them the caller's own.
///
/// # Errors
/// The database's own.
pub(in crate::server) async fn tell(caller: &Caller, messages: &mut [Message]) -> Outcome<()> {
    // What has never changed has none.
    let changed = |message: &&Message| message.revision > message.position && message.is_said();
    let ids: Vec<i64> = messages.iter().filter(changed).map(|message| message.id.get()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let counts: Vec<(i64, String, i64)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select message_id, emoji, total from reaction_count where message_id in (");
        let mut list = query.separated(", ");
        for id in &ids {
            list.push_bind(*id);
        }
        query.push(") order by message_id, since");
        query.build_query_as().fetch_all(pool).await
    })?;
    for message in messages.iter_mut().filter(|message| message.revision > message.position) {
        message.reacted = Some(Vec::new());
    }
    if counts.is_empty() {
        return Ok(());
    }
    let own: Vec<(i64, String)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select message_id, emoji from reaction where account_id = ");
        query.push_bind(caller.account.get());
        query.push(" and message_id in (");
        let mut list = query.separated(", ");
        for id in &ids {
            list.push_bind(*id);
        }
        query.push(") order by message_id, emoji");
        query.build_query_as().fetch_all(pool).await
    })?;

    let mut by_message = HashMap::<i64, (Vec<Reaction>, Vec<String>)>::new();
    for (message, emoji, total) in counts {
        by_message.entry(message).or_default().0.push(Reaction { emoji, count: count(total) });
    }
    for (message, emoji) in own {
        by_message.entry(message).or_default().1.push(emoji);
    }
    for message in messages {
        if let Some((reactions, own)) = by_message.remove(&message.id.get()) {
            message.reactions = reactions;
            message.reacted = Some(own);
        }
    }
    Ok(())
}

/// As the database counts them.
fn count(total: i64) -> u32 {
    u32::try_from(total).unwrap_or(0)
}

/// Who has reacted to a message, with one sign: `emoji`, or the first that stands there.
///
/// # Errors
/// `NotFound` for a message that is not in the conversation, or is deleted.
pub async fn who(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    emoji: Option<&str>,
    after: Option<AccountId>,
) -> Outcome<Reactions> {
    let mut told = [super::one(caller, member, message).await?];
    tell(caller, &mut told).await?;
    let [message] = told;
    if !message.is_said() {
        return Err(Error::NotFound.into());
    }
    let first = || message.reactions.first().map(|reaction| &*reaction.emoji);
    // What is no emoji names nobody, and never reaches the database: PostgreSQL takes no NUL in a text.
    let chosen = emoji.and_then(|emoji| one_emoji(emoji).ok()).or_else(first).map(str::to_owned);
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from reaction
         join account on account.id = reaction.account_id
         where reaction.message_id = $1 and reaction.emoji = $2 and reaction.account_id > $3
         order by reaction.account_id
         limit $4",
    )
    .bind(message.id.get()).bind(chosen.as_deref().unwrap_or_default())
    .bind(after.map_or(0, AccountId::get)).bind(Reactions::PAGE as i64 + 1)
    .fetch_all(pool).await)?;

    let more = rows.len() > Reactions::PAGE;
    let person = |(id, username, display_name): (i64, String, String)| {
        Some(Person { id: id.try_into().ok()?, username, display_name })
    };
    let people: Vec<Person> = rows.into_iter().take(Reactions::PAGE).filter_map(person).collect();
    let next = people.last().filter(|_| more).map(|last| last.id);
    let may_react = access::right(caller, member).await? == access::Right::Write;
    let author = conversations::members::named(caller, member, &[message.sender]).await?.pop();
    let place = conversations::about(caller, member).await?.name;
    Ok(Reactions { message, author, may_react, chosen, people, next, place })
}
