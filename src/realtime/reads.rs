//! What this page has to say about how far its person has read.

use std::mem;

use litemap::LiteMap;

use crate::ids::ConversationId;

/// By conversation, the highest position only.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// To be said.
    waiting: LiteMap<ConversationId, i64>,
    /// Said on this connection, and perhaps not heard: the line may have been dead.
    said: LiteMap<ConversationId, i64>,
    /// What the server announced last.
    announced: LiteMap<ConversationId, i64>,
    /// Somebody rings for what is to be said, and pauses in between.
    ringing: bool,
}

impl Reads {
    /// The person has read `conversation` up to `position`.
    pub(super) fn add(&mut self, conversation: ConversationId, position: i64) {
        if self.said.get(&conversation).is_none_or(|said| *said < position) {
            raise(&mut self.waiting, conversation, position);
        }
    }

    /// Whether somebody is to begin ringing.
    pub(super) fn begins_to_ring(&mut self) -> bool {
        !self.waiting.is_empty() && !mem::replace(&mut self.ringing, true)
    }

    /// Whether ringing goes on after a pause.
    pub(super) fn rings_on(&mut self, connected: bool) -> bool {
        self.ringing = connected && !self.waiting.is_empty();
        self.ringing
    }

    /// What to say now.
    pub(super) fn say(&mut self) -> LiteMap<ConversationId, i64> {
        let now = mem::take(&mut self.waiting);
        for (conversation, position) in &now {
            raise(&mut self.said, *conversation, *position);
        }
        now
    }

    /// The server has answered: it heard what was said.
    pub(super) fn heard(&mut self) {
        self.said.clear();
    }

    /// The connection is a new one: what was said on the old one may never have come.
    pub(super) fn reconnected(&mut self) {
        for (conversation, position) in mem::take(&mut self.said) {
            raise(&mut self.waiting, conversation, position);
        }
    }

    /// The server announced how far the person has read. Back means that they marked it unread: what this page had
    /// to say is no longer so.
    pub(super) fn announced(&mut self, conversation: ConversationId, position: i64) {
        let before = self.announced.insert(conversation, position);
        if before.is_some_and(|before| position < before) {
            self.waiting.remove(&conversation);
            self.said.remove(&conversation);
        }
    }
}

fn raise(positions: &mut LiteMap<ConversationId, i64>, conversation: ConversationId, position: i64) {
    let highest = positions.entry(conversation).or_insert(position);
    *highest = position.max(*highest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: i64) -> ConversationId {
        ConversationId::try_from(number).expect("tests number conversations from 1")
    }

    #[test]
    fn the_highest_position_is_said_once() {
        let mut reads = Reads::default();
        reads.add(id(1), 3);
        reads.add(id(1), 5);
        reads.add(id(1), 4);
        reads.add(id(2), 1);
        assert_eq!(reads.say(), LiteMap::from_iter([(id(1), 5), (id(2), 1)]));
        reads.add(id(1), 5);
        assert!(reads.say().is_empty());
    }

    #[test]
    fn what_nobody_may_have_heard_is_said_again() {
        let mut reads = Reads::default();
        reads.add(id(1), 5);
        reads.say();
        reads.reconnected();
        assert_eq!(reads.say(), LiteMap::from_iter([(id(1), 5)]));
        reads.heard();
        reads.reconnected();
        assert!(reads.say().is_empty());
    }

    #[test]
    fn marking_unread_takes_back_what_was_not_said_yet() {
        let mut reads = Reads::default();
        reads.announced(id(1), 5);
        reads.add(id(1), 8);
        reads.announced(id(1), 6);
        assert_eq!(reads.say(), LiteMap::from_iter([(id(1), 8)]), "an earlier read is not a way back");
        reads.add(id(1), 9);
        reads.announced(id(1), 2);
        assert!(reads.say().is_empty());
    }

    #[test]
    fn one_rings_at_a_time_and_not_without_a_connection() {
        let mut reads = Reads::default();
        assert!(!reads.begins_to_ring());
        reads.add(id(1), 1);
        assert!(reads.begins_to_ring() && !reads.begins_to_ring());
        assert!(!reads.rings_on(false) && reads.begins_to_ring());
        reads.say();
        assert!(!reads.rings_on(true));
    }
}
