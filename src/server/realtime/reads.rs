//! What one connection says that its person has read, or that has come to them: noted beside it, so that no news waits
//! for the writer.
//!
//! Outlives the connection: who reads the last message and closes the page has read it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{hub, outbox::Outbox};
use crate::{
    error::Error,
    ids::ConversationId,
    realtime::event::{Event, Refusal},
    server::{
        access,
        answer::{Failure, Outcome},
        caller::Caller,
        reading, receipts,
    },
};

/// Notes of one connection that may wait to be made; of each conversation with its highest positions only.
const MOST_WAITING: usize = 50;

/// What there is to note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Read,
    Received,
}

/// The notes of one connection.
#[derive(Clone)]
pub struct Reads {
    caller: Caller,
    outbox: Arc<Outbox>,
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Debug, Default)]
struct Waiting {
    positions: BTreeMap<(ConversationId, What), i64>,
    /// Somebody is writing them down: one at a time.
    noting: bool,
}

impl Reads {
    /// None yet; what is refused is said through `outbox`.
    pub fn new(caller: Caller, outbox: Arc<Outbox>) -> Self {
        Self { caller, outbox, waiting: Arc::default() }
    }

    /// Has it noted soon. Never waits.
    ///
    /// # Errors
    /// `TooFast` if too many wait already.
    pub fn add(&self, what: What, conversation: ConversationId, position: i64) -> Result<(), Refusal> {
        let note = (conversation, what);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.positions.len() >= MOST_WAITING && !waiting.positions.contains_key(&note) {
            return Err(Refusal::TooFast);
        }
        let highest = waiting.positions.entry(note).or_insert(position);
        *highest = position.max(*highest);
        if !waiting.noting {
            waiting.noting = true;
            let reads = self.clone();
            self.caller.app.sockets.spawn(async move { reads.note_all().await });
        }
        Ok(())
    }

    async fn note_all(self) {
        while let Some(((conversation, what), position)) = self.next() {
            match self.note(what, conversation, position).await {
                Ok(()) => {}
                Err(Failure::Refused(Error::NotFound)) => {
                    let refusal = hub::encode(&Event::Error { code: Refusal::NotFound });
                    refusal.into_iter().for_each(|frame| self.outbox.push(frame));
                }
                // It stays unread: a hint was lost, and the next look gives it again.
                Err(failure) => {
                    tracing::error!(error = %failure, account = %self.caller.account, "reading was not noted");
                }
            }
        }
    }

    /// What to note now; whoever adds more after the last one begins anew.
    fn next(&self) -> Option<((ConversationId, What), i64)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let next = waiting.positions.pop_first();
        waiting.noting = next.is_some();
        next
    }

    async fn note(&self, what: What, conversation: ConversationId, position: i64) -> Outcome<()> {
        let member = access::member(&self.caller, conversation).await?;
        match what {
            What::Read => reading::mark_read(&self.caller, &member, position).await,
            What::Received => receipts::received(&self.caller, &member, position).await,
        }
    }
}
