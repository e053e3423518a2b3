//! Who may turn to whom.

use crate::{
    error::Error,
    ids::AccountId,
    server::{
        answer::{Failure, Outcome},
        db::{Tx, on_engine},
    },
};

/// Proof that one of two people may write to the other now, for the length of a transaction.
#[derive(Debug, Clone, Copy)]
pub struct Correspondence {
    /// The smaller id first.
    pair: (AccountId, AccountId),
}

impl Correspondence {
    pub const fn pair(&self) -> (AccountId, AccountId) {
        self.pair
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
    let may: bool = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select not exists (select 1 from block where blocker_id = $1 and blocked_id = $2)
           and not exists (select 1 from block where blocker_id = $2 and blocked_id = $1)
           and (
             exists (select 1 from friendship where user1_id = $3 and user2_id = $4 and status = 'accepted')
             or exists (
               select 1 from account where id = $2 and deleted_at is null and (
                 who_may_write = 'everyone' or who_may_write = 'acquaintances' and exists (
                   select 1 from space_member as mine
                   join space_member as theirs on theirs.space_id = mine.space_id and theirs.account_id = $2
                   where mine.account_id = $1
                 )
               )
             )
           )",
    ).bind(one.get()).bind(other.get()).bind(pair.0.get()).bind(pair.1.get()).fetch_one(connection).await)?;
    if may && one != other { Ok(Correspondence { pair }) } else { Err(Failure::Refused(Error::NotFound)) }
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
