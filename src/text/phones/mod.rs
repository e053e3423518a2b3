//! The words about phone numbers and the codes that are sent to them.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

/// The words of one language about phone numbers.
pub struct PhoneWords {
    /// What is sent to a telephone. Given the code.
    pub your_code: fn(&str) -> String,
    /// What is sent where somebody wants to log in and there is no account.
    pub no_account: &'static str,

    // Coming in.
    pub log_in: &'static str,
    pub sign_up: &'static str,
    /// The other way in.
    pub log_in_with_password: &'static str,
    pub sign_up_with_email: &'static str,
    pub number: &'static str,
    pub number_hint: &'static str,
    pub send_code: &'static str,
    pub code: &'static str,
    /// Given the number. Does not say that there is a code in the message.
    pub code_hint: fn(&str) -> String,
    pub sent: &'static str,
    pub not_sent: &'static str,
    pub send_another: &'static str,
    pub use_another: &'static str,

    // What an account without a password does with codes.
    /// Given the number.
    pub no_password: fn(&str) -> String,
    /// The same, where nobody sends one.
    pub no_gateway: &'static str,
    pub send_me_a_code: &'static str,
    pub proof_hint: &'static str,
    /// In place of an address and a password.
    pub none_yet: &'static str,
    pub add_email: &'static str,
    pub set_password: &'static str,
}
