//! What a message answers: whether it may, and what is shown of it.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::QueryBuilder;

use super::{MessageRow, SYSTEM, open, posting::Post};
use crate::{
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    messages::{
        Answerable, Message,
        quotes::{Messages, Quote},
    },
    server::{
        access::{self, Member},
        answer::{Failure, Outcome},
        caller::Caller,
        conversations,
        db::{Tx, on_engine},
    },
};

/// The messages that posts answer: where they were said, and by whom.
pub(super) struct Answered(BTreeMap<MessageId, (ConversationId, AccountId)>);

impl Answered {
    /// Whether what `post` answers was said in its own conversation. What is deleted meanwhile may still be answered:
    /// nothing is shown of it.
    ///
    /// # Errors
    /// `NotFound` if it was not, as if it did not exist.
    pub(super) fn check(&self, post: &Post) -> Result<(), Error> {
        let said_here =
            |message| self.0.get(&message).is_some_and(|(said_in, _)| *said_in == post.conversation);
        if post.reply_to.is_none_or(said_here) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Who said what `post` answers.
    pub(super) fn author(&self, post: &Post) -> Option<AccountId> {
        self.0.get(&post.reply_to?).map(|(_, author)| *author)
    }
}

/// Where and by whom the messages were said that `posts` answer. Asks nothing where none answers any.
///
/// # Errors
/// The database's own.
pub(super) async fn answered(tx: &mut Tx, posts: &[&Post]) -> Outcome<Answered> {
    let wanted: BTreeSet<MessageId> = posts.iter().filter_map(|post| post.reply_to).collect();
    if wanted.is_empty() {
        return Ok(Answered(BTreeMap::new()));
    }
    let rows: Vec<(i64, i64, i64)> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new("select id, conversation_id, sender_id from message where kind <> ");
        query.push_bind(SYSTEM).push(" and id in (");
        let mut ids = query.separated(", ");
        for id in &wanted {
            ids.push_bind(id.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(connection).await
    })?;
    let broken = |_| Failure::Internal("a stored message has an invalid id");
    let said = rows.into_iter().map(|(message, conversation, author)| {
        let said = (conversation.try_into().map_err(broken)?, author.try_into().map_err(broken)?);
        Ok((message.try_into().map_err(broken)?, said))
    });
    said.collect::<Outcome<_>>().map(Answered)
}

/// What is shown of the messages that are answered in `page` and do not stand in it.
///
/// # Errors
/// As [`super::around`].
pub async fn of(caller: &Caller, member: &Member, page: &[Message]) -> Outcome<Vec<Quote>> {
    let here: BTreeSet<MessageId> = page.iter().map(|message| message.id).collect();
    let elsewhere: BTreeSet<MessageId> = page
        .iter()
        .filter_map(|message| message.reply_to)
        .filter(|message| !here.contains(message))
        .collect();
    quotes(caller, member, &Messages(elsewhere.into_iter().collect())).await
}

/// What is shown of messages where they are answered. Those that were not said in the conversation are passed over.
///
/// # Errors
/// As [`super::around`].
pub async fn quotes(caller: &Caller, member: &Member, messages: &Messages) -> Outcome<Vec<Quote>> {
    if messages.0.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(concat!("select ", columns!(), " from message where conversation_id = "));
        query.push_bind(member.conversation().get()).push(" and kind <> ").push_bind(SYSTEM).push(" and id in (");
        let mut ids = query.separated(", ");
        for id in &messages.0 {
            ids.push_bind(id.get());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?;
    rows.into_iter().map(|row| open(caller, member, row).map(|message| Quote::of(&message))).collect()
}

/// A message that the member may answer, as the page that does it shows it.
///
/// # Errors
/// `NotFound` for a message that is not in the conversation; `Forbidden` where one may only read; `Conflict` for what is
/// deleted, or was not said but done.
pub async fn answerable(caller: &Caller, member: &Member, message: MessageId) -> Outcome<Answerable> {
    let message = super::one(caller, member, message).await?;
    if access::right(caller, member).await? != access::Right::Write {
        return Err(Error::Forbidden.into());
    }
    if !message.is_said() {
        return Err(Error::Conflict.into());
    }
    let people = conversations::members::named(caller, member, &[message.sender]).await?;
    let place = conversations::about(caller, member).await?.name;
    Ok(Answerable { message, people, place, key: ClientKey::from_random(rand::random()) })
}
