//! What this page has to say about what has come to it: not at once, since what is looked at is read a moment later.

use std::mem;

use litemap::LiteMap;

use crate::ids::ConversationId;

/// By conversation, the highest position only.
#[derive(Debug, Default)]
pub(super) struct Received {
    waiting: LiteMap<ConversationId, i64>,
    /// It has waited long enough.
    is_due: bool,
}

impl Received {
    /// What was said in `conversation` at `position` has come. Whether somebody is to call it due in a while.
    pub(super) fn add(&mut self, conversation: ConversationId, position: i64) -> bool {
        let begins = self.waiting.is_empty();
        let highest = self.waiting.entry(conversation).or_insert(position);
        *highest = position.max(*highest);
        begins
    }

    /// Enough was waited. Whether there is anything to say.
    pub(super) fn is_due(&mut self) -> bool {
        self.is_due = !self.waiting.is_empty();
        self.is_due
    }

    /// What to say now, beside what was `read`, of which it is plain that it has come.
    pub(super) fn say(&mut self, read: &LiteMap<ConversationId, i64>) -> LiteMap<ConversationId, i64> {
        self.waiting
            .retain(|conversation, position| read.get(conversation).is_none_or(|read| read < position));
        if mem::take(&mut self.is_due) { mem::take(&mut self.waiting) } else { LiteMap::new() }
    }

    /// The connection is a new one: the server takes what came before it as delivered.
    pub(super) fn reconnected(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: i64) -> ConversationId {
        number.try_into().expect("an id")
    }

    #[test]
    fn the_highest_is_said_once_and_when_it_is_due() {
        let mut received = Received::default();
        assert!(received.add(id(1), 3));
        assert!(!received.add(id(1), 5) && !received.add(id(2), 1), "one waits for all");
        assert!(received.say(&LiteMap::new()).is_empty());
        assert!(received.is_due());
        assert_eq!(received.say(&LiteMap::new()), LiteMap::from_iter([(id(1), 5), (id(2), 1)]));
        assert!(!received.is_due() && received.say(&LiteMap::new()).is_empty());
        assert!(received.add(id(1), 6));
    }

    #[test]
    fn of_what_was_read_nothing_is_said() {
        let mut received = Received::default();
        received.add(id(1), 3);
        received.add(id(2), 3);
        assert!(received.is_due());
        assert_eq!(
            received.say(&LiteMap::from_iter([(id(1), 3), (id(2), 2)])),
            LiteMap::from_iter([(id(2), 3)])
        );
    }
}
