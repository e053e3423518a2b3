//! What a message said before it was edited.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::{accounts::Person, text::colours::Colours, time::Timestamp};

/// A page of what a message said before, and what it says now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    pub message: Message,
    /// The latest first; at most [`History::PAGE`].
    pub versions: Vec<Version>,
    /// Before which version the next page begins, if there is one.
    pub older: Option<i64>,
    /// Who said it.
    pub people: Vec<Person>,
    /// What its conversation is called.
    pub place: String,
}

/// What it said until it was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Higher numbers were written later.
    pub version: i64,
    pub text: String,
    /// As those of [`Message`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub colours: Vec<Colours>,
    /// When this was written.
    pub at: Timestamp,
}

impl History {
    /// Versions on one page.
    pub const PAGE: usize = 50;
}
