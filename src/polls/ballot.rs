//! The polls of an open conversation as they stand now. What is voted changes them without drawing their messages anew, so
//! that whoever is choosing keeps their place.

use leptos::prelude::*;

use super::Poll;
use crate::{
    ids::MessageId,
    messages::{Message, rows::Row, thread::Thread},
};

/// What is shown of one poll.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub poll: Poll,
    /// What the viewer has chosen.
    pub chosen: Vec<u32>,
}

impl Standing {
    fn of(message: &Message) -> Self {
        Self {
            poll: message.poll.as_deref().cloned().unwrap_or_default(),
            chosen: message.voted.clone().unwrap_or_default(),
        }
    }
}

/// Where the polls of one timeline stand.
#[derive(Clone)]
pub struct Ballot {
    lines: Memo<Vec<Row>>,
    thread: StoredValue<ArcRwSignal<Thread>>,
}

impl Ballot {
    /// For what is shown by a timeline: its `lines`, out of `thread`.
    pub fn provide(lines: Memo<Vec<Row>>, thread: ArcRwSignal<Thread>) {
        provide_context(Self { lines, thread: StoredValue::new(thread) });
    }

    /// How the poll that `message` is stands, from now on.
    pub fn follow(&self, message: &Message) -> Memo<Standing> {
        let (lines, id, first) = (self.lines, message.id, Standing::of(message));
        Memo::new(move |before: Option<&Standing>| {
            let now = lines.with(|lines| {
                lines.iter().rev().find_map(|line| match line {
                    Row::Said { message, .. } if message.id == id => Some(Standing::of(message)),
                    _ => None,
                })
            });
            now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        })
    }

    /// Whether the viewer may write where it stands, and so choose; tracked.
    pub fn may_vote(&self) -> Memo<bool> {
        let thread = self.thread;
        Memo::new(move |_| thread.with_value(|thread| thread.with(|thread| thread.about().may_write)))
    }

    /// Whether the viewer may be offered to close a poll; tracked.
    pub fn may_close(&self, message: MessageId) -> Memo<bool> {
        let thread = self.thread;
        Memo::new(move |_| thread.with_value(|thread| thread.with(|thread| thread.offers_closing(message))))
    }
}

/// The polls of the timeline around this.
pub fn use_ballot() -> Ballot {
    expect_context()
}
