//! The only place that answers "may they?". It hands out proof, and verbs take the proof.
//!
//! Proofs have private fields: nobody else can make one. What the asker may not see does not exist.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::{
    answer::{Failure, Outcome},
    caller::Caller,
    db::{Tx, on_engine, sql},
};
use crate::{
    conversations::about::Role,
    error::Error,
    ids::{AccountId, ConversationId},
};

/// Proof that somebody is in a conversation and may read it.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    account: AccountId,
    conversation: ConversationId,
}

impl Member {
    pub const fn account(&self) -> AccountId {
        self.account
    }

    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }
}

/// Proof that two people are friends now, for the length of a transaction.
#[derive(Debug, Clone, Copy)]
pub struct Friendship {
    /// The smaller id first.
    pair: (AccountId, AccountId),
}

impl Friendship {
    pub const fn pair(&self) -> (AccountId, AccountId) {
        self.pair
    }
}

/// Proof that somebody is an admin of a group, which the transaction holds.
#[derive(Debug, Clone, Copy)]
pub struct Admin {
    conversation: ConversationId,
}

impl Admin {
    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }
}

/// Whether the caller is in the conversation.
///
/// # Errors
/// `NotFound` for everyone else: whether it exists is none of their business.
pub async fn member(caller: &Caller, conversation: ConversationId) -> Outcome<Member> {
    let account = caller.account;
    let found: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select account_id from participant where conversation_id = $1 and account_id = $2",
    ).bind(conversation.get()).bind(account.get()).fetch_optional(pool).await)?;
    found.map(|_| Member { account, conversation }).ok_or(Failure::Refused(Error::NotFound))
}

/// Whether the two are friends, as the transaction sees it.
///
/// # Errors
/// `NotFound` if they are not.
pub async fn friendship(tx: &mut Tx, one: AccountId, other: AccountId) -> Outcome<Friendship> {
    let pair = (one.min(other), one.max(other));
    let found: Option<String> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select status from friendship where user1_id = $1 and user2_id = $2 and status = 'accepted'",
    ).bind(pair.0.get()).bind(pair.1.get()).fetch_optional(connection).await)?;
    found.map(|_| Friendship { pair }).ok_or(Failure::Refused(Error::NotFound))
}

/// Holds a group until the transaction ends: nothing is posted there, and nobody comes or goes, but by this one.
///
/// # Errors
/// `NotFound` if there is none.
pub async fn hold_group(tx: &mut Tx, conversation: ConversationId) -> Outcome<()> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from conversation where id = $1 and kind = 'group'",
        postgres: "select id from conversation where id = $1 and kind = 'group' for update",
    );
    let held: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(conversation.get()).fetch_optional(connection).await)?;
    held.map(drop).ok_or(Failure::Refused(Error::NotFound))
}

/// What somebody is in a conversation. To be asked after it was held, as [`rights`].
///
/// # Errors
/// `NotFound` if they are not in it.
pub async fn role(tx: &mut Tx, account: AccountId, conversation: ConversationId) -> Outcome<Role> {
    let role: Option<String> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select role from participant where conversation_id = $1 and account_id = $2",
    ).bind(conversation.get()).bind(account.get()).fetch_optional(connection).await)?;
    role.as_deref().and_then(Role::from_code).ok_or(Failure::Refused(Error::NotFound))
}

/// Holds a group, if `account` is an admin of it.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for plain members.
pub async fn admin(tx: &mut Tx, account: AccountId, conversation: ConversationId) -> Outcome<Admin> {
    hold_group(tx, conversation).await?;
    match role(tx, account, conversation).await? {
        Role::Admin => Ok(Admin { conversation }),
        Role::Member => Err(Failure::Refused(Error::Forbidden)),
    }
}

/// What a member may do in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    Write,
    /// The friendship has ended: what was said stays to be read.
    OnlyRead,
}

/// Who may write where, for many at once: people who are not in a conversation are missing from the answer.
///
/// Must be asked after the conversations were locked and in a statement of its own. An earlier or combined one
/// could miss a removal that has just been committed (PostgreSQL, READ COMMITTED).
///
/// # Errors
/// The database's own.
pub async fn rights(
    tx: &mut Tx,
    asked: &[(ConversationId, AccountId)],
) -> Outcome<HashMap<(ConversationId, AccountId), Right>> {
    let rows: Vec<(i64, i64, bool)> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select me.conversation_id, me.account_id,
                    conversation.kind <> 'direct' or exists (
                      select 1 from participant as peer
                      join friendship on friendship.user1_id = me.account_id and friendship.user2_id = peer.account_id
                      where peer.conversation_id = me.conversation_id and friendship.status = 'accepted'
                    ) or exists (
                      select 1 from participant as peer
                      join friendship on friendship.user2_id = me.account_id and friendship.user1_id = peer.account_id
                      where peer.conversation_id = me.conversation_id and friendship.status = 'accepted'
                    )
             from participant as me
             join conversation on conversation.id = me.conversation_id
             where (me.conversation_id, me.account_id) in (",
        );
        query.push_values(asked, |mut row, (conversation, account)| {
            row.push_bind(conversation.get()).push_bind(account.get());
        });
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;

    let mut rights = HashMap::with_capacity(rows.len());
    for (conversation, account, may_write) in rows {
        let (Ok(conversation), Ok(account)) = (conversation.try_into(), account.try_into()) else { continue };
        rights.insert((conversation, account), if may_write { Right::Write } else { Right::OnlyRead });
    }
    Ok(rights)
}

/// What one member may do, for showing it; writing asks again inside its transaction.
///
/// # Errors
/// The database's own.
pub async fn right(caller: &Caller, member: &Member) -> Outcome<Right> {
    let may_write: bool = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select exists (select 1 from conversation where id = $1 and kind <> 'direct') or exists (
           select 1 from participant as peer
           join friendship on (friendship.user1_id = $2 and friendship.user2_id = peer.account_id)
                           or (friendship.user2_id = $2 and friendship.user1_id = peer.account_id)
           where peer.conversation_id = $1 and friendship.status = 'accepted'
         )",
    ).bind(member.conversation.get()).bind(member.account.get()).fetch_one(pool).await)?;
    Ok(if may_write { Right::Write } else { Right::OnlyRead })
}
