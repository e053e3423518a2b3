//! English.

use super::ReceiptWords;
use crate::text::{counts::ENGLISH, direction::isolated};

pub const WORDS: ReceiptWords = ReceiptWords {
    typing,

    delivered: "Delivered",
    read: "Read",
    read_by: |count| format!("Read by {}", ENGLISH.number(count)),
    who_read: "Who has read this?",
    readers: "Read by",
    nobody_read: "Nobody has read it yet, or lets you know.",

    receipts: "Read receipts",
    receipts_hint: "Whether others see that you are typing, and that you have received and read what they wrote. It goes both ways: without, you see nothing of theirs.",
    on: "On",
    off: "Off",
};

fn typing(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{} is typing", isolated(one)),
        [one, other] => format!("{} and {} are typing", isolated(one), isolated(other)),
        [one, other, more @ ..] => {
            let more = ENGLISH.of(u32::try_from(more.len()).unwrap_or(u32::MAX), "other", "others");
            format!("{}, {} and {more} are typing", isolated(one), isolated(other))
        }
    }
}
