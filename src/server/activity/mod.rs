//! What others did that concerns somebody: the verbs that note it.
//!
//! Written by the transaction that does it, never for what one does oneself, and only as pointers: what it was, and whether
//! it still stands, is asked when it is shown (`access/noticing.rs`).

pub mod reading;
mod rows;

use std::collections::BTreeSet;

use sqlx::QueryBuilder;

use self::rows::{Done, Kind, store};
use super::{
    access::{self, Writer},
    answer::{Failure, Outcome},
    db::{Announcement, Tx, on_engine},
};
use crate::{
    ids::{AccountId, ConversationId, MessageId},
    mentions::MOST_CALLED,
    messages::Message,
    realtime::event::{Event, Topic},
};

/// Something that was said, and who said what it answers.
pub type Said<'a> = (&'a Message, Option<AccountId>);

/// Notes whom new or changed texts concern: whom they answer and name, and everyone where they turn to everyone among few.
/// Nothing is asked or written where they concern nobody. The conversations must be held.
///
/// # Errors
/// The database's own.
pub async fn said(tx: &mut Tx, said: impl Iterator<Item = Said<'_>>) -> Outcome<()> {
    let concerns = |(message, answered): &Said<'_>| {
        let other = answered.is_some_and(|author| author != message.sender);
        other || message.all || !message.mentions.is_empty()
    };
    let said: Vec<Said<'_>> = said.filter(concerns).collect();
    if said.is_empty() {
        return Ok(());
    }

    let calling = said.iter().filter(|(message, _)| message.all).map(|(message, _)| message.conversation);
    let called = called(tx, calling.collect()).await?;
    let mut rows = Vec::new();
    for (message, answered) in said {
        let done = Done::new(tx, message.sender, Kind::Said).within(message.conversation).about(message.id);
        let everyone =
            called.iter().filter(|(conversation, _)| message.all && *conversation == message.conversation);
        let people =
            everyone.map(|(_, person)| *person).chain(message.mentions.iter().copied()).chain(answered);
        let people: BTreeSet<AccountId> = people.filter(|person| *person != message.sender).collect();
        rows.extend(people.into_iter().map(|person| (person, done)));
    }
    store(tx, &rows).await
}

/// Everybody in those of `conversations` that have at most [`MOST_CALLED`] members.
async fn called(
    tx: &mut Tx,
    conversations: BTreeSet<ConversationId>,
) -> Outcome<BTreeSet<(ConversationId, AccountId)>> {
    if conversations.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows: Vec<(i64, i64)> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select participant.conversation_id, participant.account_id
             from conversation
             join participant on participant.conversation_id = conversation.id
             where (select count(*) from (
               select 1 from participant as one where one.conversation_id = conversation.id limit ",
        );
        query.push_bind(i64::from(MOST_CALLED) + 1).push(") as counted) <= ").push_bind(i64::from(MOST_CALLED));
        query.push(" and conversation.id in (");
        let mut list = query.separated(", ");
        for conversation in &conversations {
            list.push_bind(conversation.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;
    let broken = |_| Failure::Internal("a member of a conversation has an invalid id");
    let member = |(conversation, account): (i64, i64)| {
        Ok((conversation.try_into().map_err(broken)?, account.try_into().map_err(broken)?))
    };
    rows.into_iter().map(member).collect()
}

/// `writer` has reacted with `emoji` to what `author` said, or does no more.
///
/// # Errors
/// The database's own.
pub async fn reacted(
    tx: &mut Tx,
    writer: &Writer,
    (message, author): (MessageId, AccountId),
    emoji: &str,
    added: bool,
) -> Outcome<()> {
    let actor = writer.account();
    if author == actor || !access::notices(tx, author, writer).await? {
        return Ok(());
    }
    if added {
        let done = Done::new(tx, actor, Kind::Reacted).within(writer.conversation()).about(message);
        store(tx, &[(author, done.with(emoji))]).await?;
    }
    tx.announce(changed(author));
    Ok(())
}

/// `actor` has asked `person` to be friends.
///
/// # Errors
/// The database's own.
pub async fn asked(tx: &mut Tx, actor: AccountId, person: AccountId) -> Outcome<()> {
    let done = Done::new(tx, actor, Kind::Asked);
    store(tx, &[(person, done)]).await
}

/// `actor` has accepted what `person` asked.
///
/// # Errors
/// The database's own.
pub async fn accepted(tx: &mut Tx, actor: AccountId, person: AccountId) -> Outcome<()> {
    let done = Done::new(tx, actor, Kind::Accepted);
    store(tx, &[(person, done)]).await
}

/// `actor` has brought `people` into a conversation, where they are now.
///
/// # Errors
/// The database's own.
pub async fn added(
    tx: &mut Tx,
    actor: AccountId,
    conversation: ConversationId,
    people: &[AccountId],
) -> Outcome<()> {
    let done = Done::new(tx, actor, Kind::Added).within(conversation);
    let rows: Vec<_> = people.iter().map(|person| (*person, done)).collect();
    store(tx, &rows).await
}

/// `actor` has begun a talk with `person`, who does not know them and is asked first.
///
/// # Errors
/// The database's own.
pub async fn approached(
    tx: &mut Tx,
    actor: AccountId,
    conversation: ConversationId,
    person: AccountId,
) -> Outcome<()> {
    let done = Done::new(tx, actor, Kind::Approached).within(conversation);
    store(tx, &[(person, done)]).await
}

/// It is time to remind people, who are the first, of what the second said.
///
/// # Errors
/// The database's own.
pub async fn reminded(
    tx: &mut Tx,
    reminders: &[(AccountId, AccountId, (ConversationId, MessageId))],
) -> Outcome<()> {
    let mut rows = Vec::with_capacity(reminders.len());
    for (account, author, (conversation, message)) in reminders {
        let done = Done::new(tx, *author, Kind::Reminded).within(*conversation).about(*message);
        rows.push((*account, done));
    }
    store(tx, &rows).await
}

/// Something that `account` wanted sent at its time was not.
///
/// # Errors
/// The database's own.
pub async fn unsent(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let done = Done::new(tx, account, Kind::Unsent);
    store(tx, &[(account, done)]).await
}

/// Takes away what points to a message, which is deleted.
///
/// # Errors
/// The database's own.
pub async fn forget(tx: &mut Tx, message: MessageId) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("delete from activity where message_id = $1")
        .bind(message.get()).execute(connection).await.map(drop))?;
    Ok(())
}

/// Tells somebody's own screens that what concerns them is another.
pub const fn changed(account: AccountId) -> Announcement {
    Announcement::Account(account, Event::Changed { what: Topic::Activity })
}
