//! Changing what one said, and what it said before.

use super::{
    TEXT,
    changing::{find_own, next_number},
    place, reacting,
};
use crate::{
    error::Error,
    ids::MessageId,
    messages::{
        Editable, MessageBody,
        history::{History, Version},
    },
    realtime::event::Event,
    server::{
        access::{self, Author, Member},
        activity,
        answer::Outcome,
        caller::Caller,
        conversations,
        crypto::Keyring,
        db::{Announcement, Tx, on_engine},
        highlighting, mentions,
    },
    time::Timestamp,
};

/// Gives a message of the member another text, for everybody. The same text again changes nothing, so that it may be
/// tried again.
///
/// # Errors
/// `Invalid` for a text that cannot be sent; `NotFound` for who is gone from the conversation, and for a message that is
/// not in it; `Forbidden` for what others said, and where one may only read; `Conflict` for what is deleted, or about to
/// be, and for what was not said but done; `TooFast`.
pub async fn edit(caller: &Caller, member: &Member, message: MessageId, typed: &str) -> Outcome<()> {
    let body = MessageBody::new(typed, caller.app.config.limits.message_characters)?;
    caller.app.limits.sends.take(&caller.account)?;
    let (member, keyring) = (*member, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let author = access::author(tx, &member, message).await?;
            author.may_write()?;
            rewrite(tx, &keyring, &author, body.as_str()).await
        })
    });
    change.await
}

async fn rewrite(tx: &mut Tx, keyring: &Keyring, author: &Author, text: &str) -> Outcome<()> {
    let row = find_own(tx, author).await?;
    // What is passed on is not one's own to reword, and what others have answered to stays what it was.
    if row.kind != TEXT || row.deleted_at.is_some() || row.delete_at.is_some() {
        return Err(Error::Conflict.into());
    }
    let (id, before) = (author.message(), row.body_version);
    if keyring.open(place(id, before), &row.body)? == text {
        return Ok(());
    }

    // Never before what it replaces, whatever the clock does.
    let now = tx.now.millis().max(row.edited_at.unwrap_or(row.created_at));
    let version = before + 1;
    let sealed = keyring.seal(place(id, version), text)?;
    let revision = next_number(tx, author.conversation()).await?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into message_version (message_id, version, body, written_at)
         select id, body_version, body, coalesce(edited_at, created_at) from message where id = $1",
    ).bind(id.get()).execute(connection).await.map(drop))?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "update message set body = $2, body_version = $3, edited_at = $4, revision = $5 where id = $1",
    )
    .bind(id.get()).bind(sealed).bind(version).bind(now).bind(revision)
    .execute(connection).await.map(drop))?;

    let mut message = row.message(author.conversation())?;
    message.body = text.to_owned();
    message.edited = Some(Timestamp::from_millis(now));
    message.revision = revision;
    message.reactions = reacting::counts(tx, id).await?;
    mentions::rewrite(tx, &mut message).await?;
    activity::said(tx, std::iter::once((&message, None))).await?;
    tx.announce(Announcement::Conversation(author.conversation(), Event::Message(Box::new(message))));
    Ok(())
}

/// What a message said before each of its edits, the latest first, in pages: those older than version `before`.
///
/// # Errors
/// `NotFound` for a message that is not in the conversation, or is deleted.
pub async fn history(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    before: Option<i64>,
) -> Outcome<History> {
    let now = super::one(caller, member, message).await?;
    if !now.is_said() {
        return Err(Error::NotFound.into());
    }
    let rows: Vec<(i64, Vec<u8>, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select version, body, written_at from message_version
         where message_id = $1 and version < $2
         order by version desc
         limit $3",
    )
    .bind(message.get()).bind(before.unwrap_or(i64::MAX)).bind(History::PAGE as i64 + 1)
    .fetch_all(pool).await)?;

    let more = rows.len() > History::PAGE;
    let versions = rows.into_iter().take(History::PAGE).map(|(version, sealed, at)| {
        let text = caller.app.keyring.open(place(message, version), &sealed)?;
        let colours = highlighting::colours(&text);
        Ok(Version { version, text, colours, at: Timestamp::from_millis(at) })
    });
    let versions = versions.collect::<Outcome<Vec<_>>>()?;
    let older = versions.last().filter(|_| more).map(|last| last.version);
    let people = conversations::members::named(caller, member, &[now.sender]).await?;
    let place = conversations::about(caller, member).await?.name;
    Ok(History { message: now, versions, older, people, place })
}

/// A message of the member that they may edit now, as the page that does it shows it.
///
/// # Errors
/// As [`edit`], but never `TooFast`.
pub async fn editable(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Editable> {
    if !access::is_author(caller, member, message).await? {
        return Err(Error::Forbidden.into());
    }
    if access::right(caller, member).await? != access::Right::Write {
        return Err(Error::Forbidden.into());
    }
    let message = super::one(caller, member, message).await?;
    if !message.is_said() || message.forwarded || message.poll.is_some() {
        return Err(Error::Conflict.into());
    }
    let place = conversations::about(caller, member).await?.name;
    Ok(Editable { body: message.body, place, characters: caller.app.config.limits.message_characters })
}
