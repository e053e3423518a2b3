//! Whatever is lost, late or tried twice, by however many tabs: what was not deleted is stored once, and what never
//! failed in the order of writing.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::queue::{Deed, Outgoing, Queue, Sending, Then};
use crate::{
    error::Error,
    ids::{ClientKey, ConversationId},
    sorted::SortedSet,
    time::Timestamp,
};

/// What happens, in any order; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Write { tab: usize, conversation: i64 },
    Open { tab: usize },
    Kept { tab: usize, put: usize },
    Look { tab: usize, conversation: i64 },
    Seen { tab: usize, look: usize },
    Arrive { request: usize, refuse: bool },
    Vanish { request: usize },
    GiveUp { request: usize },
    Answer { answer: usize },
    Frame { tab: usize, message: usize },
    Wake { tab: usize },
    Retry { tab: usize, failed: usize },
    Delete { tab: usize, failed: usize },
    Told { tab: usize },
    Adopt { tab: usize },
    Reload { tab: usize },
}

const TABS: usize = 2;

fn step() -> impl Strategy<Value = Step> {
    let (tab, conversation, any) = (0..TABS, 1..3_i64, any::<usize>());
    prop_oneof![
        6 => (tab.clone(), conversation.clone()).prop_map(|(tab, conversation)| Step::Write { tab, conversation }),
        2 => tab.clone().prop_map(|tab| Step::Open { tab }),
        6 => (tab.clone(), any).prop_map(|(tab, put)| Step::Kept { tab, put }),
        4 => (tab.clone(), conversation).prop_map(|(tab, conversation)| Step::Look { tab, conversation }),
        8 => (tab.clone(), any).prop_map(|(tab, look)| Step::Seen { tab, look }),
        8 => (any, 0..6).prop_map(|(request, dice)| Step::Arrive { request, refuse: dice == 0 }),
        1 => any.prop_map(|request| Step::Vanish { request }),
        1 => any.prop_map(|request| Step::GiveUp { request }),
        8 => any.prop_map(|answer| Step::Answer { answer }),
        2 => (tab.clone(), any).prop_map(|(tab, message)| Step::Frame { tab, message }),
        3 => tab.clone().prop_map(|tab| Step::Wake { tab }),
        1 => (tab.clone(), any).prop_map(|(tab, failed)| Step::Retry { tab, failed }),
        1 => (tab.clone(), any).prop_map(|(tab, failed)| Step::Delete { tab, failed }),
        1 => tab.clone().prop_map(|tab| Step::Told { tab }),
        1 => tab.clone().prop_map(|tab| Step::Adopt { tab }),
        1 => tab.prop_map(|tab| Step::Reload { tab }),
    ]
}

/// A look into the store that is under way.
struct Look {
    conversation: ConversationId,
    known: SortedSet<ClientKey>,
    found: Vec<Outgoing>,
}

struct Tab {
    /// Answers to the page of before are lost.
    page: usize,
    queue: Queue,
    /// What the store held when the page began.
    left: Vec<Outgoing>,
    puts: Vec<ClientKey>,
    looks: Vec<Look>,
}

/// A text on its way to the server, or its answer on the way back.
struct Letter<T> {
    tab: usize,
    page: usize,
    outgoing: Outgoing,
    says: T,
}

#[derive(Default)]
struct World {
    now: i64,
    pages: usize,
    tabs: Vec<Tab>,
    store: BTreeMap<ClientKey, Outgoing>,
    /// Whether the tab still waits for the answer.
    requests: Vec<Letter<bool>>,
    answers: Vec<Letter<Option<Error>>>,
    /// What the server has, in its order.
    stored: Vec<(ConversationId, ClientKey)>,
    /// In the order of writing.
    written: Vec<(ConversationId, ClientKey)>,
    /// Failed once, or written before the tab knew what others had written.
    unordered: BTreeSet<ClientKey>,
    deleted: BTreeSet<ClientKey>,
}

impl World {
    fn new() -> Self {
        let mut world = Self::default();
        for _ in 0..TABS {
            let tab = world.page();
            world.tabs.push(tab);
        }
        world
    }

    /// A page that begins now.
    fn page(&mut self) -> Tab {
        self.pages += 1;
        let (puts, looks) = (Vec::new(), Vec::new());
        Tab { page: self.pages, queue: Queue::default(), left: self.kept(), puts, looks }
    }

    fn kept(&self) -> Vec<Outgoing> {
        self.store.values().cloned().collect()
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Write { tab, conversation } => self.write(tab, id(conversation)),
            Step::Open { tab } => self.open(tab),
            Step::Kept { tab, put } => {
                if let Some(key) = draw(&mut self.tabs[tab].puts, put) {
                    self.tabs[tab].queue.kept(&key, true);
                }
            }
            Step::Look { tab, conversation } => self.look(tab, id(conversation)),
            Step::Seen { tab, look } => self.see(tab, look),
            Step::Arrive { request, refuse } => self.arrive(request, refuse),
            Step::Vanish { request } => {
                if let Some(Letter { tab, page, outgoing, says: true }) = draw(&mut self.requests, request) {
                    self.answers.push(Letter { tab, page, outgoing, says: Some(Error::Unreachable) });
                }
            }
            Step::GiveUp { request } => self.give_up(request),
            Step::Answer { answer } => self.answer(answer),
            Step::Frame { tab, message } => {
                if let Some((_, key)) = pick(&self.stored, message).cloned() {
                    self.settle(tab, &key);
                }
            }
            Step::Wake { tab } => self.tabs[tab].queue.wake_all(),
            Step::Retry { tab, failed } => {
                if let Some(outgoing) = self.failed_in(tab, failed)
                    && let Some(outgoing) = self.tabs[tab].queue.retry(&outgoing.key)
                {
                    self.store.insert(outgoing.key.clone(), outgoing);
                }
            }
            Step::Delete { tab, failed } => {
                if let Some(outgoing) = self.failed_in(tab, failed) {
                    self.tabs[tab].queue.delete(&outgoing.key);
                    self.store.remove(&outgoing.key);
                    self.deleted.insert(outgoing.key);
                }
            }
            Step::Told { tab } => {
                let found = self.kept();
                let Tab { queue, .. } = &mut self.tabs[tab];
                queue.forget_absent(&queue.known(), &found);
            }
            Step::Adopt { tab } => {
                let found = self.kept();
                self.tabs[tab].queue.adopt(found);
            }
            // What is written in the first moment of a page is kept by nobody yet.
            Step::Reload { tab } if self.tabs[tab].queue.is_ready() => self.tabs[tab] = self.page(),
            Step::Reload { .. } => {}
        }
    }

    fn write(&mut self, tab: usize, conversation: ConversationId) {
        // Milliseconds: nobody writes two texts within a few of them.
        self.now += 1_000;
        let key = ClientKey::from_random(u128::from(self.now.unsigned_abs()).to_be_bytes());
        let Tab { queue, .. } = &mut self.tabs[tab];
        let added =
            queue.add(key, conversation, Deed::Say, "Text".to_owned(), Timestamp::from_millis(self.now));
        if let Some(outgoing) = added.filter(|_| queue.is_ready()) {
            self.put(tab, outgoing);
        }
    }

    fn open(&mut self, tab: usize) {
        if self.tabs[tab].queue.is_ready() {
            return;
        }
        let left = std::mem::take(&mut self.tabs[tab].left);
        for outgoing in self.tabs[tab].queue.take_over(left) {
            self.unordered.insert(outgoing.key.clone());
            self.put(tab, outgoing);
        }
    }

    fn put(&mut self, tab: usize, outgoing: Outgoing) {
        self.written.push((outgoing.conversation, outgoing.key.clone()));
        self.tabs[tab].puts.push(outgoing.key.clone());
        self.store.insert(outgoing.key.clone(), outgoing);
    }

    fn look(&mut self, tab: usize, conversation: ConversationId) {
        let found = self.kept();
        let Tab { queue, looks, .. } = &mut self.tabs[tab];
        if queue.has_next(conversation) {
            looks.push(Look { conversation, known: queue.known(), found });
        }
    }

    fn see(&mut self, tab: usize, look: usize) {
        let Tab { page, queue, looks, .. } = &mut self.tabs[tab];
        let Some(Look { conversation, known, found }) = draw(looks, look) else { return };
        queue.forget_absent(&known, &found);
        queue.adopt(found.into_iter().filter(|outgoing| outgoing.conversation == conversation).collect());
        if let Some(outgoing) = queue.next(conversation, &known) {
            self.requests.push(Letter { tab, page: *page, outgoing, says: true });
        }
    }

    fn arrive(&mut self, request: usize, refuse: bool) {
        let Some(Letter { tab, page, outgoing, says: awaited }) = draw(&mut self.requests, request) else {
            return;
        };
        let message = (outgoing.conversation, outgoing.key.clone());
        let known = self.stored.contains(&message);
        let says = (refuse && !known).then_some(Error::Forbidden);
        if says.is_none() && !known {
            self.stored.push(message);
        }
        if awaited {
            self.answers.push(Letter { tab, page, outgoing, says });
        }
    }

    /// The answer takes too long. The request may still arrive.
    fn give_up(&mut self, request: usize) {
        let last = self.requests.len().max(1);
        if let Some(letter) = self.requests.get_mut(request % last).filter(|letter| letter.says) {
            letter.says = false;
            let Letter { tab, page, outgoing, .. } = &*letter;
            let (tab, page, outgoing) = (*tab, *page, outgoing.clone());
            self.answers.push(Letter { tab, page, outgoing, says: Some(Error::Unreachable) });
        }
    }

    fn answer(&mut self, answer: usize) {
        let Some(Letter { tab, page, outgoing, says }) = draw(&mut self.answers, answer) else { return };
        if self.tabs[tab].page != page {
            return;
        }
        let Some(error) = says else { return self.settle(tab, &outgoing.key) };
        let then = self.tabs[tab].queue.refused(outgoing.conversation, &outgoing.key, error);
        if let Then::Failed(outgoing) = then {
            self.unordered.insert(outgoing.key.clone());
            self.store.insert(outgoing.key.clone(), outgoing);
        }
    }

    fn settle(&mut self, tab: usize, key: &ClientKey) {
        if self.tabs[tab].queue.settled(key) {
            self.store.remove(key);
        }
    }

    fn failed_in(&self, tab: usize, failed: usize) -> Option<Outgoing> {
        let Tab { queue, .. } = &self.tabs[tab];
        let all: Vec<&Outgoing> = CONVERSATIONS.iter().flat_map(|number| queue.of(id(*number))).collect();
        let failures: Vec<&Outgoing> =
            all.into_iter().filter(|outgoing| outgoing.state != Sending::Pending).collect();
        pick(&failures, failed).map(|outgoing| Outgoing::clone(outgoing))
    }

    /// The network is well, the server takes everything, and every failure is tried again.
    fn calm_down(&mut self) {
        for tab in 0..TABS {
            self.take(Step::Open { tab });
            self.take(Step::Wake { tab });
            for _ in 0..self.tabs[tab].puts.len() {
                self.take(Step::Kept { tab, put: 0 });
            }
            while self.failed_in(tab, 0).is_some() {
                self.take(Step::Retry { tab, failed: 0 });
            }
            for conversation in CONVERSATIONS {
                self.take(Step::Look { tab, conversation });
            }
            for _ in 0..self.tabs[tab].looks.len() {
                self.take(Step::Seen { tab, look: 0 });
            }
        }
        for _ in 0..self.requests.len() {
            self.take(Step::Arrive { request: 0, refuse: false });
        }
        for _ in 0..self.answers.len() {
            self.take(Step::Answer { answer: 0 });
        }
    }

    fn end(&mut self) {
        // A text that waits, by one tab after the other; then a page that takes over what nobody held any more.
        for round in 0..2 {
            for _ in 0..self.now / 1_000 + 2 {
                self.calm_down();
            }
            if round == 0 {
                self.take(Step::Reload { tab: 0 });
            }
        }
    }

    fn waiting(&self) -> usize {
        let of = |tab: &Tab| tab.queue.conversations().len();
        self.tabs.iter().map(of).sum()
    }
}

const CONVERSATIONS: [i64; 2] = [1, 2];

fn id(number: i64) -> ConversationId {
    ConversationId::try_from(number).expect("tests number conversations from 1")
}

fn pick<T>(among: &[T], number: usize) -> Option<&T> {
    among.get(number % among.len().max(1))
}

fn draw<T>(among: &mut Vec<T>, number: usize) -> Option<T> {
    let place = number % among.len().max(1);
    (place < among.len()).then(|| among.remove(place))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_stored_once_and_in_order(steps in proptest::collection::vec(step(), 0..120)) {
        let mut world = World::new();
        for step in steps {
            world.take(step);
        }
        world.end();

        prop_assert_eq!(world.waiting(), 0, "something waits for ever");
        prop_assert!(world.store.is_empty(), "something is kept for ever");
        let once: BTreeSet<_> = world.stored.iter().collect();
        prop_assert_eq!(once.len(), world.stored.len());
        for (conversation, key) in &world.written {
            let there = world.stored.contains(&(*conversation, key.clone()));
            prop_assert!(there || world.deleted.contains(key), "{key} was lost");
        }
        for conversation in CONVERSATIONS.map(id) {
            let ordered = |list: &[(ConversationId, ClientKey)]| -> Vec<ClientKey> {
                let here = list.iter().filter(|(at, key)| *at == conversation && !world.unordered.contains(key));
                here.map(|(_, key)| key.clone()).collect()
            };
            prop_assert_eq!(ordered(&world.stored), ordered(&world.written));
        }
    }
}
