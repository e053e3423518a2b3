//! Messages that somebody wants sent at a time.

use serde::{Deserialize, Serialize};

use crate::{
    conversations::path,
    finding::Entry,
    ids::{ClientKey, ConversationId, ScheduledId},
    time::Timestamp,
};

/// Messages that may wait for one person, those that were not sent among them.
pub const MOST_SCHEDULED: u32 = 100;

/// The address of the page that lists them.
pub const SCHEDULED: &str = "/scheduled";

/// The address of the page where one writes something to be sent later.
pub fn later_path(conversation: ConversationId) -> String {
    format!("{}/later", path(conversation))
}

/// The address of the page where what waits is edited.
pub fn revise_path(id: ScheduledId) -> String {
    format!("{SCHEDULED}/{id}")
}

/// The address of the page that asks before what waits is removed.
pub fn cancel_path(id: ScheduledId) -> String {
    format!("{SCHEDULED}/{id}/cancel")
}

/// A conversation where the viewer may have something sent later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedulable {
    /// What it is called.
    pub place: String,
    /// For the form: the key under which it is kept, and later posted, once, however often the form is sent.
    pub key: ClientKey,
    pub now: Timestamp,
}

/// Why something was not sent at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// Its author is no longer in the conversation.
    Gone,
    /// They may only read there.
    ReadOnly,
    /// Its text is longer than what is taken now.
    Text,
    /// Something else was sent under its key.
    Key,
}

/// What somebody has waiting.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scheduled {
    /// What was not sent, then the next first; at most [`MOST_SCHEDULED`].
    pub lines: Vec<ScheduledLine>,
}

/// One message that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledLine {
    pub id: ScheduledId,
    /// Where it goes; none where its author no longer is.
    pub place: Option<Entry>,
    /// How it begins, without marks.
    pub text: String,
    pub due_at: Timestamp,
    /// Why it was not sent, if it was not.
    pub hindrance: Option<Hindrance>,
}

impl ScheduledLine {
    /// Characters of it that are shown.
    pub const CHARACTERS: usize = 200;
}

/// One message that waits, to be edited or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revisable {
    pub id: ScheduledId,
    /// Where it goes; none where its author no longer is.
    pub place: Option<Entry>,
    pub body: String,
    pub due_at: Timestamp,
    pub hindrance: Option<Hindrance>,
    pub now: Timestamp,
}
