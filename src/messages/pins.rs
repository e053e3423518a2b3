//! What stands out in a conversation, for everybody in it.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::accounts::Person;

/// Messages that may be pinned in one conversation.
pub const MOST_PINNED: usize = 50;

/// What is pinned in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    /// The last first; at most [`MOST_PINNED`].
    pub messages: Vec<Message>,
    /// Those who said it.
    pub people: Vec<Person>,
    /// Whether the viewer may pin, and let go of it.
    pub may_pin: bool,
    /// What the conversation is called.
    pub place: String,
}
