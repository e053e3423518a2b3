//! What people let each other know of their writing and reading: the verbs of `receipts/` and their SQL.
//!
//! `read_position` is the member's own, and goes back when they mark something unread. What others may learn of it is
//! `seen_position`, which only grows, and stays where it is while the member does not tell.

pub mod typing;

use sqlx::QueryBuilder;

use super::{
    access::{self, Member},
    answer::{Failure, Outcome},
    caller::Caller,
    conversations::{self, everyone},
    db::{Announcement, Tx, on_engine},
    friends,
};
use crate::{
    conversations::about::Kind,
    error::Error,
    ids::{AccountId, ConversationId, MessageId},
    realtime::event::Event,
    receipts::{Readers, Receipt},
};

/// Private talks that are delivered to somebody who connects: as many as the list shows.
const MOST_DELIVERED: i64 = 40;

/// Stores whether somebody tells and is told, within a change of what they have chosen.
///
/// # Errors
/// The database's own.
pub async fn choose(tx: &mut Tx, account: AccountId, receipts: bool) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("update account set receipts = $2 where id = $1")
        .bind(account.get()).bind(i64::from(receipts)).execute(connection).await.map(drop))?;
    Ok(())
}

/// Lets others know that the member has read everything up to `position`, within the change that notes it.
///
/// # Errors
/// The database's own.
pub async fn read(tx: &mut Tx, member: &Member, position: i64) -> Outcome<()> {
    reach(tx, member, position, position).await
}

/// Notes that what was said in a private talk up to `position` has come to a screen of the member's. In groups nobody is
/// told of that, and nothing is noted.
///
/// # Errors
/// The database's own.
pub async fn received(caller: &Caller, member: &Member, position: i64) -> Outcome<()> {
    let head: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select conversation.head
         from participant as me
         join conversation on conversation.id = me.conversation_id
         join account on account.id = me.account_id
         where me.conversation_id = $1 and me.account_id = $2 and conversation.kind = 'direct'
           and account.receipts = 1 and me.received_position < $3 and me.received_position < conversation.head",
    )
    .bind(member.conversation().get()).bind(member.account().get()).bind(position)
    .fetch_optional(pool).await)?;
    let Some(position) = head.map(|head| head.min(position)) else { return Ok(()) };

    let member = *member;
    caller.app.writer.change(move |tx| Box::pin(async move { reach(tx, &member, position, 0).await })).await
}

/// The caller has connected, and their list shows that something was said: in their private talks it is delivered.
///
/// # Errors
/// The database's own.
pub async fn arrived(caller: &Caller) -> Outcome<()> {
    let rows: Vec<(i64, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select me.conversation_id, conversation.head
         from participant as me
         join conversation on conversation.id = me.conversation_id and conversation.kind = 'direct'
         join account on account.id = me.account_id
         join participant as peer on peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
         where me.account_id = $1 and account.receipts = 1 and me.request is null
           and me.received_position < conversation.head and exists (
             select 1 from message
             where message.conversation_id = me.conversation_id and message.sender_id = peer.account_id
               and message.position > me.received_position
           )
         order by conversation.active_at desc
         limit $2",
    ).bind(caller.account.get()).bind(MOST_DELIVERED).fetch_all(pool).await)?;
    for (conversation, head) in rows {
        let Ok(conversation) = ConversationId::try_from(conversation) else { continue };
        // They may have left it since.
        match access::member(caller, conversation).await {
            Ok(member) => received(caller, &member, head).await?,
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// Moves on how far the member has received and read, and tells those whose messages it passes. Nothing goes back.
async fn reach(tx: &mut Tx, member: &Member, received: i64, seen: i64) -> Outcome<()> {
    let (conversation, me) = (member.conversation(), member.account());
    let before: Option<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select participant.received_position, participant.seen_position
         from participant
         join account on account.id = participant.account_id and account.receipts = 1
         where participant.conversation_id = $1 and participant.account_id = $2 and participant.conversation_id <> $3",
    )
    .bind(conversation.get()).bind(me.get()).bind(everyone::ROOM)
    .fetch_optional(connection).await)?;
    let Some((had_received, had_seen)) = before else { return Ok(()) };
    let now =
        Receipt { account: me, received: had_received.max(received).max(seen), read: had_seen.max(seen) };
    if (now.received, now.read) == (had_received, had_seen) {
        return Ok(());
    }

    on_engine!(tx.connection(), connection => sqlx::query(
        "update participant set received_position = $3, seen_position = $4
         where conversation_id = $1 and account_id = $2",
    )
    .bind(conversation.get()).bind(me.get()).bind(now.received).bind(now.read)
    .execute(connection).await.map(drop))?;
    let passed = if now.read > had_seen { had_seen } else { had_received };
    let confidants = access::confidants_within(tx, member).await?;
    for account in authors(tx, conversation, &confidants, (passed, now.received)).await? {
        let receipts = Event::Receipts { conversation, receipts: vec![now] };
        tx.announce(Announcement::Account(account, receipts));
    }
    Ok(())
}

/// Those of `people` who have said something behind the first and up to the second position: nobody else has a use for
/// a receipt that passes from one to the other.
async fn authors(
    tx: &mut Tx,
    conversation: ConversationId,
    people: &[AccountId],
    (from, to): (i64, i64),
) -> Outcome<Vec<AccountId>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<i64> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new("select account_id from participant where conversation_id = ");
        query.push_bind(conversation.get()).push(
            " and exists (
               select 1 from message
               where message.conversation_id = participant.conversation_id
                 and message.sender_id = participant.account_id and message.position > ",
        );
        query.push_bind(from).push(" and message.position <= ").push_bind(to).push(") and account_id in (");
        let mut ids = query.separated(", ");
        for person in people {
            ids.push_bind(person.get());
        }
        query.push(")");
        query.build_query_scalar().fetch_all(connection).await
    })?;
    Ok(rows.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

/// How far the others have received and read the conversation, as far as the member may know.
///
/// # Errors
/// The database's own.
pub async fn of(caller: &Caller, member: &Member) -> Outcome<Vec<Receipt>> {
    let conversation = member.conversation().get();
    if conversation == everyone::ROOM {
        return Ok(Vec::new());
    }
    let confidants = access::confidants(&caller.app.db, member).await?;
    if confidants.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, i64, i64)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(
            "select account_id, received_position, seen_position from participant
             where received_position > 0 and conversation_id = ",
        );
        query.push_bind(conversation).push(" and account_id in (");
        let mut ids = query.separated(", ");
        for person in &confidants {
            ids.push_bind(person.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?;
    let receipt = |(account, received, read): (i64, i64, i64)| {
        Some(Receipt { account: account.try_into().ok()?, received, read })
    };
    Ok(rows.into_iter().filter_map(receipt).collect())
}

/// Who has read a message that the member has sent to a group, from behind the username `after` on; of any number of
/// members.
///
/// # Errors
/// `NotFound` for a message that is not in the conversation; `Forbidden` for one that somebody else has sent, and outside
/// groups and channels.
pub async fn readers(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    after: Option<&str>,
) -> Outcome<Readers> {
    let about = conversations::about(caller, member).await?;
    if !matches!(about.kind, Kind::Group | Kind::Channel) {
        return Err(Error::Forbidden.into());
    }
    let said: Option<(i64, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select sender_id, position from message
         where id = $1 and conversation_id = $2 and kind <> 'system' and deleted_at is null",
    ).bind(message.get()).bind(member.conversation().get()).fetch_optional(pool).await)?;
    let (sender, position) = said.ok_or(Failure::Refused(Error::NotFound))?;
    if sender != member.account().get() {
        return Err(Error::Forbidden.into());
    }

    // PostgreSQL takes no NUL in a text; no username holds one.
    let after = after.unwrap_or_default().replace('\0', "");
    let rows = access::readers(&caller.app.db, member, position, &after, Readers::PAGE as i64 + 1).await?;
    let mut people = friends::people(rows);
    let more = people.len() > Readers::PAGE;
    people.truncate(Readers::PAGE);
    let next = people.last().filter(|_| more).map(|last| last.username.clone());
    Ok(Readers { place: about.name, people, next })
}
