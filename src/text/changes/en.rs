//! Changing what one said, in English.

use super::ChangeWords;

pub(in crate::text) const WORDS: ChangeWords = ChangeWords {
    edit: "Edit",
    edit_message: "Edit message",
    edited: "edited",
    editing: "Editing message",
    history: "What it said before",
    says_now: "Now",
    older_versions: "Older versions",
    you_deleted: "You deleted this message.",
    undo: "Undo",
    delete_own_question: "You can undo it for five seconds. Then the text is gone for everybody, for good.",
    more_actions: "More actions",
    react: "React",
    reactions: "Reactions",
    who_reacted: "Who reacted",
    nobody_reacted: "Nobody has reacted yet.",
    other_emoji: "Another emoji",
    any_emoji: "Any emoji",
    any_emoji_hint: "Type or paste one.",
    not_changed: |why| format!("Not changed. {why}"),
    discard: "Discard",
};
