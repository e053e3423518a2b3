//! Every frame of the live protocol `salon.v1`, in both directions. `docs/protocol.md` describes them.
//!
//! Frames hold nothing that differs from viewer to viewer: one is encoded once for all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, ConversationId},
    messages::Message,
};

/// The WebSocket subprotocol that both sides must name.
pub const SUBPROTOCOL: &str = "salon.v1";

/// Bytes that one frame may have, in either direction.
pub const LARGEST_FRAME: usize = 64 * 1024;

/// Conversations that one `resume` may name.
pub const MOST_RESUMED: usize = 50;

/// Messages that one `resume` brings back at most; beyond it the answer is `limited`.
pub const MOST_MISSED: usize = 500;

/// From the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// First of all: who the server takes the client for. From now on nothing is missed.
    Hello { account: AccountId, version: String },
    /// A message is new or has changed; its `revision` is the number of this event in its conversation.
    Message(Message),
    /// Everything in `conversation` up to `through` has been sent. If `limited`, too much was missed
    /// and nothing was sent: the client reads the conversation anew.
    Resumed { conversation: ConversationId, through: i64, limited: bool },
    /// `account` has read the conversation up to `position`. To the account's own connections only; lower than before
    /// if it was marked unread.
    Read { conversation: ConversationId, account: AccountId, position: i64 },
    /// The client's person is in `conversation` no more: nothing follows from there.
    Left { conversation: ConversationId },
    /// A small list is no longer what it was and is to be read again.
    Changed { what: Topic },
    /// Answers `ping`.
    Pong,
    /// The last frame was not taken; the connection stays.
    Error { code: Refusal },
}

/// A list that the client holds as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The conversations one is in.
    Inbox,
    /// Friends and requests.
    Friends,
    /// Name, language, theme.
    Settings,
}

/// Why a frame was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Not JSON, not a known type, or fields of another shape.
    Malformed,
    /// A conversation that does not exist for this client.
    NotFound,
    /// Too many frames; if it goes on the connection is closed.
    TooFast,
}

/// To the server. Changes of content are HTTP requests, never frames.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// For each conversation, the highest number that was applied without a hole.
    Resume {
        conversations: BTreeMap<ConversationId, i64>,
    },
    /// I have read the conversation up to `position`.
    Read {
        conversation: ConversationId,
        position: i64,
    },
    Ping {},
}
