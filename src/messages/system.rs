//! What a conversation says of itself: who came and went, and what it is called now. These stand in the timeline among
//! what people say, and are never unread.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::AccountId;

/// Something that the sender of a message did, in place of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
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
    #[serde(other)]
    Other,
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

    #[test]
    fn what_a_newer_version_says_is_taken_for_something_else() {
        let note: SystemNote = serde_json::from_str(r#"{"what":"sealed","by":7}"#).expect("a note");
        assert_eq!(note, SystemNote::Other);
    }
}
