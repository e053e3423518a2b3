//! What every change of a message needs: its row, its author, the next number.

use super::MessageRow;
use crate::{
    error::Error,
    ids::{ConversationId, MessageId},
    server::{
        access::Author,
        answer::{Failure, Outcome},
        db::{Tx, on_engine},
    },
};

/// A message of the conversation, as it stands in its row.
///
/// # Errors
/// `NotFound` if it is not there.
pub(super) async fn find(
    tx: &mut Tx,
    conversation: ConversationId,
    message: MessageId,
) -> Outcome<MessageRow> {
    let row: Option<MessageRow> = on_engine!(tx.connection(), connection => sqlx::query_as(concat!(
        "select ", columns!(), " from message where id = $1 and conversation_id = $2",
    )).bind(message.get()).bind(conversation.get()).fetch_optional(connection).await)?;
    row.ok_or(Failure::Refused(Error::NotFound))
}

/// The author's own message.
///
/// # Errors
/// `NotFound` if it is gone.
pub(super) async fn find_own(tx: &mut Tx, author: &Author) -> Outcome<MessageRow> {
    find(tx, author.conversation(), author.message()).await
}

/// The next number of the conversation, which the transaction holds. To be taken after everything that could refuse the
/// change.
///
/// # Errors
/// The database's own.
pub(in crate::server) async fn next_number(tx: &mut Tx, conversation: ConversationId) -> Outcome<i64> {
    Ok(on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "update conversation set head = head + 1 where id = $1 returning head",
    ).bind(conversation.get()).fetch_one(connection).await)?)
}
