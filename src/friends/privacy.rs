//! Who may turn to one, and who may not.

use serde::{Deserialize, Serialize};

use crate::accounts::Person;

/// Who may write to somebody without being a friend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writers {
    Everyone,
    /// Friends, and people who share a space with them.
    #[default]
    Acquaintances,
}

impl Writers {
    pub const ALL: [Self; 2] = [Self::Acquaintances, Self::Everyone];

    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
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
    /// By username; at most [`Privacy::PAGE`].
    pub blocked: Vec<Person>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<String>,
}

impl Privacy {
    /// People on one page.
    pub const PAGE: usize = 50;
}
