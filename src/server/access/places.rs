//! Who looks after groups, spaces and their channels, and who may invite there.

use crate::{
    conversations::about::Role,
    error::Error,
    ids::{AccountId, ConversationId, SpaceId},
    invitations::Destination,
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Tx, on_engine, sql},
    },
    spaces::Rank,
};

/// What a conversation is that the transaction holds. Private talks are never held: nobody comes or goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Group,
    Channel { space: SpaceId, is_open: bool },
}

/// Proof that somebody looks after a conversation, which the transaction holds: an admin of a group, or one who runs
/// the space of a channel.
#[derive(Debug, Clone, Copy)]
pub struct Admin {
    conversation: ConversationId,
    held: Held,
}

impl Admin {
    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }

    pub const fn held(&self) -> Held {
        self.held
    }
}

/// Proof that somebody is in a space.
#[derive(Debug, Clone, Copy)]
pub struct SpaceMember {
    account: AccountId,
    space: SpaceId,
    rank: Rank,
}

impl SpaceMember {
    pub const fn account(&self) -> AccountId {
        self.account
    }

    pub const fn space(&self) -> SpaceId {
        self.space
    }

    pub const fn rank(&self) -> Rank {
        self.rank
    }
}

/// Proof that somebody runs a space, which the transaction holds.
#[derive(Debug, Clone, Copy)]
pub struct SpaceAdmin {
    space: SpaceId,
}

impl SpaceAdmin {
    pub const fn space(&self) -> SpaceId {
        self.space
    }
}

/// Proof that a space is somebody's, which the transaction holds.
#[derive(Debug, Clone, Copy)]
pub struct SpaceOwner {
    space: SpaceId,
}

impl SpaceOwner {
    pub const fn space(&self) -> SpaceId {
        self.space
    }
}

/// Holds a conversation until the transaction ends, and before it the space that it is a channel of: nothing is posted
/// there, and nobody comes or goes, but by this one.
///
/// # Errors
/// `NotFound` for a private talk, or if there is none.
pub async fn hold(tx: &mut Tx, conversation: ConversationId) -> Outcome<Held> {
    let row: Option<(String, Option<i64>, Option<i64>)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select conversation.kind, channel.space_id, channel.is_open
         from conversation
         left join channel on channel.id = conversation.channel_id
         where conversation.id = $1",
    ).bind(conversation.get()).fetch_optional(connection).await)?;
    let held = match row {
        Some((kind, _, _)) if kind == "group" => Held::Group,
        Some((_, Some(space), Some(is_open))) => {
            let space = space.try_into().map_err(|_| Failure::Internal("a space has no valid id"))?;
            hold_space(tx, space).await?;
            Held::Channel { space, is_open: is_open == 1 }
        }
        _ => return Err(Failure::Refused(Error::NotFound)),
    };
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from conversation where id = $1",
        postgres: "select id from conversation where id = $1 for update",
    );
    let found: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(conversation.get()).fetch_optional(connection).await)?;
    found.map(|_| held).ok_or(Failure::Refused(Error::NotFound))
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

/// Holds a conversation, if `account` looks after it.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for plain members.
pub async fn admin(tx: &mut Tx, account: AccountId, conversation: ConversationId) -> Outcome<Admin> {
    let held = hold(tx, conversation).await?;
    let role = role(tx, account, conversation).await?;
    let looks_after_it = match held {
        Held::Group => role == Role::Admin,
        Held::Channel { space, .. } => rank(tx, account, space).await?.runs_it(),
    };
    if looks_after_it { Ok(Admin { conversation, held }) } else { Err(Failure::Refused(Error::Forbidden)) }
}

/// Whether the caller is in the space, and as what.
///
/// # Errors
/// `NotFound` for everyone else: whether it exists is none of their business.
pub async fn space_member(caller: &Caller, space: SpaceId) -> Outcome<SpaceMember> {
    let account = caller.account;
    let rank: Option<String> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select role from space_member where space_id = $1 and account_id = $2",
    ).bind(space.get()).bind(account.get()).fetch_optional(pool).await)?;
    let rank = rank.as_deref().and_then(Rank::from_code).ok_or(Failure::Refused(Error::NotFound))?;
    Ok(SpaceMember { account, space, rank })
}

/// Holds a space until the transaction ends: nobody comes, goes, or changes rank, and no channel is made or deleted, but
/// by this one. Spaces are held before their conversations.
///
/// # Errors
/// `NotFound` if there is none.
pub async fn hold_space(tx: &mut Tx, space: SpaceId) -> Outcome<()> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from space where id = $1",
        postgres: "select id from space where id = $1 for update",
    );
    let held: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(space.get()).fetch_optional(connection).await)?;
    held.map(drop).ok_or(Failure::Refused(Error::NotFound))
}

/// Holds the conversations of all channels of a space, which must be held, in the order in which posts hold them.
///
/// # Errors
/// The database's own.
pub async fn hold_channels(tx: &mut Tx, space: SpaceId) -> Outcome<Vec<ConversationId>> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select conversation.id from channel join conversation on conversation.channel_id = channel.id
                 where channel.space_id = $1 order by conversation.id",
        postgres: "select conversation.id from channel join conversation on conversation.channel_id = channel.id
                   where channel.space_id = $1 order by conversation.id for update of conversation",
    );
    let ids: Vec<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(space.get()).fetch_all(connection).await)?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

/// What somebody is in a space. To be asked after it was held.
///
/// # Errors
/// `NotFound` if they are not in it.
pub async fn rank(tx: &mut Tx, account: AccountId, space: SpaceId) -> Outcome<Rank> {
    let rank: Option<String> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select role from space_member where space_id = $1 and account_id = $2",
    ).bind(space.get()).bind(account.get()).fetch_optional(connection).await)?;
    rank.as_deref().and_then(Rank::from_code).ok_or(Failure::Refused(Error::NotFound))
}

/// Holds a space, if `account` runs it.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for lower ranks.
pub async fn space_admin(tx: &mut Tx, account: AccountId, space: SpaceId) -> Outcome<SpaceAdmin> {
    hold_space(tx, space).await?;
    if rank(tx, account, space).await?.runs_it() {
        Ok(SpaceAdmin { space })
    } else {
        Err(Failure::Refused(Error::Forbidden))
    }
}

/// Holds a space, if it is `account`'s.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for lower ranks.
pub async fn space_owner(tx: &mut Tx, account: AccountId, space: SpaceId) -> Outcome<SpaceOwner> {
    hold_space(tx, space).await?;
    match rank(tx, account, space).await? {
        Rank::Owner => Ok(SpaceOwner { space }),
        _ => Err(Failure::Refused(Error::Forbidden)),
    }
}

/// Holds where an invitation is to lead, if `account` may invite there: the admins of a group, and those who run or
/// moderate a space.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for plain members.
pub async fn inviter(tx: &mut Tx, account: AccountId, into: Destination) -> Outcome<()> {
    let may = match into {
        Destination::Group(group) => {
            let held = hold(tx, group).await?;
            let role = role(tx, account, group).await?;
            if held != Held::Group {
                return Err(Failure::Refused(Error::NotFound));
            }
            role == Role::Admin
        }
        Destination::Space(space) => {
            hold_space(tx, space).await?;
            rank(tx, account, space).await?.outranks(Rank::Member)
        }
    };
    if may { Ok(()) } else { Err(Failure::Refused(Error::Forbidden)) }
}

/// As [`inviter`], for showing the invitations that there are.
///
/// # Errors
/// As [`inviter`].
pub async fn may_invite(caller: &Caller, into: Destination) -> Outcome<()> {
    let may = match into {
        Destination::Group(group) => {
            let role: Option<String> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
                "select participant.role from participant
                 join conversation on conversation.id = participant.conversation_id
                 where conversation.id = $1 and participant.account_id = $2 and conversation.kind = 'group'",
            ).bind(group.get()).bind(caller.account.get()).fetch_optional(pool).await)?;
            let role = role.as_deref().and_then(Role::from_code).ok_or(Failure::Refused(Error::NotFound))?;
            role == Role::Admin
        }
        Destination::Space(space) => space_member(caller, space).await?.rank.outranks(Rank::Member),
    };
    if may { Ok(()) } else { Err(Failure::Refused(Error::Forbidden)) }
}
