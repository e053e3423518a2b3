//! Asking, accepting, declining, taking back, ending: the verbs of `friends/` and their SQL.
//!
//! One row for each pair. Whoever asks second accepts, so two requests that cross become a friendship.

pub mod blocks;

use super::{
    access, accounts, activity,
    answer::{Failure, Outcome},
    caller::Caller,
    conversations,
    db::{Announcement, Db, Tx, on_engine},
    presence,
};
use crate::{
    accounts::Person,
    error::{Error, Field, Why},
    friends::Friends,
    ids::AccountId,
    realtime::event::{Event, Topic},
};

/// The two of a friendship, the smaller id first, as the row has them.
#[derive(Debug, Clone, Copy)]
struct Pair {
    first: i64,
    second: i64,
}

impl Pair {
    fn of(one: AccountId, other: AccountId) -> Self {
        Self { first: one.min(other).get(), second: one.max(other).get() }
    }
}

/// Asks the person with this exact username or address. If they asked already, accepts; asking twice changes
/// nothing.
///
/// # Errors
/// `Invalid` if nobody has this name or it is the caller's own; `Forbidden` if they take no requests, whether from
/// nobody or not from the caller; `TooFast`.
pub async fn ask(caller: &Caller, person: &str) -> Outcome<()> {
    let refuse = |why| Err(Failure::invalid(Field::Person, why));
    if person.trim().is_empty() {
        return refuse(Why::Missing);
    }
    if person.chars().count() > 254 {
        return refuse(Why::TooLong { at_most: 254 });
    }
    caller.app.limits.friend_requests.take(&caller.account)?;

    let (me, person) = (caller.account, person.to_owned());
    caller
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                let Some(other) = accounts::find(tx, &person).await? else { return refuse(Why::Unknown) };
                if other == me {
                    return refuse(Why::Yourself);
                }
                access::may_ask(tx, me, other).await?;
                request(tx, me, other).await
            })
        })
        .await
}

/// Makes friends of a person and a bot that they have just made: nobody is asked.
///
/// # Errors
/// The database's own.
pub async fn befriend(tx: &mut Tx, me: AccountId, bot: AccountId) -> Outcome<()> {
    let (pair, now) = (Pair::of(me, bot), tx.now.millis());
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into friendship (user1_id, user2_id, status, asked_by, created_at, updated_at)
         values ($1, $2, 'accepted', $3, $4, $4)",
    ).bind(pair.first).bind(pair.second).bind(me.get()).bind(now).execute(connection).await.map(drop))?;
    tx.announce(Announcement::Acquainted(me));
    tx.announce(Announcement::Account(me, Event::Changed { what: Topic::Friends }));
    Ok(())
}

async fn request(tx: &mut Tx, me: AccountId, other: AccountId) -> Outcome<()> {
    let (pair, now) = (Pair::of(me, other), tx.now.millis());
    let talk = conversations::lock_direct(tx, me, other).await?;
    // The row decides: a second request from the other side accepts, one from the same side leaves it alone.
    let changed: Option<String> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "insert into friendship (user1_id, user2_id, status, asked_by, created_at, updated_at)
         values ($1, $2, 'pending', $3, $4, $4)
         on conflict (user1_id, user2_id) do update
         set status = 'accepted', updated_at = excluded.updated_at
         where friendship.status = 'pending' and friendship.asked_by <> excluded.asked_by
         returning status",
    ).bind(pair.first).bind(pair.second).bind(me.get()).bind(now)
    .fetch_optional(connection).await)?;
    if let Some(status) = changed {
        if status == "accepted" {
            conversations::begin_anew(tx, talk).await?;
            activity::accepted(tx, me, other).await?;
        } else {
            activity::asked(tx, me, other).await?;
        }
        tell(tx, me, other);
    }
    Ok(())
}

/// Accepts what `other` asked.
///
/// # Errors
/// `NotFound` if they did not ask.
pub async fn accept(caller: &Caller, other: AccountId) -> Outcome<()> {
    let me = caller.account;
    caller
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                let (pair, now) = (Pair::of(me, other), tx.now.millis());
                let talk = conversations::lock_direct(tx, me, other).await?;
                let accepted = on_engine!(tx.connection(), connection => sqlx::query(
                    "update friendship set status = 'accepted', updated_at = $4
                     where user1_id = $1 and user2_id = $2 and status = 'pending' and asked_by = $3",
                ).bind(pair.first).bind(pair.second).bind(other.get()).bind(now)
                .execute(connection).await.map(|done| done.rows_affected()))?;
                found(accepted)?;
                conversations::begin_anew(tx, talk).await?;
                activity::accepted(tx, me, other).await?;
                tell(tx, me, other);
                Ok(())
            })
        })
        .await
}

/// Declines what `other` asked; they are not told.
///
/// # Errors
/// `NotFound` if they did not ask.
pub async fn decline(caller: &Caller, other: AccountId) -> Outcome<()> {
    withdraw(caller, other, other).await
}

/// Takes back what the caller asked of `other`.
///
/// # Errors
/// `NotFound` if the caller did not ask, or they have accepted.
pub async fn cancel(caller: &Caller, other: AccountId) -> Outcome<()> {
    withdraw(caller, other, caller.account).await
}

async fn withdraw(caller: &Caller, other: AccountId, asked_by: AccountId) -> Outcome<()> {
    let me = caller.account;
    caller
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                let pair = Pair::of(me, other);
                let gone = on_engine!(tx.connection(), connection => sqlx::query(
                    "delete from friendship
                     where user1_id = $1 and user2_id = $2 and status = 'pending' and asked_by = $3",
                ).bind(pair.first).bind(pair.second).bind(asked_by.get())
                .execute(connection).await.map(|done| done.rows_affected()))?;
                found(gone)?;
                // A request that is taken back disappears from the other's page; one that is declined does not
                // tell, and who asked learns nothing until they look.
                tx.announce(friends_changed(me));
                if asked_by == me {
                    tx.announce(friends_changed(other));
                }
                Ok(())
            })
        })
        .await
}

/// Ends a friendship. Both keep their conversation, to read.
///
/// # Errors
/// `NotFound` if there is none.
pub async fn remove(caller: &Caller, other: AccountId) -> Outcome<()> {
    let me = caller.account;
    caller
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                let pair = Pair::of(me, other);
                // Before the row goes, so that a post racing this is stored before it or refused after it.
                let talk = conversations::lock_direct(tx, me, other).await?;
                let gone = on_engine!(tx.connection(), connection => sqlx::query(
                    "delete from friendship where user1_id = $1 and user2_id = $2 and status = 'accepted'",
                ).bind(pair.first).bind(pair.second)
                .execute(connection).await.map(|done| done.rows_affected()))?;
                found(gone)?;
                conversations::begin_anew(tx, talk).await?;
                tell(tx, me, other);
                Ok(())
            })
        })
        .await
}

fn found(rows: u64) -> Outcome<()> {
    if rows == 0 { Err(Failure::Refused(Error::NotFound)) } else { Ok(()) }
}

fn tell(tx: &mut Tx, me: AccountId, other: AccountId) {
    // Knowing is mutual: to ask again of one of the two is enough.
    tx.announce(Announcement::Acquainted(me));
    tx.announce(friends_changed(me));
    tx.announce(friends_changed(other));
}

const fn friends_changed(account: AccountId) -> Announcement {
    Announcement::Account(account, Event::Changed { what: Topic::Friends })
}

/// Everyone the caller knows or may come to know; friends from behind the username `after` on.
///
/// # Errors
/// The database's own.
pub async fn list(caller: &Caller, after: Option<&str>) -> Outcome<Friends> {
    let (db, me) = (&caller.app.db, caller.account);
    // PostgreSQL takes no NUL in a text; no username holds one.
    let after = after.unwrap_or_default().replace('\0', "");
    let mut friends = accepted(db, me, &after).await?;
    let more = friends.len() > Friends::PAGE;
    friends.truncate(Friends::PAGE);
    let next = friends.last().filter(|_| more).map(|last| last.username.clone());
    let shown: Vec<AccountId> = friends.iter().map(|person| person.id).collect();
    let present = presence::of(caller, &shown).await?;
    Ok(Friends { friends, present, next, ..requests(caller).await? })
}

/// Only what awaits an answer, in both directions.
///
/// # Errors
/// The database's own.
pub async fn requests(caller: &Caller) -> Outcome<Friends> {
    let (db, me) = (&caller.app.db, caller.account);
    let (incoming, outgoing) = (pending(db, me, false).await?, pending(db, me, true).await?);
    Ok(Friends { incoming, outgoing, ..Friends::default() })
}

type Row = (i64, String, String);

async fn accepted(db: &Db, me: AccountId, after: &str) -> Outcome<Vec<Person>> {
    let rows: Vec<Row> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from (
           select user2_id as id from friendship where user1_id = $1 and status = 'accepted'
           union all
           select user1_id as id from friendship where user2_id = $1 and status = 'accepted'
         ) as friend
         join account on account.id = friend.id
         where account.username > $2 and account.deleted_at is null
         order by account.username
         limit $3",
    ).bind(me.get()).bind(after).bind(Friends::PAGE as i64 + 1).fetch_all(pool).await)?;
    Ok(people(rows))
}

/// Requests not answered yet: those the caller made, or those made to the caller.
async fn pending(db: &Db, me: AccountId, mine: bool) -> Outcome<Vec<Person>> {
    let rows: Vec<Row> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from (
           select user2_id as id, asked_by, created_at from friendship where user1_id = $1 and status = 'pending'
           union all
           select user1_id as id, asked_by, created_at from friendship where user2_id = $1 and status = 'pending'
         ) as request
         join account on account.id = request.id
         where (request.asked_by = $1) = $2 and account.deleted_at is null
         order by request.created_at desc, account.id desc
         limit $3",
    ).bind(me.get()).bind(mine).bind(Friends::PAGE as i64).fetch_all(pool).await)?;
    Ok(people(rows))
}

/// Rows of id, username and display name as people.
pub(in crate::server) fn people(rows: Vec<Row>) -> Vec<Person> {
    let person = |(id, username, display_name)| {
        Some(Person { id: AccountId::try_from(id).ok()?, username, display_name })
    };
    rows.into_iter().filter_map(person).collect()
}
