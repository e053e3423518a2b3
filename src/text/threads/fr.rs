//! Threads, in French.

use super::ThreadWords;
use crate::text::counts::FRENCH;

pub(in crate::text) const WORDS: ThreadWords = ThreadWords {
    thread: "Fil",
    reply_in_thread: "Répondre dans un fil",
    replies: |count| FRENCH.of(count, "réponse", "réponses"),
    new: "Nouveau",
    news: "nouvelles réponses dans un fil",
    follow: "Suivre le fil",
    unfollow: "Ne plus suivre le fil",
};
