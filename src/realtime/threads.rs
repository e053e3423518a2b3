//! The conversations, and threads of them, that are open on this page: who in it hears of what happens there.

use leptos::prelude::*;
use litemap::LiteMap;

use super::{
    bell::Bell,
    event::{Event, MOST_RESUMED},
    telling,
};
use crate::{ids::ConversationId, messages::thread::Thread, sorted::SortedSet, threads::Spot};

/// The open threads. Holds them beyond the life of the screen that shows them, as the connection does.
#[derive(Clone)]
pub struct Threads {
    open: ArcStoredValue<LiteMap<Spot, ArcRwSignal<Thread>>>,
    seen: ArcStoredValue<SortedSet<Spot>>,
    closed: ArcTrigger,
    looked_at: ArcRwSignal<Option<ConversationId>>,
    /// What tells them of events, once something is open.
    ears: ArcStoredValue<Option<Ears>>,
    bell: Bell,
}

type Ears = fn(&Threads, &Event) -> bool;

impl Threads {
    /// Called once, at the top of `<App>`.
    pub fn provide() -> Self {
        let threads = Self::new(Bell::default());
        provide_context(threads.clone());
        threads
    }

    fn new(bell: Bell) -> Self {
        Self {
            open: ArcStoredValue::default(),
            seen: ArcStoredValue::default(),
            closed: ArcTrigger::new(),
            looked_at: ArcRwSignal::new(None),
            ears: ArcStoredValue::new(None),
            bell,
        }
    }

    /// From now on `thread` hears what happens in its conversation, and asks for what it missed.
    pub fn open(&self, thread: ArcRwSignal<Thread>) {
        let spot = thread.with_untracked(Thread::spot);
        self.ears.set_value(Some(telling::tell_of));
        self.open.update_value(|open| {
            open.insert(spot, thread);
        });
        self.seen.update_value(|seen| {
            seen.insert(spot);
        });
        self.bell.ring();
    }

    /// `thread` hears no more. Another that was opened in its place stays.
    pub fn close(&self, thread: &ArcRwSignal<Thread>) {
        self.open.update_value(|open| open.retain(|_, held| held != thread));
    }

    /// The viewer is in `conversation` no more. A page about it asks for itself again, and finds nothing.
    pub(super) fn close_for_good(&self, conversation: ConversationId) {
        self.open.update_value(|open| {
            open.retain(|spot, _| spot.conversation != conversation);
        });
        self.closed.notify();
    }

    /// Somebody has the end of `conversation` before their eyes, or no longer: what comes there is read as it comes.
    pub fn look_at(&self, conversation: ConversationId, looks: bool) {
        let before = self.looked_at.get_untracked();
        let now = if looks { Some(conversation) } else { before.filter(|before| *before != conversation) };
        if now != before {
            self.looked_at.set(now);
        }
    }

    /// Where what comes is read as it comes; tracked.
    pub fn looked_at(&self) -> Option<ConversationId> {
        self.looked_at.get()
    }

    /// Whether what comes in `conversation` is read as it comes.
    pub(super) fn is_looked_at(&self, conversation: ConversationId) -> bool {
        self.looked_at.get_untracked() == Some(conversation)
    }

    /// Notified whenever a conversation was left.
    pub fn closed(&self) -> ArcTrigger {
        self.closed.clone()
    }

    /// Whether `spot` has been open since the page was loaded.
    pub fn have_seen(&self, spot: Spot) -> bool {
        self.seen.with_value(|seen| seen.contains(&spot))
    }

    /// What is open of `conversation`: what was said outside of its threads, or some of these, or nothing.
    pub fn of(&self, conversation: ConversationId) -> Vec<ArcRwSignal<Thread>> {
        let is_there = |spot: &Spot| spot.conversation == conversation;
        self.open.with_value(|open| {
            open.iter().filter(|(spot, _)| is_there(spot)).map(|(_, thread)| thread.clone()).collect()
        })
    }

    /// Tells what is open of `event`. Whether it is of a conversation of which something is.
    pub(super) fn hear(&self, event: &Event) -> bool {
        self.ears.get_value().is_some_and(|hear| hear(self, event))
    }

    /// Tells all that is open of `conversation`. Whether anything is.
    pub fn tell(&self, conversation: ConversationId, what: impl Fn(&mut Thread)) -> bool {
        let open = self.of(conversation);
        open.iter().for_each(|thread| thread.update(&what));
        !open.is_empty()
    }

    /// The connection is a new one.
    pub(super) fn reconnected(&self) {
        for (_, thread) in self.all() {
            tell(&thread, Thread::reconnected);
        }
    }

    /// What to ask the server for now, with the number to begin from; at most [`MOST_RESUMED`] conversations.
    pub(super) fn ask(&self) -> LiteMap<ConversationId, i64> {
        let mut asked = LiteMap::<ConversationId, i64>::new();
        for (spot, thread) in self.all() {
            let (wants, cursor) = thread.with_untracked(|thread| (thread.wants_resume(), thread.cursor()));
            let is_named = asked.contains_key(&spot.conversation);
            if wants && (is_named || asked.len() < MOST_RESUMED) {
                tell(&thread, Thread::asked);
                asked.entry(spot.conversation).and_modify(|from| *from = cursor.min(*from)).or_insert(cursor);
            }
        }
        asked
    }

    /// Has the connection look here again.
    pub(super) fn ring(&self) {
        self.bell.ring();
    }

    /// What wakes the connection.
    pub(super) fn bell(&self) -> Bell {
        self.bell.clone()
    }

    fn all(&self) -> Vec<(Spot, ArcRwSignal<Thread>)> {
        self.open.with_value(|open| open.iter().map(|(spot, thread)| (*spot, thread.clone())).collect())
    }
}

/// Tells `thread` what concerns only the connection: nothing is drawn anew.
pub(super) fn tell(thread: &ArcRwSignal<Thread>, what: impl FnOnce(&mut Thread)) {
    thread.maybe_update(|thread| {
        what(thread);
        false
    });
}

/// The open threads of this page.
pub fn use_threads() -> Threads {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conversations::Conversation,
        messages::thread::fixtures::{message, page, person},
        threads::InThread,
    };

    fn thread(head: i64) -> ArcRwSignal<Thread> {
        ArcRwSignal::new(Thread::new(&page(head, vec![]), person(1)))
    }

    /// A thread of the same conversation.
    fn side(head: i64) -> ArcRwSignal<Thread> {
        let root = Some(InThread { root: message(1, 1), follows: false });
        ArcRwSignal::new(Thread::new(&Conversation { thread: root, ..page(head, vec![]) }, person(1)))
    }

    fn here() -> ConversationId {
        page(0, vec![]).id
    }

    #[test]
    fn an_opened_thread_asks_once_from_its_number_and_again_on_a_new_connection() {
        let threads = Threads::new(Bell::default());
        threads.open(thread(7));
        assert_eq!(threads.ask(), LiteMap::from_iter([(here(), 7)]));
        assert!(threads.ask().is_empty());

        threads.reconnected();
        assert_eq!(threads.ask(), LiteMap::from_iter([(here(), 7)]));
    }

    #[test]
    fn what_is_open_of_one_conversation_asks_together_from_the_lowest_number() {
        let threads = Threads::new(Bell::default());
        threads.open(thread(7));
        threads.open(side(5));
        assert_eq!(threads.of(here()).len(), 2);
        assert_eq!(threads.ask(), LiteMap::from_iter([(here(), 5)]));
        assert!(threads.ask().is_empty());

        threads.close_for_good(here());
        assert!(threads.of(here()).is_empty());
    }

    #[test]
    fn closing_what_was_replaced_leaves_the_new_one_open() {
        let threads = Threads::new(Bell::default());
        let (before, now) = (thread(1), thread(2));
        threads.open(before.clone());
        threads.open(now.clone());
        threads.close(&before);
        assert!(threads.of(here()) == [now.clone()]);

        threads.close(&now);
        assert!(threads.of(here()).is_empty());
        assert!(threads.have_seen(here().into()));
    }
}
