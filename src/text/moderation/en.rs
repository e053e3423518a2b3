//! Keeping order, in English.

use super::ModerationWords;
use crate::text::{counts::ENGLISH, direction::isolated, places::Who};

pub(in crate::text) const WORDS: ModerationWords = ModerationWords {
    delete_message: "Delete message",
    delete_question: "The text goes for everybody, for good. What stays is that it was deleted, and by whom.",
    deleted_by: |who| match who {
        Who::You => "Message deleted by you".to_owned(),
        Who::Named(name) => format!("Message deleted by {}", isolated(name)),
    },

    slow_mode: "Slow mode",
    slow_mode_text: "Members wait a while between two messages. Whoever keeps order here does not.",
    between_messages: "Time between two messages",
    slow_choices: [
        "Off",
        "5 seconds",
        "10 seconds",
        "30 seconds",
        "1 minute",
        "5 minutes",
        "15 minutes",
        "1 hour",
        "6 hours",
    ],
    slow_now: |seconds| format!("Slow mode: {}.", pace(seconds)),
};

/// How often one may write, with so many seconds between two messages.
pub(in crate::text) fn pace(seconds: u32) -> String {
    let (count, one, many) = match seconds {
        _ if seconds.is_multiple_of(3_600) => (seconds / 3_600, "hour", "hours"),
        _ if seconds.is_multiple_of(60) => (seconds / 60, "minute", "minutes"),
        _ => (seconds, "second", "seconds"),
    };
    if count == 1 {
        format!("one message every {one}")
    } else {
        format!("one message every {}", ENGLISH.of(count, one, many))
    }
}
