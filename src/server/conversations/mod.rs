//! Opening, listing and showing conversations: the verbs of `conversations/` and their SQL.

mod abandoning;
mod describing;
pub mod everyone;
pub mod groups;
mod listing;
pub mod members;
mod showing;

pub use abandoning::{abandon, sweep};
pub use describing::about;
pub use listing::home;
pub use showing::show;

use super::{
    access::{self, Correspondence},
    answer::{Failure, Outcome},
    caller::Caller,
    db::{Announcement, Db, Tx, on_engine, sql},
};
use crate::{
    ids::{AccountId, ConversationId},
    realtime::event::{Event, Topic},
};

/// How a private talk is found: the two ids, the smaller first.
fn direct_key(one: AccountId, other: AccountId) -> String {
    format!("{}:{}", one.min(other), one.max(other))
}

/// The caller's private talk with `other`, made if there is none yet and the caller may write to them.
///
/// # Errors
/// `NotFound` if there is none and they may not.
pub async fn open_direct(caller: &Caller, other: AccountId) -> Outcome<ConversationId> {
    let me = caller.account;
    let key = direct_key(me, other);
    let existing: Option<i64> = on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select id from conversation where direct_key = $1").bind(&key).fetch_optional(pool).await)?;
    if let Some(id) = existing.and_then(|id| id.try_into().ok()) {
        return Ok(id);
    }
    let create = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let correspondence = access::correspondence(tx, me, other).await?;
            create_direct(tx, correspondence).await
        })
    });
    create.await
}

/// Both ways of opening give the same conversation, also at the same time: the key is unique.
async fn create_direct(tx: &mut Tx, correspondence: Correspondence) -> Outcome<ConversationId> {
    let (one, other) = correspondence.pair();
    let (id, now, key) = (tx.mint.next::<ConversationId>(), tx.now.millis(), direct_key(one, other));
    let inserted = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into conversation (id, kind, direct_key, active_at, created_at)
         values ($1, 'direct', $2, $3, $3)
         on conflict do nothing",
    ).bind(id.get()).bind(&key).bind(now).execute(connection).await.map(|done| done.rows_affected()))?;
    if inserted == 0 {
        let existing: i64 = on_engine!(tx.connection(), connection =>
            sqlx::query_scalar("select id from conversation where direct_key = $1").bind(&key).fetch_one(connection).await)?;
        return existing.try_into().map_err(|_| Failure::Internal("a conversation has no valid id"));
    }

    for account in [one, other] {
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into participant (conversation_id, account_id, joined_at) values ($1, $2, $3)",
        ).bind(id.get()).bind(account.get()).bind(now).execute(connection).await.map(drop))?;
        tx.announce(Announcement::Joined(id, account));
        tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    }
    Ok(id)
}

/// Holds the private talk of the two, if there is one, until the transaction ends: nothing is posted meanwhile.
///
/// # Errors
/// The database's own.
pub async fn lock_direct(tx: &mut Tx, one: AccountId, other: AccountId) -> Outcome<()> {
    let key = direct_key(one, other);
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from conversation where direct_key = $1",
        postgres: "select id from conversation where direct_key = $1 for update",
    );
    let _held: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(key).fetch_optional(connection).await)?;
    Ok(())
}

/// Every conversation that an account is in.
///
/// # Errors
/// The database's own.
pub async fn of(db: &Db, account: AccountId) -> Outcome<Vec<ConversationId>> {
    let ids: Vec<i64> = on_engine!(db.pool(), pool => sqlx::query_scalar(
        "select conversation_id from participant where account_id = $1",
    ).bind(account.get()).fetch_all(pool).await)?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).collect())
}
