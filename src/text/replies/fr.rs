//! Answering what somebody said, in French.

use super::ReplyWords;

pub(in crate::text) const WORDS: ReplyWords = ReplyWords {
    reply: "Répondre",
    reply_to_message: "Répondre au message",
    replying_to: |name| format!("Réponse à {name}"),
    in_reply_to: |name| format!("En réponse à {name}\u{202f}:"),
    deleted: "Le message a été supprimé.",
    unknown: "Un message",
};
