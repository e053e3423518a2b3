//! Answering what somebody said, in English.

use super::ReplyWords;

pub(in crate::text) const WORDS: ReplyWords = ReplyWords {
    reply: "Reply",
    reply_to_message: "Reply to message",
    replying_to: |name| format!("Replying to {name}"),
    in_reply_to: |name| format!("In reply to {name}:"),
    deleted: "The message was deleted.",
    unknown: "A message",
};
