//! Storing posts, many in one transaction: the lane of their own in the writer.
//!
//! The order of the steps is the contract: known keys first, then the conversations are locked, then rights are
//! asked in a later statement, and only the survivors are given numbers, so that no number is spent in vain. Behind them
//! come the heads of the threads that have grown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::QueryBuilder;

use super::{
    FORWARDED, TEXT,
    pacing::{self, Paces},
    quoting,
};
use crate::{
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    mentions::Named,
    messages::Message,
    realtime::event::Event,
    server::{
        access::{self, Right},
        activity,
        answer::{Failure, Outcome},
        db::{Announcement, Tx, on_engine, sql},
        drafts,
        mentions::{self, Saying},
        polls::{self, POLL, asking::Asked},
        threads,
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
    /// What it answers.
    pub reply_to: Option<MessageId>,
    /// The message at the head of the thread that it is said in.
    pub thread: Option<MessageId>,
    /// Whether it was said elsewhere before.
    pub forwarded: bool,
    /// The draft that it is the end of, by its revision.
    pub draft: Option<i64>,
    pub sealed: Vec<u8>,
    /// Whom it names.
    pub named: Named,
    /// What it asks, if it does.
    pub asked: Option<Asked>,
}

impl Post {
    const fn kind(&self) -> &'static str {
        match (&self.asked, self.forwarded) {
            (Some(_), _) => POLL,
            (None, true) => FORWARDED,
            (None, false) => TEXT,
        }
    }

    const fn saying(&self) -> Saying<'_> {
        let Self { id, conversation, sender, ref named, .. } = *self;
        Saying { message: id, conversation, sender, named }
    }
}

/// A conversation that this transaction holds.
#[derive(Debug)]
struct Held {
    head: i64,
    active_at: i64,
    /// Seconds between two messages of one member; 0: any.
    slow: i64,
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
    let mut paces =
        pacing::paces(tx, asked, |conversation| held.get(conversation).map_or(0, |held| held.slow)).await?;

    let answered = quoting::answered(tx, &fresh).await?;
    let heads = threads::heads(tx, fresh.iter().filter_map(|post| post.thread).collect()).await?;
    let sayings: Vec<_> = fresh.iter().map(|post| post.saying()).collect();
    let mut meant = mentions::meant(tx, &sayings).await?;

    let mut accepted = Vec::with_capacity(fresh.len());
    let mut refused = HashMap::new();
    for post in fresh {
        let name = (post.sender, post.key.clone());
        if known.contains_key(&name) {
            // A twin of one just accepted: it is settled like a retry.
            continue;
        }
        let may = may_write(&rights, &held, post)
            .and_then(|()| answered.check(post))
            .and_then(|()| heads.check(post.conversation, post.thread))
            .and_then(|()| in_turn(&paces, &held, tx.now, post));
        match may {
            Ok(()) => {
                let mut message = number(tx, &mut held, post)?;
                meant.remove(&post.id).unwrap_or_default().tell(&mut message);
                if let Some(pace) = paces.get_mut(&(post.conversation, post.sender)) {
                    pace.wrote(message.at);
                }
                known.insert(name, (post.digest.clone(), message.clone()));
                accepted.push((post, message));
            }
            Err(error) => drop(refused.insert(post.id, error)),
        }
    }

    if !accepted.is_empty() {
        insert(tx, &accepted).await?;
        polls::asking::store(tx, &accepted).await?;
        mentions::store(tx, accepted.iter().map(|(_, message)| message)).await?;
        // What stands in a thread and answers nobody else answers its head.
        let concerned = |post: &Post| answered.author(post).or_else(|| heads.author(post.thread));
        activity::said(tx, accepted.iter().map(|(post, message)| (message, concerned(post)))).await?;
    }
    for (_, message) in &accepted {
        let event = Event::Message(Box::new(message.clone()));
        tx.announce(Announcement::Conversation(message.conversation, event));
    }
    if !accepted.is_empty() {
        let said = accepted.iter().map(|(_, message)| message);
        threads::grew(tx, &heads, said, |conversation| next(&mut held, conversation)).await?;
        move_heads(tx, &held, &accepted).await?;
        drafts::sent(tx, accepted.iter().map(|(post, _)| *post)).await?;
    }
    let answer = |post: &Post| match refused.get(&post.id) {
        Some(error) => Err(Failure::Refused(error.clone())),
        None => settle(&known, post),
    };
    Ok(posts.iter().map(answer).collect())
}

/// The same request gets the same answer: the message as it was said, or that it is deleted by now. What has become of
/// it since is told under its own number. Another request under the same key is a conflict.
fn settle(known: &Known, post: &Post) -> Outcome<Message> {
    match known.get(&(post.sender, post.key.clone())) {
        Some((digest, message)) if *digest == post.digest => Ok(match message.deleted {
            Some(_) => message.clone(),
            None => Message {
                body: post.body.clone(),
                reply_to: post.reply_to,
                thread: post.thread,
                forwarded: post.forwarded,
                poll: post.asked.as_ref().map(|asked| Box::new(asked.told(message.at))),
                revision: message.position,
                ..message.clone()
            },
        }),
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

/// Whether the sender has waited long enough where one must.
fn in_turn(
    paces: &Paces,
    held: &BTreeMap<ConversationId, Held>,
    now: Timestamp,
    post: &Post,
) -> Result<(), Error> {
    let Some(pace) = paces.get(&(post.conversation, post.sender)) else { return Ok(()) };
    let active_at = held.get(&post.conversation).map_or(0, |held| held.active_at);
    pace.check(now.max(Timestamp::from_millis(active_at)))
}

/// Gives the next number. Time never runs backwards within a conversation, whatever the clock does.
fn number(tx: &Tx, held: &mut BTreeMap<ConversationId, Held>, post: &Post) -> Outcome<Message> {
    let conversation =
        held.get_mut(&post.conversation).ok_or(Failure::Internal("a conversation is not held"))?;
    conversation.head += 1;
    conversation.active_at = conversation.active_at.max(tx.now.millis());
    let at = Timestamp::from_millis(conversation.active_at);
    Ok(Message {
        body: post.body.clone(),
        reply_to: post.reply_to,
        thread: post.thread,
        forwarded: post.forwarded,
        poll: post.asked.as_ref().map(|asked| Box::new(asked.told(at))),
        ..Message::posted(post.conversation, post.id, post.sender, post.key.clone(), conversation.head, at)
    })
}

/// The next number of a conversation that is held.
fn next(held: &mut BTreeMap<ConversationId, Held>, conversation: ConversationId) -> Option<i64> {
    let conversation = held.get_mut(&conversation)?;
    conversation.head += 1;
    Some(conversation.head)
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
    deleted_at: Option<i64>,
    deleted_by: Option<i64>,
    mentions_all: i64,
}

async fn known_keys(tx: &mut Tx, posts: &[Post]) -> Outcome<Known> {
    let rows: Vec<KnownRow> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select id, conversation_id, sender_id, client_key, client_digest, position, revision, created_at,
                    deleted_at, deleted_by, mentions_all
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
        let conversation = row.conversation_id.try_into().map_err(broken)?;
        let (id, at) = (row.id.try_into().map_err(broken)?, Timestamp::from_millis(row.created_at));
        // What it said is taken from the request: the digest says that it was this.
        let message = Message {
            revision: row.revision,
            all: row.mentions_all == 1,
            deleted: super::deleter(sender, row.deleted_at, row.deleted_by)?,
            ..Message::posted(conversation, id, sender, key.clone(), row.position, at)
        };
        known.insert((sender, key), (row.client_digest, message));
    }
    let naming = posts.iter().filter(|post| !post.named.is_empty());
    let naming: BTreeSet<_> = naming.map(|post| (post.sender, post.key.clone())).collect();
    let naming = known.iter_mut().filter(|(name, _)| naming.contains(name));
    mentions::recall(tx, naming.map(|(_, (_, message))| message).collect()).await?;
    Ok(known)
}

/// Locks and reads the conversations, ascending by id so that two writers never wait for each other.
async fn lock(tx: &mut Tx, posts: &[&Post]) -> Outcome<BTreeMap<ConversationId, Held>> {
    let wanted: BTreeSet<ConversationId> = posts.iter().map(|post| post.conversation).collect();
    let connection = tx.connection();
    // SQLite has locked everything by beginning.
    let end = sql!(connection, sqlite: ") order by id", postgres: ") order by id for update");
    let rows: Vec<(i64, i64, i64, i64)> = on_engine!(connection, connection => {
        let mut query = QueryBuilder::new("select id, head, active_at, slow from conversation where id in (");
        let mut ids = query.separated(", ");
        for id in &wanted {
            ids.push_bind(id.get());
        }
        query.push(end);
        query.build_query_as().fetch_all(connection).await
    })?;

    let held = rows.into_iter().filter_map(|(id, head, active_at, slow)| {
        Some((id.try_into().ok()?, Held { head, active_at, slow }))
    });
    Ok(held.collect())
}

async fn insert(tx: &mut Tx, accepted: &[(&Post, Message)]) -> Outcome<()> {
    on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "insert into message
             (id, conversation_id, sender_id, client_key, client_digest, position, revision, kind, body, reply_to,
              thread_id, created_at, mentions_all) ",
        );
        query.push_values(accepted, |mut row, (post, message)| {
            row.push_bind(message.id.get())
                .push_bind(message.conversation.get())
                .push_bind(message.sender.get())
                .push_bind(message.key.as_str())
                .push_bind(post.digest.as_slice())
                .push_bind(message.position)
                .push_bind(message.revision)
                .push_bind(post.kind())
                .push_bind(post.sealed.as_slice())
                .push_bind(post.reply_to.map(MessageId::get))
                .push_bind(post.thread.map(MessageId::get))
                .push_bind(message.at.millis())
                .push_bind(i64::from(message.all));
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
