//! Passing on what was said, in French.

use super::ForwardingWords;

pub(in crate::text) const WORDS: ForwardingWords = ForwardingWords {
    forward: "Transférer",
    forward_message: "Transférer le message",
    explained: "Là-bas, on verra que vous l’avez transféré, mais ni d’où il vient ni de qui il est.",
    where_to: "Vers",
    nowhere: "Vous ne pouvez écrire dans aucune conversation.",
    forwarded: "Transféré",
};
