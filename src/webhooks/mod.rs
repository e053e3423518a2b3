//! Webhooks: addresses that are told what a bot hears, and addresses by which it speaks.
//!
//! A webhook belongs to a bot, and a bot is a member like everybody else: nothing leaves a conversation for a program that
//! does not stand in the list of its members, and who lets the bot go has silenced its webhooks there.

pub mod sections;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ConversationId, WebhookId},
    time::Timestamp,
};

/// Webhooks that one bot may have in each direction.
pub const MOST_WEBHOOKS: u32 = 20;

/// Bytes of the address of a receiver.
pub const LONGEST_ADDRESS: u32 = 2_000;

/// The address by which a bot speaks, below the one of Salon.
pub fn incoming_path(token: &str) -> String {
    format!("/api/v1/hooks/{token}")
}

/// How a webhook fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// What was told last has been taken.
    Well,
    /// It is tried again. So many tries have failed; the answer's status, if there was one.
    Failing { tries: u32, status: Option<u16> },
    /// It was given up, until its owner starts it again.
    Stopped { tries: u32, status: Option<u16> },
}

/// A webhook that is told what a bot hears, as the bot's owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    pub id: WebhookId,
    /// Of which conversation everything is told; none: of all what is addressed to the bot.
    pub conversation: Option<ConversationId>,
    /// What that is called; empty where the bot is no longer in it.
    pub place: String,
    pub address: String,
    /// What the receiver knows Salon by, for some minutes after it was made, and only where that was done.
    pub secret: Option<String>,
    pub created_at: Timestamp,
    pub health: Health,
}

/// An address by which a bot speaks, as the bot's owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    pub id: WebhookId,
    /// Where what it says stands.
    pub conversation: ConversationId,
    /// What that is called; empty where the bot is no longer in it.
    pub place: String,
    /// The address, for some minutes after it was made, and only where that was done.
    pub address: Option<String>,
    pub created_at: Timestamp,
    /// When something last came, to some minutes.
    pub used_at: Option<Timestamp>,
}
