//! Reactions, votes, and what becomes of threads, as they come: each frame tells one part of a message, and so only counts once all
//! before it is known.
//!
//! With what the viewer has reacted, and what they have chosen, is told apart from the rest: frames that everybody gets do
//! not say it, so what a message says of it has a number of its own.

use std::sync::Arc;

use litemap::LiteMap;

use super::{Outcome, Thread};
use crate::{
    ids::MessageId,
    messages::{Message, reactions::Reacted},
    polls::Voted,
    sorted::SortedSet,
    threads::Replies,
    time::Timestamp,
};

/// Parts that wait behind a hole: whoever misses more asks anew.
const MOST_WAITING: usize = 500;

/// One part of a message that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Somebody has reacted to it, or does no more.
    Reacted(Reacted),
    /// What stands in the thread that it is the head of.
    Replies(Option<Replies>),
    /// Somebody has voted in the poll that it is.
    Voted(Voted),
    /// The poll was closed.
    Closed(Timestamp),
}

/// As of which number something of the viewer's own is known of messages.
#[derive(Debug, Clone, Default)]
struct Known(LiteMap<MessageId, i64>);

impl Known {
    /// What `message` says of it, if that is the latest that is known; of one that is not held, it is.
    fn told<T>(&mut self, message: &Message, is_held: bool, told: Option<&T>) -> Option<T>
    where
        T: Clone,
    {
        let known = self.0.get(&message.id).copied().unwrap_or_default();
        let told = told.filter(|_| !is_held || message.revision >= known)?;
        self.0.insert(message.id, message.revision);
        Some(told.clone())
    }

    /// Whether what has this number is newer than what is known.
    fn moves(&mut self, message: MessageId, number: i64) -> bool {
        let known = self.0.entry(message).or_default();
        let moves = *known < number;
        *known = number.max(*known);
        moves
    }
}

/// What a message says of the viewer's own.
pub(super) struct Own {
    reacted: Option<Vec<String>>,
    voted: Option<Vec<u32>>,
}

impl Own {
    /// Puts it where it is the latest, and leaves the rest as it was.
    pub(super) fn put(self, message: &mut Message) {
        if self.reacted.is_some() {
            message.reacted = self.reacted;
        }
        if self.voted.is_some() {
            message.voted = self.voted;
        }
    }
}

/// What is known of parts besides the messages themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// By number, above the cursor.
    waiting: LiteMap<i64, (MessageId, Part)>,
    /// With what the viewer has reacted.
    reacted: Known,
    /// What they have chosen.
    voted: Known,
    /// The number that a message had when it last changed but by votes, and the one that the last vote gave it.
    looks: LiteMap<MessageId, (i64, i64)>,
}

impl Parts {
    /// What `message` says of the viewer's own, if that is the latest that is known; of one that is not held, it is. The
    /// rest of it may be older than what is held all the same.
    pub(super) fn told(&mut self, message: &Message, is_held: bool) -> Own {
        Own {
            reacted: self.reacted.told(message, is_held, message.reacted.as_ref()),
            voted: self.voted.told(message, is_held, message.voted.as_ref()),
        }
    }

    /// The number since which `message` looks as it does, but for what was voted.
    pub(super) fn look(&self, message: &Message) -> i64 {
        let last = self.looks.get(&message.id).filter(|(_, voted)| *voted == message.revision);
        last.map_or(message.revision, |(look, _)| *look)
    }

    /// A vote has given a message, which had `before`, this number.
    fn voted(&mut self, message: &Message, number: i64) {
        let look = self.look(message);
        self.looks.insert(message.id, (look, number));
    }

    /// How much is known.
    fn size(&self) -> usize {
        self.reacted.0.len().max(self.voted.0.len()).max(self.looks.len())
    }

    /// Forgets what is about messages that are not held.
    fn keep(&mut self, is_held: impl Fn(MessageId) -> bool) {
        self.reacted.0.retain(|message, _| is_held(*message));
        self.voted.0.retain(|message, _| is_held(*message));
        self.looks.retain(|message, _| is_held(*message));
    }
}

impl Thread {
    /// A part of a message has changed, by a live frame with this number.
    pub fn part(&mut self, message: MessageId, number: i64, part: Part) -> Outcome {
        if number > self.cursor() {
            if self.parts.waiting.len() >= MOST_WAITING {
                self.parts.waiting.clear();
                self.hearing.reconnected();
                return Outcome::Hole;
            }
            self.parts.waiting.insert(number, (message, part));
        }
        self.heard(number)
    }

    /// A frame with this number came, and what it told is held or waits.
    pub(super) fn heard(&mut self, number: i64) -> Outcome {
        let outcome = self.hearing.heard(number);
        self.catch_up_with_parts();
        outcome
    }

    /// Everything up to the cursor is known: the parts that waited for it follow in their order.
    pub(super) fn catch_up_with_parts(&mut self) {
        while let Some((&number, _)) = self.parts.waiting.first() {
            if number > self.hearing.cursor() {
                break;
            }
            let Some((message, part)) = self.parts.waiting.remove(&number) else { break };
            self.take_part(message, number, &part);
        }
        if self.parts.size() > 2 * super::MOST_HELD {
            let held: SortedSet<_> = self.messages.values().map(|held| held.id).collect();
            self.parts.keep(|message| held.contains(&message));
        }
    }

    fn take_part(&mut self, message: MessageId, number: i64, part: &Part) {
        let Some((_, held)) = self.messages.iter_mut().find(|(_, held)| held.id == message) else { return };
        let is_newer = held.revision < number;
        match part {
            // What is deleted may still be the head of a thread.
            Part::Replies(replies) if is_newer => Arc::make_mut(held).replies = *replies,
            Part::Reacted(reacted) if held.is_said() => {
                if is_newer {
                    Arc::make_mut(held).count(reacted);
                }
                if reacted.actor == self.me && self.parts.reacted.moves(message, number) {
                    Arc::make_mut(held).note_own(reacted);
                }
            }
            Part::Voted(voted) if held.is_said() => {
                if is_newer {
                    self.parts.voted(held, number);
                    Arc::make_mut(held).count_votes(voted);
                }
                if voted.actor == self.me && self.parts.voted.moves(message, number) {
                    Arc::make_mut(held).voted = Some(voted.chosen.clone());
                }
            }
            Part::Closed(at) if held.is_said() && is_newer => {
                self.parts.voted(held, number);
                Arc::make_mut(held).close(*at);
            }
            Part::Replies(_) | Part::Reacted(_) | Part::Voted(_) | Part::Closed(_) => return,
        }
        if is_newer {
            Arc::make_mut(held).revision = number;
        }
    }
}
