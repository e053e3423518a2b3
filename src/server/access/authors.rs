//! Whose message it is: what one said oneself one may change, as long as one is there.

use super::{Member, Right, rights};
use crate::{
    error::Error,
    ids::{AccountId, ConversationId, MessageId},
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Tx, on_engine, sql},
    },
};

/// Proof that somebody is in a conversation, which the transaction holds, and that a message there is theirs.
#[derive(Debug, Clone, Copy)]
pub struct Author {
    account: AccountId,
    conversation: ConversationId,
    message: MessageId,
    right: Right,
}

impl Author {
    pub const fn account(&self) -> AccountId {
        self.account
    }

    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }

    pub const fn message(&self) -> MessageId {
        self.message
    }

    /// Whether they may say something else there. What they said they may take back anyhow.
    ///
    /// # Errors
    /// `Forbidden` where they may only read.
    pub fn may_write(&self) -> Outcome<()> {
        match self.right {
            Right::Write => Ok(()),
            Right::OnlyRead => Err(Failure::Refused(Error::Forbidden)),
        }
    }
}

/// Proof that somebody may write in a conversation, which the transaction holds.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    account: AccountId,
    conversation: ConversationId,
}

impl Writer {
    pub const fn account(&self) -> AccountId {
        self.account
    }

    pub const fn conversation(&self) -> ConversationId {
        self.conversation
    }
}

/// Holds a conversation, if the member may write there.
///
/// # Errors
/// `NotFound` for who is gone meanwhile, `Forbidden` for who may only read.
pub async fn writer(tx: &mut Tx, member: &Member) -> Outcome<Writer> {
    match held_right(tx, member).await? {
        Right::Write => Ok(Writer { account: member.account(), conversation: member.conversation() }),
        Right::OnlyRead => Err(Error::Forbidden.into()),
    }
}

/// Holds the conversation of a message, if the member said it.
///
/// # Errors
/// `NotFound` for who is gone meanwhile, and for a message that is not there; `Forbidden` for what others said.
pub async fn author(tx: &mut Tx, member: &Member, message: MessageId) -> Outcome<Author> {
    let (account, conversation) = (member.account(), member.conversation());
    let right = held_right(tx, member).await?;
    let sender: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select sender_id from message where id = $1 and conversation_id = $2",
    ).bind(message.get()).bind(conversation.get()).fetch_optional(connection).await)?;
    match sender {
        Some(sender) if sender == account.get() => Ok(Author { account, conversation, message, right }),
        Some(_) => Err(Error::Forbidden.into()),
        None => Err(Error::NotFound.into()),
    }
}

/// Locks the conversation, and asks afterwards, as [`rights`] demands.
async fn held_right(tx: &mut Tx, member: &Member) -> Outcome<Right> {
    let who = (member.conversation(), member.account());
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from conversation where id = $1",
        postgres: "select id from conversation where id = $1 for update",
    );
    on_engine!(connection, connection =>
        sqlx::query(text).bind(who.0.get()).execute(connection).await.map(drop))?;
    rights(tx, &[who]).await?.remove(&who).ok_or(Failure::Refused(Error::NotFound))
}

/// Whether the member said it, for showing what may be done; doing it asks again inside its transaction.
///
/// # Errors
/// `NotFound` for a message that is not there.
pub async fn is_author(caller: &Caller, member: &Member, message: MessageId) -> Outcome<bool> {
    let sender: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select sender_id from message where id = $1 and conversation_id = $2",
    ).bind(message.get()).bind(member.conversation().get()).fetch_optional(pool).await)?;
    Ok(sender.ok_or(Failure::Refused(Error::NotFound))? == member.account().get())
}
