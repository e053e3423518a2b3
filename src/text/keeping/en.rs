//! Pinned and saved messages, in English.

use super::KeepingWords;

pub(in crate::text) const WORDS: KeepingWords = KeepingWords {
    pin: "Pin",
    unpin: "Unpin",
    pinned: "Pinned",
    unpinned: "No longer pinned",
    pinned_messages: "Pinned messages",
    go_there: "Go to message",
    no_pins: "Nothing is pinned here yet.",
    save: "Save",
    is_saved: "Saved",
    saved_messages: "Saved messages",
    saved_text: "Only you see what you save, and only as long as you are in its conversation.",
    nothing_saved: "You have saved nothing yet. Every message has “Save” among its actions.",
    forget: "Remove",
    older: "Saved earlier",
};
