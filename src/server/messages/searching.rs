//! Finding what was said: by a word of it, or, for documents that want that, by the name of who said it or was told it.
//!
//! What is stored is sealed, so nothing can be looked up: messages are opened one after the other, the newest first, so
//! many of them in one request. Where it stopped it goes on with the next.

use std::collections::{HashMap, VecDeque};

use sqlx::QueryBuilder;

use super::{MessageRow, open, place, talks};
use crate::{
    error::{Error, Field, Why},
    finding::fold::folded,
    ids::{AccountId, ConversationId, MessageId},
    messages::Message,
    server::{
        access::{self, Member},
        answer::{Failure, Outcome},
        caller::Caller,
        conversations::parties::Parties,
        db::on_engine,
    },
};

/// Characters of what is looked for.
const LONGEST_TERM: u32 = 100;

/// Messages that one request opens.
pub const MOST_OPENED: usize = 5_000;

/// Messages of one talk that are fetched at a time.
const FETCHED: usize = 100;

/// Messages after which others on the same thread get their turn.
const TURN: usize = 200;

/// Where it is looked for.
#[derive(Debug, Clone, Copy)]
pub enum Within {
    /// Talks of two and the room for everyone, outside of threads: all that documents know. Who said or was told something
    /// is found by name as well.
    Talks,
    /// The conversations that the caller is in and that were last active, threads and polls included.
    Everything,
    /// One of them.
    One(Member),
}

/// What was found, the newest first.
#[derive(Debug)]
pub struct Found {
    /// With who talks there, as far as two do, or everyone.
    pub messages: Vec<(Message, Option<Parties>)>,
    /// Before which message to go on, if there may be more.
    pub next: Option<MessageId>,
}

/// What was said there, and the caller may read, that holds `term` without regard to case and accents. Before `before`; at
/// most `limit`.
///
/// # Errors
/// `Invalid` for a term that is empty or too long, `TooFast`.
pub async fn search(
    caller: &Caller,
    within: Within,
    term: &str,
    before: Option<MessageId>,
    limit: usize,
) -> Outcome<Found> {
    let refuse = |why| Failure::invalid(Field::Term, why);
    if term.chars().count() > LONGEST_TERM as usize {
        return Err(refuse(Why::TooLong { at_most: LONGEST_TERM }));
    }
    // What is left of it: marks that cannot be seen may stand around white space.
    let term = folded(term);
    let term = term.trim();
    if term.is_empty() {
        return Err(refuse(Why::Missing));
    }
    caller.app.limits.searches.take(&caller.account)?;

    let mut heap = Heap::new(caller, within, before).await?;
    let mut found = Found { messages: Vec::new(), next: None };
    for opened in 0.. {
        let Some(talk) = heap.newest(caller).await? else { return Ok(found) };
        if found.messages.len() == limit || opened == MOST_OPENED {
            // What lies on top was not looked at yet: the next request begins with it.
            let row = talk.waiting.front().map_or(0, |row| row.id);
            found.next = (row + 1).try_into().ok();
            return Ok(found);
        }
        if opened % TURN == TURN - 1 {
            tokio::task::yield_now().await;
        }
        let Some(row) = talk.waiting.pop_front() else { continue };
        let (member, parties) = (talk.member, talk.parties);
        if heap.is_named(&row, parties, term) || holds(caller, &row, term)? {
            found.messages.push((open(caller, &member, row)?, parties));
        }
    }
    Ok(found)
}

/// Whether the text of a message holds what is looked for.
fn holds(caller: &Caller, row: &MessageRow, term: &str) -> Outcome<bool> {
    let id = row.id.try_into().map_err(|_| Failure::Internal("a stored message has an invalid id"))?;
    let text = caller.app.keyring.open(place(id, row.body_version), &row.body)?;
    Ok(folded(&text).contains(term))
}

/// One talk, as far as it was read.
struct Talk {
    member: Member,
    parties: Option<Parties>,
    /// Whether threads and polls count.
    is_whole: bool,
    /// The newest first.
    waiting: VecDeque<MessageRow>,
    /// Before which message to go on; none where nothing is left.
    before: Option<i64>,
}

/// All talks, of which always the newest message is next.
struct Heap {
    talks: Vec<Talk>,
    /// How people are called, as it is compared.
    names: HashMap<i64, String>,
}

impl Heap {
    async fn new(caller: &Caller, within: Within, before: Option<MessageId>) -> Outcome<Self> {
        let before = Some(before.map_or(i64::MAX, MessageId::get));
        let mut heap = Self { talks: Vec::new(), names: HashMap::new() };
        let is_whole = !matches!(within, Within::Talks);
        let mut add = |member, parties| {
            heap.talks.push(Talk { member, parties, is_whole, waiting: VecDeque::new(), before });
        };
        let places: Vec<(ConversationId, Option<Parties>)> = match within {
            Within::Talks => {
                let talks = talks::talks(caller).await?;
                talks.into_iter().map(|(talk, parties)| (talk, Some(parties))).collect()
            }
            Within::Everything => {
                talks::places(caller).await?.into_iter().map(|place| (place, None)).collect()
            }
            Within::One(member) => {
                add(member, None);
                Vec::new()
            }
        };
        for (conversation, parties) in places {
            // They may have left it since.
            match access::member(caller, conversation).await {
                Ok(member) => add(member, parties),
                Err(Failure::Refused(Error::NotFound)) => {}
                Err(failure) => return Err(failure),
            }
        }
        let people = heap.talks.iter().filter_map(|talk| match talk.parties {
            Some(Parties::Two(one, other)) => Some([one.get(), other.get()]),
            Some(Parties::Everyone) | None => None,
        });
        let people: Vec<i64> = people.flatten().collect();
        heap.learn(caller, people).await?;
        Ok(heap)
    }

    /// The talk with the newest message that was not looked at yet.
    async fn newest(&mut self, caller: &Caller) -> Outcome<Option<&mut Talk>> {
        for at in 0..self.talks.len() {
            let talk = &mut self.talks[at];
            if talk.waiting.is_empty() && talk.before.is_some() {
                talk.fetch(caller).await?;
                if talk.parties.is_some() {
                    let senders = talk.waiting.iter().map(|row| row.sender_id).collect();
                    self.learn(caller, senders).await?;
                }
            }
        }
        let newest = self.talks.iter_mut().filter(|talk| !talk.waiting.is_empty());
        Ok(newest.max_by_key(|talk| talk.waiting.front().map(|row| row.id)))
    }

    /// Learns how people are called who are not known yet.
    async fn learn(&mut self, caller: &Caller, mut people: Vec<i64>) -> Outcome<()> {
        people.retain(|id| !self.names.contains_key(id));
        people.sort_unstable();
        people.dedup();
        if people.is_empty() {
            return Ok(());
        }
        let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => {
            let mut query =
                QueryBuilder::new("select id, username, display_name from account where deleted_at is null and id in (");
            let mut wanted = query.separated(", ");
            for id in &people {
                wanted.push_bind(*id);
            }
            query.push(")");
            query.build_query_as().fetch_all(pool).await
        })?;
        // Who is gone is called nothing.
        self.names.extend(people.into_iter().map(|id| (id, String::new())));
        let called =
            rows.into_iter().map(|(id, username, name)| (id, folded(&format!("{username}\n{name}"))));
        self.names.extend(called);
        Ok(())
    }

    /// Whether the sender or the receiver of a message is called so, where that counts.
    fn is_named(&self, row: &MessageRow, parties: Option<Parties>, term: &str) -> bool {
        let Some(parties) = parties else { return false };
        let receiver = AccountId::try_from(row.sender_id).ok().and_then(|sender| parties.receiver(sender));
        [Some(row.sender_id), receiver.map(AccountId::get)]
            .into_iter()
            .flatten()
            .any(|id| self.names.get(&id).is_some_and(|name| name.contains(term)))
    }
}

impl Talk {
    /// Reads on.
    async fn fetch(&mut self, caller: &Caller) -> Outcome<()> {
        let Some(before) = self.before else { return Ok(()) };
        let conversation: ConversationId = self.member.conversation();
        let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(concat!(
            "select ", columns!(), "
             from message
             where conversation_id = $1 and id < $2 and deleted_at is null
               and ($4 = 1 or thread_id is null) and (kind in ('text', 'forwarded') or $4 = 1 and kind = 'poll')
             order by id desc
             limit $3",
        ))
        .bind(conversation.get()).bind(before).bind(FETCHED as i64).bind(i64::from(self.is_whole))
        .fetch_all(pool).await)?;
        self.before = rows.last().map(|row| row.id).filter(|_| rows.len() == FETCHED);
        self.waiting = rows.into();
        Ok(())
    }
}
