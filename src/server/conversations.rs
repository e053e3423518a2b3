//! Opening, listing and showing conversations: the verbs of `conversations/` and their SQL.

use super::{
    access::{self, Friendship, Member, Right},
    answer::{Failure, Outcome},
    caller::Caller,
    crypto::Place,
    db::{Announcement, Tx, on_engine, sql},
    friends, messages,
};
use crate::{
    accounts::Person,
    conversations::{Conversation, Home, Place as ListPlace, Preview, Summary},
    error::Error,
    ids::{AccountId, ClientKey, ConversationId},
    realtime::event::{Event, Topic},
    text::markdown,
    time::Timestamp,
};

/// Characters of a message that a list shows.
const PREVIEW: usize = 80;

/// How a private talk is found: the two ids, the smaller first.
fn direct_key(one: AccountId, other: AccountId) -> String {
    format!("{}:{}", one.min(other), one.max(other))
}

/// The caller's private talk with `other`, made if they are friends and have none yet.
///
/// # Errors
/// `NotFound` if there is none and they are not friends.
pub async fn open_direct(caller: &Caller, other: AccountId) -> Outcome<ConversationId> {
    let me = caller.account;
    let key = direct_key(me, other);
    let existing: Option<i64> = on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select id from conversation where direct_key = $1").bind(&key).fetch_optional(pool).await)?;
    if let Some(id) = existing.and_then(|id| id.try_into().ok()) {
        return Ok(id);
    }
    let create = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let friendship = access::friendship(tx, me, other).await?;
            create_direct(tx, friendship).await
        })
    });
    create.await
}

/// Both ways of opening give the same conversation, also at the same time: the key is unique.
async fn create_direct(tx: &mut Tx, friendship: Friendship) -> Outcome<ConversationId> {
    let (one, other) = friendship.pair();
    let (id, now, key) = (tx.mint.next::<ConversationId>(), tx.now.millis(), direct_key(one, other));
    let inserted = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into conversation (id, kind, direct_key, active_at, created_at)
         values ($1, 'direct', $2, $3, $3)
         on conflict do nothing",
    ).bind(id.get()).bind(&key).bind(now).execute(connection).await.map(|done| done.rows_affected()))?;
    if inserted == 0 {
        let existing: i64 = on_engine!(tx.connection(), connection =>
            sqlx::query_scalar("select id from conversation where direct_key = $1").bind(&key).fetch_one(connection).await)?;
        return existing.try_into().map_err(|_| Failure::Internal("a conversation has no valid id"));
    }

    for account in [one, other] {
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into participant (conversation_id, account_id, joined_at) values ($1, $2, $3)",
        ).bind(id.get()).bind(account.get()).bind(now).execute(connection).await.map(drop))?;
        tx.announce(Announcement::Joined(id, account));
        tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    }
    Ok(id)
}

/// Holds the private talk of the two, if there is one, until the transaction ends: nothing is posted meanwhile.
///
/// # Errors
/// The database's own.
pub async fn lock_direct(tx: &mut Tx, one: AccountId, other: AccountId) -> Outcome<()> {
    let key = direct_key(one, other);
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from conversation where direct_key = $1",
        postgres: "select id from conversation where direct_key = $1 for update",
    );
    let _held: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(key).fetch_optional(connection).await)?;
    Ok(())
}

/// What the caller's home page shows, from behind a place on.
///
/// # Errors
/// The database's own.
pub async fn home(caller: &Caller, behind: Option<ListPlace>) -> Outcome<Home> {
    let requests = friends::requests(caller).await?;
    let mut conversations = summaries(caller, behind).await?;
    let more = conversations.len() > Home::PAGE;
    conversations.truncate(Home::PAGE);
    let next = conversations
        .last()
        .filter(|_| more)
        .map(|last| ListPlace { active_at: last.active_at, id: last.id });
    Ok(Home { requests, conversations, next })
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: i64,
    active_at: i64,
    with_id: i64,
    username: String,
    display_name: String,
    message_id: Option<i64>,
    sender_id: Option<i64>,
    body: Option<Vec<u8>>,
    body_version: Option<i64>,
    created_at: Option<i64>,
}

async fn summaries(caller: &Caller, behind: Option<ListPlace>) -> Outcome<Vec<Summary>> {
    let (active_at, id) =
        behind.map_or((i64::MAX, i64::MAX), |place| (place.active_at.millis(), place.id.get()));
    let rows: Vec<SummaryRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.active_at,
                account.id as with_id, account.username, account.display_name,
                message.id as message_id, message.sender_id, message.body, message.body_version, message.created_at
         from participant as me
         join conversation on conversation.id = me.conversation_id
         join participant as peer on peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
         join account on account.id = peer.account_id
         left join message on message.id = (
           select last.id from message as last
           where last.conversation_id = conversation.id and last.deleted_at is null
           order by last.position desc limit 1
         )
         where me.account_id = $1 and conversation.kind = 'direct'
           and (conversation.active_at, conversation.id) < ($2, $3)
         order by conversation.active_at desc, conversation.id desc
         limit $4",
    )
    .bind(caller.account.get()).bind(active_at).bind(id).bind(Home::PAGE as i64 + 1)
    .fetch_all(pool).await)?;
    rows.into_iter().map(|row| summary(caller, row)).collect()
}

fn summary(caller: &Caller, row: SummaryRow) -> Outcome<Summary> {
    let broken = |_| Failure::Internal("a list of conversations holds an invalid id");
    let last = match (row.message_id, row.sender_id, row.body, row.body_version, row.created_at) {
        (Some(id), Some(sender), Some(sealed), Some(version), Some(at)) => {
            let text = caller.app.keyring.open(Place { table: "message", id, version }, &sealed);
            // One message that cannot be opened must not take the whole list with it.
            let text =
                text.inspect_err(|failure| tracing::error!(error = %failure, "a preview is left empty"));
            let mine = sender == caller.account.get();
            let text = markdown::plain(&text.unwrap_or_default(), PREVIEW);
            Some(Preview { mine, text, at: Timestamp::from_millis(at) })
        }
        _ => None,
    };
    Ok(Summary {
        id: row.id.try_into().map_err(broken)?,
        with: Person {
            id: row.with_id.try_into().map_err(broken)?,
            username: row.username,
            display_name: row.display_name,
        },
        active_at: Timestamp::from_millis(row.active_at),
        last,
    })
}

/// A conversation with its latest messages, or with those before a position.
///
/// # Errors
/// `NotFound` if it is gone meanwhile.
pub async fn show(caller: &Caller, member: &Member, before: Option<i64>) -> Outcome<Conversation> {
    // The counter first: what is posted while the messages are read is asked for again from here.
    let (head, with) = head_and_peer(caller, member).await?;
    let mut messages =
        messages::page(caller, member, before.unwrap_or(i64::MAX), Conversation::PAGE + 1).await?;
    let more = messages.len() > Conversation::PAGE;
    messages.truncate(Conversation::PAGE);
    messages.reverse();
    let older = messages.first().filter(|_| more).map(|first| first.position);

    Ok(Conversation {
        id: member.conversation(),
        with,
        may_write: access::right(caller, member).await? == Right::Write,
        head,
        messages,
        older,
        at_end: before.is_none(),
        key: ClientKey::from_random(rand::random()),
        characters: caller.app.config.limits.message_characters,
    })
}

async fn head_and_peer(caller: &Caller, member: &Member) -> Outcome<(i64, Person)> {
    let row: Option<(i64, i64, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.head, account.id, account.username, account.display_name
         from conversation
         join participant on participant.conversation_id = conversation.id and participant.account_id <> $2
         join account on account.id = participant.account_id
         where conversation.id = $1",
    ).bind(member.conversation().get()).bind(member.account().get()).fetch_optional(pool).await)?;

    let (head, id, username, display_name) = row.ok_or(Failure::Refused(Error::NotFound))?;
    let id = id.try_into().map_err(|_| Failure::Internal("a participant has no valid id"))?;
    Ok((head, Person { id, username, display_name }))
}

/// Every conversation that an account is in.
///
/// # Errors
/// The database's own.
pub async fn of(db: &super::db::Db, account: AccountId) -> Outcome<Vec<ConversationId>> {
    let ids: Vec<i64> = on_engine!(db.pool(), pool => sqlx::query_scalar(
        "select conversation_id from participant where account_id = $1",
    ).bind(account.get()).fetch_all(pool).await)?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).collect())
}
