//! One open conversation in the browser: the part of it that is held, and how far it has heard.
//!
//! Plain Rust: no signals, no browser, no clock. Whatever order answers, live frames and pages come in, a message
//! stands here once and as new as anyone has told. A conversation's changes are numbered without a hole
//! (`revision`), so a number that is missing shows that something was missed.
//!
//! What is held is a window: every message between its two ends, at most [`MOST_HELD`] of them.

mod following;
mod hearing;
mod parts;
mod quoting;
mod replying;
mod unread;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use litemap::LiteMap;

pub use hearing::Outcome;
pub use parts::Part;

use self::{following::Following, hearing::Hearing, parts::Parts, unread::Unread};
use super::{Message, quotes::Known};
use crate::{
    conversations::{Conversation, about::About, window::Window},
    ids::{AccountId, MessageId},
    sorted::SortedSet,
    threads::{Follow, Spot},
};

/// Messages that a window holds at most: beyond it the end that is out of view is let go.
pub const MOST_HELD: usize = 300;

/// The state of one open conversation, or of one thread of it.
#[derive(Debug, Clone)]
pub struct Thread {
    me: AccountId,
    /// Of all that is told of the conversation, only what belongs here is held.
    spot: Spot,
    /// By position, which never changes and belongs to one message only.
    messages: LiteMap<i64, Arc<Message>>,
    /// Everything from this position on is held; below it there is more. None if this is the beginning.
    older: Option<i64>,
    /// Everything up to this position is held; behind it there is more. None if the window reaches to the newest
    /// message, and so takes what comes.
    newer: Option<i64>,
    hearing: Hearing,
    parts: Parts,
    unread: Unread,
    /// What is answered here and stands outside of the window.
    quotes: LiteMap<MessageId, Known>,
    /// The threads that the viewer follows or has let go, as far as is known.
    follows: LiteMap<MessageId, Follow>,
    /// Mine, deleted, and still to be brought back.
    retracted: SortedSet<MessageId>,
    about: Following,
    /// The message at the upper edge of what is in view; none while the end is.
    top: Option<MessageId>,
}

/// One end of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Oldest,
    Newest,
}

impl Thread {
    /// The conversation as its page was rendered, in the eyes of `me`. Since then something may have happened.
    pub fn new(page: &Conversation, me: AccountId) -> Self {
        let mut thread = Self {
            me,
            spot: Spot { conversation: page.id, thread: page.thread.as_ref().map(|thread| thread.root.id) },
            messages: LiteMap::new(),
            older: page.older,
            newer: page.newer,
            hearing: Hearing::from(page.head),
            parts: Parts::default(),
            unread: Unread::from(page),
            quotes: LiteMap::new(),
            follows: LiteMap::new(),
            retracted: SortedSet::new(),
            about: Following::from(page),
            top: None,
        };
        thread.take_page(page);
        thread
    }

    /// Which conversation this is, or which thread of it.
    pub const fn spot(&self) -> Spot {
        self.spot
    }

    /// Whether a message of the conversation stands here. The head of a thread stands in both.
    fn belongs(&self, message: &Message) -> bool {
        message.thread == self.spot.thread || Some(message.id) == self.spot.thread
    }

    /// What the conversation is now.
    pub fn about(&self) -> About {
        self.about.now(self.me)
    }

    /// What is held, in order.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Arc<Message>> {
        self.messages.values()
    }

    /// What I said, the latest first.
    pub fn mine(&self) -> impl Iterator<Item = &Arc<Message>> {
        self.messages.values().rev().filter(|message| message.sender == self.me)
    }

    /// A message that is held.
    pub fn get(&self, message: MessageId) -> Option<&Arc<Message>> {
        self.messages.values().find(|held| held.id == message)
    }

    /// Whether I said it, and it still says something.
    pub fn is_mine(&self, message: MessageId) -> bool {
        self.get(message).is_some_and(|held| held.sender == self.me && held.is_said())
            && !self.retracted.contains(&message)
    }

    /// Whether it is known to be deleted, if only for a moment. One that is out of the window may still be there.
    pub fn is_gone(&self, message: MessageId) -> bool {
        self.retracted.contains(&message) || self.get(message).is_some_and(|held| !held.is_said())
    }

    /// Whether the viewer may be offered to edit this message: what one passes on is not one's own to reword,
    /// and what others have answered to stays what it was.
    pub fn offers_edit(&self, message: MessageId) -> bool {
        self.is_mine(message)
            && self.about().may_write
            && self.get(message).is_some_and(|held| !held.forwarded && held.poll.is_none())
    }

    /// Whether the viewer may be offered to delete this message. Whether they may is for the server to say: a moderator
    /// of a space does not know here how its author ranks.
    pub fn offers_deletion(&self, message: MessageId) -> bool {
        let is_said = || self.get(message).is_some_and(|held| held.is_said());
        self.is_mine(message) || self.about().may_moderate && is_said() && !self.retracted.contains(&message)
    }

    /// Whether it is mine, deleted, and can still be brought back.
    pub fn is_retracted(&self, message: MessageId) -> bool {
        self.retracted.contains(&message)
    }

    /// I have deleted a message of mine for now, or brought it back.
    pub fn retract(&mut self, message: MessageId, away: bool) {
        if away {
            self.retracted.insert(message);
        } else {
            self.retracted.remove(&message);
        }
    }

    /// Whether the viewer may be offered to close this poll. Whether they may is for the server to say, as with
    /// [`Thread::offers_deletion`].
    pub fn offers_closing(&self, message: MessageId) -> bool {
        self.offers_deletion(message) && self.get(message).is_some_and(|held| held.poll.is_some())
    }

    /// The number since which a message looks as it does, but for what was voted in it: that is shown without drawing the
    /// message anew, so that whoever is choosing keeps their place.
    pub fn look(&self, message: &Message) -> i64 {
        self.parts.look(message)
    }

    /// Who reads here.
    pub const fn me(&self) -> AccountId {
        self.me
    }

    /// The position before which there are more messages, if there are.
    pub const fn older_than(&self) -> Option<i64> {
        self.older
    }

    /// The position behind which there are more messages, if there are.
    pub const fn newer_than(&self) -> Option<i64> {
        self.newer
    }

    /// A message that an answer brought. It says nothing about what others wrote before it, so its number stays
    /// unheard until its frame comes.
    pub fn said(&mut self, message: Message) {
        self.follow_by(&message);
        self.apply(message);
    }

    /// A live frame, or one that a resume brought back.
    pub fn arrived(&mut self, message: Message) -> Outcome {
        let number = message.revision;
        self.follow_by(&message);
        let new = message.sender != self.me && message.revision == message.position && self.belongs(&message);
        if new && !self.messages.contains_key(&message.position) && number > self.hearing.cursor() {
            self.unread.arrived(&message);
        }
        self.apply(message);
        self.heard(number)
    }

    /// The highest number up to which nothing is missing: what a resume starts from.
    pub const fn cursor(&self) -> i64 {
        self.hearing.cursor()
    }

    /// Whether the server is to be asked for what came after [`Thread::cursor`].
    pub const fn wants_resume(&self) -> bool {
        self.hearing.wants_resume()
    }

    /// The server has been asked.
    pub fn asked(&mut self) {
        self.hearing.asked();
    }

    /// The server has answered: everything up to `through` was sent, or was too much (`limited`).
    pub fn resumed(&mut self, through: i64, limited: bool) {
        self.hearing.answered(through, limited);
        self.catch_up_with_parts();
    }

    /// The connection is a new one: what was asked or sent on the old one may never have come.
    pub fn reconnected(&mut self) {
        self.hearing.reconnected();
    }

    /// Whether too much was missed, so that a page is to be read and given to [`Thread::reread`].
    pub const fn wants_reread(&self) -> bool {
        self.hearing.wants_reread()
    }

    /// The reader has this message at the upper edge of what is in view, or the end.
    pub const fn reading_at(&mut self, top: Option<MessageId>) {
        self.top = top;
    }

    /// The part to read anew: where the reader is.
    pub fn window_to_reread(&self) -> Window {
        self.top.map_or(Window::Latest, Window::Around)
    }

    /// Begins again from `page`, whichever part of the conversation it shows.
    pub fn reread(&mut self, page: &Conversation) {
        // What came live while the page was read is newer than the page, and stays where it belongs.
        self.messages.retain(|position, message| {
            message.revision > page.head
                && page.older.is_none_or(|older| *position >= older)
                && page.newer.is_none_or(|newer| *position <= newer)
        });
        self.older = page.older;
        self.newer = page.newer;
        self.about.reread(page);
        self.take_page(page);
        self.hearing.reread(page.head);
    }

    /// The page could not be read. Asking again leads here again, once there is a connection.
    pub fn not_reread(&mut self) {
        self.hearing.reread(self.cursor());
    }

    /// The page before position `before` has been read. One that does not adjoin is not taken.
    pub fn older(&mut self, before: i64, page: &Conversation) {
        if self.older != Some(before) {
            return;
        }
        self.older = page.older;
        self.take_page(page);
        self.hearing.hear_again_from(page.head);
    }

    /// The page behind position `after` has been read. One that does not adjoin is not taken.
    pub fn newer(&mut self, after: i64, page: &Conversation) {
        if self.newer != Some(after) {
            return;
        }
        self.newer = page.newer;
        self.take_page(page);
        self.hearing.hear_again_from(page.head);
    }

    /// Lets go of what is too much at `end`, which must be out of view. Whether anything went.
    pub fn trim(&mut self, end: End) -> bool {
        self.trim_to(MOST_HELD, end)
    }

    fn trim_to(&mut self, at_most: usize, end: End) -> bool {
        let too_many = self.messages.len().saturating_sub(at_most);
        if too_many > 0 {
            let kept = match end {
                End::Oldest => too_many..self.messages.len(),
                End::Newest => 0..self.messages.len() - too_many,
            };
            let mut places = 0..;
            self.messages.retain(|_, _| places.next().is_some_and(|place| kept.contains(&place)));
            match end {
                End::Oldest => self.older = self.messages.keys().next().copied(),
                End::Newest => self.newer = self.messages.keys().next_back().copied(),
            }
            self.forget_quotes();
        }
        too_many > 0
    }

    fn take_page(&mut self, page: &Conversation) {
        self.retracted.extend(page.retracted.iter().map(|retracted| retracted.message));
        page.quotes.iter().for_each(|quote| self.quote(quote.clone()));
        self.take_follows(page);
        for message in &page.messages {
            self.unread.follow(message);
            self.hold(message.clone());
        }
    }

    /// Takes a message into the window if it belongs there and is newer than what is held.
    fn apply(&mut self, message: Message) {
        let below = self.older.is_some_and(|older| message.position < older);
        let above = self.newer.is_some_and(|newer| message.position > newer);
        let belongs = self.belongs(&message);
        // What the conversation is called matters wherever one reads.
        self.about.heard(&message);
        self.requote(&message);
        if belongs {
            self.unread.follow(&message);
        }
        if belongs && !below && !above {
            self.hold(message);
        }
    }

    fn hold(&mut self, message: Message) {
        if message.deleted.is_some() {
            self.retracted.remove(&message.id);
        }
        let held = self.messages.get_mut(&message.position);
        let own = self.parts.told(&message, held.is_some());
        match held {
            Some(held) if held.revision > message.revision => {
                if held.is_said() {
                    own.put(Arc::make_mut(held));
                }
            }
            held => {
                let (reacted, voted) = held.map_or((None, None), |it| (it.reacted.clone(), it.voted.clone()));
                let mut taken = Message { reacted, voted, ..message };
                own.put(&mut taken);
                if !taken.is_said() {
                    (taken.reacted, taken.voted) = (None, None);
                }
                self.messages.insert(taken.position, Arc::new(taken));
            }
        }
    }
}
