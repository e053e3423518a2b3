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
}
