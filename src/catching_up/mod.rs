//! Catching up: what is unread and why, and having done with all of it at once.

pub mod all_read;
pub mod server_fns;
pub mod unread_page;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Person,
    finding::Entry,
    ids::{AccountId, ConversationId},
    messages::Message,
    time::Timestamp,
};

/// For how long it can be undone that everything was marked read, in milliseconds.
pub const UNDONE_WITHIN: i64 = 10 * 60_000;

/// What is unread, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unreads {
    /// The last active first; at most [`Unreads::PAGE`].
    pub places: Vec<UnreadPlace>,
    /// Behind which the next page begins, if there is one.
    pub next: Option<ConversationId>,
    /// Those whom the viewer has blocked.
    pub blocked: Vec<AccountId>,
    /// What can still be undone.
    pub undo: Option<Sweep>,
}

impl Unreads {
    /// Conversations on one page.
    pub const PAGE: usize = 10;

    /// Messages that are shown of one conversation.
    pub const SHOWN: usize = 3;
}

/// A conversation in which something is unread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadPlace {
    pub entry: Entry,
    pub conversation: ConversationId,
    /// Up to [`UNREAD_COUNTED`](crate::conversations::UNREAD_COUNTED).
    pub count: u32,
    /// The first of them; at most [`Unreads::SHOWN`].
    pub messages: Vec<Message>,
    /// Those whose names are needed to show them.
    pub people: Vec<Person>,
    /// The conversation's counter.
    pub head: i64,
}

/// That everything was marked read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweep {
    /// When it was: by this it is undone.
    pub at: Timestamp,
    /// In how many conversations.
    pub conversations: u32,
}
