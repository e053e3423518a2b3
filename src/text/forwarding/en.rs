//! Passing on what was said, in English.

use super::ForwardingWords;

pub(in crate::text) const WORDS: ForwardingWords = ForwardingWords {
    forward: "Forward",
    forward_message: "Forward message",
    explained: "Whoever reads it there sees that you forwarded it, and not from where or whose words it was.",
    where_to: "Where to",
    nowhere: "There is no conversation that you may write to.",
    forwarded: "Forwarded",
};
