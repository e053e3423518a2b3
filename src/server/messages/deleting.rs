//! Deleting what was said: the message keeps its place, and loses its text. Those who keep order do it at once; authors
//! can undo it for a moment, see [`super::retracting`].

use super::{
    SYSTEM,
    changing::{find, next_number},
    place, reacting,
};
use crate::{
    error::Error,
    ids::{AccountId, MessageId},
    messages::{Deletable, Message},
    realtime::event::Event,
    server::{
        access::{self, Member},
        activity,
        answer::Outcome,
        audit::{self, Action},
        caller::Caller,
        conversations,
        crypto::Keyring,
        db::{Announcement, Tx, on_engine},
        later::reminding,
        mentions, polls, threads,
    },
};

/// Deletes a message for everybody. Once more changes nothing.
///
/// # Errors
/// `NotFound` for who is gone from the conversation, and for a message that is not in it; `Forbidden` for those who do
/// not keep order there, and about those who do not rank lower; `Conflict` for what was not said but done; `TooFast`.
pub async fn delete(caller: &Caller, member: &Member, message: MessageId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let (member, keyring) = (*member, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let moderator = access::moderator(tx, &member).await?;
            let row = find(tx, moderator.conversation(), message).await?;
            if row.kind == SYSTEM {
                return Err(Error::Conflict.into());
            }
            let version = row.body_version;
            let message = row.message(moderator.conversation())?;
            moderator.may_delete(tx, message.sender).await?;
            if message.deleted.is_some() {
                return Ok(());
            }

            let sender = message.sender;
            wipe(tx, &keyring, moderator.account(), message, version).await?;
            audit::record(tx, Action::MessageDeleted, Some(moderator.account()), Some(sender), "").await
        })
    });
    change.await
}

/// Deletes a message of the caller's own for everybody, at once: for programs, where nobody would press Undo. Once more
/// changes nothing.
///
/// # Errors
/// `NotFound` for who is gone from the conversation, and for a message that is not in it; `Forbidden` for what others said;
/// `Conflict` for what was not said but done; `TooFast`.
pub async fn delete_own(caller: &Caller, member: &Member, message: MessageId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let (member, keyring) = (*member, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let author = access::author(tx, &member, message).await?;
            let row = find(tx, author.conversation(), message).await?;
            if row.kind == SYSTEM {
                return Err(Error::Conflict.into());
            }
            let version = row.body_version;
            let message = row.message(author.conversation())?;
            if message.deleted.is_some() {
                return Ok(());
            }
            wipe(tx, &keyring, author.account(), message, version).await
        })
    });
    change.await
}

/// Takes the next number, and the text out of the row and what it said before. The key and its digest stay: a late retry
/// is still known. The version moves on, so that the text does not open again if somebody puts its bytes back.
///
/// # Errors
/// The database's own; `Seal`.
pub(super) async fn wipe(
    tx: &mut Tx,
    keyring: &Keyring,
    by: AccountId,
    message: Message,
    version: i64,
) -> Outcome<()> {
    let (conversation, now) = (message.conversation, tx.now.millis());
    let revision = next_number(tx, conversation).await?;
    let version = version + 1;
    let sealed = keyring.seal(place(message.id, version), "")?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "update message
         set revision = $2, deleted_at = $3, deleted_by = $4, body = $5, body_version = $6, delete_at = null, mentions_all = 0
         where id = $1",
    )
    .bind(message.id.get()).bind(revision).bind(now).bind(by.get()).bind(sealed).bind(version)
    .execute(connection).await.map(drop))?;
    on_engine!(tx.connection(), connection => sqlx::query("delete from message_version where message_id = $1")
        .bind(message.id.get()).execute(connection).await.map(drop))?;

    reacting::forget(tx, message.id).await?;
    polls::forget(tx, message.id).await?;
    mentions::forget(tx, message.id).await?;
    activity::forget(tx, message.id).await?;
    reminding::forget(tx, message.id).await?;

    let deleted = Message {
        revision,
        reply_to: None,
        pinned: None,
        edited: None,
        all: false,
        poll: None,
        deleted: Some(by),
        ..message
    };
    let thread = deleted.thread;
    tx.announce(Announcement::Conversation(conversation, Event::Message(Box::new(deleted))));
    match thread {
        Some(root) => threads::shrank(tx, conversation, root).await,
        None => Ok(()),
    }
}

/// A message that the member may delete, or that is deleted already.
///
/// # Errors
/// As [`delete`], but never `TooFast`.
pub async fn deletable(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Deletable> {
    let message = super::one(caller, member, message).await?;
    if message.sender != member.account() {
        access::may_delete(caller, member, message.sender).await?;
    }
    if message.note.is_some() {
        return Err(Error::Conflict.into());
    }

    let people: Vec<_> = message.people().collect();
    let people = conversations::members::named(caller, member, &people).await?;
    let place = conversations::about(caller, member).await?.name;
    Ok(Deletable { message, people, place })
}
