//! Slow mode: how long members wait between two messages. `messages/pacing.rs` sees to it.

use crate::{
    conversations::about::SLOW_CHOICES,
    error::{Error, Field, Why},
    messages::system::SystemNote,
    server::{
        access::{self, Member},
        answer::Outcome,
        caller::Caller,
        db::on_engine,
        messages::notes::note,
    },
};

/// Has members wait so many `seconds` between two messages, one of [`SLOW_CHOICES`]. What stays as it was is not told.
///
/// # Errors
/// `Invalid` for another number; `NotFound` for who is gone from the conversation, `Forbidden` for those who do not keep
/// order there; `TooFast`.
pub async fn set_slow(caller: &Caller, member: &Member, seconds: u32) -> Outcome<()> {
    if !SLOW_CHOICES.contains(&seconds) {
        return Err(Error::invalid(Field::Form, Why::Shape).into());
    }
    // It may become a message for everyone.
    caller.app.limits.sends.take(&caller.account)?;
    let (member, keyring) = (*member, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let moderator = access::moderator(tx, &member).await?;
            let conversation = moderator.conversation();
            let changed = on_engine!(tx.connection(), connection => sqlx::query(
                "update conversation set slow = $2 where id = $1 and slow <> $2",
            )
            .bind(conversation.get()).bind(i64::from(seconds))
            .execute(connection).await.map(|done| done.rows_affected()))?;
            if changed > 0 {
                note(tx, &keyring, conversation, moderator.account(), SystemNote::Slowed { seconds }).await?;
            }
            Ok(())
        })
    });
    change.await
}
