//! French.

use super::MentionWords;
use crate::{conversations::counted, text::counts::FRENCH};

pub const WORDS: MentionWords = MentionWords {
    unread: |count| format!("{} {}", counted(count), FRENCH.plural(count, "mention", "mentions")),
    names_you: "vous mentionne",

    suggestions: "Suggestions",
    suggested: |count| FRENCH.of(count, "suggestion", "suggestions"),
    not_here: "absent de cette conversation",
    everyone: |count| format!("tout le monde ici, {}", FRENCH.of(count, "personne", "personnes")),
    absent,
    all_in_vain: "Seules les personnes qui modèrent peuvent s’adresser à tout le monde ici. Personne n’en sera averti.",
    reaches: |count| format!("Ce message s’adresse à {}.", FRENCH.of(count, "personne", "personnes")),
    send_to_all: "Envoyer à tout le monde",
};

fn absent(names: &[String]) -> String {
    let name = |name: &String| format!("@{name}");
    let who = match names {
        [] => return String::new(),
        [one] => return format!("{} n’est pas dans cette conversation et n’en saura rien.", name(one)),
        [one, other] => format!("{} et {}", name(one), name(other)),
        [one, other, more @ ..] => {
            let more = FRENCH.of(
                u32::try_from(more.len()).unwrap_or(u32::MAX),
                "autre personne",
                "autres personnes",
            );
            format!("{}, {} et {more}", name(one), name(other))
        }
    };
    format!("{who} ne sont pas dans cette conversation et n’en sauront rien.")
}
