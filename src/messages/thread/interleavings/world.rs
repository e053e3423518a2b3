//! A server, a browser, and everything that can happen between them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    super::{
        End, Part, Thread,
        fixtures::{message, page, person},
    },
    Step,
};
use crate::{
    conversations::Conversation,
    ids::MessageId,
    messages::{Message, reactions::Reacted},
    threads::{InThread, Replies},
};

pub(super) const ME: i64 = 1;
const THEM: i64 = 2;

/// What everybody is told.
#[derive(Debug, Clone)]
pub(super) enum Frame {
    Message(Box<Message>),
    Part(MessageId, i64, Part),
}

impl Frame {
    fn number(&self) -> i64 {
        match self {
            Self::Message(message) => message.revision,
            Self::Part(_, number, _) => *number,
        }
    }
}

enum Reply {
    Frame(Box<Message>),
    Resumed { through: i64, limited: bool },
}

/// A server with one conversation, a browser with a window of it or of one of its threads, and everything that is between
/// them.
pub(super) struct World {
    /// The head of the thread that is looked at, if it is one.
    root: Option<MessageId>,
    pub(super) head: i64,
    pub(super) stored: BTreeMap<i64, Message>,
    pub(super) frames: Vec<Frame>,
    /// With what who has reacted to what.
    reacted: BTreeSet<(MessageId, usize, i64)>,
    /// What who has chosen in which poll.
    pub(super) votes: BTreeMap<(MessageId, i64), Vec<u32>>,
    answers: VecDeque<Message>,
    replies: VecDeque<Reply>,
    older: Option<(i64, Conversation)>,
    newer: Option<(i64, Conversation)>,
    latest: Option<Conversation>,
    pub(super) thread: Thread,
}

impl World {
    const PAGE: usize = 4;
    const HELD: usize = 6;
    const MOST_MISSED: usize = 6;

    pub(super) fn new(before: i64, lag: i64, aside: bool) -> Self {
        let mut world = Self {
            root: None,
            head: 0,
            stored: BTreeMap::new(),
            frames: Vec::new(),
            reacted: BTreeSet::new(),
            votes: BTreeMap::new(),
            answers: VecDeque::new(),
            replies: VecDeque::new(),
            older: None,
            newer: None,
            latest: None,
            thread: Thread::new(&page(0, vec![]), person(ME)),
        };
        if aside {
            world.post(THEM);
            world.root = world.stored.first_key_value().map(|(_, first)| first.id);
        }
        for _ in 0..before {
            if aside { world.post_aside(THEM, 0) } else { world.post(THEM) }
        }
        world.thread = Thread::new(&world.page(None, lag), person(ME));
        world
    }

    fn post(&mut self, sender: i64) {
        self.head += 1;
        self.stored.insert(self.head, message(self.head, sender));
        self.frames.push(Frame::Message(Box::new(message(self.head, sender))));
    }

    /// The messages before a position, or the latest.
    fn page(&self, before: Option<i64>, lag: i64) -> Conversation {
        let below = self.shown(0, before.unwrap_or(i64::MAX) - 1);
        let mut messages: Vec<_> = below.rev().take(Self::PAGE).cloned().collect();
        messages.reverse();
        self.cut(messages, lag)
    }

    fn page_behind(&self, after: i64, lag: i64) -> Conversation {
        self.cut(self.shown(after + 1, i64::MAX).take(Self::PAGE).cloned().collect(), lag)
    }

    /// What was said in the thread that is looked at, or outside of all.
    fn shown(&self, from: i64, to: i64) -> impl DoubleEndedIterator<Item = &Message> {
        let within = self.stored.range(from..=to.max(from)).map(|(_, message)| message);
        within.filter(move |message| message.thread == self.root && message.position <= to)
    }

    /// The head is read first and the rows `lag` numbers later.
    fn cut(&self, mut messages: Vec<Message>, lag: i64) -> Conversation {
        let (first, last) = (messages.first(), messages.last());
        let older =
            first.map(|first| first.position).filter(|first| self.shown(0, first - 1).next().is_some());
        let newer = last.map(|last| last.position);
        let newer = newer.filter(|last| self.shown(last + 1, i64::MAX).next().is_some());
        let root =
            self.root.and_then(|root| self.stored.values().find(|message| message.id == root)).cloned();
        if older.is_none()
            && let Some(root) = &root
        {
            messages.insert(0, root.clone());
        }
        let thread = root.map(|root| InThread { root, follows: false });
        Conversation { older, newer, thread, ..page((self.head - lag).max(0), messages) }
    }

    pub(super) fn step(&mut self, step: &Step) {
        match *step {
            Step::TheyPost => self.post(THEM),
            Step::IPost => {
                self.post(ME);
                self.answers.push_back(self.stored[&self.head].clone());
            }
            Step::PostAside(mine, which) => {
                self.post_aside(if mine { ME } else { THEM }, which);
                if mine {
                    self.answers.push_back(self.stored[&(self.head - 1)].clone());
                }
            }
            Step::Change(which) => self.change(which),
            Step::Delete(which) => self.delete(which),
            Step::React(mine, which, sign) => self.react(if mine { ME } else { THEM }, which, sign),
            Step::AskAll(mine, several) => self.ask_all(if mine { ME } else { THEM }, several),
            Step::Vote(mine, which, answer) => self.vote(if mine { ME } else { THEM }, which, answer),
            Step::Close(which) => self.close(which),
            Step::Look => drop(self.thread.looked_at_end()),
            Step::Miss => self.thread.missed(),
            Step::Deliver(which) if !self.frames.is_empty() => {
                match self.frames[which % self.frames.len()].clone() {
                    Frame::Message(message) => self.thread.arrived(*message),
                    Frame::Part(message, number, part) => self.thread.part(message, number, part),
                };
            }
            Step::Answer => {
                if let Some(answer) = self.answers.pop_front() {
                    self.thread.said(answer);
                }
            }
            Step::Ask if self.thread.wants_resume() => self.ask(),
            Step::Reply => self.reply(),
            Step::Reconnect => {
                self.replies.clear();
                self.thread.reconnected();
            }
            Step::ReadOlder { lag } => {
                self.older = self.thread.older_than().map(|before| (before, self.page(Some(before), lag)));
            }
            Step::TakeOlder => {
                if let Some((before, page)) = self.older.take() {
                    self.thread.older(before, &page);
                }
            }
            Step::ReadNewer { lag } => {
                self.newer = self.thread.newer_than().map(|after| (after, self.page_behind(after, lag)));
            }
            Step::TakeNewer => {
                if let Some((after, page)) = self.newer.take() {
                    self.thread.newer(after, &page);
                }
            }
            Step::Trim(oldest) => {
                self.thread.trim_to(Self::HELD, if oldest { End::Oldest } else { End::Newest });
            }
            Step::ReadAnew { lag } if self.thread.wants_reread() => self.latest = Some(self.page(None, lag)),
            Step::TakeAnew => {
                if let Some(page) = self.latest.take() {
                    self.thread.reread(&page);
                }
            }
            Step::Deliver(_) | Step::Ask | Step::ReadAnew { .. } => {}
        }
    }

    fn change(&mut self, which: usize) {
        let body = format!("Version {}", self.head + 1);
        drop(self.replace(which, |before| Message { body, ..before }));
    }

    /// In the thread of some message; without any, beside all threads.
    fn post_aside(&mut self, sender: i64, which: usize) {
        let heads: Vec<MessageId> = self
            .stored
            .values()
            .filter(|message| message.thread.is_none())
            .map(|message| message.id)
            .collect();
        let Some(root) = heads.get(which % heads.len().max(1)).copied() else {
            self.post(sender);
            return self.post(sender);
        };
        self.head += 1;
        let said = Message { thread: Some(root), ..message(self.head, sender) };
        self.stored.insert(self.head, said.clone());
        self.frames.push(Frame::Message(Box::new(said)));
        self.tell_head(root);
    }

    /// The head of a thread is told what stands in it, under a number of its own.
    fn tell_head(&mut self, root: MessageId) {
        let inside = self.stored.values().filter(|said| said.thread == Some(root) && said.is_said());
        let replies = inside.fold(None::<Replies>, |before, said| {
            let count = before.map_or(0, |before| before.count) + 1;
            Some(Replies { count, last: said.position, at: said.at })
        });
        self.head += 1;
        if let Some(head) = self.stored.values_mut().find(|head| head.id == root) {
            (head.replies, head.revision) = (replies, self.head);
            if head.is_said() {
                head.reacted.get_or_insert_default();
            }
        }
        self.frames.push(Frame::Part(root, self.head, Part::Replies(replies)));
    }

    fn delete(&mut self, which: usize) {
        let changed = self.replace(which, |before| Message {
            body: String::new(),
            deleted: Some(person(THEM)),
            reactions: Vec::new(),
            reacted: None,
            poll: None,
            voted: None,
            ..before
        });
        if let Some(root) = changed.and_then(|deleted| deleted.thread) {
            self.tell_head(root);
        }
    }

    fn react(&mut self, who: i64, which: usize, sign: usize) {
        let said: Vec<i64> = self
            .stored
            .iter()
            .filter(|(_, message)| message.is_said())
            .map(|(position, _)| *position)
            .collect();
        let Some(position) = said.get(which % said.len().max(1)) else { return };
        let Some(message) = self.stored.get_mut(position) else { return };
        let added = self.reacted.insert((message.id, sign, who));
        if !added {
            self.reacted.remove(&(message.id, sign, who));
        }
        let count = self.reacted.iter().filter(|(id, of, _)| (*id, *of) == (message.id, sign)).count();
        let emoji = ["👍", "🎉"][sign].to_owned();
        let reacted = Reacted { emoji, actor: person(who), added, count: u32::try_from(count).ok() };
        self.head += 1;
        message.count(&reacted);
        message.reacted.get_or_insert_default();
        if who == ME {
            message.note_own(&reacted);
        }
        message.revision = self.head;
        self.frames.push(Frame::Part(message.id, self.head, Part::Reacted(reacted)));
    }

    /// What was deleted changes no more.
    fn replace(&mut self, which: usize, change: impl FnOnce(Message) -> Message) -> Option<Message> {
        let said: Vec<&Message> = self.stored.values().filter(|message| message.is_said()).collect();
        let before = said.get(which % said.len().max(1)).copied().cloned()?;
        self.head += 1;
        let mut changed = Message { revision: self.head, ..change(before) };
        if changed.is_said() {
            changed.reacted.get_or_insert_default();
        }
        self.frames.push(Frame::Message(Box::new(Message { reacted: None, voted: None, ..changed.clone() })));
        self.stored.insert(changed.position, changed.clone());
        Some(changed)
    }

    /// Nothing that is known to be deleted is called new.
    pub(super) fn check_that_nothing_deleted_is_new(&mut self) {
        let deleted: Vec<i64> =
            self.thread.messages().filter(|held| held.deleted.is_some()).map(|held| held.position).collect();
        assert!(self.thread.first_new().is_none_or(|position| !deleted.contains(&position)));
        assert!(self.thread.unread.news().all(|position| !deleted.contains(position)));
        assert!(self.thread.take_heard().iter().all(|heard| !deleted.contains(&heard.position)));
    }

    fn ask(&mut self) {
        let cursor = self.thread.cursor();
        self.thread.asked();
        let mut missed: Vec<_> =
            self.stored.values().filter(|message| message.revision > cursor).cloned().collect();
        missed.sort_by_key(|message| message.revision);
        let limited = missed.len() > Self::MOST_MISSED;
        if !limited {
            self.replies.extend(missed.into_iter().map(Box::new).map(Reply::Frame));
        }
        self.replies.push_back(Reply::Resumed { through: self.head, limited });
    }

    fn reply(&mut self) {
        match self.replies.pop_front() {
            Some(Reply::Frame(message)) => {
                self.thread.arrived(*message);
            }
            Some(Reply::Resumed { through, limited }) => self.thread.resumed(through, limited),
            None => {}
        }
    }

    /// A last new connection, on which everything arrives and nothing new happens: whatever was lost before,
    /// it was lost with the connection that should have brought it.
    pub(super) fn calm_down(&mut self) {
        self.step(&Step::Reconnect);
        while self.thread.wants_resume() || self.thread.wants_reread() || !self.replies.is_empty() {
            if self.thread.wants_reread() {
                self.thread.reread(&self.page(None, 0));
            }
            if self.thread.wants_resume() {
                self.ask();
            }
            self.reply();
        }
    }

    /// What the server has within the thread's window.
    pub(super) fn in_window(&self) -> impl Iterator<Item = &Message> {
        let (from, to) =
            (self.thread.older_than().unwrap_or(0), self.thread.newer_than().unwrap_or(i64::MAX));
        let is_root = |message: &Message| self.root == Some(message.id);
        let held = self.stored.range(from..=to).map(|(_, message)| message);
        held.filter(move |message| message.thread == self.root || is_root(message))
    }

    pub(super) fn check_that_nothing_is_missing_up_to_the_cursor(&self) {
        for change in self.frames.iter().filter(|change| change.number() <= self.thread.cursor()) {
            let Frame::Message(change) = change else { continue };
            if change.thread != self.root && self.root != Some(change.id) {
                continue;
            }
            let above = self.thread.newer_than().is_some_and(|newer| change.position > newer);
            if above || change.position < self.thread.older_than().unwrap_or(0) {
                continue;
            }
            let held = self.thread.messages().find(|held| held.position == change.position);
            let newest = held.map_or(0, |held| held.revision);
            assert!(newest >= change.revision, "number {} was not applied", change.revision);
        }
    }
}
