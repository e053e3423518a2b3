//! Choosing answers, and taking that back: counted by the transaction that does it.

use super::{Row, count};
use crate::{
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId, MessageId},
    polls::chosen_after,
    realtime::event::Event,
    server::{
        access::{self, Member},
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Announcement, Tx, on_engine},
        messages::next_number,
    },
};

/// The member chooses an answer, or does so no more. Once more changes nothing; where one may choose only one, it takes the
/// place of another.
///
/// # Errors
/// `NotFound` for who is gone from the conversation, and for a message that is not in it; `Forbidden` where one may only
/// read; `Conflict` for what is deleted, and for what is no poll; `Invalid` for an answer that is not there, and once it is
/// closed; `TooFast`.
pub async fn vote(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    answer: u32,
    chosen: bool,
) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let writer = access::writer(tx, &member).await?;
            let poll = open(tx, writer.conversation(), message).await?;
            let before = choices(tx, message, writer.account()).await?;
            let answers: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "select count(*) from poll_answer where message_id = $1",
            ).bind(message.get()).fetch_one(connection).await)?;
            if i64::from(answer) >= answers {
                return Err(Failure::invalid(Field::Answer, Why::Unknown));
            }
            let after = chosen_after(&before, answer, chosen, poll.several == 1);
            // What is so already is granted also when it is closed: it may have been said before, and not heard.
            if after == before {
                return Ok(());
            }
            if poll.is_closed(tx.now) {
                return Err(Failure::invalid(Field::Poll, Why::Past));
            }
            change(tx, writer.conversation(), message, writer.account(), (&before, &after)).await
        })
    });
    change.await
}

/// A poll of the conversation, which the transaction holds.
///
/// # Errors
/// `NotFound` for a message that is not there; `Conflict` for what is deleted, and for what is no poll.
pub(super) async fn open(tx: &mut Tx, conversation: ConversationId, message: MessageId) -> Outcome<Row> {
    let deleted: Option<Option<i64>> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select deleted_at from message where id = $1 and conversation_id = $2",
    ).bind(message.get()).bind(conversation.get()).fetch_optional(connection).await)?;
    if deleted.ok_or(Failure::Refused(Error::NotFound))?.is_some() {
        return Err(Error::Conflict.into());
    }
    let row: Option<Row> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select message_id, several, closes_at, closed_at, voters from poll where message_id = $1",
    ).bind(message.get()).fetch_optional(connection).await)?;
    row.ok_or(Failure::Refused(Error::Conflict))
}

/// What somebody has chosen, in order.
///
/// # Errors
/// The database's own.
pub(super) async fn choices(tx: &mut Tx, message: MessageId, account: AccountId) -> Outcome<Vec<u32>> {
    let places: Vec<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select place from poll_vote where account_id = $2 and message_id = $1 order by place",
    ).bind(message.get()).bind(account.get()).fetch_all(connection).await)?;
    Ok(places.into_iter().map(count).collect())
}

/// Somebody who has chosen the first chooses the second now: counts it, under the next number, and tells everybody.
///
/// # Errors
/// The database's own.
pub(super) async fn change(
    tx: &mut Tx,
    conversation: ConversationId,
    message: MessageId,
    account: AccountId,
    (before, after): (&[u32], &[u32]),
) -> Outcome<()> {
    let now = tx.now.millis();
    for gone in before.iter().filter(|place| !after.contains(place)) {
        on_engine!(tx.connection(), connection => sqlx::query(
            "delete from poll_vote where message_id = $1 and place = $2 and account_id = $3",
        )
        .bind(message.get()).bind(i64::from(*gone)).bind(account.get()).execute(connection).await.map(drop))?;
        add(tx, message, *gone, -1).await?;
    }
    for new in after.iter().filter(|place| !before.contains(place)) {
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into poll_vote (message_id, place, account_id, created_at) values ($1, $2, $3, $4)",
        )
        .bind(message.get()).bind(i64::from(*new)).bind(account.get()).bind(now)
        .execute(connection).await.map(drop))?;
        add(tx, message, *new, 1).await?;
    }
    let more = i64::from(!after.is_empty()) - i64::from(!before.is_empty());
    let revision = next_number(tx, conversation).await?;
    let voters: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "update poll set voters = voters + $2 where message_id = $1 returning voters",
    ).bind(message.get()).bind(more).fetch_one(connection).await)?;
    let totals: Vec<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select total from poll_answer where message_id = $1 order by place",
    ).bind(message.get()).fetch_all(connection).await)?;
    revise(tx, message, revision).await?;
    let counts = totals.into_iter().map(count).collect();
    let (actor, chosen, voters) = (account, after.to_vec(), count(voters));
    let event = Event::Vote { conversation, message, revision, counts, voters, actor, chosen };
    tx.announce(Announcement::Conversation(conversation, event));
    Ok(())
}

async fn add(tx: &mut Tx, message: MessageId, place: u32, more: i64) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query(
        "update poll_answer set total = total + $3 where message_id = $1 and place = $2",
    ).bind(message.get()).bind(i64::from(place)).bind(more).execute(connection).await.map(drop))?;
    Ok(())
}

/// The message has changed under this number.
///
/// # Errors
/// The database's own.
pub(super) async fn revise(tx: &mut Tx, message: MessageId, revision: i64) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("update message set revision = $2 where id = $1")
        .bind(message.get()).bind(revision).execute(connection).await.map(drop))?;
    Ok(())
}
