//! Ending a poll before its time. When that has come it needs nobody: votes are held against the clock.

use super::voting::{open, revise};
use crate::{
    ids::{AccountId, MessageId},
    realtime::event::Event,
    server::{
        access::{self, Member},
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Announcement, Tx, on_engine},
        messages::next_number,
    },
    time::Timestamp,
};

/// Closes a poll for good: its author may, and those who could delete it. Once more changes nothing.
///
/// # Errors
/// `NotFound` for who is gone from the conversation, and for a message that is not in it; `Forbidden` for those who do not
/// keep order there, and about those who do not rank lower; `Conflict` for what is deleted, and for what is no poll;
/// `TooFast`.
pub async fn close(caller: &Caller, member: &Member, message: MessageId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    // Who said it never changes; whether they may still is asked again below.
    let is_own = access::is_author(caller, member, message).await?;
    let member = *member;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            if is_own {
                access::author(tx, &member, message).await?;
            } else {
                let moderator = access::moderator(tx, &member).await?;
                let author = author(tx, message).await?;
                moderator.may_delete(tx, author).await?;
            }
            end(tx, &member, message).await
        })
    });
    change.await
}

async fn author(tx: &mut Tx, message: MessageId) -> Outcome<AccountId> {
    let author: i64 = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select sender_id from message where id = $1")
            .bind(message.get()).fetch_one(connection).await)?;
    author.try_into().map_err(|_| Failure::Internal("a stored message has an invalid id"))
}

async fn end(tx: &mut Tx, member: &Member, message: MessageId) -> Outcome<()> {
    let conversation = member.conversation();
    if open(tx, conversation, message).await?.is_closed(tx.now) {
        return Ok(());
    }
    let now = tx.now.millis();
    let revision = next_number(tx, conversation).await?;
    on_engine!(tx.connection(), connection => sqlx::query("update poll set closed_at = $2 where message_id = $1")
        .bind(message.get()).bind(now).execute(connection).await.map(drop))?;
    revise(tx, message, revision).await?;
    let event = Event::PollClosed { conversation, message, revision, at: Timestamp::from_millis(now) };
    tx.announce(Announcement::Conversation(conversation, event));
    Ok(())
}
