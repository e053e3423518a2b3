//! Who may turn to whom.

use sqlx::QueryBuilder;

use crate::{
    error::Error,
    friends::privacy::Writers,
    ids::AccountId,
    presence::MOST_FOLLOWED,
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Db, Tx, on_engine},
    },
};

/// People whom one person can follow as they come and go.
const MOST_ACQUAINTED: i64 = 5_000;

/// People in the list of all users who are told of each other as they come and go. Where there are more, each is found
/// by whoever asks.
const MOST_LISTED: i64 = 200;

/// Proof that one of two people may write to the other now, for the length of a transaction.
#[derive(Debug, Clone, Copy)]
pub struct Correspondence {
    writer: AccountId,
    reader: AccountId,
    are_friends: bool,
    is_request: bool,
}

impl Correspondence {
    /// Who may write.
    pub const fn writer(&self) -> AccountId {
        self.writer
    }

    /// To whom.
    pub const fn reader(&self) -> AccountId {
        self.reader
    }

    pub const fn are_friends(&self) -> bool {
        self.are_friends
    }

    /// Whether what is written only asks to be read.
    pub const fn is_request(&self) -> bool {
        self.is_request
    }
}

/// Whether the two are friends, as the transaction sees it.
///
/// # Errors
/// `NotFound` if they are not.
pub async fn friendship(tx: &mut Tx, one: AccountId, other: AccountId) -> Outcome<()> {
    let pair = (one.min(other), one.max(other));
    let found: Option<String> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select status from friendship where user1_id = $1 and user2_id = $2 and status = 'accepted'",
    ).bind(pair.0.get()).bind(pair.1.get()).fetch_optional(connection).await)?;
    found.map(drop).ok_or(Failure::Refused(Error::NotFound))
}

/// Whether `one` may begin to write to `other`: a friend, or whom the other's choice allows, and neither has blocked the
/// other.
///
/// # Errors
/// `NotFound` if not, whatever the reason.
pub async fn correspondence(tx: &mut Tx, one: AccountId, other: AccountId) -> Outcome<Correspondence> {
    let pair = (one.min(other), one.max(other));
    let row: Option<(bool, bool, String)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select exists (select 1 from friendship where user1_id = $3 and user2_id = $4 and status = 'accepted'),
                exists (
                  select 1 from space_member as mine
                  join space_member as theirs on theirs.space_id = mine.space_id and theirs.account_id = $2
                  where mine.account_id = $1
                ),
                who_may_write
         from account
         where id = $2 and deleted_at is null
           and not exists (select 1 from block where blocker_id = $1 and blocked_id = $2)
           and not exists (select 1 from block where blocker_id = $2 and blocked_id = $1)",
    )
    .bind(one.get()).bind(other.get()).bind(pair.0.get()).bind(pair.1.get())
    .fetch_optional(connection).await)?;
    let (are_friends, share, writers) =
        row.filter(|_| one != other).ok_or(Failure::Refused(Error::NotFound))?;
    let writers = Writers::from_code(&writers).unwrap_or_default();
    let is_request = match writers {
        _ if are_friends => false,
        Writers::Everyone => false,
        Writers::Acquaintances | Writers::Requests if share => false,
        Writers::Requests => true,
        Writers::Acquaintances => return Err(Error::NotFound.into()),
    };
    Ok(Correspondence { writer: one, reader: other, are_friends, is_request })
}

/// Whether `one` may ask `other` to be friends.
///
/// # Errors
/// `Forbidden` if they take no requests, whether from nobody or not from `one`; `Conflict` about somebody whom `one` has
/// blocked.
pub async fn may_ask(tx: &mut Tx, one: AccountId, other: AccountId) -> Outcome<()> {
    let (takes, has_blocked): (bool, bool) = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select exists (select 1 from account where id = $2 and takes_requests = 1)
                  and not exists (select 1 from block where blocker_id = $2 and blocked_id = $1)
                  or exists (select 1 from friendship where asked_by = $2 and user1_id = $3 and user2_id = $4),
                exists (select 1 from block where blocker_id = $1 and blocked_id = $2)",
    )
    .bind(one.get()).bind(other.get()).bind(one.min(other).get()).bind(one.max(other).get())
    .fetch_one(connection).await)?;
    match (takes, has_blocked) {
        (_, true) => Err(Failure::Refused(Error::Conflict)),
        (false, false) => Err(Failure::Refused(Error::Forbidden)),
        (true, false) => Ok(()),
    }
}

/// Whether the caller may look somebody up by their id: themselves, who is listed, friends, and whoever is in a conversation
/// with them that is not everyone's.
///
/// # Errors
/// `NotFound` for everybody else, whether there is somebody or not.
pub async fn may_look_up(caller: &Caller, other: AccountId) -> Outcome<AccountId> {
    let pair = (caller.account.min(other), caller.account.max(other));
    let found: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select id from account
         where id = $2 and deleted_at is null
           and (id = $1 or is_listed = 1 or exists (
             select 1 from friendship where user1_id = $3 and user2_id = $4 and status = 'accepted'
           ) or exists (
             select 1 from participant as mine
             join participant as theirs on theirs.conversation_id = mine.conversation_id and theirs.account_id = $2
             where mine.account_id = $1 and mine.conversation_id <> 1
           ))",
    )
    .bind(caller.account.get()).bind(other.get()).bind(pair.0.get()).bind(pair.1.get())
    .fetch_optional(pool).await)?;
    found.map(|_| other).ok_or(Failure::Refused(Error::NotFound))
}

/// Those of whose presence `account` may know, and who may know of theirs: friends, people in the same group or channel of
/// at most [`MOST_FOLLOWED`] members, and, as long as at most [`MOST_LISTED`] are listed, all of those who are; as both have
/// chosen, and neither has blocked the other. At most [`MOST_ACQUAINTED`], friends first.
///
/// # Errors
/// The database's own.
pub async fn acquaintances(db: &Db, account: AccountId) -> Outcome<Vec<AccountId>> {
    let rows: Vec<i64> = on_engine!(db.pool(), pool => sqlx::query_scalar(
        "select other.id from (
           select id, max(is_friend) as is_friend from (
             select user2_id as id, 1 as is_friend from friendship where user1_id = $1 and status = 'accepted'
             union all
             select user1_id as id, 1 as is_friend from friendship where user2_id = $1 and status = 'accepted'
             union all
             select listed.id, 0 as is_friend
             from account as self
             join account as listed on listed.is_listed = 1
             where self.id = $1 and self.is_listed = 1
               and (select count(*) from (
                 select 1 from account as one where one.is_listed = 1 limit $4
               ) as counted) < $4
             union all
             select peer.account_id as id, 0 as is_friend
             from participant as mine
             join conversation on conversation.id = mine.conversation_id
             join participant as peer on peer.conversation_id = mine.conversation_id
             where mine.account_id = $1 and conversation.kind <> 'direct' and conversation.id <> 1
               and (select count(*) from (
                 select 1 from participant as one where one.conversation_id = mine.conversation_id limit $2
               ) as counted) < $2
           ) as tie
           group by id
         ) as tied
         join account as other on other.id = tied.id
         join account as me on me.id = $1
         where other.id <> $1 and other.deleted_at is null and me.deleted_at is null
           and not exists (select 1 from block where blocker_id = $1 and blocked_id = other.id)
           and not exists (select 1 from block where blocker_id = other.id and blocked_id = $1)
           and (tied.is_friend = 1 and me.seen_by <> 'nobody' and other.seen_by <> 'nobody'
             or me.seen_by = 'acquaintances' and other.seen_by = 'acquaintances')
         order by tied.is_friend desc, other.id
         limit $3",
    )
    .bind(account.get()).bind(i64::from(MOST_FOLLOWED) + 1).bind(MOST_ACQUAINTED).bind(MOST_LISTED + 1)
    .fetch_all(pool).await)?;
    Ok(rows.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

/// Those of `accounts` of whose presence the caller may know: as [`acquaintances`], but however large a group or channel
/// they share.
///
/// # Errors
/// The database's own.
pub async fn visible(caller: &Caller, accounts: &[AccountId]) -> Outcome<Vec<AccountId>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let me = caller.account.get();
    let rows: Vec<i64> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(
            "select other.id from account as me
             join account as other on other.id <> me.id and other.deleted_at is null
             where me.seen_by <> 'nobody' and other.seen_by <> 'nobody'
               and not exists (select 1 from block where blocker_id = me.id and blocked_id = other.id)
               and not exists (select 1 from block where blocker_id = other.id and blocked_id = me.id)
               and (exists (
                 select 1 from friendship where user1_id = me.id and user2_id = other.id and status = 'accepted'
               ) or exists (
                 select 1 from friendship where user1_id = other.id and user2_id = me.id and status = 'accepted'
               ) or me.seen_by = 'acquaintances' and other.seen_by = 'acquaintances'
                 and me.is_listed = 1 and other.is_listed = 1
               or me.seen_by = 'acquaintances' and other.seen_by = 'acquaintances' and exists (
                 select 1 from participant as mine
                 join conversation on conversation.id = mine.conversation_id
                   and conversation.kind <> 'direct' and conversation.id <> 1
                 join participant as theirs
                   on theirs.conversation_id = mine.conversation_id and theirs.account_id = other.id
                 where mine.account_id = me.id
               ))
               and me.id = ",
        );
        query.push_bind(me).push(" and other.id in (");
        let mut ids = query.separated(", ");
        for account in accounts {
            ids.push_bind(account.get());
        }
        query.push(")");
        query.build_query_scalar().fetch_all(pool).await
    })?;
    Ok(rows.into_iter().filter_map(|id| id.try_into().ok()).collect())
}
