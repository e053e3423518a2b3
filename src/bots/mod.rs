//! Bots: accounts that programs speak by, each of which belongs to a person.

pub mod bot_page;
pub mod bots_page;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Person,
    ids::{AccountId, ConversationId},
    time::Timestamp,
    webhooks::{Incoming, Outgoing},
};

/// The address of the page.
pub const BOTS: &str = "/settings/bots";

/// Bots that one person may have at a time.
pub const MOST_BOTS: u32 = 20;

/// What the username of a bot ends with, so that nobody takes it for a person.
pub const ENDS_WITH: &str = "bot";

/// Conversations of a bot that are offered for its webhooks.
pub const MOST_PLACES: usize = 200;

/// The address of the page of one bot.
pub fn path(bot: AccountId) -> String {
    format!("{BOTS}/{bot}")
}

/// A bot, as its owner sees it in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bot {
    pub person: Person,
    pub created_at: Timestamp,
}

/// The bots of the viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bots {
    /// The latest first; at most [`MOST_BOTS`].
    pub bots: Vec<Bot>,
}

/// A conversation that a bot is in, as it is called there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub id: ConversationId,
    pub name: String,
}

/// One bot, as its owner sees it on its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub bot: Bot,
    /// The token that it shows, for some minutes after it was made, and only where that was done.
    pub token: Option<String>,
    /// Where it is; at most [`MOST_PLACES`].
    pub places: Vec<Place>,
    /// Where is told what it hears; at most [`crate::webhooks::MOST_WEBHOOKS`].
    pub outgoing: Vec<Outgoing>,
    /// Addresses by which it speaks; at most [`crate::webhooks::MOST_WEBHOOKS`].
    pub incoming: Vec<Incoming>,
    /// Whether this Salon calls any addresses at all.
    pub calls_out: bool,
}
