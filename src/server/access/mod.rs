//! The only place that answers "may they?". It hands out proof, and verbs take the proof.
//!
//! Proofs have private fields: nobody else can make one. What the asker may not see does not exist.

mod authors;
mod bots;
mod calling;
mod confidants;
mod moderating;
mod noticing;
mod people;
mod pinning;
mod places;
mod staff;

use std::collections::{BTreeSet, HashMap};

use sqlx::QueryBuilder;

use super::{
    answer::{Failure, Outcome},
    caller::Caller,
    db::{Tx, on_engine, sql},
};
use crate::{
    error::Error,
    ids::{AccountId, ConversationId},
};

pub use authors::{Author, Writer, author, is_author, writer};
pub use bots::{OwnBot, own_bot, still_own};
pub use calling::callers;
pub use confidants::{confidants, confidants_within, readers};
pub use moderating::{Moderator, may_delete, moderator, moderators};
pub use noticing::{Noticed, noticed, notices};
pub use people::{Correspondence, acquaintances, correspondence, friendship, may_ask, may_look_up, visible};
pub use pinning::{Pinner, pinner};
pub use places::{
    Admin, Held, SpaceAdmin, SpaceMember, SpaceOwner, admin, hold, hold_channels, hold_space, inviter,
    may_invite, rank, role, space_admin, space_member, space_owner,
};
pub use staff::{Staff, staff, still_staff};

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

/// Makes sure of a member within a change: they, the conversation and their account stay until it is stored.
///
/// # Errors
/// `NotFound` for who has left or was removed meanwhile, and for who has deleted their account.
pub async fn still_in(tx: &mut Tx, member: &Member) -> Outcome<()> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select me.account_id from conversation
                 join participant as me on me.conversation_id = conversation.id
                 join account on account.id = me.account_id
                 where conversation.id = $1 and me.account_id = $2 and account.deleted_at is null",
        postgres: "select me.account_id from conversation
                   join participant as me on me.conversation_id = conversation.id
                   join account on account.id = me.account_id
                   where conversation.id = $1 and me.account_id = $2 and account.deleted_at is null
                   for key share of conversation, account",
    );
    let found: Option<i64> = on_engine!(connection, connection => sqlx::query_scalar(text)
        .bind(member.conversation.get()).bind(member.account.get()).fetch_optional(connection).await)?;
    found.map(drop).ok_or(Failure::Refused(Error::NotFound))
}

/// What a member may do in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    Write,
    /// The friendship has ended, or the talk is not accepted: what was said stays to be read.
    OnlyRead,
}

/// The query of [`rights`] and [`right`], for either engine.
macro_rules! asking_for_rights {
    ($asked:expr, $executor:expr) => {{
        let mut query = QueryBuilder::new(
            "select me.conversation_id, me.account_id,
                    conversation.kind <> 'direct' or me.request is null and not exists (
                      select 1 from participant as peer
                      join block on block.blocker_id = me.account_id and block.blocked_id = peer.account_id
                      where peer.conversation_id = me.conversation_id
                    ) and not exists (
                      select 1 from participant as peer
                      join block on block.blocked_id = me.account_id and block.blocker_id = peer.account_id
                      where peer.conversation_id = me.conversation_id
                    ) and (exists (
                      select 1 from participant as peer
                      join friendship on friendship.user1_id = me.account_id and friendship.user2_id = peer.account_id
                      where peer.conversation_id = me.conversation_id and friendship.status = 'accepted'
                    ) or exists (
                      select 1 from participant as peer
                      join friendship on friendship.user2_id = me.account_id and friendship.user1_id = peer.account_id
                      where peer.conversation_id = me.conversation_id and friendship.status = 'accepted'
                    ) or exists (
                      select 1 from participant as peer
                      join account on account.id = peer.account_id
                      where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
                        and account.deleted_at is null and (peer.request is null or peer.request = 'pending')
                        and (
                          peer.welcomes = 1
                          or account.who_may_write = 'everyone'
                          or account.who_may_write = 'requests' and peer.request = 'pending'
                          or account.who_may_write in ('acquaintances', 'requests') and exists (
                            select 1 from space_member as mine
                            join space_member as theirs
                              on theirs.space_id = mine.space_id and theirs.account_id = peer.account_id
                            where mine.account_id = me.account_id
                          )
                        )
                    ))
             from participant as me
             join conversation on conversation.id = me.conversation_id
             where (me.conversation_id, me.account_id) in (",
        );
        query.push_values($asked, |mut row, (conversation, account)| {
            row.push_bind(conversation.get()).push_bind(account.get());
        });
        query.push(")");
        query.build_query_as().fetch_all($executor).await
    }};
}

use asking_for_rights;

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
    let rows: Vec<(i64, i64, bool)> =
        on_engine!(tx.connection(), connection => asking_for_rights!(asked, connection))?;

    let mut rights = HashMap::with_capacity(rows.len());
    for (conversation, account, may_write) in rows {
        let (Ok(conversation), Ok(account)) = (conversation.try_into(), account.try_into()) else { continue };
        rights.insert((conversation, account), if may_write { Right::Write } else { Right::OnlyRead });
    }
    Ok(rights)
}

/// In which of some conversations the caller may write, for showing them; writing asks again inside its transaction.
///
/// # Errors
/// The database's own.
pub async fn writable(
    caller: &Caller,
    conversations: &[ConversationId],
) -> Outcome<BTreeSet<ConversationId>> {
    if conversations.is_empty() {
        return Ok(BTreeSet::new());
    }
    let asked: Vec<_> = conversations.iter().map(|conversation| (*conversation, caller.account)).collect();
    let rows: Vec<(i64, i64, bool)> =
        on_engine!(caller.app.db.pool(), pool => asking_for_rights!(&asked, pool))?;
    let writable = rows.into_iter().filter(|(_, _, may_write)| *may_write);
    Ok(writable.filter_map(|(conversation, ..)| conversation.try_into().ok()).collect())
}

/// What one member may do, for showing it; writing asks again inside its transaction.
///
/// # Errors
/// The database's own.
pub async fn right(caller: &Caller, member: &Member) -> Outcome<Right> {
    let asked = [(member.conversation, member.account)];
    let rows = on_engine!(caller.app.db.pool(), pool => asking_for_rights!(&asked, pool))?;
    let may_write = rows.first().is_some_and(|(_, _, may_write): &(i64, i64, bool)| *may_write);
    Ok(if may_write { Right::Write } else { Right::OnlyRead })
}
