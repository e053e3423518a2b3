//! La modération, en français.

use super::ModerationWords;
use crate::text::{counts::FRENCH, direction::isolated, places::Who};

pub(in crate::text) const WORDS: ModerationWords = ModerationWords {
    delete_message: "Supprimer le message",
    delete_question: "Le texte disparaît pour tous, sans retour. Restera la mention qu’il a été supprimé, et par qui.",
    deleted_by: |who| match who {
        Who::You => "Message supprimé par vous".to_owned(),
        Who::Named(name) => format!("Message supprimé par {}", isolated(name)),
    },

    slow_mode: "Mode lent",
    slow_mode_text: "Les membres patientent un moment entre deux messages. Ceux qui s’occupent de ce lieu n’attendent pas.",
    between_messages: "Temps entre deux messages",
    slow_choices: [
        "Aucun",
        "5 secondes",
        "10 secondes",
        "30 secondes",
        "1 minute",
        "5 minutes",
        "15 minutes",
        "1 heure",
        "6 heures",
    ],
    slow_now: |seconds| format!("Mode lent\u{202f}: {}.", pace(seconds)),
};

/// How often one may write, with so many seconds between two messages.
pub(in crate::text) fn pace(seconds: u32) -> String {
    let (count, one, many) = match seconds {
        _ if seconds.is_multiple_of(3_600) => (seconds / 3_600, "heure", "heures"),
        _ if seconds.is_multiple_of(60) => (seconds / 60, "minute", "minutes"),
        _ => (seconds, "seconde", "secondes"),
    };
    if count == 1 {
        format!("un message par {one}")
    } else {
        format!("un message toutes les {}", FRENCH.of(count, one, many))
    }
}
