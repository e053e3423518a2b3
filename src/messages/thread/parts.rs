//! Reactions, and what becomes of threads, as they come: each frame tells one part of a message, and so only counts once all
//! before it is known.
//!
//! With what the viewer has reacted is told apart from the rest: frames that everybody gets do not say it, so what a
//! message says of it has a number of its own.

use std::{collections::BTreeMap, sync::Arc};

use super::{Outcome, Thread};
use crate::{
    ids::MessageId,
    messages::{Message, reactions::Reacted},
    threads::Replies,
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
}

/// What is known of parts besides the messages themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    /// By number, above the cursor.
    waiting: BTreeMap<i64, (MessageId, Part)>,
    /// As of which number it is known with what the viewer has reacted to a message.
    own: BTreeMap<MessageId, i64>,
}

impl Parts {
    /// What `message` says of the viewer's own, if that is the latest that is known; of one that is not held, it is. The
    /// rest of it may be older than what is held all the same.
    pub(super) fn told(&mut self, message: &Message, is_held: bool) -> Option<Vec<String>> {
        let known = self.own.get(&message.id).copied().unwrap_or_default();
        let told = message.reacted.clone().filter(|_| !is_held || message.revision >= known)?;
        self.own.insert(message.id, message.revision);
        Some(told)
    }

    /// Forgets what is about messages that are not held.
    fn keep(&mut self, is_held: impl Fn(MessageId) -> bool) {
        self.own.retain(|message, _| is_held(*message));
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
        while let Some(first) = self.parts.waiting.first_entry() {
            if *first.key() > self.hearing.cursor() {
                break;
            }
            let (number, (message, part)) = first.remove_entry();
            self.take_part(message, number, &part);
        }
        if self.parts.own.len() > 2 * super::MOST_HELD {
            let held: std::collections::BTreeSet<_> = self.messages.values().map(|held| held.id).collect();
            self.parts.keep(|message| held.contains(&message));
        }
    }

    fn take_part(&mut self, message: MessageId, number: i64, part: &Part) {
        let Some(held) = self.messages.values_mut().find(|held| held.id == message) else { return };
        let is_newer = held.revision < number;
        match part {
            // What is deleted may still be the head of a thread.
            Part::Replies(replies) if is_newer => Arc::make_mut(held).replies = *replies,
            Part::Reacted(reacted) if held.is_said() => {
                if is_newer {
                    Arc::make_mut(held).count(reacted);
                }
                let known = self.parts.own.entry(message).or_default();
                if reacted.actor == self.me && *known < number {
                    *known = number;
                    Arc::make_mut(held).note_own(reacted);
                }
            }
            Part::Replies(_) | Part::Reacted(_) => return,
        }
        if is_newer {
            Arc::make_mut(held).revision = number;
        }
    }
}
