//! What the conversation is: as its page said, and what was said of it since.

use litemap::LiteMap;

use crate::{
    conversations::{Conversation, about::About},
    ids::AccountId,
    messages::Message,
};

/// Follows it, in whatever order the messages come and however often each.
#[derive(Debug, Clone)]
pub(super) struct Following {
    about: About,
    /// The counter when that was read.
    read_at: i64,
    /// By position: what has been said of it since.
    since: LiteMap<i64, Message>,
}

impl Following {
    pub(super) fn from(page: &Conversation) -> Self {
        Self { about: page.about.clone(), read_at: page.head, since: LiteMap::new() }
    }

    /// Notes what `message` says of the conversation, if it says something.
    pub(super) fn heard(&mut self, message: &Message) {
        if message.note.is_some() && message.position > self.read_at {
            self.since.insert(message.position, message.clone());
        }
    }

    /// Another page has been read.
    pub(super) fn reread(&mut self, page: &Conversation) {
        self.about = page.about.clone();
        self.read_at = page.head;
        self.since.retain(|position, _| *position > page.head);
    }

    /// What it is now, in the eyes of `me`.
    pub(super) fn now(&self, me: AccountId) -> About {
        let mut about = self.about.clone();
        self.since.values().for_each(|message| about.follow(message, me));
        about
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{
        system::SystemNote,
        thread::fixtures::{message, page, person},
    };

    #[test]
    fn however_it_comes_it_counts_once_and_in_its_order() {
        let renamed = |position, name: &str| Message {
            note: Some(SystemNote::Renamed { name: name.to_owned() }),
            ..message(position, 2)
        };
        let added = Message { note: Some(SystemNote::Added { people: vec![person(9)] }), ..message(6, 2) };
        let mut following = Following::from(&page(4, vec![]));
        let before = following.now(person(1)).members;
        for heard in [renamed(8, "Last"), added.clone(), renamed(7, "First"), added, renamed(3, "Old")] {
            following.heard(&heard);
        }
        let now = following.now(person(1));
        assert_eq!((&*now.name, now.members), ("Last", before + 1));

        following.reread(&page(8, vec![]));
        assert_eq!(following.now(person(1)), page(8, vec![]).about);
    }
}
