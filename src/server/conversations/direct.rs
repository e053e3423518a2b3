//! Private talks: how they begin, between friends, between strangers, and when a stranger only asks.

use crate::{
    conversations::about::Request,
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId},
    realtime::event::{Event, Topic},
    server::{
        access::{self, Correspondence, Member},
        accounts, activity,
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Announcement, Tx, on_engine, sql},
    },
};

/// How a private talk is found: the two ids, the smaller first.
fn direct_key(one: AccountId, other: AccountId) -> String {
    format!("{}:{}", one.min(other), one.max(other))
}

/// The caller's private talk with `other`, if there is one.
///
/// # Errors
/// The database's own.
pub async fn find(caller: &Caller, other: AccountId) -> Outcome<Option<ConversationId>> {
    let existing: Option<i64> = on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select id from conversation where direct_key = $1")
            .bind(direct_key(caller.account, other)).fetch_optional(pool).await)?;
    Ok(existing.and_then(|id| id.try_into().ok()))
}

/// The caller's private talk with `other`, made if there is none yet and the caller may write to them.
///
/// # Errors
/// `NotFound` if there is none and they may not; `TooFast` for who begins many talks with strangers.
pub async fn open_direct(caller: &Caller, other: AccountId) -> Outcome<ConversationId> {
    let me = caller.account;
    if let Some(id) = find(caller, other).await? {
        return Ok(id);
    }
    let limits = caller.app.limits.clone();
    let create = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let correspondence = access::correspondence(tx, me, other).await?;
            if !correspondence.are_friends() {
                limits.friend_requests.take(&me)?;
            }
            create_direct(tx, correspondence).await
        })
    });
    create.await
}

/// As [`open_direct`], with somebody named by their exact username or address.
///
/// # Errors
/// `Invalid` if nobody has this name or it is the caller's own; `Forbidden` if the caller may not write to them, whatever
/// the reason; `TooFast`.
pub async fn write_to(caller: &Caller, person: &str) -> Outcome<ConversationId> {
    let refuse = |why| Failure::invalid(Field::Person, why);
    if person.trim().is_empty() {
        return Err(refuse(Why::Missing));
    }
    if person.chars().count() > 254 {
        return Err(refuse(Why::TooLong { at_most: 254 }));
    }
    caller.app.limits.friend_requests.take(&caller.account)?;
    let (me, person) = (caller.account, person.to_owned());
    let open = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let other = accounts::find(tx, &person).await?.ok_or_else(|| refuse(Why::Unknown))?;
            if other == me {
                return Err(refuse(Why::Yourself));
            }
            if let Some(talk) = lock_direct(tx, me, other).await? {
                return Ok(talk);
            }
            let correspondence = access::correspondence(tx, me, other).await;
            // That they exist is no secret to who knows their name.
            let correspondence = correspondence.map_err(|failure| match failure {
                Failure::Refused(Error::NotFound) => Error::Forbidden.into(),
                failure => failure,
            })?;
            create_direct(tx, correspondence).await
        })
    });
    open.await
}

/// Both ways of opening give the same conversation, also at the same time: the key is unique.
async fn create_direct(tx: &mut Tx, found: Correspondence) -> Outcome<ConversationId> {
    let (writer, reader) = (found.writer(), found.reader());
    let (id, now, key) = (tx.mint.next::<ConversationId>(), tx.now.millis(), direct_key(writer, reader));
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

    // Whoever begins agrees to be answered; whoever is only asked has a request.
    let welcomes = i64::from(!found.are_friends());
    let request = found.is_request().then_some(Request::Pending.code());
    for (account, welcomes, request) in [(writer, welcomes, None), (reader, 0, request)] {
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into participant (conversation_id, account_id, joined_at, welcomes, request)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(id.get()).bind(account.get()).bind(now).bind(welcomes).bind(request)
        .execute(connection).await.map(drop))?;
        tx.announce(Announcement::Joined(id, account));
        tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    }
    if found.is_request() {
        activity::approached(tx, writer, id, reader).await?;
    }
    Ok(id)
}

/// Holds the private talk of the two, if there is one, until the transaction ends: nothing is posted meanwhile.
///
/// # Errors
/// The database's own.
pub async fn lock_direct(tx: &mut Tx, one: AccountId, other: AccountId) -> Outcome<Option<ConversationId>> {
    let key = direct_key(one, other);
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from conversation where direct_key = $1",
        postgres: "select id from conversation where direct_key = $1 for update",
    );
    let held: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(key).fetch_optional(connection).await)?;
    Ok(held.and_then(|id| id.try_into().ok()))
}

/// The two of a talk, which the transaction must hold if there is one, have become friends, or are no longer: what they
/// agreed to as strangers is over, and nobody waits any more.
///
/// # Errors
/// The database's own.
pub async fn begin_anew(tx: &mut Tx, talk: Option<ConversationId>) -> Outcome<()> {
    let Some(talk) = talk else { return Ok(()) };
    on_engine!(tx.connection(), connection => sqlx::query(
        "update participant set request = null, welcomes = 0
         where conversation_id = $1 and (request is not null or welcomes = 1)",
    ).bind(talk.get()).execute(connection).await.map(drop))?;
    Ok(())
}

/// Accepts a talk that somebody asked for: from here on it is like any other.
///
/// # Errors
/// `NotFound` where nothing was asked.
pub async fn accept(caller: &Caller, member: &Member) -> Outcome<()> {
    answer(caller, member, None, 1).await
}

/// Declines a talk that somebody asked for: they can no longer write there, and are not told why.
///
/// # Errors
/// `NotFound` where nothing was asked.
pub async fn decline(caller: &Caller, member: &Member) -> Outcome<()> {
    answer(caller, member, Some(Request::Declined.code()), 0).await
}

async fn answer(
    caller: &Caller,
    member: &Member,
    request: Option<&'static str>,
    welcomes: i64,
) -> Outcome<()> {
    let (conversation, me) = (member.conversation(), member.account());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            // Before the row is changed, so that a post racing this is stored before it or refused after it.
            let connection = tx.connection();
            let text = sql!(connection,
                sqlite: "select id from conversation where id = $1 and kind = 'direct'",
                postgres: "select id from conversation where id = $1 and kind = 'direct' for update",
            );
            let held: Option<i64> = on_engine!(connection, connection =>
                sqlx::query_scalar(text).bind(conversation.get()).fetch_optional(connection).await)?;
            let answered = on_engine!(tx.connection(), connection => sqlx::query(
                "update participant set request = $3, welcomes = $4
                 where conversation_id = $1 and account_id = $2 and request is not null",
            )
            .bind(conversation.get()).bind(me.get()).bind(request).bind(welcomes)
            .execute(connection).await.map(|done| done.rows_affected()))?;
            if held.is_none() || answered == 0 {
                return Err(Error::NotFound.into());
            }
            tx.announce(Announcement::Account(me, Event::Changed { what: Topic::Inbox }));
            Ok(())
        })
    });
    change.await
}
