//! English.

use super::RequestWords;

pub const WORDS: RequestWords = RequestWords {
    everyone_asks: "Everyone, strangers as a request",
    write_to_somebody: "Write to somebody",
    write_to_somebody_hint: "Their exact username or email address. Not everyone takes messages from people they do not know.",
    write: "Write",
    message_requests: "Message requests",
    wants_to_write: |name| {
        format!("{name} wants to write to you. They do not learn whether you have read this.")
    },
    was_declined: |name| format!("You have declined this. {name} cannot write to you here."),
};
