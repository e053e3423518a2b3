//! The words about what is unread.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about catching up.
pub struct CatchingUpWords {
    /// The title of the page, and what leads there.
    pub unread: &'static str,
    pub explained: &'static str,
    pub nothing_unread: &'static str,
    pub mark_all_read: &'static str,
    /// That it was done a moment ago, and can be taken back.
    pub all_read: &'static str,
    /// The same, given in how many conversations.
    pub was_all_read: fn(u32) -> String,
    /// Lets it be unread again.
    pub undo: &'static str,
    pub undone: &'static str,
    /// Given how many messages of one conversation are not shown.
    pub and_more: fn(u32) -> String,
    /// Leads to more conversations.
    pub more: &'static str,
}
