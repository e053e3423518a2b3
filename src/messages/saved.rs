//! What somebody keeps for themselves.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::{accounts::Person, finding::Entry, ids::MessageId, time::Timestamp};

/// Messages that one person may save.
pub const MOST_SAVED: usize = 1_000;

/// A page of the messages that somebody has saved and may read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Saved {
    /// The last first; at most [`Saved::PAGE`].
    pub lines: Vec<SavedLine>,
    /// Behind which the next page begins, if there is one.
    pub next: Option<Place>,
}

impl Saved {
    /// Messages on one page.
    pub const PAGE: usize = 20;
}

/// A message that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedLine {
    pub message: Message,
    pub sender: Person,
    /// Where it was said.
    pub place: Entry,
}

/// Where a page of saved messages ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub saved_at: Timestamp,
    pub message: MessageId,
}
