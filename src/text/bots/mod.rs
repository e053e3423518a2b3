//! The words about bots and webhooks.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

use crate::webhooks::Health;

/// The words of one language about bots and webhooks.
pub struct BotWords {
    pub bots: &'static str,
    pub explained: &'static str,
    pub username_hint: &'static str,
    pub create: &'static str,
    pub your_bots: &'static str,
    /// Given when it was made.
    pub made: fn(&str) -> String,

    // One of them.
    /// What becomes of a bot that is told to join, and to talk.
    pub about: &'static str,
    pub token: &'static str,
    pub token_explained: &'static str,
    pub new_token: &'static str,
    pub join: &'static str,
    pub join_explained: &'static str,
    pub invitation: &'static str,
    pub let_in: &'static str,
    pub joined: &'static str,
    pub delete: &'static str,
    pub delete_explained: &'static str,

    // Webhooks.
    pub incoming: &'static str,
    pub incoming_explained: &'static str,
    pub create_address: &'static str,
    pub copy_address: &'static str,
    pub outgoing: &'static str,
    pub outgoing_explained: &'static str,
    /// Where this Salon calls no addresses.
    pub calls_nobody: &'static str,
    pub address: &'static str,
    pub address_hint: &'static str,
    pub what: &'static str,
    pub addressed: &'static str,
    /// Given what the conversation is called.
    pub everything_in: fn(&str) -> String,
    pub create_webhook: &'static str,
    pub secret: &'static str,
    pub copy_secret: &'static str,
    pub conversation: &'static str,
    /// In place of the name of one that the bot has left.
    pub not_there: &'static str,
    pub no_places: &'static str,
    pub health: fn(Health) -> String,
    pub try_again: &'static str,
    pub remove: &'static str,
}
