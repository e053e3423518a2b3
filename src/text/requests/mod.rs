//! The words about strangers who write.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about talks that strangers ask for.
pub struct RequestWords {
    /// Who may write: everyone, but strangers ask.
    pub everyone_asks: &'static str,
    pub write_to_somebody: &'static str,
    pub write_to_somebody_hint: &'static str,
    pub write: &'static str,
    /// Above those that wait for an answer.
    pub message_requests: &'static str,
    /// Given how the person is called.
    pub wants_to_write: fn(&str) -> String,
    /// Given how the person is called.
    pub was_declined: fn(&str) -> String,
}
