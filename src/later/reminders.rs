//! Messages that somebody wants to be reminded of.

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Person,
    conversations::message_path,
    finding::Entry,
    ids::{ConversationId, MessageId},
    messages::Message,
    time::Timestamp,
};

/// Reminders that may wait for one person.
pub const MOST_REMINDERS: u32 = 100;

/// Characters of what one notes for oneself.
pub const LONGEST_NOTE: u32 = 200;

/// The address of the page that lists them.
pub const REMINDERS: &str = "/reminders";

/// The address of the page where one asks to be reminded of a message.
pub fn remind_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/remind", message_path(conversation, message))
}

/// A message that the viewer may ask to be reminded of, as the page shows it where they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remindable {
    pub message: Message,
    /// Those whose names are needed to show it.
    pub people: Vec<Person>,
    /// What its conversation is called.
    pub place: String,
    pub now: Timestamp,
    /// The reminder that waits already, if one does.
    pub waiting: Option<Reminder>,
}

/// When one is reminded, and of what else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    pub due_at: Timestamp,
    /// What one noted for oneself; may be empty.
    pub note: String,
}

/// What somebody will be reminded of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reminders {
    /// The next first; at most [`MOST_REMINDERS`].
    pub lines: Vec<ReminderLine>,
}

/// One message that somebody will be reminded of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderLine {
    pub message: Message,
    pub sender: Person,
    /// Where it was said.
    pub place: Entry,
    pub reminder: Reminder,
}
