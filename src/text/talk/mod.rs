//! The words about a conversation and what can be done in it.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

use crate::time::Date;

/// The words of one language about a conversation and what can be done in it.
pub struct TalkWords {
    /// In place of what they say in a group.
    pub from_somebody_blocked: &'static str,
    pub you: &'static str,
    pub today: &'static str,
    pub yesterday: &'static str,
    /// A day with its month and year in full.
    pub full_day: fn(Date) -> String,
    pub nothing_said: &'static str,
    /// Given how the other person is called.
    pub say_hello: fn(&str) -> String,
    pub older_messages: &'static str,
    pub newer_messages: &'static str,
    pub jump_to_latest: &'static str,
    pub jump_to_first_unread: &'static str,
    /// Given how many; the most that are counted stands for as many or more.
    pub new_messages: fn(u32) -> String,
    /// Before what is new to the viewer.
    pub new_from_here: &'static str,
    /// What may be done with one message.
    pub actions: &'static str,
    pub copy_link: &'static str,
    pub copied: &'static str,
    pub mark_unread: &'static str,
    pub marked_unread: &'static str,
    pub copy: &'static str,
    pub delete: &'static str,
    pub sending: &'static str,
    pub sent: &'static str,
    pub message: &'static str,
    /// Given how the other person is called.
    pub write_to: fn(&str) -> String,
    pub send: &'static str,
    pub characters_left: fn(u32) -> String,
    pub characters_too_many: fn(u32) -> String,
    /// Given why.
    pub not_sent: fn(&str) -> String,
    pub retry: &'static str,
    pub read_only: &'static str,
}
