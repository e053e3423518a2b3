//! Reads what lies beyond the window: before its beginning, behind its end, or the newest of all.

use leptos::{prelude::*, task::spawn_local};

use super::{
    reading::{Opening, Reading},
    thread::{End, Thread},
};
use crate::{
    conversations::{server_fns::conversation, window::Window},
    error::Error,
    threads::Spot,
};

/// The way to what is not shown of one conversation, or thread.
#[derive(Clone)]
pub struct Paging {
    thread: ArcRwSignal<Thread>,
    reading: Reading,
    loading: RwSignal<bool>,
    failure: RwSignal<Option<Error>>,
}

impl Paging {
    pub fn new(thread: ArcRwSignal<Thread>, reading: Reading) -> Self {
        Self { thread, reading, loading: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// The address of a part of it.
    pub fn path(&self, window: Window) -> String {
        let spot = self.spot();
        window.path(spot.conversation, spot.thread)
    }

    fn spot(&self) -> Spot {
        self.thread.with_untracked(Thread::spot)
    }

    /// Why the last part could not be read.
    pub fn failure(&self) -> Signal<Option<Error>> {
        self.failure.into()
    }

    /// The part before what is shown, if there is one; tracked.
    pub fn older(&self) -> Option<Window> {
        self.thread.with(Thread::older_than).map(Window::Before)
    }

    /// The part behind what is shown, if there is one; tracked.
    pub fn newer(&self) -> Option<Window> {
        self.thread.with(Thread::newer_than).map(Window::After)
    }

    /// Reads what the reader will soon come to. After a failure only [`Paging::load`] tries again. Does nothing once the
    /// page is gone: it is called before the next paint, and somebody may have gone on before that.
    pub fn load_soon(&self) {
        self.thread.maybe_update(|thread| {
            thread.reading_at(self.reading.top());
            false
        });
        if self.failure.try_with_untracked(Option::is_none) != Some(true) {
            return;
        }
        let (older, newer) = self.thread.with_untracked(|thread| (thread.older_than(), thread.newer_than()));
        if let Some(before) = older.filter(|_| self.reading.is_near_beginning()) {
            self.load(Window::Before(before));
        } else if let Some(after) = newer.filter(|_| self.reading.is_near_end()) {
            self.load(Window::After(after));
        }
    }

    /// Goes to the newest message, which is read first if it is not held.
    pub fn go_to_latest(&self) {
        if self.thread.with_untracked(Thread::newer_than).is_some() {
            self.load(Window::Latest);
        } else {
            self.reading.show_end();
        }
    }

    /// Goes to the first message that is new to this visit, which is read first if it is not held.
    pub fn go_to_divider(&self) {
        let Some(divider) = self.thread.with_untracked(Thread::divider) else { return };
        if self.thread.with_untracked(|thread| thread.older_than().is_some_and(|older| divider < older)) {
            self.load(Window::Unread);
        } else {
            self.reading.open(Opening::Divider);
        }
    }

    /// Reads the part that `window` names: before or behind what is shown it is added, any other is shown instead.
    /// One part is read at a time.
    pub fn load(&self, window: Window) {
        if self.loading.try_get_untracked() != Some(false) {
            return;
        }
        self.loading.set(true);
        self.failure.set(None);
        let paging = self.clone();
        spawn_local(async move {
            let spot = paging.spot();
            let answer = conversation(spot.conversation, window, spot.thread).await;
            // Whoever has gone on to another page meanwhile has taken these signals with them.
            if paging.loading.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(page) => paging.take(window, |thread| match window {
                    Window::Before(before) => {
                        thread.older(before, &page);
                        thread.trim(End::Newest);
                    }
                    Window::After(after) => {
                        thread.newer(after, &page);
                        thread.trim(End::Oldest);
                    }
                    Window::Latest | Window::Unread | Window::Around(_) => thread.reread(&page),
                }),
                Err(error) => drop(paging.failure.try_set(Some(error))),
            }
        });
    }

    fn take(&self, window: Window, change: impl FnOnce(&mut Thread)) {
        self.thread.update(change);
        match window {
            Window::Before(_) | Window::After(_) => {}
            Window::Around(message) => self.reading.open(Opening::Message(message)),
            Window::Unread => self.reading.open(Opening::Divider),
            Window::Latest => self.reading.show_end(),
        }
    }
}
