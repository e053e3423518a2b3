//! Who talks in a conversation, as far as two do, or everyone: what a message's receiver is in documents that know one.

use super::everyone;
use crate::{
    ids::{AccountId, ConversationId},
    server::{
        answer::Outcome,
        db::{Db, on_engine},
    },
};

/// Who talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parties {
    Two(AccountId, AccountId),
    /// The room for everyone.
    Everyone,
}

impl Parties {
    /// To whom somebody speaks there; none: to all.
    pub fn receiver(self, sender: AccountId) -> Option<AccountId> {
        match self {
            Self::Two(one, other) if one == sender => Some(other),
            Self::Two(one, _) => Some(one),
            Self::Everyone => None,
        }
    }

    /// By a row: groups and channels are neither.
    pub(in crate::server) fn stored(conversation: ConversationId, direct_key: Option<&str>) -> Option<Self> {
        if conversation == everyone::room() {
            return Some(Self::Everyone);
        }
        let (one, other) = direct_key?.split_once(':')?;
        Some(Self::Two(one.parse().ok()?, other.parse().ok()?))
    }
}

/// Who talks in a conversation; none if it is a group or a channel, or not there.
///
/// # Errors
/// The database's own.
pub async fn of(db: &Db, conversation: ConversationId) -> Outcome<Option<Parties>> {
    let key: Option<Option<String>> = on_engine!(db.pool(), pool =>
        sqlx::query_scalar("select direct_key from conversation where id = $1")
            .bind(conversation.get()).fetch_optional(pool).await)?;
    Ok(key.and_then(|key| Parties::stored(conversation, key.as_deref())))
}
