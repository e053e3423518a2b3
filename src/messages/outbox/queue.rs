//! What waits to be sent, per conversation and in order. Plain Rust: no signals, no browser, no clock.
//!
//! Several tabs may hold the same texts, and share one store of them. That is harmless, because a text is sent under
//! one key by all of them, and the next one only after it. So a tab looks into the store before it sends: what it
//! kept there and no longer finds was sent or deleted by another tab.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::{
    error::Error,
    ids::{ClientKey, ConversationId, MessageId},
    sorted::SortedSet,
    time::Timestamp,
};

/// Texts that may wait in one tab: who has written so many without a connection is asked to stop.
pub const MOST_WAITING: usize = 1_000;

/// What I said or did that the server has not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    pub key: ClientKey,
    pub conversation: ConversationId,
    #[serde(default)]
    pub deed: Deed,
    /// The text, where the deed has one.
    pub body: String,
    /// By my own clock, until the server says better.
    pub at: Timestamp,
    /// Later texts have higher numbers.
    pub order: i64,
    pub state: Sending,
}

/// What is to be done. Each may be done twice without harm.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// To say the text.
    #[default]
    Say,
    /// To say it in answer to a message.
    Reply(MessageId),
    /// Says the text in a thread, whose head this is, in answer to a message or not.
    SayIn { thread: MessageId, reply_to: Option<MessageId> },
    /// To give a message of mine the text.
    Edit(MessageId),
    /// To delete a message of mine, which can be undone for a moment.
    Delete(MessageId),
    /// To undo that.
    Restore(MessageId),
    /// To react to a message with the emoji that is the text.
    React(MessageId),
    /// To do so no more.
    Unreact(MessageId),
    /// To choose the answer of a poll whose place is the text.
    Vote(MessageId),
    /// To do so no more.
    Unvote(MessageId),
}

impl Outgoing {
    /// Whether the server has refused it.
    pub const fn has_failed(&self) -> bool {
        matches!(self.state, Sending::Failed(_))
    }
}

impl Deed {
    /// Whether something new is said.
    pub const fn says(&self) -> bool {
        matches!(self, Self::Say | Self::Reply(_) | Self::SayIn { .. })
    }

    /// The message that it answers.
    pub const fn answers(&self) -> Option<MessageId> {
        match self {
            Self::Reply(message) => Some(*message),
            Self::SayIn { reply_to, .. } => *reply_to,
            _ => None,
        }
    }

    /// Whether somebody chooses in a poll by it.
    pub const fn votes(&self) -> bool {
        matches!(self, Self::Vote(_) | Self::Unvote(_))
    }

    /// The thread that it is said in, if it is said in one.
    pub const fn thread(&self) -> Option<MessageId> {
        if let Self::SayIn { thread, .. } = self { Some(*thread) } else { None }
    }

    /// The message that it changes, if it says no new one.
    pub const fn message(&self) -> Option<MessageId> {
        match self {
            Self::Say | Self::Reply(_) | Self::SayIn { .. } => None,
            Self::Edit(message)
            | Self::Delete(message)
            | Self::Restore(message)
            | Self::React(message)
            | Self::Unreact(message)
            | Self::Vote(message)
            | Self::Unvote(message) => Some(*message),
        }
    }
}

/// How far a text has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sending {
    Pending,
    /// The server has done it. It stands here until what everybody is told of it has come, for a moment at most.
    Confirmed,
    /// It may still have been stored; trying again with the same key stores nothing twice.
    Failed(Error),
}

/// Whether a text would survive this tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// The store is being asked.
    Asked,
    Stored,
    /// The store does not work.
    HereOnly,
}

/// What is to be done after an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Send the next one.
    GoOn,
    /// This one has failed, and is now so. Send the next one.
    Failed(Outgoing),
    /// Nobody is there, or it was too fast: try again after a while, by [`Queue::wake`] with this number.
    Wait(u32),
    /// Nobody is logged in any more.
    LogIn,
}

/// Everything that is on its way.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    /// By order.
    waiting: Vec<(Outgoing, Kept)>,
    lanes: LiteMap<ConversationId, Lane>,
    /// What this tab has brought to an end: a look into the store that is older does not bring it back.
    finished: SortedSet<ClientKey>,
    /// Whether what earlier pages left has been taken over. It goes first.
    ready: bool,
}

/// How the sending to one conversation goes.
#[derive(Debug, Clone, Default)]
struct Lane {
    in_flight: Option<ClientKey>,
    /// In a row.
    failures: u32,
    paused: bool,
}

impl Queue {
    /// I wrote or did this. None if too much waits already.
    pub fn add(
        &mut self,
        key: ClientKey,
        conversation: ConversationId,
        deed: Deed,
        body: String,
        at: Timestamp,
    ) -> Option<Outgoing> {
        if self.waiting.len() >= MOST_WAITING {
            return None;
        }
        let order = at.millis().max(self.last_order() + 1);
        let outgoing = Outgoing { key, conversation, deed, body, at, order, state: Sending::Pending };
        self.waiting.push((outgoing.clone(), Kept::Asked));
        Some(outgoing)
    }

    /// What earlier pages left, and tabs that may be gone. Gives back what was written here meanwhile and is now to
    /// be kept.
    pub fn take_over(&mut self, left: Vec<Outgoing>) -> Vec<Outgoing> {
        self.ready = true;
        let written = self.waiting.extract_if(.., |(_, kept)| *kept == Kept::Asked).collect::<Vec<_>>();
        self.adopt(left);
        for (mut outgoing, kept) in written {
            outgoing.order = outgoing.order.max(self.last_order() + 1);
            self.waiting.push((outgoing, kept));
        }
        let asked = self.waiting.iter().filter(|(_, kept)| *kept == Kept::Asked);
        asked.map(|(outgoing, _)| outgoing.clone()).collect()
    }

    /// Takes what others left in the store and this tab does not know. Whether there was any. Nothing before
    /// [`Queue::take_over`], which takes everything.
    pub fn adopt(&mut self, left: Vec<Outgoing>) -> bool {
        if !self.ready {
            return false;
        }
        let before = self.waiting.len();
        for outgoing in left {
            if self.get_mut(&outgoing.key).is_none() && !self.finished.contains(&outgoing.key) {
                let place = self.waiting.partition_point(|(other, _)| other.order <= outgoing.order);
                self.waiting.insert(place, (outgoing, Kept::Stored));
            }
        }
        self.waiting.len() > before
    }

    /// Whether [`Queue::take_over`] has been.
    pub const fn is_ready(&self) -> bool {
        self.ready
    }

    /// The store has answered.
    pub fn kept(&mut self, key: &ClientKey, stored: bool) {
        if let Some((_, kept)) = self.get_mut(key) {
            *kept = if stored { Kept::Stored } else { Kept::HereOnly };
        }
    }

    /// What a look into the store that begins now can tell about.
    pub fn known(&self) -> SortedSet<ClientKey> {
        let known = self.waiting.iter().filter(|(_, kept)| *kept != Kept::Asked);
        known.map(|(outgoing, _)| outgoing.key.clone()).collect()
    }

    /// A look into the store that began with `known` has found `found`: what is no longer there was sent or deleted
    /// by another tab. What this tab has under way it will hear of itself. Whether anything went.
    pub fn forget_absent(&mut self, known: &SortedSet<ClientKey>, found: &[Outgoing]) -> bool {
        let found: SortedSet<&ClientKey> = found.iter().map(|outgoing| &outgoing.key).collect();
        let Self { waiting, lanes, .. } = self;
        let before = waiting.len();
        waiting.retain(|(Outgoing { key, conversation, .. }, kept)| {
            let flying = lanes.get(conversation).is_some_and(|lane| lane.in_flight.as_ref() == Some(key));
            *kept != Kept::Stored || !known.contains(key) || found.contains(key) || flying
        });
        waiting.len() < before
    }

    /// What waits in `conversation`, in the order of writing.
    pub fn of(&self, conversation: ConversationId) -> impl Iterator<Item = &Outgoing> {
        self.waiting
            .iter()
            .map(|(outgoing, _)| outgoing)
            .filter(move |waits| waits.conversation == conversation)
    }

    /// The conversations in which something waits.
    pub fn conversations(&self) -> SortedSet<ConversationId> {
        self.waiting.iter().map(|(outgoing, _)| outgoing.conversation).collect()
    }

    /// Whether there would be a text to hand to the server now.
    pub fn has_next(&self, conversation: ConversationId) -> bool {
        let free = self.lanes.get(&conversation).is_none_or(|lane| lane.in_flight.is_none() && !lane.paused);
        self.ready && free && self.of(conversation).any(|outgoing| outgoing.state == Sending::Pending)
    }

    /// The text to hand to the server now, oldest first. None while another is under way, so that the order holds;
    /// and none that a look which began with `known` could not tell about: what is older might have been missed.
    pub fn next(&mut self, conversation: ConversationId, known: &SortedSet<ClientKey>) -> Option<Outgoing> {
        if !self.has_next(conversation) {
            return None;
        }
        let next = self.of(conversation).find(|outgoing| outgoing.state == Sending::Pending)?.clone();
        if !known.contains(&next.key) {
            return None;
        }
        self.lanes.entry(conversation).or_default().in_flight = Some(next.key.clone());
        Some(next)
    }

    /// The server has it. Whether it waited here.
    pub fn settled(&mut self, key: &ClientKey) -> bool {
        for (_, lane) in self.lanes.iter_mut().filter(|(_, lane)| lane.in_flight.as_ref() == Some(key)) {
            *lane = Lane::default();
        }
        self.delete(key)
    }

    /// The server has done it, and what everybody is told of it comes soon. Whether it waited here.
    pub fn confirmed(&mut self, key: &ClientKey) -> bool {
        for (_, lane) in self.lanes.iter_mut().filter(|(_, lane)| lane.in_flight.as_ref() == Some(key)) {
            *lane = Lane::default();
        }
        let Some((outgoing, kept)) = self.get_mut(key) else { return false };
        outgoing.state = Sending::Confirmed;
        *kept = Kept::HereOnly;
        self.finished.insert(key.clone());
        true
    }

    /// It was refused, or no answer came. Tells what follows.
    pub fn refused(&mut self, conversation: ConversationId, key: &ClientKey, error: Error) -> Then {
        let lane = self.lanes.entry(conversation).or_default();
        // Settled meanwhile, by a live frame or a page.
        if lane.in_flight.as_ref() != Some(key) {
            return Then::GoOn;
        }
        lane.in_flight = None;
        if let Error::SignedOut | Error::Unreachable | Error::TooFast { .. } = error {
            lane.paused = true;
            lane.failures = lane.failures.saturating_add(1);
            return if error == Error::SignedOut { Then::LogIn } else { Then::Wait(lane.failures) };
        }
        lane.failures = 0;
        let Some((outgoing, _)) = self.get_mut(key) else { return Then::GoOn };
        outgoing.state = Sending::Failed(error);
        Then::Failed(outgoing.clone())
    }

    /// The while has passed that began with [`Then::Wait`]. Another that began later goes on.
    pub fn wake(&mut self, conversation: ConversationId, failures: u32) {
        if let Some(lane) = self.lanes.get_mut(&conversation).filter(|lane| lane.failures == failures) {
            lane.paused = false;
        }
    }

    /// Somebody is there again, or may be.
    pub fn wake_all(&mut self) {
        for (_, lane) in self.lanes.iter_mut() {
            lane.paused = false;
        }
    }

    /// Try a failed text again, under the same key. Gives it as it is now.
    pub fn retry(&mut self, key: &ClientKey) -> Option<Outgoing> {
        let (outgoing, _) = self.get_mut(key)?;
        outgoing.state = Sending::Pending;
        Some(outgoing.clone())
    }

    /// Forget it. Whether it waited here.
    pub fn delete(&mut self, key: &ClientKey) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|(outgoing, _)| outgoing.key != *key);
        let waited = self.waiting.len() < before;
        if waited {
            self.finished.insert(key.clone());
        }
        waited
    }

    /// Takes back that a message was to be deleted, unless the server may know of it. The key of what was taken back.
    pub fn take_back_deletion(&mut self, message: MessageId) -> Option<ClientKey> {
        let Self { waiting, lanes, .. } = self;
        let flies = |outgoing: &Outgoing| {
            lanes
                .get(&outgoing.conversation)
                .is_some_and(|lane| lane.in_flight.as_ref() == Some(&outgoing.key))
        };
        let last = waiting.iter().rfind(|(outgoing, _)| match outgoing.deed {
            Deed::Delete(of) | Deed::Restore(of) => of == message,
            _ => false,
        });
        let (last, _) = last?;
        let key = (matches!(last.deed, Deed::Delete(_)) && !flies(last)).then(|| last.key.clone())?;
        self.delete(&key);
        Some(key)
    }

    /// A message is deleted for good: nothing can be done to it any more. The keys of what was to be.
    pub fn let_go_of(&mut self, message: MessageId) -> Vec<ClientKey> {
        let about = self.waiting.iter().filter(|(outgoing, _)| outgoing.deed.message() == Some(message));
        let keys: Vec<ClientKey> = about.map(|(outgoing, _)| outgoing.key.clone()).collect();
        for key in &keys {
            self.settled(key);
        }
        keys
    }

    fn last_order(&self) -> i64 {
        self.waiting.last().map_or(0, |(outgoing, _)| outgoing.order)
    }

    fn get_mut(&mut self, key: &ClientKey) -> Option<&mut (Outgoing, Kept)> {
        self.waiting.iter_mut().find(|(outgoing, _)| outgoing.key == *key)
    }
}
