//! The threads whose heads stand in a window: which the viewer follows, and where there is news.

use super::Thread;
use crate::{conversations::Conversation, ids::MessageId, messages::Message, threads::Follow};

impl Thread {
    /// Whether the viewer follows the thread of `root`.
    pub fn follows(&self, root: MessageId) -> bool {
        self.follows.get(&root).is_some_and(|follow| follow.follows)
    }

    /// Whether the viewer may be led to the thread of this message: to say something there, or to read what stands there.
    pub fn leads_to_thread(&self, message: MessageId) -> bool {
        let Some(held) = self.get(message).filter(|held| held.note.is_none() && self.spot.thread.is_none())
        else {
            return false;
        };
        held.replies.is_some() || held.is_said() && self.about().may_write && !self.is_retracted(message)
    }

    /// Whether something stands in the thread of `root` that the viewer wants to hear of and has not read.
    pub fn has_news(&self, root: MessageId) -> bool {
        let replies = self.get(root).and_then(|held| held.replies);
        let follow = self.follows.get(&root);
        follow.zip(replies).is_some_and(|(follow, replies)| follow.has_news(&replies))
    }

    /// The server says that the viewer follows a thread, or no longer, or how far they have read it, on whichever screen.
    pub fn followed(&mut self, follow: Follow) {
        self.follows.insert(follow.root, follow);
        if self.spot.thread == Some(follow.root) && follow.follows {
            self.read_up_to(follow.read);
        }
    }

    pub(super) fn take_follows(&mut self, page: &Conversation) {
        for follow in &page.follows {
            self.follows.insert(follow.root, *follow);
        }
        if let Some(thread) = &page.thread {
            let (root, follows) = (thread.root.id, thread.follows);
            self.follows.insert(root, Follow { root, follows, read: page.read });
        }
    }

    /// Whoever says something in a thread follows it from there on, and so does the author of its head from the first.
    pub(super) fn follow_by(&mut self, message: &Message) {
        let Some(root) = message.thread.filter(|_| message.revision == message.position) else { return };
        let known = self.follows.get(&root).copied();
        if message.sender == self.me {
            let read = known.map_or(message.position, |known| known.read.max(message.position));
            self.follows.insert(root, Follow { root, follows: true, read });
        } else if known.is_none()
            && let Some(head) = self.get(root).filter(|head| head.sender == self.me)
        {
            let read = head.position;
            self.follows.insert(root, Follow { root, follows: true, read });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        messages::thread::{
            fixtures::{message, page, person},
            parts::Part,
        },
        threads::{InThread, Replies},
        time::Timestamp,
    };

    fn within(root: &Message, position: i64, sender: i64) -> Message {
        Message { thread: Some(root.id), ..message(position, sender) }
    }

    fn replies(count: u32, last: i64) -> Part {
        Part::Replies(Some(Replies { count, last, at: Timestamp::from_millis(0) }))
    }

    #[test]
    fn what_is_said_in_a_thread_stands_there_alone_and_is_told_at_its_head() {
        let root = message(1, 1);
        let mut room = Thread::new(&page(1, vec![root.clone()]), person(1));
        let head = Some(InThread { root: root.clone(), follows: false });
        let in_thread = Conversation { thread: head, ..page(1, vec![root.clone()]) };
        let mut thread = Thread::new(&in_thread, person(1));
        for held in [&mut room, &mut thread] {
            held.arrived(within(&root, 2, 2));
            held.part(root.id, 3, replies(1, 2));
            assert_eq!(held.cursor(), 3);
        }
        assert_eq!(room.messages().count(), 1);
        assert_eq!(room.news(), 0);
        assert!(room.has_news(root.id), "its author follows from the first on");
        assert_eq!(thread.messages().map(|held| held.position).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(thread.news(), 1);
    }

    #[test]
    fn whoever_says_something_follows_and_has_read() {
        let root = message(1, 2);
        let mut room = Thread::new(&page(1, vec![root.clone()]), person(1));
        room.arrived(within(&root, 2, 2));
        room.part(root.id, 3, replies(1, 2));
        assert!(!room.has_news(root.id));

        room.arrived(within(&root, 4, 1));
        room.part(root.id, 5, replies(2, 4));
        assert!(room.follows(root.id) && !room.has_news(root.id));
        room.arrived(within(&root, 6, 2));
        room.part(root.id, 7, replies(3, 6));
        assert!(room.has_news(root.id));
        room.followed(Follow { root: root.id, follows: true, read: 6 });
        assert!(!room.has_news(root.id));
        // What is only edited is nothing that one says.
        room.followed(Follow { root: root.id, follows: false, read: 6 });
        room.arrived(Message { revision: 8, ..within(&root, 4, 1) });
        assert!(!room.follows(root.id));
    }
}
