//! The news that the lists of conversations and people are no longer what they were.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::{browser, error::Error};

/// Long enough for the server to learn that what has just come was looked at.
const SOON: Duration = Duration::from_millis(600);

/// Who shows such a list reads it again when this says so.
#[derive(Clone)]
pub struct Inbox {
    version: ArcRwSignal<u32>,
    /// Somebody waits to call it changed.
    waiting: ArcStoredValue<bool>,
}

impl Inbox {
    /// Called once, at the top of `<App>`.
    pub fn provide() -> Self {
        let inbox = Self { version: ArcRwSignal::new(0), waiting: ArcStoredValue::new(false) };
        provide_context(inbox.clone());
        inbox
    }

    /// Asks every list to be read again. However often this is called, each has at most one read under way
    /// and one to follow: a [`Resource`] does not begin again before it has ended, and then only once.
    pub fn changed(&self) {
        self.waiting.set_value(false);
        self.version.update(|version| *version = version.wrapping_add(1));
    }

    /// Something was said in a conversation that is open on this page. Its reader may be looking at it, and then there
    /// is news of that in a moment: the lists wait for it, so that nothing is called unread that is not.
    pub fn changed_in_view(&self) {
        if self.waiting.try_update_value(|waiting| std::mem::replace(waiting, true)) == Some(true) {
            return;
        }
        let inbox = self.clone();
        spawn_local(async move {
            browser::after(SOON).await;
            if inbox.waiting.get_value() {
                inbox.changed();
            }
        });
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
