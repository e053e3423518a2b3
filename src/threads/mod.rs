//! What is said about one message, beside what else is said in the conversation.
//!
//! A thread has no id of its own: it is named by the message at its head, its root. What is said in it takes its number
//! and its place from the conversation, so that one counter, one resume and one outbox serve both.

pub mod head;
pub mod root_line;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ConversationId, MessageId},
    messages::Message,
    time::Timestamp,
};

/// What a message at the head of a thread says of it; the same for everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replies {
    /// How many stand in it, without those that were deleted.
    pub count: u32,
    /// Where the last of them stands.
    pub last: i64,
    /// When that was said.
    pub at: Timestamp,
}

/// That somebody wants to hear of a thread, or no longer does, and how far they have read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    pub root: MessageId,
    pub follows: bool,
    /// The position up to which they have.
    pub read: i64,
}

impl Follow {
    /// Whether there is something in the thread that they want to hear of and have not read.
    pub const fn has_news(&self, replies: &Replies) -> bool {
        self.follows && replies.last > self.read
    }
}

/// What the page of a thread shows besides what is said in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InThread {
    /// The message at its head.
    pub root: Message,
    /// Whether the viewer wants to hear of it.
    pub follows: bool,
}

/// Where one reads and writes: what is said in a conversation outside of its threads, or one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    pub conversation: ConversationId,
    /// The message at the head of the thread, if it is one.
    pub thread: Option<MessageId>,
}

impl From<ConversationId> for Spot {
    fn from(conversation: ConversationId) -> Self {
        Self { conversation, thread: None }
    }
}

/// The address of the page of a thread.
pub fn thread_path(conversation: ConversationId, root: MessageId) -> String {
    format!("/c/{conversation}/t/{root}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_news_behind_what_was_read_for_those_who_follow() {
        let root = MessageId::try_from(1).expect("1 is an id");
        let replies = Replies { count: 2, last: 7, at: Timestamp::from_millis(0) };
        for (follows, read, has_news) in
            [(true, 6, true), (true, 7, false), (false, 6, false), (true, 9, false)]
        {
            assert_eq!(Follow { root, follows, read }.has_news(&replies), has_news);
        }
    }
}
