//! The words about what stands out in a conversation, and what one keeps for oneself.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about pinned and saved messages.
pub struct KeepingWords {
    // For everybody.
    pub pin: &'static str,
    pub unpin: &'static str,
    pub pinned: &'static str,
    pub unpinned: &'static str,
    pub pinned_messages: &'static str,
    pub go_there: &'static str,
    pub no_pins: &'static str,

    // For oneself.
    pub save: &'static str,
    pub is_saved: &'static str,
    pub saved_messages: &'static str,
    pub saved_text: &'static str,
    pub nothing_saved: &'static str,
    pub forget: &'static str,
    pub older: &'static str,
}
