//! Storing posts, many in one transaction: the lane of their own in the writer.
//!
//! The order of the steps is the contract: known keys first, then the conversations are locked, then rights are
//! asked in a later statement, and only the survivors are given numbers, so that no number is spent in vain.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::QueryBuilder;

use crate::{
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    messages::Message,
    realtime::event::Event,
    server::{
        access::{self, Right},
        answer::{Failure, Outcome},
        db::{Announcement, Tx, on_engine, sql},
    },
    time::Timestamp,
};

/// A message on its way to the store: checked, sealed, not numbered yet.
#[derive(Debug, Clone)]
pub struct Post {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub sender: AccountId,
    pub key: ClientKey,
    /// A keyed hash of the request, by which a retry is told from another message under the same key.
    pub digest: Vec<u8>,
    /// For the announcement; what is stored is `sealed`.
    pub body: String,
    pub sealed: Vec<u8>,
}

/// A conversation that this transaction holds.
#[derive(Debug)]
struct Held {
    head: i64,
    active_at: i64,
}

/// By sender and client key.
type Known = HashMap<(AccountId, ClientKey), (Vec<u8>, Message)>;

/// Stores all posts that may be stored; the answers are in the order of the posts.
///
/// # Errors
/// If the transaction failed as a whole. A post that is refused is an `Err` among the answers.
pub async fn post_all(tx: &mut Tx, posts: &[Post]) -> Outcome<Vec<Outcome<Message>>> {
    let mut known = known_keys(tx, posts).await?;
    let fresh: Vec<&Post> =
        posts.iter().filter(|post| !known.contains_key(&(post.sender, post.key.clone()))).collect();
    if fresh.is_empty() {
        return Ok(posts.iter().map(|post| settle(&known, post)).collect());
    }

    let mut held = lock(tx, &fresh).await?;
    let asked: Vec<_> = fresh
        .iter()
        .map(|post| (post.conversation, post.sender))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let rights = access::rights(tx, &asked).await?;

    let mut accepted = Vec::with_capacity(fresh.len());
    let mut refused = HashMap::new();
    for post in fresh {
        let name = (post.sender, post.key.clone());
        if known.contains_key(&name) {
            // A twin of one just accepted: it is settled like a retry.
            continue;
        }
        match may_write(&rights, &held, post) {
            Ok(()) => {
                let message = number(tx, &mut held, post)?;
                known.insert(name, (post.digest.clone(), message.clone()));
                accepted.push((post, message));
            }
            Err(error) => drop(refused.insert(post.id, error)),
        }
    }

    if !accepted.is_empty() {
        insert(tx, &accepted).await?;
        move_heads(tx, &held, &accepted).await?;
    }
    for (_, message) in &accepted {
        tx.announce(Announcement::Conversation(message.conversation, Event::Message(message.clone())));
    }
    let answer = |post: &Post| match refused.get(&post.id) {
        Some(error) => Err(Failure::Refused(error.clone())),
        None => settle(&known, post),
    };
    Ok(posts.iter().map(answer).collect())
}

/// The same request gets the same answer; another one under the same key is a conflict.
fn settle(known: &Known, post: &Post) -> Outcome<Message> {
    match known.get(&(post.sender, post.key.clone())) {
        Some((digest, message)) if *digest == post.digest => {
            Ok(Message { body: post.body.clone(), ..message.clone() })
        }
        Some(_) => Err(Failure::Refused(Error::Conflict)),
        None => Err(Failure::Internal("a post was neither stored nor refused")),
    }
}

fn may_write(
    rights: &HashMap<(ConversationId, AccountId), Right>,
    held: &BTreeMap<ConversationId, Held>,
    post: &Post,
) -> Result<(), Error> {
    if !held.contains_key(&post.conversation) {
        return Err(Error::NotFound);
    }
    match rights.get(&(post.conversation, post.sender)) {
        Some(Right::Write) => Ok(()),
        Some(Right::OnlyRead) => Err(Error::Forbidden),
        None => Err(Error::NotFound),
    }
}

/// Gives the next number. Time never runs backwards within a conversation, whatever the clock does.
fn number(tx: &Tx, held: &mut BTreeMap<ConversationId, Held>, post: &Post) -> Outcome<Message> {
    let conversation =
        held.get_mut(&post.conversation).ok_or(Failure::Internal("a conversation is not held"))?;
    conversation.head += 1;
    conversation.active_at = conversation.active_at.max(tx.now.millis());
    Ok(Message {
        conversation: post.conversation,
        id: post.id,
        sender: post.sender,
        key: post.key.clone(),
        position: conversation.head,
        revision: conversation.head,
        at: Timestamp::from_millis(conversation.active_at),
        body: post.body.clone(),
        note: None,
    })
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    id: i64,
    conversation_id: i64,
    sender_id: i64,
    client_key: String,
    client_digest: Vec<u8>,
    position: i64,
    revision: i64,
    created_at: i64,
}

async fn known_keys(tx: &mut Tx, posts: &[Post]) -> Outcome<Known> {
    let rows: Vec<KnownRow> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select id, conversation_id, sender_id, client_key, client_digest, position, revision, created_at
             from message
             where (sender_id, client_key) in (",
        );
        query.push_values(posts, |mut row, post| {
            row.push_bind(post.sender.get()).push_bind(post.key.as_str());
        });
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;

    let broken = |_| Failure::Internal("a stored message has an invalid id");
    let mut known = Known::new();
    for row in rows {
        let sender = row.sender_id.try_into().map_err(broken)?;
        let key: ClientKey = row.client_key.try_into().map_err(broken)?;
        let message = Message {
            conversation: row.conversation_id.try_into().map_err(broken)?,
            id: row.id.try_into().map_err(broken)?,
            sender,
            key: key.clone(),
            position: row.position,
            revision: row.revision,
            at: Timestamp::from_millis(row.created_at),
            // The digest says that it was this text; it is taken from the request.
            body: String::new(),
            note: None,
        };
        known.insert((sender, key), (row.client_digest, message));
    }
    Ok(known)
}

/// Locks and reads the conversations, ascending by id so that two writers never wait for each other.
async fn lock(tx: &mut Tx, posts: &[&Post]) -> Outcome<BTreeMap<ConversationId, Held>> {
    let wanted: BTreeSet<ConversationId> = posts.iter().map(|post| post.conversation).collect();
    let connection = tx.connection();
    // SQLite has locked everything by beginning.
    let end = sql!(connection, sqlite: ") order by id", postgres: ") order by id for update");
    let rows: Vec<(i64, i64, i64)> = on_engine!(connection, connection => {
        let mut query = QueryBuilder::new("select id, head, active_at from conversation where id in (");
        let mut ids = query.separated(", ");
        for id in &wanted {
            ids.push_bind(id.get());
        }
        query.push(end);
        query.build_query_as().fetch_all(connection).await
    })?;

    let held = rows
        .into_iter()
        .filter_map(|(id, head, active_at)| Some((id.try_into().ok()?, Held { head, active_at })));
    Ok(held.collect())
}

async fn insert(tx: &mut Tx, accepted: &[(&Post, Message)]) -> Outcome<()> {
    on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "insert into message
             (id, conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at) ",
        );
        query.push_values(accepted, |mut row, (post, message)| {
            row.push_bind(message.id.get())
                .push_bind(message.conversation.get())
                .push_bind(message.sender.get())
                .push_bind(message.key.as_str())
                .push_bind(post.digest.as_slice())
                .push_bind(message.position)
                .push_bind(message.revision)
                .push_bind(post.sealed.as_slice())
                .push_bind(message.at.millis());
        });
        query.build().execute(connection).await.map(drop)
    })?;
    Ok(())
}

async fn move_heads(
    tx: &mut Tx,
    held: &BTreeMap<ConversationId, Held>,
    accepted: &[(&Post, Message)],
) -> Outcome<()> {
    let moved: BTreeSet<ConversationId> = accepted.iter().map(|(post, _)| post.conversation).collect();
    on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "update conversation set head = moved.column2, active_at = moved.column3 from (",
        );
        let rows = held.iter().filter(|(id, _)| moved.contains(id));
        query.push_values(rows, |mut row, (id, held)| {
            row.push_bind(id.get()).push_bind(held.head).push_bind(held.active_at);
        });
        query.push(") as moved where conversation.id = moved.column1");
        query.build().execute(connection).await.map(drop)
    })?;
    Ok(())
}
