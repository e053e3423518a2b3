//! The words about finding one's way, and about what one chooses for a conversation.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about finding.
pub struct FindingWords {
    // Finding.
    pub find: &'static str,
    pub find_what: &'static str,
    pub close: &'static str,
    pub places: &'static str,
    pub nothing_found: &'static str,
    pub group: &'static str,
    pub space: &'static str,
    /// Given how its space is called.
    pub channel_of: fn(&str) -> String,
    pub everyone: &'static str,

    // What one chooses for a conversation.
    pub notifications: &'static str,
    pub muting: &'static str,
    pub muting_text: &'static str,
    pub mute_hour: &'static str,
    pub mute_eight_hours: &'static str,
    pub mute_week: &'static str,
    pub mute_always: &'static str,
    pub unmute: &'static str,
    pub not_muted: &'static str,
    pub muted_always: &'static str,
    /// Given when it ends.
    pub muted_until: fn(&str) -> String,
    pub level: &'static str,
    pub level_text: &'static str,
    pub all: &'static str,
    pub mentions: &'static str,
    pub nothing: &'static str,
    pub in_list: &'static str,
    pub in_list_text: &'static str,
    pub pin: &'static str,
    pub unpin: &'static str,
    pub hide: &'static str,
    pub show_again: &'static str,
    pub stands_by_activity: &'static str,
    pub stands_first: &'static str,
    pub stands_nowhere: &'static str,

    // Marks in lists.
    pub muted: &'static str,
    pub pinned: &'static str,
}
