//! Every frame of the live protocol `salon.v1`, in both directions. `docs/protocol.md` describes them.
//!
//! Frames hold nothing that differs from viewer to viewer: one is encoded once for all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, ConversationId, MessageId},
    messages::Message,
    presence::Present,
    receipts::Receipt,
    staff::Announcement,
    threads::{Follow, Replies},
    time::Timestamp,
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
    /// `idle_after` is the number of seconds after which somebody who does nothing counts as idle.
    Hello { account: AccountId, version: String, idle_after: u32 },
    /// A message is new or has changed; its `revision` is the number of this event in its conversation.
    Message(Box<Message>),
    /// `actor` has reacted to a message with `emoji`, or does no more (`added`); so many do now. `revision` is the number
    /// of this event in its conversation.
    Reaction {
        conversation: ConversationId,
        message: MessageId,
        revision: i64,
        emoji: String,
        count: u32,
        actor: AccountId,
        added: bool,
    },
    /// What stands in the thread of a message has become more, or less: this much now, or nothing. `revision` is the number
    /// of this event in its conversation.
    Replies {
        conversation: ConversationId,
        message: MessageId,
        revision: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replies: Option<Replies>,
    },
    /// `actor` has chosen in the poll that a message is, or chosen otherwise: what they choose now (`chosen`, places from 0),
    /// how many have chosen each answer, and how many people have voted. `revision` is the number of this event in its
    /// conversation.
    Vote {
        conversation: ConversationId,
        message: MessageId,
        revision: i64,
        counts: Vec<u32>,
        voters: u32,
        actor: AccountId,
        chosen: Vec<u32>,
    },
    /// Somebody has closed a poll. One that closes by itself is not told of: it says when. `revision` is the number of this
    /// event in its conversation.
    PollClosed { conversation: ConversationId, message: MessageId, revision: i64, at: Timestamp },
    /// The client's person follows a thread, or no longer, or has read more or less of it. To the account's own
    /// connections only. What is said in a thread, and that somebody follows because of that, is told by its messages.
    Followed { conversation: ConversationId, follow: Follow },
    /// Everything in `conversation` up to `through` has been sent. If `limited`, too much was missed
    /// and nothing was sent: the client reads the conversation anew.
    Resumed { conversation: ConversationId, through: i64, limited: bool },
    /// `account` has read the conversation up to `position`. To the account's own connections only; lower than before
    /// if it was marked unread.
    Read { conversation: ConversationId, account: AccountId, position: i64 },
    /// The client's person has deleted a message of theirs and can undo it until then; without it, they have. To the
    /// account's own connections only: for everybody else it is as it was.
    Retracted {
        conversation: ConversationId,
        message: MessageId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Timestamp>,
    },
    /// How far others have received and read the conversation: everyone of whom the person may know, after `resumed`, and
    /// one at a time as it moves past something that the person has said.
    Receipts { conversation: ConversationId, receipts: Vec<Receipt> },
    /// `account` is writing in the conversation, or, if `stopped`, no longer. Believed for a few seconds.
    Typing {
        conversation: ConversationId,
        account: AccountId,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stopped: bool,
    },
    /// The client's person is in `conversation` no more: nothing follows from there.
    Left { conversation: ConversationId },
    /// People whom the client's person may know of, as they are now. If `whole`, everyone else is offline.
    Presence {
        people: Vec<Present>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        whole: bool,
    },
    /// A small list is no longer what it was and is to be read again.
    Changed { what: Topic },
    /// Somebody who looks after this Salon tells everybody who is here. It is told once and kept nowhere.
    Announcement(Box<Announcement>),
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
    /// What others did that concerns one, and how much of it is new.
    Activity,
    /// Name, language, theme.
    Settings,
    /// What one has begun to write.
    Drafts,
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
    /// It would tell somebody something, and the access token of this connection allows to read only.
    Forbidden,
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
    /// What was said in the conversation up to `position` has come.
    Received {
        conversation: ConversationId,
        position: i64,
    },
    /// I am writing in the conversation, or, if `stopped`, no longer.
    Typing {
        conversation: ConversationId,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stopped: bool,
    },
    /// Somebody does something here.
    Activity {},
    Ping {},
}
