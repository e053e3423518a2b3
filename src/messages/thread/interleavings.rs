//! Whatever is lost, doubled, late or out of order: a thread ends as the server has it, and at no time stands
//! anything in it twice or is anything missing up to its cursor.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;

use super::{
    Thread,
    fixtures::{key, message, page, person},
};
use crate::{conversations::Conversation, error::Error, messages::Message, time::Timestamp};

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
    LoseAnswer,
    Ask,
    Reply,
    Reconnect,
    ReadOlder { lag: i64 },
    TakeOlder,
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
        1 => Just(Step::LoseAnswer),
        4 => Just(Step::Ask),
        8 => Just(Step::Reply),
        1 => Just(Step::Reconnect),
        1 => (0..4_i64).prop_map(|lag| Step::ReadOlder { lag }),
        1 => Just(Step::TakeOlder),
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
    latest: Option<Conversation>,
    thread: Thread,
}

impl World {
    const PAGE: usize = 4;
    const MOST_MISSED: usize = 6;

    fn new(before: i64, lag: i64) -> Self {
        let mut world = Self {
            head: 0,
            stored: BTreeMap::new(),
            frames: Vec::new(),
            answers: VecDeque::new(),
            replies: VecDeque::new(),
            older: None,
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

    /// The head is read first and the rows `lag` numbers later.
    fn page(&self, before: Option<i64>, lag: i64) -> Conversation {
        let below: Vec<_> =
            self.stored.range(..before.unwrap_or(i64::MAX)).map(|(_, message)| message.clone()).collect();
        let messages = below[below.len().saturating_sub(Self::PAGE)..].to_vec();
        let older = messages.first().map(|first| first.position).filter(|_| below.len() > Self::PAGE);
        Conversation { older, at_end: before.is_none(), ..page((self.head - lag).max(0), messages) }
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::TheyPost => self.post(THEM),
            Step::IPost => {
                self.thread.send(key(self.head + 1), String::new(), Timestamp::from_millis(0));
                self.post(ME);
                self.answers.push_back(self.stored[&self.head].clone());
            }
            Step::Change(which) => self.change(which),
            Step::Deliver(which) if !self.frames.is_empty() => {
                self.thread.arrived(self.frames[which % self.frames.len()].clone());
            }
            Step::Answer => {
                if let Some(answer) = self.answers.pop_front() {
                    self.thread.settled(&answer.key.clone(), answer);
                }
            }
            Step::LoseAnswer => {
                if let Some(answer) = self.answers.pop_front() {
                    self.thread.failed(&answer.key, Error::Unavailable);
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
        let lost: Vec<_> = self.thread.outgoing().iter().map(|outgoing| outgoing.key.clone()).collect();
        for key in lost {
            let stored = self.stored.values().find(|message| message.key == key).cloned();
            self.thread.settled(&key, stored.expect("whatever I post is stored"));
        }
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
        self.stored.range(self.thread.older_than().unwrap_or(0)..).map(|(_, message)| message)
    }

    fn check_that_nothing_is_missing_up_to_the_cursor(&self) {
        for change in self.frames.iter().filter(|change| change.revision <= self.thread.cursor()) {
            if change.position < self.thread.older_than().unwrap_or(0) {
                continue;
            }
            let held = self.thread.messages().find(|held| held.position == change.position);
            let newest = held.map_or(0, |held| held.revision);
            assert!(newest >= change.revision, "number {} was not applied", change.revision);
        }
    }

    fn check_that_nothing_stands_twice(&self) {
        let mine = self.thread.messages().filter(|message| message.sender == person(ME));
        let keys: Vec<_> = mine.map(|message| &message.key).collect();
        let keys: Vec<_> =
            keys.into_iter().chain(self.thread.outgoing().iter().map(|outgoing| &outgoing.key)).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "something stands there twice");
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
            world.check_that_nothing_stands_twice();
        }

        world.calm_down();
        let held: Vec<_> = world.thread.messages().map(|message| Message::clone(message)).collect();
        let stored: Vec<_> = world.in_window().cloned().collect();
        prop_assert_eq!(held, stored);
        prop_assert_eq!(world.thread.outgoing().len(), 0);
        prop_assert_eq!(world.thread.cursor(), world.head);
    }
}
