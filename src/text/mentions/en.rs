//! English.

use super::MentionWords;
use crate::{conversations::counted, text::counts::ENGLISH};

pub const WORDS: MentionWords = MentionWords {
    unread: |count| format!("{} {}", counted(count), ENGLISH.plural(count, "mention", "mentions")),
    names_you: "mentions you",

    suggestions: "Suggestions",
    suggested: |count| ENGLISH.of(count, "suggestion", "suggestions"),
    not_here: "not in this conversation",
    everyone: |count| format!("everyone here, {}", ENGLISH.of(count, "person", "people")),
    absent,
    all_in_vain: "Only those who keep order can turn to everyone here. Nobody will be told by it.",
    reaches: |count| format!("This turns to {}.", ENGLISH.of(count, "person", "people")),
    send_to_all: "Send to all",
};

fn absent(names: &[String]) -> String {
    let name = |name: &String| format!("@{name}");
    let who = match names {
        [] => return String::new(),
        [one] => return format!("{} is not in this conversation and will not be told.", name(one)),
        [one, other] => format!("{} and {}", name(one), name(other)),
        [one, other, more @ ..] => {
            let more = ENGLISH.of(u32::try_from(more.len()).unwrap_or(u32::MAX), "other", "others");
            format!("{}, {} and {more}", name(one), name(other))
        }
    };
    format!("{who} are not in this conversation and will not be told.")
}
