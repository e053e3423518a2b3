//! Shift and Escape mark everything read, wherever one is; for a while a line offers to undo it.

use leptos::{prelude::*, task::spawn_local};

use super::{
    Sweep,
    server_fns::{mark_all_read, undo_all_read},
};
use crate::{
    browser::{self, keyboard},
    text::use_words,
    ui::{announcer::use_announcer, toast::Toast},
};

/// The key that does it, as it is told to those who listen.
pub const KEY: &str = "Shift+Escape";

/// How long it is offered to undo it.
const OFFERED: std::time::Duration = std::time::Duration::from_secs(12);

/// What was done and can be undone, for the line that offers it.
#[derive(Clone, Copy)]
pub struct Sweeping(RwSignal<Option<Sweep>>);

impl Sweeping {
    /// Called once, by the frame.
    pub fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    fn offer(self, sweep: Sweep) {
        self.0.try_set(Some(sweep));
        spawn_local(async move {
            browser::after(OFFERED).await;
            // Another one may be offered by now.
            if self.0.try_get_untracked().flatten() == Some(sweep) {
                self.withdraw();
            }
        });
    }

    fn withdraw(self) {
        self.0.try_set(None);
    }
}

/// Hears the key, and offers to undo what it did.
#[component]
pub fn AllRead() -> impl IntoView {
    let (words, voice) = (use_words(), StoredValue::new(use_announcer()));
    let sweeping: Sweeping = expect_context();
    let say = move |text: String| {
        voice.try_with_value(|voice| voice.say(text));
    };
    let sweep = move || {
        spawn_local(async move {
            match mark_all_read().await.and_then(|sweep| sweep.read()) {
                Ok(sweep) if sweep.conversations == 0 => say(words.catching_up().nothing_unread.to_owned()),
                Ok(sweep) => sweeping.offer(sweep),
                Err(error) => say(words.sentence(&error)),
            }
        });
    };
    let undo = move |()| {
        let Some(sweep) = sweeping.0.get_untracked() else { return };
        sweeping.withdraw();
        spawn_local(async move {
            match undo_all_read(sweep.at.millis()).await {
                Ok(()) => say(words.catching_up().undone.to_owned()),
                Err(error) => say(words.sentence(&error)),
            }
        });
    };
    keyboard::hear(move |press| {
        let asked = is_asked(press);
        if asked {
            sweep();
        }
        asked
    });

    view! {
        <Toast
            open=Signal::derive(move || sweeping.0.with(Option::is_some))
            text=words.catching_up().all_read
            action=words.catching_up().undo
            act=Callback::new(undo)
            dismiss=words.finding().close
            dismissed=Callback::new(move |()| sweeping.withdraw())
        />
    }
}

fn is_asked(press: &keyboard::Press) -> bool {
    press.key == "Escape" && press.shift && !(press.composing || press.alt || press.control || press.meta)
}
