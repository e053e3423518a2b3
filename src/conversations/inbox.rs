//! The news that the lists of conversations and people are no longer what they were.

use leptos::prelude::*;

use crate::error::Error;

/// Who shows such a list reads it again when this says so.
#[derive(Clone)]
pub struct Inbox {
    version: ArcRwSignal<u32>,
}

impl Inbox {
    /// Called once, at the top of `<App>`.
    pub fn provide() -> Self {
        let inbox = Self { version: ArcRwSignal::new(0) };
        provide_context(inbox.clone());
        inbox
    }

    /// Asks every list to be read again. However often this is called, each has at most one read under way
    /// and one to follow: a [`Resource`] does not begin again before it has ended, and then only once.
    pub fn changed(&self) {
        self.version.update(|version| *version = version.wrapping_add(1));
    }

    /// To depend on: another number after every change.
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// Reads every list again as soon as `answer` is there, whatever it is: a refusal too says that what
    /// is shown may no longer be so.
    pub fn changed_by(&self, answer: Signal<Option<Result<(), Error>>>) {
        let inbox = self.clone();
        Effect::new(move |_| {
            if answer.with(Option::is_some) {
                inbox.changed();
            }
        });
    }
}

/// The inbox of this page.
pub fn use_inbox() -> Inbox {
    expect_context()
}
