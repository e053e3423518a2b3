//! Webhooks: telling programs elsewhere what a bot hears, and letting them speak by an address. The verbs of `webhooks/` and
//! their SQL.
//!
//! What is to be told is stored nowhere a second time: a webhook has a cursor in each conversation, which is the
//! conversation's own counter. Whatever is said while the receiver is away, or while Salon is, lies behind it.

pub mod delivering;
pub mod incoming;
pub mod outgoing;
mod payload;
pub mod signing;
mod telling;

use super::crypto::Place;
use crate::ids::{ConversationId, WebhookId};

/// How long what opens something is shown where it was made (milliseconds).
const SHOWN: i64 = 10 * 60_000;

/// Where the address of a receiver is sealed for.
const fn address_place(id: WebhookId) -> Place {
    Place { table: "webhook.address", id: id.get(), version: 0 }
}

/// Where the secret of a webhook is sealed for.
const fn secret_place(id: WebhookId) -> Place {
    Place { table: "webhook.secret", id: id.get(), version: 0 }
}

/// What a conversation is called, if the bot is in it.
fn name_of(places: &[crate::bots::Place], conversation: Option<ConversationId>) -> String {
    let place = places.iter().find(|place| Some(place.id) == conversation);
    place.map(|place| place.name.clone()).unwrap_or_default()
}
