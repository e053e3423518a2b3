//! What the live ends of the documents have in common: who talks where, and what they call who is here.

use std::collections::HashMap;

use crate::{
    ids::ConversationId,
    presence::State,
    server::{
        caller::Caller,
        conversations::parties::{self, Parties},
    },
};

/// Conversations of which it is remembered who talks there.
const MOST_KNOWN: usize = 1_000;

/// Who talks where, as far as it was asked.
#[derive(Debug, Default)]
pub struct Talks(HashMap<ConversationId, Option<Parties>>);

impl Talks {
    /// Who talks there; none if it is neither a talk of two nor the room for everyone.
    pub async fn parties(&mut self, caller: &Caller, conversation: ConversationId) -> Option<Parties> {
        if let Some(known) = self.0.get(&conversation) {
            return *known;
        }
        let parties = match parties::of(&caller.app.db, conversation).await {
            Ok(parties) => parties,
            Err(failure) => {
                tracing::warn!(error = %failure, %conversation, "who talks in a conversation cannot be read");
                return None;
            }
        };
        if self.0.len() >= MOST_KNOWN {
            self.0.clear();
        }
        self.0.insert(conversation, parties);
        parties
    }
}

/// What a state is called where there are three.
pub const fn called(state: State) -> &'static str {
    match state {
        State::Online | State::Busy => "online",
        State::Idle => "inactive",
        State::Offline => "offline",
    }
}
