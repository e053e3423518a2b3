//! Polls: the verbs and their SQL.
//!
//! A poll is posted like every message ([`asking`]). Votes ([`voting`]) and closing it ([`closing`]) are parts of that
//! message, each told under a number of its own.

pub mod asking;
pub mod closing;
pub mod voting;
pub mod withdrawing;

use std::collections::HashMap;

use sqlx::QueryBuilder;

pub use asking::{ask, pollable};

use super::{
    access::Member,
    answer::{Failure, Outcome},
    caller::Caller,
    conversations,
    crypto::{Keyring, Place},
    db::{Tx, on_engine},
    messages,
};
use crate::{
    accounts::Person,
    error::Error,
    ids::{AccountId, MessageId},
    messages::Message,
    polls::{Poll, PollAnswer, Votes},
    time::Timestamp,
};

/// The kind of a message that asks.
pub(super) const POLL: &str = "poll";

/// Where an answer is sealed.
const fn place(message: i64, answer: i64) -> Place {
    Place { table: "poll_answer", id: message, version: answer }
}

/// As the database counts them.
fn count(total: i64) -> u32 {
    u32::try_from(total).unwrap_or(0)
}

#[derive(sqlx::FromRow)]
struct Row {
    message_id: i64,
    several: i64,
    closes_at: Option<i64>,
    closed_at: Option<i64>,
    voters: i64,
}

impl Row {
    fn closes(&self) -> Option<Timestamp> {
        self.closed_at.or(self.closes_at).map(Timestamp::from_millis)
    }

    fn is_closed(&self, now: Timestamp) -> bool {
        self.closes().is_some_and(|closes| self.closed_at.is_some() || closes <= now)
    }

    fn poll(&self, answers: Vec<PollAnswer>, now: Timestamp) -> Poll {
        Poll {
            answers,
            several: self.several == 1,
            voters: count(self.voters),
            closes: self.closes(),
            closed: self.is_closed(now),
        }
    }
}

/// Message, place, text and how many have chosen it.
type AnswerRow = (i64, i64, Vec<u8>, i64);

fn answer(keyring: &Keyring, (message, at, body, total): AnswerRow) -> Outcome<PollAnswer> {
    Ok(PollAnswer { text: keyring.open(place(message, at), &body)?, votes: count(total) })
}

/// Puts what may be answered into the messages that ask, and what the caller has chosen.
///
/// # Errors
/// The database's own; `Seal` if an answer cannot be opened.
pub(super) async fn tell(caller: &Caller, messages: &mut [Message]) -> Outcome<()> {
    let asks = |message: &&Message| message.poll.is_some();
    let ids: Vec<i64> = messages.iter().filter(asks).map(|message| message.id.get()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let polls: Vec<Row> = on_engine!(caller.app.db.pool(), pool => {
        let mut query =
            QueryBuilder::new("select message_id, several, closes_at, closed_at, voters from poll where message_id in (");
        let mut list = query.separated(", ");
        for id in &ids {
            list.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?;
    let rows: Vec<AnswerRow> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select message_id, place, body, total from poll_answer where message_id in (");
        let mut list = query.separated(", ");
        for id in &ids {
            list.push_bind(*id);
        }
        query.push(") order by message_id, place");
        query.build_query_as().fetch_all(pool).await
    })?;
    let own: Vec<(i64, i64)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select message_id, place from poll_vote where account_id = ");
        query.push_bind(caller.account.get());
        query.push(" and message_id in (");
        let mut list = query.separated(", ");
        for id in &ids {
            list.push_bind(*id);
        }
        query.push(") order by message_id, place");
        query.build_query_as().fetch_all(pool).await
    })?;

    let mut answers = HashMap::<i64, Vec<PollAnswer>>::new();
    for row in rows {
        answers.entry(row.0).or_default().push(answer(&caller.app.keyring, row)?);
    }
    let mut chosen = HashMap::<i64, Vec<u32>>::new();
    for (message, place) in own {
        chosen.entry(message).or_default().push(count(place));
    }
    let now = caller.app.clock.now();
    let mut polls: HashMap<i64, Row> = polls.into_iter().map(|row| (row.message_id, row)).collect();
    for message in messages.iter_mut().filter(|message| message.poll.is_some()) {
        let id = message.id.get();
        let answers = answers.remove(&id).unwrap_or_default();
        // It was deleted between the two looks: a frame says so in a moment.
        message.poll = polls.remove(&id).map(|row| Box::new(row.poll(answers, now)));
        message.voted = message.poll.as_ref().map(|_| chosen.remove(&id).unwrap_or_default());
    }
    Ok(())
}

/// Puts what may be answered into a message that asks, for what everybody is told.
///
/// # Errors
/// As [`tell`].
pub(super) async fn recall(tx: &mut Tx, keyring: &Keyring, message: &mut Message) -> Outcome<()> {
    if message.poll.is_none() {
        return Ok(());
    }
    let id = message.id.get();
    let row: Row = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select message_id, several, closes_at, closed_at, voters from poll where message_id = $1",
    ).bind(id).fetch_one(connection).await)?;
    let answers: Vec<AnswerRow> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select message_id, place, body, total from poll_answer where message_id = $1 order by place",
    ).bind(id).fetch_all(connection).await)?;
    let answers = answers.into_iter().map(|row| answer(keyring, row)).collect::<Outcome<Vec<_>>>()?;
    message.poll = Some(Box::new(row.poll(answers, tx.now)));
    Ok(())
}

/// Takes away what was asked by a message that is deleted, and all votes.
///
/// # Errors
/// The database's own.
pub(super) async fn forget(tx: &mut Tx, message: MessageId) -> Outcome<()> {
    for text in [
        "delete from poll_vote where message_id = $1",
        "delete from poll_answer where message_id = $1",
        "delete from poll where message_id = $1",
    ] {
        on_engine!(tx.connection(), connection =>
            sqlx::query(text).bind(message.get()).execute(connection).await.map(drop))?;
    }
    Ok(())
}

/// Who has chosen an answer of a poll; what is no answer of it stands for the first.
///
/// # Errors
/// `NotFound` for what is no poll of the conversation, or deleted.
pub async fn who(
    caller: &Caller,
    member: &Member,
    message: MessageId,
    answer: u32,
    after: Option<AccountId>,
) -> Outcome<Votes> {
    let message = messages::one_told(caller, member, message).await?;
    let answers =
        message.poll.as_ref().map(|poll| poll.answers.len()).ok_or(Failure::Refused(Error::NotFound))?;
    let chosen = if (answer as usize) < answers { answer } else { 0 };
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from poll_vote
         join account on account.id = poll_vote.account_id
         where poll_vote.message_id = $1 and poll_vote.place = $2 and poll_vote.account_id > $3
         order by poll_vote.account_id
         limit $4",
    )
    .bind(message.id.get()).bind(i64::from(chosen)).bind(after.map_or(0, AccountId::get)).bind(Votes::PAGE as i64 + 1)
    .fetch_all(pool).await)?;

    let more = rows.len() > Votes::PAGE;
    let person = |(id, username, display_name): (i64, String, String)| {
        Some(Person { id: id.try_into().ok()?, username, display_name })
    };
    let people: Vec<Person> = rows.into_iter().take(Votes::PAGE).filter_map(person).collect();
    let next = people.last().filter(|_| more).map(|last| last.id);
    let author = conversations::members::named(caller, member, &[message.sender]).await?.pop();
    let place = conversations::about(caller, member).await?.name;
    Ok(Votes { message, author, chosen, people, next, place })
}
