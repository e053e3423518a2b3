//! The conversations that are open on this page: who in it hears of what happens there.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::{bell::Bell, event::MOST_RESUMED};
use crate::{ids::ConversationId, messages::thread::Thread};

/// The open threads. Holds them beyond the life of the screen that shows them, as the connection does.
#[derive(Clone)]
pub struct Threads {
    open: ArcStoredValue<BTreeMap<ConversationId, ArcRwSignal<Thread>>>,
    seen: ArcStoredValue<BTreeSet<ConversationId>>,
    closed: ArcTrigger,
    looked_at: ArcRwSignal<Option<ConversationId>>,
    bell: Bell,
}

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
            bell,
        }
    }

    /// From now on `thread` hears what happens in `conversation`, and asks for what it missed.
    pub fn open(&self, conversation: ConversationId, thread: ArcRwSignal<Thread>) {
        self.open.update_value(|open| {
            open.insert(conversation, thread);
        });
        self.seen.update_value(|seen| {
            seen.insert(conversation);
        });
        self.bell.ring();
    }

    /// `thread` hears no more. Another that was opened in its place stays.
    pub fn close(&self, conversation: ConversationId, thread: &ArcRwSignal<Thread>) {
        self.open.update_value(|open| {
            if open.get(&conversation) == Some(thread) {
                open.remove(&conversation);
            }
        });
    }

    /// The viewer is in `conversation` no more. A page about it asks for itself again, and finds nothing.
    pub(super) fn close_for_good(&self, conversation: ConversationId) {
        self.open.update_value(|open| {
            open.remove(&conversation);
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

    /// Notified whenever a conversation was left.
    pub fn closed(&self) -> ArcTrigger {
        self.closed.clone()
    }

    /// Whether `conversation` has been open since the page was loaded.
    pub fn have_seen(&self, conversation: ConversationId) -> bool {
        self.seen.with_value(|seen| seen.contains(&conversation))
    }

    /// The open thread of `conversation`.
    pub fn get(&self, conversation: ConversationId) -> Option<ArcRwSignal<Thread>> {
        self.open.with_value(|open| open.get(&conversation).cloned())
    }

    /// The connection is a new one.
    pub(super) fn reconnected(&self) {
        for (_, thread) in self.all() {
            tell(&thread, Thread::reconnected);
        }
    }

    /// What to ask the server for now, with the number to begin from; at most [`MOST_RESUMED`] conversations.
    pub(super) fn ask(&self) -> BTreeMap<ConversationId, i64> {
        let wanting =
            self.all().into_iter().filter(|(_, thread)| thread.with_untracked(Thread::wants_resume));
        let asked = wanting.take(MOST_RESUMED).map(|(conversation, thread)| {
            tell(&thread, Thread::asked);
            (conversation, thread.with_untracked(Thread::cursor))
        });
        asked.collect()
    }

    /// Has the connection look here again.
    pub(super) fn ring(&self) {
        self.bell.ring();
    }

    /// What wakes the connection.
    pub(super) fn bell(&self) -> Bell {
        self.bell.clone()
    }

    fn all(&self) -> Vec<(ConversationId, ArcRwSignal<Thread>)> {
        self.open.with_value(|open| open.iter().map(|(id, thread)| (*id, thread.clone())).collect())
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
    use crate::messages::thread::fixtures::{page, person};

    fn thread(head: i64) -> ArcRwSignal<Thread> {
        ArcRwSignal::new(Thread::new(&page(head, vec![]), person(1)))
    }

    fn id(number: i64) -> ConversationId {
        ConversationId::try_from(number).expect("tests number conversations from 1")
    }

    #[test]
    fn an_opened_thread_asks_once_from_its_number_and_again_on_a_new_connection() {
        let threads = Threads::new(Bell::default());
        threads.open(id(1), thread(7));
        assert_eq!(threads.ask(), BTreeMap::from([(id(1), 7)]));
        assert!(threads.ask().is_empty());

        threads.reconnected();
        assert_eq!(threads.ask(), BTreeMap::from([(id(1), 7)]));
    }

    #[test]
    fn closing_what_was_replaced_leaves_the_new_one_open() {
        let threads = Threads::new(Bell::default());
        let (before, now) = (thread(1), thread(2));
        threads.open(id(1), before.clone());
        threads.open(id(1), now.clone());
        threads.close(id(1), &before);
        assert!(threads.get(id(1)) == Some(now.clone()));

        threads.close(id(1), &now);
        assert!(threads.get(id(1)).is_none());
        assert!(threads.have_seen(id(1)));
    }
}
