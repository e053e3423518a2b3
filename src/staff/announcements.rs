//! What those who look after this Salon tell everybody, at the edge of the screen until it is sent away.

use leptos::prelude::*;

use super::Announcement;
use crate::{realtime::event::Event, text::use_words, ui::button::Weight};

/// Of more than so many the oldest go: whoever was away sees the last ones.
const MOST: usize = 3;

/// What this page was told and shows.
#[derive(Clone, Copy)]
pub struct Announcements(RwSignal<Vec<Announcement>>);

impl Announcements {
    /// Called once, at the top of `<App>`.
    pub fn provide() {
        provide_context(Self(RwSignal::new(Vec::new())));
    }

    /// Takes an announcement; other events are none of its business.
    pub fn hear(self, event: &Event) {
        if let Event::Announcement(announcement) = event {
            self.0.update(|told| {
                told.push((**announcement).clone());
                let over = told.len().saturating_sub(MOST);
                told.drain(..over);
            });
        }
    }

    fn dismiss(self) {
        self.0.update(|told| {
            told.pop();
        });
    }
}

/// The announcements of this page.
pub fn use_announcements() -> Announcements {
    expect_context()
}

/// The newest of them; with it out of the way, the one before.
#[component]
pub fn Told() -> impl IntoView {
    let words = use_words();
    let announcements = use_announcements();

    view! {
        <div class="toast" role="status">
            {move || {
                let told = announcements.0.with(|told| told.last().cloned());
                told.map(|Announcement { from, text, .. }| {
                    view! {
                        <p class="toast-text">
                            <strong>{(words.staff().announcement_of)(&from.called(words))}</strong>
                            " "
                            <span dir="auto">{text}</span>
                        </p>
                        <button
                            type="button"
                            class=Weight::Quiet.class()
                            on:click=move |_| announcements.dismiss()
                        >
                            {words.finding().close}
                        </button>
                    }
                })
            }}
        </div>
    }
}
