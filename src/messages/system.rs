//! What a conversation says of itself: who came and went, and what it is called now. These stand in the timeline among
//! what people say, and are never unread.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::AccountId;

/// Something that the sender of a message did, in place of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", try_from = "Flat")]
pub enum SystemNote {
    /// Made the conversation.
    Created {
        name: String,
    },
    /// Brought in `people`.
    Added {
        people: Vec<AccountId>,
    },
    /// Came in by an invitation.
    Joined,
    Left,
    /// Let `person` go.
    Removed {
        person: AccountId,
    },
    /// Made `person` an admin.
    Promoted {
        person: AccountId,
    },
    /// Made `person` a plain member.
    Demoted {
        person: AccountId,
    },
    Renamed {
        name: String,
    },
    /// Said what it is for; nothing, if empty.
    TopicChanged {
        topic: String,
    },
    /// Has members wait so many seconds between two messages; 0: no longer.
    Slowed {
        seconds: u32,
    },
    /// What this version does not know.
    Other,
}

/// A note as it is read: with every field that some note has, as errors are, see [`crate::error`].
#[derive(Default, Deserialize)]
#[serde(default)]
struct Flat {
    what: String,
    name: Option<String>,
    people: Option<Vec<AccountId>>,
    person: Option<AccountId>,
    topic: Option<String>,
    seconds: Option<u32>,
}

impl Flat {
    fn note(self) -> Option<SystemNote> {
        Some(match self.what.as_str() {
            "created" => SystemNote::Created { name: self.name? },
            "added" => SystemNote::Added { people: self.people? },
            "joined" => SystemNote::Joined,
            "left" => SystemNote::Left,
            "removed" => SystemNote::Removed { person: self.person? },
            "promoted" => SystemNote::Promoted { person: self.person? },
            "demoted" => SystemNote::Demoted { person: self.person? },
            "renamed" => SystemNote::Renamed { name: self.name? },
            "topic_changed" => SystemNote::TopicChanged { topic: self.topic? },
            "slowed" => SystemNote::Slowed { seconds: self.seconds? },
            "" => return None,
            _ => SystemNote::Other,
        })
    }
}

impl TryFrom<Flat> for SystemNote {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        flat.note().ok_or("a field is missing")
    }
}

impl SystemNote {
    /// Whom it is about, besides who did it.
    pub fn people(&self) -> &[AccountId] {
        match self {
            Self::Added { people } => people,
            Self::Removed { person } | Self::Promoted { person } | Self::Demoted { person } => {
                std::slice::from_ref(person)
            }
            Self::Created { .. }
            | Self::Joined
            | Self::Left
            | Self::Renamed { .. }
            | Self::TopicChanged { .. }
            | Self::Slowed { .. }
            | Self::Other => &[],
        }
    }
}

impl Message {
    /// Everyone whose name is needed to show this.
    pub fn people(&self) -> impl Iterator<Item = AccountId> {
        let about = self.note.as_ref().map_or_else(Default::default, SystemNote::people);
        let about = about.iter().chain(&self.mentions).copied();
        [self.sender].into_iter().chain(about).chain(self.deleted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows `note`, so that none is forgotten: the compiler asks for the next one here.
    fn after(note: &SystemNote) -> Option<SystemNote> {
        let person = AccountId::try_from(7).expect("an id");
        Some(match note {
            SystemNote::Created { .. } => SystemNote::Added { people: vec![person] },
            SystemNote::Added { .. } => SystemNote::Joined,
            SystemNote::Joined => SystemNote::Left,
            SystemNote::Left => SystemNote::Removed { person },
            SystemNote::Removed { .. } => SystemNote::Promoted { person },
            SystemNote::Promoted { .. } => SystemNote::Demoted { person },
            SystemNote::Demoted { .. } => SystemNote::Renamed { name: "Chess".to_owned() },
            SystemNote::Renamed { .. } => SystemNote::TopicChanged { topic: String::new() },
            SystemNote::TopicChanged { .. } => SystemNote::Slowed { seconds: 30 },
            SystemNote::Slowed { .. } => SystemNote::Other,
            SystemNote::Other => return None,
        })
    }

    #[test]
    fn every_note_is_read_as_it_was_written() {
        let mut next = Some(SystemNote::Created { name: "Draughts".to_owned() });
        while let Some(note) = next {
            let text = serde_json::to_string(&note).expect("a note can be written");
            assert_eq!(serde_json::from_str::<SystemNote>(&text).ok(), Some(note.clone()), "{text}");
            next = after(&note);
        }
        for text in ["{}", r#"{"what":"created"}"#, r#"{"what":"removed","people":[7]}"#] {
            assert!(serde_json::from_str::<SystemNote>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_a_newer_version_says_is_taken_for_something_else() {
        let note: SystemNote = serde_json::from_str(r#"{"what":"sealed","by":7}"#).expect("a note");
        assert_eq!(note, SystemNote::Other);
    }
}
