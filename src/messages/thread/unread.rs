//! How far the viewer has read in an open conversation, and what is new to them.

use std::{collections::VecDeque, sync::Arc};

use super::Thread;
use crate::{
    conversations::{Conversation, UNREAD_COUNTED},
    messages::Message,
    sorted::SortedSet,
};

/// Messages kept to be told of: more at once nobody listens to.
const MOST_HEARD: usize = 5;

/// What is read and what is not.
#[derive(Debug, Clone)]
pub(super) struct Unread {
    /// The position up to which the viewer has read, as far as this page knows.
    read: i64,
    /// What the server said of it last. It runs behind while what was looked at is on its way there.
    announced: i64,
    /// Where the visit began to be new: the divider stands there or behind, and stays as long as the visit.
    divider: Option<i64>,
    /// Live messages of others that the viewer has not had in view, at most [`UNREAD_COUNTED`].
    news: SortedSet<i64>,
    /// Live messages of others that nobody has been told of, the last few.
    heard: VecDeque<Arc<Message>>,
    /// The viewer marked something unread: looking at it does not read it until the next visit.
    suspended: bool,
}

impl Unread {
    pub(super) fn from(page: &Conversation) -> Self {
        Self {
            read: page.read,
            announced: page.read,
            divider: page.first_unread,
            news: SortedSet::new(),
            heard: VecDeque::new(),
            suspended: false,
        }
    }

    /// The live messages of others that the viewer has not had in view.
    #[cfg(test)]
    pub(super) fn news(&self) -> impl Iterator<Item = &i64> {
        self.news.iter()
    }

    /// What was deleted is no news, and nobody is told of it any more.
    pub(super) fn follow(&mut self, message: &Message) {
        if message.deleted.is_some() {
            self.news.remove(&message.position);
            self.heard.retain(|heard| heard.position != message.position);
        }
    }

    pub(super) fn arrived(&mut self, message: &Message) {
        let position = message.position;
        if self.heard.len() == MOST_HEARD {
            self.heard.pop_front();
        }
        self.heard.push_back(Arc::new(message.clone()));
        if message.is_said() && position > self.read && self.news.len() < UNREAD_COUNTED as usize {
            self.news.insert(position);
        }
    }
}

impl Thread {
    /// Where the visit began to be new.
    pub const fn divider(&self) -> Option<i64> {
        self.unread.divider
    }

    /// The position of the message before which the divider `New` stands: the first from there on that was said by
    /// others, and not deleted since.
    pub fn first_new(&self) -> Option<i64> {
        let from = self.unread.divider?;
        let mut behind = self.messages.iter().skip_while(|(position, _)| **position < from);
        let new = behind.find(|(_, held)| held.sender != self.me && held.is_said());
        new.map(|(position, _)| *position)
    }

    /// How many live messages of others the viewer has not had in view.
    pub fn news(&self) -> usize {
        self.unread.news.len()
    }

    /// The live messages of others since this was last asked, at most a few; the same is never given twice.
    pub fn take_heard(&mut self) -> Vec<Arc<Message>> {
        self.unread.heard.drain(..).collect()
    }

    /// The viewer looks at the end of the conversation: the position up to which they have now read, if that is
    /// further than before.
    pub fn looked_at_end(&mut self) -> Option<i64> {
        if self.newer.is_some() || self.unread.suspended {
            return None;
        }
        self.unread.news.clear();
        let last = *self.messages.keys().next_back()?;
        (last > self.unread.read).then(|| {
            self.unread.read = last;
            last
        })
    }

    /// Whether the viewer marked something unread during this visit.
    pub const fn is_marked_unread(&self) -> bool {
        self.unread.suspended
    }

    /// Something came in while nobody looked: the visit is new from there on, unless it is already from before.
    pub fn missed(&mut self) {
        let Some(first) = self.unread.news.first().copied() else { return };
        if self.unread.divider.is_none_or(|divider| divider <= self.unread.read) {
            self.unread.divider = Some(first);
        }
    }

    /// The server says how far this person has read, on whichever screen. Back means that they marked it unread.
    pub fn read_up_to(&mut self, position: i64) {
        if position < self.unread.announced {
            self.unread.suspended = true;
            self.unread.divider = self.messages.keys().copied().find(|held| *held > position);
            self.unread.read = position;
        }
        self.unread.announced = position;
        self.unread.read = self.unread.read.max(position);
        self.unread.news.retain(|news| *news > position);
    }
}
