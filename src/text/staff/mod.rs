//! The words about those who look after a Salon.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

use crate::time::Date;

/// The words of one language about them.
pub struct StaffWords {
    pub title: &'static str,

    // Telling everybody.
    pub tell_everyone: &'static str,
    pub announcement: &'static str,
    pub announcement_hint: &'static str,
    pub announce: &'static str,
    pub announced: &'static str,
    /// Given who tells it.
    pub announcement_of: fn(&str) -> String,

    // Accounts.
    pub accounts: &'static str,
    pub is_staff: &'static str,
    pub is_premium: &'static str,
    /// To whoever has the pass.
    pub has_premium: &'static str,
    /// Given the date on which somebody came.
    pub since: fn(Date) -> String,
    pub make_staff: &'static str,
    pub take_staff: &'static str,
    pub give_premium: &'static str,
    pub take_premium: &'static str,

    // Becoming the first.
    pub claim_title: &'static str,
    pub claim_explained: &'static str,
    pub token: &'static str,
    pub token_hint: &'static str,
    pub claim: &'static str,
    pub claimed: &'static str,
}
