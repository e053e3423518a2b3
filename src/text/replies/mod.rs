//! The words about answering what somebody said.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about answers.
pub struct ReplyWords {
    pub reply: &'static str,
    /// The title of the page that does it.
    pub reply_to_message: &'static str,
    /// Given how the one is called who is answered.
    pub replying_to: fn(&str) -> String,
    /// In front of what is answered, for those who listen; given who said it.
    pub in_reply_to: fn(&str) -> String,
    /// In place of what was answered.
    pub deleted: &'static str,
    /// In place of what is not known yet.
    pub unknown: &'static str,
}
