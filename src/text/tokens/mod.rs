//! The words about access tokens.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

use crate::tokens::Scope;

/// The words of one language about access tokens.
pub struct TokenWords {
    pub access_tokens: &'static str,
    pub explained: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub scope: &'static str,
    pub scopes: fn(Scope) -> &'static str,
    pub lasts: &'static str,
    pub create: &'static str,

    // Those that there are.
    pub your_tokens: &'static str,
    /// That it is shown now and never again.
    pub copy_now: &'static str,
    pub copy_token: &'static str,
    /// Given when it was made.
    pub made: fn(&str) -> String,
    /// Given when it was last used.
    pub used: fn(&str) -> String,
    pub never_used: &'static str,
    /// Given when it ends.
    pub ends: fn(&str) -> String,
}
