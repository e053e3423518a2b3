//! The words about threads.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about threads.
pub struct ThreadWords {
    pub thread: &'static str,
    pub reply_in_thread: &'static str,
    /// Below its head, given how many stand in it.
    pub replies: fn(u32) -> String,
    /// That some of them are new to the viewer.
    pub new: &'static str,
    /// In a list: that there is news in a thread.
    pub news: &'static str,
    pub follow: &'static str,
    pub unfollow: &'static str,
}
