//! Who is here: connected, away for a while, or not to be disturbed, and what they say of it.

pub mod company;
pub mod face;
pub mod here_now;
pub mod server_fns;
pub mod status_form;

use serde::{Deserialize, Serialize};

use crate::{accounts::Person, ids::AccountId};

/// Characters of the line that people may put beside their name.
pub const LONGEST_LINE: u32 = 80;

/// Members up to whom a conversation makes its people known to each other as they come and go. In larger ones that is
/// only said when somebody asks who is there.
pub const MOST_FOLLOWED: u32 = 50;

/// Whether somebody is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Online,
    /// Connected, but nobody has done anything there for a while.
    Idle,
    /// Connected, and not to be disturbed.
    Busy,
    /// Not connected, or not for us to know.
    #[default]
    Offline,
}

impl State {
    /// As the style names it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Idle => "idle",
            Self::Busy => "busy",
            Self::Offline => "offline",
        }
    }
}

/// What somebody may know of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Present {
    pub account: AccountId,
    pub state: State,
    /// What they say of themselves; mostly nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub line: String,
}

/// Who may know that somebody is here. It holds both ways: who is not seen does not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenBy {
    /// Friends, and people with whom they share a group or a channel.
    #[default]
    Acquaintances,
    Friends,
    Nobody,
}

impl SeenBy {
    pub const ALL: [Self; 3] = [Self::Acquaintances, Self::Friends, Self::Nobody];

    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Acquaintances => "acquaintances",
            Self::Friends => "friends",
            Self::Nobody => "nobody",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen_by| seen_by.code() == code)
    }
}

/// What somebody says of themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Not to be disturbed.
    pub busy: bool,
    /// At most [`LONGEST_LINE`] characters; may be empty.
    pub line: String,
}

/// A part of those who are connected now, as far as the viewer may know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HereNow {
    /// By username; at most [`HereNow::PAGE`].
    pub people: Vec<Person>,
    /// Of each of them.
    pub present: Vec<Present>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<String>,
}

impl HereNow {
    /// People on one page.
    pub const PAGE: usize = 50;
}

/// What is known of `account` among `present`.
pub fn among(present: &[Present], account: AccountId) -> Option<Present> {
    present.iter().find(|present| present.account == account).cloned()
}
