//! Finding one's way: everything that one can go to, by name, and what of it a few letters mean.

pub mod fold;
pub mod matching;
pub mod entry_row;
pub mod find_page;
pub mod server_fns;
pub mod shortcuts;
pub mod search;
pub mod switcher;
pub mod window;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::named,
    ids::{AccountId, ConversationId, SpaceId},
    text::Words,
};

/// Entries that are read at once: who has more goes by the list.
pub const MOST_ENTRIES: usize = 1_000;

/// Characters that one may look for.
pub const LONGEST_TEXT: usize = 100;

/// Where an entry leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    Talk(ConversationId),
    Group(ConversationId),
    Channel(ConversationId),
    /// The one room that every account is in.
    Everyone(ConversationId),
    Space(SpaceId),
    /// A friend with whom there is no talk yet.
    Friend(AccountId),
}

impl Goal {
    /// The address that it has; none where it is still to be made.
    pub fn path(self) -> Option<String> {
        match self {
            Self::Talk(id) | Self::Group(id) | Self::Channel(id) | Self::Everyone(id) => {
                Some(crate::conversations::path(id))
            }
            Self::Space(id) => Some(crate::spaces::path(id)),
            Self::Friend(_) => None,
        }
    }

    /// The conversation that it is, if it is one.
    pub const fn conversation(self) -> Option<ConversationId> {
        match self {
            Self::Talk(id) | Self::Group(id) | Self::Channel(id) | Self::Everyone(id) => Some(id),
            Self::Space(_) | Self::Friend(_) => None,
        }
    }
}

/// One place that one can go to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    pub goal: Goal,
    /// What it is called: in a private talk as the other person is.
    pub name: String,
    /// By what else it is found: a person's username, the space of a channel. Empty where there is nothing.
    pub beside: String,
    /// What the colour of its picture comes from.
    pub face: i64,
    /// Whether something is unread there of which the viewer wants to hear.
    pub unread: bool,
}

impl Entry {
    /// What it is called, in the words of the page.
    pub fn called(&self, words: &Words) -> String {
        match self.goal {
            Goal::Everyone(_) => words.places().general.to_owned(),
            Goal::Talk(_) => named(&self.name, words),
            _ => self.name.clone(),
        }
    }

    /// What it is.
    pub fn kind(&self, words: &Words) -> String {
        match self.goal {
            Goal::Talk(_) if self.beside.is_empty() => String::new(),
            Goal::Talk(_) | Goal::Friend(_) => format!("@{}", self.beside),
            Goal::Group(_) => words.finding().group.to_owned(),
            Goal::Channel(_) => (words.finding().channel_of)(&self.beside),
            Goal::Everyone(_) => words.finding().everyone.to_owned(),
            Goal::Space(_) => words.finding().space.to_owned(),
        }
    }
}

/// The address of the page where one looks for `text`.
pub fn find_path(text: &str) -> String {
    if text.is_empty() {
        "/find".to_owned()
    } else {
        format!("/find?q={}", crate::accounts::next::escaped(text))
    }
}
