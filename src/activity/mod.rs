//! What others did that concerns one: who turned to me, answered me, reacted to me, asked me.

pub mod activity_page;
pub mod line;
pub mod looking;
pub mod rail_link;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Person,
    conversations::{message_path, path},
    finding::{Entry, Goal},
    ids::{ActivityId, ConversationId, MessageId},
    later::scheduled::SCHEDULED,
    text::Words,
    time::Timestamp,
};

/// Things that are kept for one person; older ones go.
pub const MOST_KEPT: usize = 500;

/// The address of the page.
pub const ACTIVITY: &str = "/activity";

/// A page of what concerns somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Activity {
    /// The newest first; at most [`Activity::PAGE`].
    pub lines: Vec<ActivityLine>,
    /// Behind which the next page begins, if there is one.
    pub next: Option<ActivityId>,
}

impl Activity {
    /// Lines on one page.
    pub const PAGE: usize = 25;

    /// The newest that the viewer has not looked at.
    pub fn newest_new(&self) -> Option<ActivityId> {
        self.lines.iter().filter(|line| line.is_new).map(|line| line.id).max()
    }
}

/// One thing that somebody else did, or said and the viewer wanted to think of again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ActivityLine {
    pub id: ActivityId,
    pub actor: Person,
    pub deed: Deed,
    pub at: Timestamp,
    /// Where it was, if it was in a conversation.
    pub place: Option<Entry>,
    /// The viewer has neither looked at it here nor, if it was said, read it where it stands.
    pub is_new: bool,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// Named the viewer.
    Mentioned(Quoted),
    /// Turned to everyone.
    Called(Quoted),
    /// Answered what the viewer said.
    Answered(Quoted),
    /// Reacted to what the viewer said.
    Reacted { emoji: String, to: Quoted },
    /// Asked the viewer to be friends, and waits.
    Asked,
    /// Accepted what the viewer asked.
    Accepted,
    /// Brought the viewer in.
    Added,
    /// Wrote to the viewer, whom they do not know, and waits.
    Approached,
    /// Said what the viewer wanted to be reminded of; with what they noted for themselves, which may be nothing.
    Reminded { of: Quoted, note: String },
    /// Wanted something sent at a time, which was not: this is the viewer.
    Unsent,
}

/// A message that a line is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quoted {
    pub message: MessageId,
    /// How it begins, without marks.
    pub text: String,
}

impl Quoted {
    /// Characters of it that are shown.
    pub const CHARACTERS: usize = 120;
}

impl ActivityLine {
    /// The message that it is about.
    pub const fn quoted(&self) -> Option<&Quoted> {
        match &self.deed {
            Deed::Mentioned(quoted)
            | Deed::Called(quoted)
            | Deed::Answered(quoted)
            | Deed::Reacted { to: quoted, .. }
            | Deed::Reminded { of: quoted, .. } => Some(quoted),
            Deed::Asked | Deed::Accepted | Deed::Added | Deed::Approached | Deed::Unsent => None,
        }
    }

    /// What the viewer noted for themselves.
    pub fn note(&self) -> Option<&str> {
        match &self.deed {
            Deed::Reminded { note, .. } if !note.is_empty() => Some(note),
            _ => None,
        }
    }

    fn conversation(&self) -> Option<ConversationId> {
        self.place.as_ref().and_then(|place| place.goal.conversation())
    }

    /// Where one sees more of it.
    pub fn path(&self) -> String {
        match (self.conversation(), self.quoted()) {
            (Some(conversation), Some(quoted)) => message_path(conversation, quoted.message),
            (Some(conversation), None) => path(conversation),
            (None, _) if self.deed == Deed::Unsent => SCHEDULED.to_owned(),
            (None, _) => "/friends".to_owned(),
        }
    }

    /// What the place is called, where the name of the person does not say it.
    pub fn place_called(&self, words: &Words) -> Option<String> {
        let place = self.place.as_ref().filter(|place| !matches!(place.goal, Goal::Talk(_)))?;
        Some(place.called(words))
    }
}
