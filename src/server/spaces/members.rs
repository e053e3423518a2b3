//! Who is in a space, and as what.

use super::{channels, tell};
use crate::{
    accounts::Person,
    error::{Error, Field, Why},
    ids::{AccountId, SpaceId},
    realtime::event::{Event, Topic},
    server::{
        access::{self, SpaceMember},
        answer::{Failure, Outcome},
        audit::{self, Action},
        caller::Caller,
        db::{Announcement, Tx, on_engine},
        presence,
    },
    spaces::{MOST_SPACES, Rank, SpaceMemberLine, SpaceMembers},
};

/// Stores that somebody is in a space, who was not. Whether they were not.
///
/// # Errors
/// The database's own.
pub async fn insert(tx: &mut Tx, space: SpaceId, account: AccountId, rank: Rank) -> Outcome<bool> {
    let now = tx.now.millis();
    let new = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into space_member (space_id, account_id, role, joined_at) values ($1, $2, $3, $4)
         on conflict (space_id, account_id) do nothing",
    ).bind(space.get()).bind(account.get()).bind(rank.code()).bind(now)
    .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(new > 0)
}

/// Lets somebody into a space, which the transaction must hold, and into its open channels. Whether they are new there.
///
/// # Errors
/// `TooMuch` for who is in too many.
pub async fn join(tx: &mut Tx, space: SpaceId, account: AccountId) -> Outcome<bool> {
    has_room(tx, account).await?;
    let new = insert(tx, space, account, Rank::Member).await?;
    if new {
        channels::let_into_open(tx, space, account).await?;
    }
    Ok(new)
}

/// # Errors
/// `TooMuch` for who is in as many spaces as anybody may be.
pub(super) async fn has_room(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let spaces: i64 = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select count(*) from space_member where account_id = $1")
            .bind(account.get()).fetch_one(connection).await)?;
    if spaces < i64::from(MOST_SPACES) { Ok(()) } else { Err(Error::TooMuch.into()) }
}

pub(super) async fn store_rank(tx: &mut Tx, space: SpaceId, account: AccountId, rank: Rank) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query(
        "update space_member set role = $3 where space_id = $1 and account_id = $2",
    ).bind(space.get()).bind(account.get()).bind(rank.code()).execute(connection).await.map(drop))?;
    Ok(())
}

/// Gives somebody another rank below the caller's.
///
/// # Errors
/// `NotFound` for everyone who is not in the space, or if `person` is not; `Forbidden` where the caller's rank does not
/// allow it.
pub async fn set_rank(caller: &Caller, space: SpaceId, person: AccountId, rank: Rank) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::hold_space(tx, space).await?;
            let mine = access::rank(tx, me, space).await?;
            let before = access::rank(tx, person, space).await?;
            if !mine.may_make(before, rank) {
                return Err(Error::Forbidden.into());
            }
            if before == rank {
                return Ok(());
            }
            store_rank(tx, space, person, rank).await?;
            if rank.runs_it() {
                channels::let_into_all(tx, space, person).await?;
            }
            audit::record(tx, Action::RankChanged, Some(me), Some(person), "").await?;
            tell(tx, space).await
        })
    });
    change.await
}

/// Lets a member of lower rank go, out of all its channels.
///
/// # Errors
/// `NotFound` for everyone who is not in the space, or if `person` is not; `Forbidden` about those who do not rank lower.
pub async fn remove(caller: &Caller, space: SpaceId, person: AccountId) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::hold_space(tx, space).await?;
            let mine = access::rank(tx, me, space).await?;
            let theirs = access::rank(tx, person, space).await?;
            if mine == Rank::Member || !mine.outranks(theirs) {
                return Err(Error::Forbidden.into());
            }
            part(tx, space, person).await?;
            tell(tx, space).await
        })
    });
    change.await
}

/// Leaves a space.
///
/// # Errors
/// `Invalid` for its owner, who hands it over or deletes it; `NotFound` for everyone who is not in it.
pub async fn leave(caller: &Caller, space: SpaceId) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::hold_space(tx, space).await?;
            if access::rank(tx, me, space).await? == Rank::Owner {
                return Err(Failure::invalid(Field::Rank, Why::Last));
            }
            part(tx, space, me).await?;
            tell(tx, space).await
        })
    });
    change.await
}

/// Takes somebody out of a space, which the transaction holds. Its channels are held before anybody is taken out of
/// them, so that a post that races this is stored before it or refused after it.
///
/// # Errors
/// The database's own.
pub async fn part(tx: &mut Tx, space: SpaceId, account: AccountId) -> Outcome<()> {
    let channels = access::hold_channels(tx, space).await?;
    let left: Vec<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "delete from participant
         where account_id = $2 and conversation_id in (
           select conversation.id from channel
           join conversation on conversation.channel_id = channel.id
           where channel.space_id = $1
         )
         returning conversation_id",
    ).bind(space.get()).bind(account.get()).fetch_all(connection).await)?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "delete from space_member where space_id = $1 and account_id = $2",
    ).bind(space.get()).bind(account.get()).execute(connection).await.map(drop))?;

    let now = tx.now.millis();
    for conversation in channels.into_iter().filter(|id| left.contains(&id.get())) {
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into departure (conversation_id, account_id, left_at) values ($1, $2, $3)
             on conflict (conversation_id, account_id) do update set left_at = excluded.left_at",
        ).bind(conversation.get()).bind(account.get()).bind(now).execute(connection).await.map(drop))?;
        tx.announce(Announcement::Left(conversation, account));
        tx.announce(Announcement::Account(account, Event::Left { conversation }));
    }
    tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    Ok(())
}

/// Who is in a space, by username, from behind `after` on.
///
/// # Errors
/// The database's own.
pub async fn list(caller: &Caller, member: &SpaceMember, after: Option<&str>) -> Outcome<SpaceMembers> {
    // PostgreSQL takes no NUL in a text; no username holds one.
    let after = after.unwrap_or_default().replace('\0', "");
    let mut rows: Vec<(i64, String, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name, space_member.role
         from space_member
         join account on account.id = space_member.account_id
         where space_member.space_id = $1 and account.username > $2
         order by account.username
         limit $3",
    ).bind(member.space().get()).bind(after).bind(SpaceMembers::PAGE as i64 + 1).fetch_all(pool).await)?;
    let more = rows.len() > SpaceMembers::PAGE;
    rows.truncate(SpaceMembers::PAGE);
    let line = |(id, username, display_name, rank): (i64, String, String, String)| {
        let person = Person { id: id.try_into().ok()?, username, display_name };
        Some(SpaceMemberLine { person, rank: Rank::from_code(&rank)? })
    };
    let people: Vec<SpaceMemberLine> = rows.into_iter().filter_map(line).collect();
    let next = people.last().filter(|_| more).map(|last| last.person.username.clone());
    let shown: Vec<AccountId> = people.iter().map(|line| line.person.id).collect();
    let present = presence::of(caller, &shown).await?;
    Ok(SpaceMembers { space: super::show(caller, member).await?, people, present, next })
}
