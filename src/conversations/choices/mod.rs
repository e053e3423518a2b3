//! What one person chooses for one conversation: how much to hear of it, and where it stands in their list.
//!
//! Nobody else learns of any of it.

pub mod marks;
pub mod notifications_page;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use super::about::Kind;
use crate::{ids::ConversationId, time::Timestamp};

/// Conversations that one person may have pinned.
pub const MOST_PINNED: u32 = 20;

/// A mute of this end lasts until it is lifted: the last moment of the year 9999.
pub const UNTIL_LIFTED: Timestamp = Timestamp::from_millis(253_402_300_799_999);

/// Of which messages somebody wants to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    #[default]
    All,
    /// Of those that name them. The others are shown as there, and not counted.
    Mentions,
    None,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::All, Self::Mentions, Self::None];

    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mentions => "mentions",
            Self::None => "none",
        }
    }

    /// The level of this name, which is always lower-case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// For how long a conversation is muted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mute {
    Hour,
    EightHours,
    Week,
    /// Until it is lifted.
    Always,
}

impl Mute {
    pub const ALL: [Self; 4] = [Self::Hour, Self::EightHours, Self::Week, Self::Always];

    /// As sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::EightHours => "eight_hours",
            Self::Week => "week",
            Self::Always => "always",
        }
    }

    /// When it ends if it begins `now`.
    pub const fn end(self, now: Timestamp) -> Timestamp {
        const HOUR: i64 = 3_600_000;
        match self {
            Self::Hour => now.plus(HOUR),
            Self::EightHours => now.plus(8 * HOUR),
            Self::Week => now.plus(7 * 24 * HOUR),
            Self::Always => UNTIL_LIFTED,
        }
    }
}

/// How what is unread in a conversation is shown to one person now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loudness {
    /// By a number, here and in all together.
    #[default]
    Counted,
    /// By bold letters, here only; those that name the person by a number, as if all were counted.
    Bold,
    /// Not at all.
    Silent,
}

impl Loudness {
    /// What the choices of somebody come to at the moment `now`.
    pub fn of(level: Level, muted_until: Option<Timestamp>, now: Timestamp) -> Self {
        match level {
            _ if muted_until.is_some_and(|end| end > now) => Self::Silent,
            Level::None => Self::Silent,
            Level::Mentions => Self::Bold,
            Level::All => Self::Counted,
        }
    }

    /// Of `unread` messages, of which `mentions` name the person, how many are told as a number.
    pub fn number(self, unread: u32, mentions: u32) -> Option<u32> {
        let told = match self {
            Self::Counted => unread,
            Self::Bold => mentions,
            Self::Silent => 0,
        };
        (told > 0).then_some(told)
    }

    /// How many of them count in all together: in a channel and in the room for everyone only those that name the person.
    pub const fn share(self, kind: Kind, unread: u32, mentions: u32) -> u32 {
        match (self, kind) {
            (Self::Counted, Kind::Direct | Kind::Group) => unread,
            (Self::Counted | Self::Bold, _) => mentions,
            (Self::Silent, _) => 0,
        }
    }
}

/// The choices of the viewer, as the page about them shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub kind: Kind,
    /// What the conversation is called: in a private talk as the other person is.
    pub name: String,
    pub level: Level,
    /// None where it is not muted, or no longer.
    pub muted_until: Option<Timestamp>,
    pub pinned: bool,
    /// Whether it is not in the list now.
    pub hidden: bool,
}

/// The address of the page about them.
pub fn notifications_path(conversation: ConversationId) -> String {
    format!("/c/{conversation}/notifications")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mute_silences_every_level_until_its_end() {
        let now = Timestamp::from_millis(1_000_000);
        let levels = |muted_until| Level::ALL.map(|level| Loudness::of(level, muted_until, now));
        let awake = [Loudness::Counted, Loudness::Bold, Loudness::Silent];
        assert_eq!(levels(None), awake);
        assert_eq!(levels(Some(now.plus(1))), [Loudness::Silent; 3]);
        assert_eq!(levels(Some(now)), awake, "at its end it is over");
        for length in Mute::ALL {
            assert_eq!(levels(Some(length.end(now))), [Loudness::Silent; 3], "{length:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_told_is_never_more_than_there_is(unread in 0..200_u32, named in 0..200_u32) {
            let mentions = named.min(unread);
            for loudness in [Loudness::Counted, Loudness::Bold, Loudness::Silent] {
                let number = loudness.number(unread, mentions).unwrap_or(0);
                prop_assert!(number <= unread);
                prop_assert!(loudness == Loudness::Silent || number >= mentions, "a mention is always counted");
                prop_assert_eq!(loudness.number(unread, mentions), loudness.number(unread, mentions).filter(|it| *it > 0));
                for kind in [Kind::Direct, Kind::Group, Kind::Channel, Kind::Everyone] {
                    let share = loudness.share(kind, unread, mentions);
                    prop_assert!(share == number || share == mentions && share <= number, "{kind:?}");
                }
            }
            prop_assert_eq!(Loudness::Counted.number(unread, mentions), Some(unread).filter(|it| *it > 0));
            prop_assert_eq!(Loudness::Silent.number(unread, mentions), None);
        }
    }

    #[test]
    fn choices_are_read_as_they_are_written() {
        for level in Level::ALL {
            assert_eq!(Level::from_code(level.code()), Some(level));
        }
        for code in ["All", "", "everything", "none "] {
            assert_eq!(Level::from_code(code), None);
        }
        for length in Mute::ALL {
            assert_eq!(serde_json::to_string(&length).ok(), Some(format!("{:?}", length.code())));
        }
    }
}
