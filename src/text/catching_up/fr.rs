//! What is unread, in French.

use super::{super::counts::FRENCH, CatchingUpWords};

pub(in crate::text) const WORDS: CatchingUpWords = CatchingUpWords {
    unread: "Non lus",
    explained: "Voici ce que comptent les nombres\u{202f}: ce que les autres ont écrit depuis votre dernier passage, là où vous voulez en être averti.",
    nothing_unread: "Tout est lu.",
    mark_all_read: "Tout marquer comme lu",
    all_read: "Tout est marqué comme lu.",
    was_all_read: |count| {
        format!(
            "Vous avez marqué {} comme {}.",
            FRENCH.of(count, "conversation", "conversations"),
            if count > 1 { "lues" } else { "lue" }
        )
    },
    undo: "Annuler",
    undone: "C’est de nouveau non lu.",
    and_more: |count| format!("Et {} de plus", count),
    more: "D’autres conversations",
};
