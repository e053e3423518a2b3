//! Whom messages name: the rows about it, and the SQL.
//!
//! Written by the transaction that stores the message, and only for those who are in the conversation then.

pub mod completing;
pub mod counting;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::QueryBuilder;

use super::{
    access,
    answer::{Failure, Outcome},
    caller::Caller,
    db::{Tx, on_engine},
};
use crate::{
    ids::{AccountId, ConversationId, MessageId},
    mentions::{Named, named},
    messages::Message,
    text::markdown::names::readings,
};

/// A text that is about to be stored.
#[derive(Debug, Clone, Copy)]
pub struct Saying<'a> {
    pub message: MessageId,
    pub conversation: ConversationId,
    pub sender: AccountId,
    pub named: &'a Named,
}

/// Who is meant by the names in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meant {
    /// In the order of their numbers; never the sender.
    pub people: Vec<AccountId>,
    /// Everyone, and the sender may turn to everyone.
    pub all: bool,
}

impl Meant {
    /// Puts it into the message.
    pub fn tell(self, message: &mut Message) {
        message.mentions = self.people;
        message.all = self.all;
    }
}

/// Who is meant in each of these, as far as anybody is. Nothing is asked where nobody is named. The conversations must be
/// held.
///
/// # Errors
/// The database's own.
pub async fn meant(tx: &mut Tx, sayings: &[Saying<'_>]) -> Outcome<HashMap<MessageId, Meant>> {
    let sayings: Vec<_> = sayings.iter().filter(|saying| !saying.named.is_empty()).collect();
    if sayings.is_empty() {
        return Ok(HashMap::new());
    }
    let calling: BTreeSet<_> = sayings
        .iter()
        .filter(|saying| saying.named.all)
        .map(|saying| (saying.conversation, saying.sender))
        .collect();
    let callers = access::callers(tx, &calling.into_iter().collect::<Vec<_>>()).await?;
    let members = members(tx, &sayings).await?;

    let meant = |saying: &&Saying<'_>| {
        let member = |name: &String| {
            readings(name).find_map(|name| members.get(&(saying.conversation, name.to_owned()))).copied()
        };
        let people: BTreeSet<AccountId> = saying.named.names.iter().filter_map(member).collect();
        let people = people.into_iter().filter(|person| *person != saying.sender).collect();
        let all = saying.named.all && callers.contains(&(saying.conversation, saying.sender));
        (saying.message, Meant { people, all })
    };
    Ok(sayings.iter().map(meant).collect())
}

/// Those of the named who are in these conversations.
async fn members(
    tx: &mut Tx,
    sayings: &[&Saying<'_>],
) -> Outcome<BTreeMap<(ConversationId, String), AccountId>> {
    let names: BTreeSet<&str> =
        sayings.iter().flat_map(|saying| saying.named.names.iter().flat_map(|name| readings(name))).collect();
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let conversations: BTreeSet<ConversationId> = sayings.iter().map(|saying| saying.conversation).collect();
    let rows: Vec<(i64, i64, String)> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new(
            "select participant.conversation_id, account.id, account.username
             from account
             join participant on participant.account_id = account.id
             where account.deleted_at is null and account.username in (",
        );
        let mut list = query.separated(", ");
        for name in &names {
            list.push_bind(*name);
        }
        query.push(") and participant.conversation_id in (");
        let mut list = query.separated(", ");
        for conversation in &conversations {
            list.push_bind(conversation.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;
    let member = |(conversation, account, name): (i64, i64, String)| {
        Some(((conversation.try_into().ok()?, name), account.try_into().ok()?))
    };
    Ok(rows.into_iter().filter_map(member).collect())
}

/// Writes down whom new messages name.
///
/// # Errors
/// The database's own.
pub async fn store(tx: &mut Tx, messages: impl Iterator<Item = &Message>) -> Outcome<()> {
    let rows: Vec<_> =
        messages.flat_map(|message| message.mentions.iter().map(move |person| (message, *person))).collect();
    if rows.is_empty() {
        return Ok(());
    }
    on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new("insert into mention (message_id, account_id, conversation_id, position) ");
        query.push_values(rows, |mut row, (message, person)| {
            row.push_bind(message.id.get())
                .push_bind(person.get())
                .push_bind(message.conversation.get())
                .push_bind(message.position);
        });
        query.build().execute(connection).await.map(drop)
    })?;
    Ok(())
}

/// Takes away whom a message named, which is deleted.
///
/// # Errors
/// The database's own.
pub async fn forget(tx: &mut Tx, message: MessageId) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query("delete from mention where message_id = $1")
        .bind(message.get()).execute(connection).await.map(drop))?;
    Ok(())
}

/// Has those be named whom the text names that `message` has now. Its conversation must be held.
///
/// # Errors
/// The database's own.
pub async fn rewrite(tx: &mut Tx, message: &mut Message) -> Outcome<()> {
    let named = named(&message.body);
    let Message { id, conversation, sender, .. } = *message;
    let mut meant = meant(tx, &[Saying { message: id, conversation, sender, named: &named }]).await?;
    meant.remove(&id).unwrap_or_default().tell(message);

    forget(tx, id).await?;
    store(tx, std::iter::once(&*message)).await?;
    on_engine!(tx.connection(), connection => sqlx::query("update message set mentions_all = $2 where id = $1")
        .bind(id.get()).bind(i64::from(message.all)).execute(connection).await.map(drop))?;
    Ok(())
}

/// The query of [`tell`] and [`recall`], for either engine.
macro_rules! asking_for_people {
    ($ids:expr, $executor:expr) => {{
        let mut query = QueryBuilder::new("select message_id, account_id from mention where message_id in (");
        let mut list = query.separated(", ");
        for id in $ids {
            list.push_bind(*id);
        }
        query.push(") order by message_id, account_id");
        query.build_query_as().fetch_all($executor).await
    }};
}

/// Puts into messages whom they name. Nothing is asked where no `@` is.
///
/// # Errors
/// The database's own.
pub async fn tell(caller: &Caller, messages: &mut [Message]) -> Outcome<()> {
    let ids: Vec<i64> = messages
        .iter()
        .filter(|message| message.body.contains('@'))
        .map(|message| message.id.get())
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    let rows = on_engine!(caller.app.db.pool(), pool => asking_for_people!(&ids, pool))?;
    put(rows, messages.iter_mut())
}

/// The same for messages that are posted once more.
///
/// # Errors
/// The database's own.
pub async fn recall(tx: &mut Tx, messages: Vec<&mut Message>) -> Outcome<()> {
    let ids: Vec<i64> = messages.iter().map(|message| message.id.get()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let rows = on_engine!(tx.connection(), connection => asking_for_people!(&ids, connection))?;
    put(rows, messages.into_iter())
}

fn put<'a>(rows: Vec<(i64, i64)>, messages: impl Iterator<Item = &'a mut Message>) -> Outcome<()> {
    let mut by_message = HashMap::<i64, Vec<AccountId>>::new();
    for (message, person) in rows {
        let person = person.try_into().map_err(|_| Failure::Internal("a mention has an invalid id"))?;
        by_message.entry(message).or_default().push(person);
    }
    for message in messages {
        if let Some(people) = by_message.remove(&message.id.get()) {
            message.mentions = people;
        }
    }
    Ok(())
}
