//! Whom people do not want to hear from, and who may turn to them.
//!
//! Whoever is blocked learns nothing of it: a block ends a friendship as its end does, and refuses as a setting does.

use super::{Pair, people, tell};
use crate::{
    accounts::Person,
    conversations::Conversation,
    friends::privacy::{Privacy, Writers},
    ids::AccountId,
    presence::SeenBy,
    server::{answer::Outcome, caller::Caller, conversations, db::on_engine, presence, receipts},
};

/// Blocks somebody, and ends a friendship or a request between them. Twice is once; nobody blocks themselves.
///
/// # Errors
/// The database's own. Who does not exist is blocked as well as anybody: it tells nothing.
pub async fn block(caller: &Caller, other: AccountId) -> Outcome<()> {
    let me = caller.account;
    if me == other {
        return Ok(());
    }
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            // Before the row is there, so that a post racing this is stored before it or refused after it.
            let talk = conversations::lock_direct(tx, me, other).await?;
            conversations::begin_anew(tx, talk).await?;
            let now = tx.now.millis();
            on_engine!(tx.connection(), connection => sqlx::query(
                "insert into block (blocker_id, blocked_id, created_at)
                 select $1, id, $3 from account where id = $2
                 on conflict (blocker_id, blocked_id) do nothing",
            ).bind(me.get()).bind(other.get()).bind(now).execute(connection).await.map(drop))?;
            let pair = Pair::of(me, other);
            on_engine!(tx.connection(), connection => sqlx::query(
                "delete from friendship where user1_id = $1 and user2_id = $2",
            ).bind(pair.first).bind(pair.second).execute(connection).await.map(drop))?;
            tell(tx, me, other);
            Ok(())
        })
    });
    change.await
}

/// Lifts a block. What it ended does not come back.
///
/// # Errors
/// The database's own.
pub async fn unblock(caller: &Caller, other: AccountId) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            on_engine!(tx.connection(), connection => sqlx::query(
                "delete from block where blocker_id = $1 and blocked_id = $2",
            ).bind(me.get()).bind(other.get()).execute(connection).await.map(drop))?;
            tell(tx, me, me);
            Ok(())
        })
    });
    change.await
}

/// Whom the caller has blocked; at most [`Conversation::MOST_BLOCKED`], the latest first.
///
/// # Errors
/// The database's own.
pub async fn of(caller: &Caller) -> Outcome<Vec<AccountId>> {
    let rows: Vec<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select blocked_id from block where blocker_id = $1 order by created_at desc limit $2",
    ).bind(caller.account.get()).bind(Conversation::MOST_BLOCKED as i64).fetch_all(pool).await)?;
    Ok(rows.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

/// Who may turn to the caller, and whom they have blocked, from behind the username `after` on.
///
/// # Errors
/// The database's own.
pub async fn privacy(caller: &Caller, after: Option<&str>) -> Outcome<Privacy> {
    let me = caller.account.get();
    let (writers, takes_requests, seen_by, receipts): (String, i64, String, i64) = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select who_may_write, takes_requests, seen_by, receipts from account where id = $1",
    ).bind(me).fetch_one(pool).await)?;
    // PostgreSQL takes no NUL in a text; no username holds one.
    let after = after.unwrap_or_default().replace('\0', "");
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from block
         join account on account.id = block.blocked_id
         where block.blocker_id = $1 and account.username > $2
         order by account.username
         limit $3",
    ).bind(me).bind(after).bind(Privacy::PAGE as i64 + 1).fetch_all(pool).await)?;
    let mut blocked: Vec<Person> = people(rows);
    let more = blocked.len() > Privacy::PAGE;
    blocked.truncate(Privacy::PAGE);
    let next = blocked.last().filter(|_| more).map(|last| last.username.clone());
    let writers = Writers::from_code(&writers).unwrap_or_default();
    let seen_by = SeenBy::from_code(&seen_by).unwrap_or_default();
    let (takes_requests, receipts) = (takes_requests == 1, receipts == 1);
    Ok(Privacy { writers, takes_requests, seen_by, receipts, blocked, next })
}

/// Chooses who may turn to the caller.
///
/// # Errors
/// The database's own.
pub async fn save_privacy(
    caller: &Caller,
    writers: Writers,
    takes_requests: bool,
    seen_by: Option<SeenBy>,
    receipts: Option<bool>,
) -> Outcome<()> {
    let (account, me) = (caller.account, caller.account.get());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            on_engine!(tx.connection(), connection => sqlx::query(
                "update account set who_may_write = $2, takes_requests = $3, updated_at = $4 where id = $1",
            ).bind(me).bind(writers.code()).bind(i64::from(takes_requests)).bind(now)
            .execute(connection).await.map(drop))?;
            if let Some(seen_by) = seen_by {
                presence::choose_seen_by(tx, account, seen_by).await?;
            }
            if let Some(receipts) = receipts {
                receipts::choose(tx, account, receipts).await?;
            }
            Ok(())
        })
    });
    change.await
}
