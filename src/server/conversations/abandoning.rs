//! Conversations that are over: nobody is in them from one moment to the next, and what was said goes bit by bit.

use crate::{
    ids::{AccountId, ConversationId},
    realtime::event::{Event, Topic},
    server::{
        answer::Outcome,
        db::{Announcement, Tx, Writer, on_engine},
    },
};

/// Messages that go at a time: everybody else writes in between.
const AT_ONCE: i64 = 500;

/// Takes everyone out of a conversation, which the transaction must hold, for good.
///
/// # Errors
/// The database's own.
pub async fn abandon(tx: &mut Tx, conversation: ConversationId) -> Outcome<()> {
    let people: Vec<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "delete from participant where conversation_id = $1 returning account_id",
    ).bind(conversation.get()).fetch_all(connection).await)?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "update conversation set channel_id = null, title = null, topic = '' where id = $1",
    ).bind(conversation.get()).execute(connection).await.map(drop))?;
    // Or somebody who still has a link would come into a place that nobody looks after.
    on_engine!(tx.connection(), connection => sqlx::query("delete from invitation where conversation_id = $1")
        .bind(conversation.get()).execute(connection).await.map(drop))?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into abandoned (conversation_id) values ($1) on conflict do nothing",
    ).bind(conversation.get()).execute(connection).await.map(drop))?;
    for account in people.into_iter().filter_map(|id| AccountId::try_from(id).ok()) {
        tx.announce(Announcement::Left(conversation, account));
        tx.announce(Announcement::Account(account, Event::Left { conversation }));
        tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    }
    Ok(())
}

/// Lets go of what was said in conversations that are over.
///
/// # Errors
/// The database's own.
pub async fn sweep(writer: &Writer) -> Outcome<()> {
    while writer.change(|tx| Box::pin(sweep_some(tx))).await? {}
    Ok(())
}

/// Whether there may be more.
async fn sweep_some(tx: &mut Tx) -> Outcome<bool> {
    let over: Option<i64> = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select conversation_id from abandoned limit 1").fetch_optional(connection).await)?;
    let Some(over) = over else { return Ok(false) };
    let gone = on_engine!(tx.connection(), connection => sqlx::query(
        "delete from message where id in (select id from message where conversation_id = $1 limit $2)",
    ).bind(over).bind(AT_ONCE).execute(connection).await.map(|done| done.rows_affected()))?;
    if gone == 0 {
        on_engine!(tx.connection(), connection => sqlx::query("delete from conversation where id = $1")
            .bind(over).execute(connection).await.map(drop))?;
    }
    Ok(true)
}
