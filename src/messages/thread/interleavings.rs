//! Whatever is lost, doubled, late or out of order: a thread ends as the server has it within its window, and at no
//! time is anything missing up to its cursor.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::{
    End, Thread,
    fixtures::{message, page, person},
};
use crate::{conversations::Conversation, messages::Message};

const ME: i64 = 1;
const THEM: i64 = 2;

/// What happens, in any order; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    TheyPost,
    IPost,
    Change(usize),
    Deliver(usize),
    Answer,
    Ask,
    Reply,
    Reconnect,
    ReadOlder { lag: i64 },
    TakeOlder,
    ReadNewer { lag: i64 },
    TakeNewer,
    Trim(bool),
    ReadAnew { lag: i64 },
    TakeAnew,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::TheyPost),
        3 => Just(Step::IPost),
        2 => any::<usize>().prop_map(Step::Change),
        8 => any::<usize>().prop_map(Step::Deliver),
        2 => Just(Step::Answer),
        4 => Just(Step::Ask),
        8 => Just(Step::Reply),
        1 => Just(Step::Reconnect),
        1 => (0..4_i64).prop_map(|lag| Step::ReadOlder { lag }),
        1 => Just(Step::TakeOlder),
        2 => (0..4_i64).prop_map(|lag| Step::ReadNewer { lag }),
        2 => Just(Step::TakeNewer),
        1 => any::<bool>().prop_map(Step::Trim),
        1 => (0..4_i64).prop_map(|lag| Step::ReadAnew { lag }),
        1 => Just(Step::TakeAnew),
    ]
}

enum Reply {
    Frame(Message),
    Resumed { through: i64, limited: bool },
}

/// A server with one conversation, a browser with one thread, and everything that is between them.
struct World {
    head: i64,
    stored: BTreeMap<i64, Message>,
    frames: Vec<Message>,
    answers: VecDeque<Message>,
    replies: VecDeque<Reply>,
    older: Option<(i64, Conversation)>,
    newer: Option<(i64, Conversation)>,
    latest: Option<Conversation>,
    thread: Thread,
}

impl World {
    const PAGE: usize = 4;
    const HELD: usize = 6;
    const MOST_MISSED: usize = 6;

    fn new(before: i64, lag: i64) -> Self {
        let mut world = Self {
            head: 0,
            stored: BTreeMap::new(),
            frames: Vec::new(),
            answers: VecDeque::new(),
            replies: VecDeque::new(),
            older: None,
            newer: None,
            latest: None,
            thread: Thread::new(&page(0, vec![]), person(ME)),
        };
        for _ in 0..before {
            world.post(THEM);
        }
        world.thread = Thread::new(&world.page(None, lag), person(ME));
        world
    }

    fn post(&mut self, sender: i64) {
        self.head += 1;
        self.stored.insert(self.head, message(self.head, sender));
        self.frames.push(message(self.head, sender));
    }

    /// The messages before a position, or the latest.
    fn page(&self, before: Option<i64>, lag: i64) -> Conversation {
        let below = self.stored.range(..before.unwrap_or(i64::MAX));
        let mut messages: Vec<_> = below.rev().take(Self::PAGE).map(|(_, message)| message.clone()).collect();
        messages.reverse();
        self.cut(messages, lag)
    }

    fn page_behind(&self, after: i64, lag: i64) -> Conversation {
        let above = self.stored.range(after + 1..).take(Self::PAGE);
        self.cut(above.map(|(_, message)| message.clone()).collect(), lag)
    }

    /// The head is read first and the rows `lag` numbers later.
    fn cut(&self, messages: Vec<Message>, lag: i64) -> Conversation {
        let (first, last) = (messages.first(), messages.last());
        let older =
            first.map(|first| first.position).filter(|first| self.stored.range(..first).next().is_some());
        let newer = last.map(|last| last.position);
        let newer = newer.filter(|last| self.stored.range(last + 1..).next().is_some());
        Conversation { older, newer, ..page((self.head - lag).max(0), messages) }
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::TheyPost => self.post(THEM),
            Step::IPost => {
                self.post(ME);
                self.answers.push_back(self.stored[&self.head].clone());
            }
            Step::Change(which) => self.change(which),
            Step::Deliver(which) if !self.frames.is_empty() => {
                self.thread.arrived(self.frames[which % self.frames.len()].clone());
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
        let Some(position) = self.stored.keys().copied().nth(which % self.stored.len().max(1)) else {
            return;
        };
        self.head += 1;
        let changed = Message {
            revision: self.head,
            body: format!("Version {}", self.head),
            ..self.stored[&position].clone()
        };
        self.frames.push(changed.clone());
        self.stored.insert(position, changed);
    }

    fn ask(&mut self) {
        let cursor = self.thread.cursor();
        self.thread.asked();
        let mut missed: Vec<_> =
            self.stored.values().filter(|message| message.revision > cursor).cloned().collect();
        missed.sort_by_key(|message| message.revision);
        let limited = missed.len() > Self::MOST_MISSED;
        if !limited {
            self.replies.extend(missed.into_iter().map(Reply::Frame));
        }
        self.replies.push_back(Reply::Resumed { through: self.head, limited });
    }

    fn reply(&mut self) {
        match self.replies.pop_front() {
            Some(Reply::Frame(message)) => {
                self.thread.arrived(message);
            }
            Some(Reply::Resumed { through, limited }) => self.thread.resumed(through, limited),
            None => {}
        }
    }

    /// A last new connection, on which everything arrives and nothing new happens: whatever was lost before,
    /// it was lost with the connection that should have brought it.
    fn calm_down(&mut self) {
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
    fn in_window(&self) -> impl Iterator<Item = &Message> {
        let (from, to) =
            (self.thread.older_than().unwrap_or(0), self.thread.newer_than().unwrap_or(i64::MAX));
        self.stored.range(from..=to).map(|(_, message)| message)
    }

    fn check_that_nothing_is_missing_up_to_the_cursor(&self) {
        for change in self.frames.iter().filter(|change| change.revision <= self.thread.cursor()) {
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Frames are lost, doubled and shuffled; answers, resumes, pages and connections come and go.
    #[test]
    fn a_thread_ends_as_the_server_has_it(
        before in 0..12_i64,
        lag in 0..4_i64,
        steps in prop::collection::vec(step(), 0..80),
    ) {
        let mut world = World::new(before, lag);
        for step in &steps {
            world.step(step);
            world.check_that_nothing_is_missing_up_to_the_cursor();
        }

        world.calm_down();
        let held: Vec<_> = world.thread.messages().map(|message| Message::clone(message)).collect();
        let stored: Vec<_> = world.in_window().cloned().collect();
        prop_assert_eq!(held, stored);
        prop_assert_eq!(world.thread.cursor(), world.head);
    }
}
