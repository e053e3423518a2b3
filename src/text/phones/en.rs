//! Phone numbers and codes, in English.

use super::PhoneWords;

pub const WORDS: PhoneWords = PhoneWords {
    your_code: |code| {
        format!("{code} is your code for Salon. It is good for five minutes. Tell it to nobody.")
    },
    no_account: "Somebody wanted to log in to Salon with this number. It has no account there: sign up first.",

    log_in: "Log in by phone",
    sign_up: "Sign up by phone",
    log_in_with_password: "Log in with a password",
    sign_up_with_email: "Sign up with an email address",
    number: "Phone number",
    number_hint: "With the country code, like +237 670 000 001. Never shown to others.",
    send_code: "Send a code",
    code: "Code",
    code_hint: |number| format!("The six digits in the message to {number}. They are good for five minutes."),
    sent: "A message is on its way.",
    not_sent: "The message could not be sent. Try again in a while.",
    send_another: "Send another code",
    use_another: "Use another number",

    no_password: |number| {
        format!("Your account has no password. In its place, a code is asked for that is sent to {number}.")
    },
    no_gateway: "Your account has no password, and this Salon sends no codes at the moment: ask whoever looks after it.",
    send_me_a_code: "Send me a code",
    proof_hint: "The six digits in the message. They are good for five minutes.",
    none_yet: "None yet",
    add_email: "Add an email address",
    set_password: "Set a password",
};
