//! Who says what stands out: those who keep order in a conversation, and both in a private talk.

use super::{Member, moderator, writer};
use crate::{
    error::Error,
    ids::{AccountId, ConversationId},
    server::{
        answer::{Failure, Outcome},
        db::{Tx, on_engine},
    },
};

/// Proof that somebody may pin messages in a conversation, which the transaction holds.
#[derive(Debug, Clone, Copy)]
pub struct Pinner {
    account: AccountId,
    conversation: ConversationId,
}

impl Pinner {
    pub const fn account(&self) -> AccountId {
        self.account
    }

    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }
}

/// Holds a conversation, if the member may pin messages there.
///
/// # Errors
/// `NotFound` for who is gone meanwhile, `Forbidden` for who may not.
pub async fn pinner(tx: &mut Tx, member: &Member) -> Outcome<Pinner> {
    let (account, conversation) = (member.account(), member.conversation());
    let kind: Option<String> = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select kind from conversation where id = $1")
            .bind(conversation.get()).fetch_optional(connection).await)?;
    if kind.ok_or(Failure::Refused(Error::NotFound))? == "direct" {
        writer(tx, member).await?;
    } else {
        moderator(tx, member).await?;
    }
    Ok(Pinner { account, conversation })
}
