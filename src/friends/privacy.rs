//! Who may turn to one, and who may not.

use serde::{Deserialize, Serialize};

use crate::{accounts::Person, presence::SeenBy};

/// Who may write to somebody without being a friend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writers {
    Everyone,
    /// Everyone, but strangers ask: what they write waits until it is accepted.
    Requests,
    /// Friends, and people who share a space with them.
    #[default]
    Acquaintances,
}

impl Writers {
    pub const ALL: [Self; 3] = [Self::Acquaintances, Self::Requests, Self::Everyone];

    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Requests => "requests",
            Self::Acquaintances => "acquaintances",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|writers| writers.code() == code)
    }
}

/// What somebody has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privacy {
    pub writers: Writers,
    /// Whether strangers may ask to be friends.
    pub takes_requests: bool,
    /// Who may know that they are here.
    pub seen_by: SeenBy,
    /// Whether others learn that they are writing and how far they have read, and they of others.
    pub receipts: bool,
    /// By username; at most [`Privacy::PAGE`].
    pub blocked: Vec<Person>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<String>,
}

impl Privacy {
    /// People on one page.
    pub const PAGE: usize = 50;
}
