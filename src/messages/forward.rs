//! Passing on what was said: to whom one may.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::{accounts::Person, finding::Entry, ids::ClientKey};

/// Conversations to which a message may be passed on at once.
pub const MOST_GOALS: usize = 10;

/// Conversations that are offered, the last active first.
pub const MOST_OFFERED: usize = 200;

/// A message that the viewer may pass on, as the page shows it where they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forwardable {
    pub message: Message,
    /// Those whose names are needed to show it.
    pub people: Vec<Person>,
    /// What its conversation is called.
    pub place: String,
    /// Where the viewer may write, the last active first; at most [`MOST_OFFERED`].
    pub goals: Vec<Entry>,
    /// For the form: the key under which it is passed on once, however often it is sent.
    pub key: ClientKey,
}
