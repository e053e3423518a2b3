//! What is unread, in English.

use super::{super::counts::ENGLISH, CatchingUpWords};

pub(in crate::text) const WORDS: CatchingUpWords = CatchingUpWords {
    unread: "Unread",
    explained: "This is what the numbers count: what others wrote since you last looked, where you want to hear of it.",
    nothing_unread: "Nothing is unread.",
    mark_all_read: "Mark all as read",
    all_read: "Everything is marked as read.",
    was_all_read: |count| {
        format!("You marked {} as read.", ENGLISH.of(count, "conversation", "conversations"))
    },
    undo: "Undo",
    undone: "It is unread again.",
    and_more: |count| format!("And {} more", count),
    more: "More conversations",
};
