//! The words about changing what one said.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about changes of messages.
pub struct ChangeWords {
    pub edit: &'static str,
    pub edit_message: &'static str,
    /// Beside a message that was.
    pub edited: &'static str,
    /// Above the box while a message stands in it.
    pub editing: &'static str,
    /// What it said before its edits.
    pub history: &'static str,
    pub says_now: &'static str,
    pub older_versions: &'static str,
    /// In place of what I said, while I can undo it.
    pub you_deleted: &'static str,
    pub undo: &'static str,
    pub delete_own_question: &'static str,
    /// To see what else may be done with a message, where there is little room.
    pub more_actions: &'static str,
    pub react: &'static str,
    pub reactions: &'static str,
    pub who_reacted: &'static str,
    pub nobody_reacted: &'static str,
    /// Other than those that are offered first.
    pub other_emoji: &'static str,
    pub any_emoji: &'static str,
    pub any_emoji_hint: &'static str,
    /// Given why.
    pub not_changed: fn(&str) -> String,
    /// To give up a change that failed.
    pub discard: &'static str,
}
