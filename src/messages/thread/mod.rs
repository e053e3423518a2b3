//! One open conversation in the browser: what it holds, what is on its way, and how far it has heard.
//!
//! Plain Rust: no signals, no browser, no clock. Whatever order answers, live frames and pages come in, a message
//! stands here once and as new as anyone has told. A conversation's changes are numbered without a hole
//! (`revision`), so a number that is missing shows that something was missed.

mod hearing;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

pub use hearing::Outcome;

use self::hearing::Hearing;
use super::Message;
use crate::{
    conversations::Conversation,
    error::Error,
    ids::{AccountId, ClientKey},
    time::Timestamp,
};

/// The state of one open conversation.
#[derive(Debug, Clone)]
pub struct Thread {
    me: AccountId,
    /// By position, which never changes and belongs to one message only.
    messages: BTreeMap<i64, Arc<Message>>,
    /// Everything from this position on is held; below it there is more. None if this is the beginning.
    older: Option<i64>,
    /// Whether the window reaches to the newest message, and so takes what comes.
    at_end: bool,
    outgoing: Vec<Outgoing>,
    in_flight: Option<ClientKey>,
    hearing: Hearing,
}

/// A text of mine that the server has not confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub key: ClientKey,
    pub body: String,
    /// By my own clock, until the server says better.
    pub at: Timestamp,
    pub state: Sending,
}

/// How far a text has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sending {
    Pending,
    /// It may still have been stored; trying again with the same key stores nothing twice.
    Failed(Error),
}

impl Thread {
    /// The conversation as its page was rendered, in the eyes of `me`. Since then something may have happened.
    pub fn new(page: &Conversation, me: AccountId) -> Self {
        let mut thread = Self {
            me,
            messages: BTreeMap::new(),
            older: page.older,
            at_end: page.at_end,
            outgoing: Vec::new(),
            in_flight: None,
            hearing: Hearing::from(page.head),
        };
        thread.take_page(page);
        thread
    }

    /// What the server has confirmed, in order.
    pub fn messages(&self) -> impl Iterator<Item = &Arc<Message>> {
        self.messages.values()
    }

    /// What it has not, in the order of writing.
    pub fn outgoing(&self) -> &[Outgoing] {
        &self.outgoing
    }

    /// The position before which there are more messages, if there are.
    pub const fn older_than(&self) -> Option<i64> {
        self.older
    }

    /// Whether the newest messages are held, and not only a page of older ones.
    pub const fn is_at_end(&self) -> bool {
        self.at_end
    }

    /// I wrote `body`: it stands at the end until the server has confirmed it.
    pub fn send(&mut self, key: ClientKey, body: String, at: Timestamp) {
        self.outgoing.push(Outgoing { key, body, at, state: Sending::Pending });
    }

    /// The text to hand to the server now, oldest first. None while another is under way, so that the order holds.
    pub fn next_to_send(&mut self) -> Option<Outgoing> {
        if self.in_flight.is_some() {
            return None;
        }
        let next = self.outgoing.iter().find(|outgoing| outgoing.state == Sending::Pending)?.clone();
        self.in_flight = Some(next.key.clone());
        Some(next)
    }

    /// The server's answer to a send of mine. It says nothing about what others wrote before it,
    /// so the number stays unheard until its frame comes.
    pub fn settled(&mut self, key: &ClientKey, message: Message) {
        self.landed(key);
        self.outgoing.retain(|outgoing| outgoing.key != *key);
        self.apply(message);
    }

    /// A send of mine was refused, or its answer was lost.
    pub fn failed(&mut self, key: &ClientKey, error: Error) {
        self.landed(key);
        if let Some(outgoing) = self.outgoing_mut(key) {
            outgoing.state = Sending::Failed(error);
        }
    }

    /// Try a failed text again, under the same key.
    pub fn retry(&mut self, key: &ClientKey) {
        if let Some(outgoing) = self.outgoing_mut(key) {
            outgoing.state = Sending::Pending;
        }
    }

    /// A live frame, or one that a resume brought back.
    pub fn arrived(&mut self, message: Message) -> Outcome {
        let number = message.revision;
        self.apply(message);
        self.hearing.heard(number)
    }

    /// The highest number up to which nothing is missing: what a resume starts from.
    pub const fn cursor(&self) -> i64 {
        self.hearing.cursor()
    }

    /// Whether the server is to be asked for what came after [`Thread::cursor`].
    pub const fn wants_resume(&self) -> bool {
        self.hearing.wants_resume()
    }

    /// The server has been asked.
    pub fn asked(&mut self) {
        self.hearing.asked();
    }

    /// The server has answered: everything up to `through` was sent, or was too much (`limited`).
    pub fn resumed(&mut self, through: i64, limited: bool) {
        self.hearing.answered(through, limited);
    }

    /// The connection is a new one: what was asked or sent on the old one may never have come.
    pub fn reconnected(&mut self) {
        self.hearing.reconnected();
    }

    /// Whether too much was missed, so that the latest page is to be read and given to [`Thread::reread`].
    pub const fn wants_reread(&self) -> bool {
        self.hearing.wants_reread()
    }

    /// Begin again from the latest page; what is on its way stays.
    pub fn reread(&mut self, page: &Conversation) {
        // What came live while the page was read is newer than the page, and stays.
        self.messages
            .retain(|position, message| message.revision > page.head && Some(*position) >= page.older);
        self.older = page.older;
        self.at_end = page.at_end;
        self.take_page(page);
        self.hearing.reread(page.head);
    }

    /// The latest page could not be read. Asking again leads here again, once there is a connection.
    pub fn not_reread(&mut self) {
        self.hearing.reread(self.cursor());
    }

    /// The page before position `before` has been read. A page that does not adjoin is not taken.
    pub fn older(&mut self, before: i64, page: &Conversation) {
        if self.older != Some(before) {
            return;
        }
        self.older = page.older;
        self.take_page(page);
        self.hearing.hear_again_from(page.head);
    }

    fn take_page(&mut self, page: &Conversation) {
        for message in &page.messages {
            self.settle_by_key(message);
            self.hold(message.clone());
        }
    }

    /// Takes a message into the window if it belongs there and is newer than what is held.
    fn apply(&mut self, message: Message) {
        self.settle_by_key(&message);
        let below = self.older.is_some_and(|older| message.position < older);
        let above =
            !self.at_end && self.messages.keys().next_back().is_none_or(|last| message.position > *last);
        if !below && !above {
            self.hold(message);
        }
    }

    fn hold(&mut self, message: Message) {
        let newer = self.messages.get(&message.position).is_none_or(|held| held.revision < message.revision);
        if newer {
            self.messages.insert(message.position, Arc::new(message));
        }
    }

    /// Keys are unique per sender only, so somebody else's message never settles mine.
    fn settle_by_key(&mut self, message: &Message) {
        if message.sender == self.me {
            self.outgoing.retain(|outgoing| outgoing.key != message.key);
        }
    }

    fn landed(&mut self, key: &ClientKey) {
        self.in_flight.take_if(|flying| flying == key);
    }

    fn outgoing_mut(&mut self, key: &ClientKey) -> Option<&mut Outgoing> {
        self.outgoing.iter_mut().find(|outgoing| outgoing.key == *key)
    }
}
