//! Where you talk. So far: private talks between two people.

pub mod conversation_page;
pub mod home_page;
pub mod inbox;
pub mod list;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Person,
    friends::Friends,
    ids::{ClientKey, ConversationId, MessageId},
    messages::Message,
    time::Timestamp,
};

/// What the home page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Only its requests are filled.
    pub requests: Friends,
    /// The last active first; at most [`Home::PAGE`].
    pub conversations: Vec<Summary>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

impl Home {
    /// Conversations on one page.
    pub const PAGE: usize = 40;
}

/// A place in the list of conversations, which is ordered by last activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub active_at: Timestamp,
    pub id: ConversationId,
}

/// One line of the list of conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub id: ConversationId,
    /// The other person.
    pub with: Person,
    pub active_at: Timestamp,
    /// The beginning of the last message, and whether it is the viewer's own.
    pub last: Option<Preview>,
}

/// The beginning of a message, for a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub mine: bool,
    pub text: String,
    pub at: Timestamp,
}

/// A conversation as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    /// The other person.
    pub with: Person,
    /// Whether the viewer may write now; if not, the talk is kept to read.
    pub may_write: bool,
    /// The conversation's counter, read before the messages: what comes after is asked for from here.
    pub head: i64,
    /// In order; at most [`Conversation::PAGE`].
    pub messages: Vec<Message>,
    /// The position before which there are more, if there are.
    pub older: Option<i64>,
    /// Whether this is the end, and not a page of older messages.
    pub at_end: bool,
    /// For the form that works without JavaScript: the key of the message that it may send.
    pub key: ClientKey,
    /// Characters that one message may have.
    pub characters: u32,
}

impl Conversation {
    /// Messages on one page.
    pub const PAGE: usize = 40;
}

/// The address of a conversation's page.
pub fn path(id: ConversationId) -> String {
    format!("/c/{id}")
}

/// The address of the messages before `position`.
pub fn older_path(id: ConversationId, position: i64) -> String {
    format!("/c/{id}?before={position}")
}

/// The address of one message: its conversation's page, opened there.
pub fn message_path(conversation: ConversationId, message: MessageId) -> String {
    format!("/c/{conversation}#m{message}")
}
