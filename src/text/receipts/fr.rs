//! French.

use super::ReceiptWords;
use crate::text::{counts::FRENCH, direction::isolated};

pub const WORDS: ReceiptWords = ReceiptWords {
    typing,

    delivered: "Remis",
    read: "Lu",
    read_by: |count| format!("Lu par {}", FRENCH.number(count)),
    who_read: "Qui l’a lu\u{202f}?",
    readers: "Lu par",
    nobody_read: "Personne ne l’a encore lu, ou ne vous le fait savoir.",

    receipts: "Confirmations de lecture",
    receipts_hint: "Si les autres voient que vous écrivez, et que vous avez reçu et lu ce qu’ils ont écrit. C’est réciproque\u{202f}: sans elles, vous ne voyez rien des autres.",
    on: "Activées",
    off: "Désactivées",
};

fn typing(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{} écrit", isolated(one)),
        [one, other] => format!("{} et {} écrivent", isolated(one), isolated(other)),
        [one, other, more @ ..] => {
            let more = FRENCH.of(
                u32::try_from(more.len()).unwrap_or(u32::MAX),
                "autre personne",
                "autres personnes",
            );
            format!("{}, {} et {more} écrivent", isolated(one), isolated(other))
        }
    }
}
