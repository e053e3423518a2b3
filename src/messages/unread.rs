//! What is unread, as a rule that can be read at a glance: what others said behind the position up to which one has
//! read. The server counts the same by SQL (`server/reading.rs`), and a test holds the two together.

use super::Message;
use crate::{conversations::UNREAD_COUNTED, ids::AccountId};

/// What somebody has not read of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unread {
    /// [`UNREAD_COUNTED`] stands for as many or more.
    pub count: u32,
    /// Where the first of them stands.
    pub first: Option<i64>,
}

/// What is unread to `me`, who has read up to the position `read`. `messages` are those that are there now, in any
/// order; what was deleted counts no more than what was done.
pub fn unread<'m>(messages: impl IntoIterator<Item = &'m Message>, read: i64, me: AccountId) -> Unread {
    let new = messages
        .into_iter()
        .filter(|message| message.position > read && message.sender != me && message.is_said());
    let count_in = |unread: Unread, message: &Message| Unread {
        count: UNREAD_COUNTED.min(unread.count + 1),
        first: Some(unread.first.map_or(message.position, |first| first.min(message.position))),
    };
    new.fold(Unread::default(), count_in)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::messages::thread::fixtures::{message, person};

    const ME: i64 = 1;

    /// Messages by one of three people at positions with gaps, as deletions leave them.
    fn history() -> impl Strategy<Value = Vec<Message>> {
        proptest::collection::btree_map(1..400_i64, 1..4_i64, 0..200)
            .prop_map(|said| said.into_iter().map(|(position, sender)| message(position, sender)).collect())
    }

    fn positions(messages: &[Message], read: i64) -> Vec<i64> {
        let new = messages.iter().filter(|message| message.sender != person(ME) && message.position > read);
        new.map(|message| message.position).collect()
    }

    proptest! {
        #[test]
        fn it_is_what_others_said_behind_the_position(said in history(), read in 0..401_i64) {
            let new = positions(&said, read);
            let found = unread(&said, read, person(ME));
            prop_assert_eq!(found.count as usize, new.len().min(UNREAD_COUNTED as usize));
            prop_assert_eq!(found.first, new.first().copied());
        }

        #[test]
        fn the_order_in_which_messages_are_looked_at_changes_nothing(
            said in history(),
            read in 0..401_i64,
            turn in any::<prop::sample::Index>(),
        ) {
            let mut turned = said.clone();
            if !turned.is_empty() {
                turned.rotate_left(turn.index(said.len()));
            }
            prop_assert_eq!(unread(&turned, read, person(ME)), unread(&said, read, person(ME)));
        }

        #[test]
        fn reading_on_never_brings_anything_back(said in history(), read in 0..400_i64, more in 0..400_i64) {
            let (before, after) =
                (unread(&said, read, person(ME)), unread(&said, read + more, person(ME)));
            prop_assert!(after.count <= before.count);
            prop_assert!(after.first.is_none() || after.first >= before.first);
        }

        #[test]
        fn reading_the_last_leaves_nothing(said in history()) {
            let last = said.last().map_or(0, |last| last.position);
            prop_assert_eq!(unread(&said, last, person(ME)), Unread::default());
        }

        #[test]
        fn what_i_say_is_never_unread_to_me(said in history(), read in 0..401_i64) {
            let before = unread(&said, read, person(ME));
            let mut more = said;
            more.extend((400..420).map(|position| message(position, ME)));
            prop_assert_eq!(unread(&more, read, person(ME)), before);
        }

        #[test]
        fn what_was_deleted_is_not_unread(said in history(), read in 0..401_i64, turn in 0..3_i64) {
            let is_deleted = |message: &Message| message.position % 3 == turn;
            let without: Vec<_> = said.iter().filter(|message| !is_deleted(message)).cloned().collect();
            let mut with = said;
            for message in with.iter_mut().filter(|message| is_deleted(message)) {
                message.deleted = Some(person(ME));
            }
            prop_assert_eq!(unread(&with, read, person(ME)), unread(&without, read, person(ME)));
        }

        #[test]
        fn marking_a_message_of_others_unread_makes_it_the_first(
            said in history(),
            chosen in any::<prop::sample::Index>(),
        ) {
            let theirs = positions(&said, 0);
            prop_assume!(!theirs.is_empty());
            let chosen = theirs[chosen.index(theirs.len())];
            prop_assert_eq!(unread(&said, chosen - 1, person(ME)).first, Some(chosen));
        }
    }
}
