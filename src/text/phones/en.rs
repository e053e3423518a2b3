//! Phone numbers and codes, in English.

use super::PhoneWords;

pub const WORDS: PhoneWords = PhoneWords {
    your_code: |code| {
        format!("{code} is your code for Salon. It is good for five minutes. Tell it to nobody.")
    },
    no_account: "Somebody wanted to log in to Salon with this number. It has no account there: sign up first.",
};
