//! All that this page has to say to the server by itself.

use std::mem;

use litemap::LiteMap;

use super::{
    event::{Command, Event},
    reads::Reads,
    received::Received,
};
use crate::ids::ConversationId;

/// What waits to be said.
#[derive(Debug, Default)]
pub(super) struct Sayings {
    pub(super) reads: Reads,
    pub(super) received: Received,
    /// Where the person is writing, or, if true, no longer: only the last of it.
    typing: LiteMap<ConversationId, bool>,
}

impl Sayings {
    /// The person is writing in `conversation`, or no longer.
    pub(super) fn types(&mut self, conversation: ConversationId, stopped: bool) {
        self.typing.insert(conversation, stopped);
    }

    /// What to say now.
    pub(super) fn say(&mut self) -> Vec<Command> {
        let reads = self.reads.say();
        let received = self.received.say(&reads).into_iter();
        let received = received.map(|(conversation, position)| Command::Received { conversation, position });
        let reads = reads.into_iter();
        let reads = reads.map(|(conversation, position)| Command::Read { conversation, position });
        let typing = mem::take(&mut self.typing).into_iter();
        let typing = typing.map(|(conversation, stopped)| Command::Typing { conversation, stopped });
        reads.chain(received).chain(typing).collect()
    }

    /// The server has said something that concerns what is to be said.
    pub(super) fn hear(&mut self, event: &Event) {
        match event {
            Event::Pong => self.reads.heard(),
            Event::Read { conversation, position, .. } => self.reads.announced(*conversation, *position),
            _ => {}
        }
    }

    /// The connection is a new one.
    pub(super) fn reconnected(&mut self) {
        self.reads.reconnected();
        // By now it is not so any more, and the server knows what comes to those who connect.
        self.typing.clear();
        self.received.reconnected();
    }
}
