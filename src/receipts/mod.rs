//! What people let each other know of their writing and reading: who is writing just now, and how far somebody has
//! received and read what was said.
//!
//! It goes both ways: whoever does not tell is not told.

pub mod typists;
pub mod pace;
pub mod marks;
pub mod signs;
pub mod typing;
pub mod ticks;
pub mod readers_page;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{accounts::Person, ids::AccountId};

/// How far somebody has received and read a conversation, as others may know it. Neither ever goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub account: AccountId,
    /// What was said up to this position has come to a screen of theirs.
    pub received: i64,
    /// They have read up to this position.
    pub read: i64,
}

/// What has become of a message that one has sent in a private talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sent {
    /// The server has it.
    Stored,
    /// It has come to the other.
    Delivered,
    Read,
}

/// A part of those who have read a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readers {
    /// What the conversation is called.
    pub place: String,
    /// By username; at most [`Readers::PAGE`].
    pub people: Vec<Person>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<String>,
}

impl Readers {
    /// People on one page.
    pub const PAGE: usize = 50;
}
