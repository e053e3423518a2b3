//! Saying what stands out in a conversation.

use super::{
    MessageRow, SYSTEM,
    changing::{find, next_number},
    open, place, reacting,
};
use crate::{
    error::Error,
    ids::MessageId,
    messages::pins::{MOST_PINNED, Pins},
    realtime::event::Event,
    server::{
        access::{self, Member},
        answer::Outcome,
        caller::Caller,
        conversations,
        db::{Announcement, on_engine},
        mentions, polls,
    },
};

/// Pins a message for everybody, or lets it be as any other. Once more changes nothing.
///
/// # Errors
/// `NotFound` for who is gone from the conversation, and for a message that is not in it; `Forbidden` for who may not pin
/// there; `Conflict` for what is deleted, and for what was not said but done; `TooMuch` if [`MOST_PINNED`] are pinned
/// already; `TooFast`.
pub async fn pin(caller: &Caller, member: &Member, message: MessageId, pinned: bool) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let (member, keyring) = (*member, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let pinner = access::pinner(tx, &member).await?;
            let conversation = pinner.conversation();
            let row = find(tx, conversation, message).await?;
            if row.kind == SYSTEM || row.deleted_at.is_some() {
                return Err(Error::Conflict.into());
            }
            if row.pinned_by.is_some() == pinned {
                return Ok(());
            }
            if pinned {
                let count: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                    "select count(*) from message
                     where conversation_id = $1 and pinned_at is not null and deleted_at is null",
                ).bind(conversation.get()).fetch_one(connection).await)?;
                if count >= MOST_PINNED as i64 {
                    return Err(Error::TooMuch.into());
                }
            }

            let text = keyring.open(place(message, row.body_version), &row.body)?;
            let (by, now) = (pinned.then(|| pinner.account()), tx.now.millis());
            let revision = next_number(tx, conversation).await?;
            on_engine!(tx.connection(), connection => sqlx::query(
                "update message set pinned_at = $2, pinned_by = $3, revision = $4 where id = $1",
            )
            .bind(message.get()).bind(pinned.then_some(now)).bind(by.map(|by| by.get())).bind(revision)
            .execute(connection).await.map(drop))?;

            let mut told = row.message(conversation)?;
            told.body = text;
            told.pinned = by;
            told.revision = revision;
            told.reactions = reacting::counts(tx, message).await?;
            polls::recall(tx, &keyring, &mut told).await?;
            mentions::recall(tx, vec![&mut told]).await?;
            tx.announce(Announcement::Conversation(conversation, Event::Message(Box::new(told))));
            Ok(())
        })
    });
    change.await
}

/// What is pinned in a conversation, the last first.
///
/// # Errors
/// The database's own; `Seal` if one of them cannot be opened.
pub async fn pins(caller: &Caller, member: &Member) -> Outcome<Pins> {
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(concat!(
        "select ", columns!(), "
         from message
         where conversation_id = $1 and pinned_at is not null and deleted_at is null
         order by pinned_at desc, id desc
         limit $2",
    )).bind(member.conversation().get()).bind(MOST_PINNED as i64).fetch_all(pool).await)?;
    let messages = rows.into_iter().map(|row| open(caller, member, row)).collect::<Outcome<Vec<_>>>()?;
    let senders: Vec<_> = messages.iter().map(|message| message.sender).collect();
    let people = conversations::members::named(caller, member, &senders).await?;
    let about = conversations::about(caller, member).await?;
    Ok(Pins { messages, people, may_pin: about.may_pin(), place: about.name })
}
