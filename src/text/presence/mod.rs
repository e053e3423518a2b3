//! The words about who is here, and what they say of it.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about presence.
pub struct PresenceWords {
    pub online: &'static str,
    pub idle: &'static str,
    pub busy: &'static str,

    // The people who are connected.
    pub here_now: &'static str,
    pub nobody_here: &'static str,

    // What one says of oneself.
    pub status: &'static str,
    pub status_hint: &'static str,
    pub availability: &'static str,
    pub available: &'static str,

    // Who may know.
    pub seen_by: &'static str,
    pub seen_by_hint: &'static str,
    pub seen_by_acquaintances: &'static str,
    pub seen_by_friends: &'static str,
}
