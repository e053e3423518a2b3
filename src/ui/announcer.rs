//! What is said aloud to those who do not see it: one polite voice for the whole page.

use leptos::prelude::*;

/// The voice of this page.
#[derive(Clone)]
pub struct Announcer {
    text: ArcRwSignal<String>,
    /// The same text twice would be no change, and so be silent.
    again: ArcStoredValue<bool>,
}

impl Announcer {
    /// Called once, at the top of `<App>`.
    pub fn provide() {
        provide_context(Self { text: ArcRwSignal::default(), again: ArcStoredValue::new(false) });
    }

    /// Says `text` when whoever listens is free. What was said before and not yet heard may be lost.
    pub fn say(&self, mut text: String) {
        self.again.update_value(|again| *again = !*again);
        if self.again.get_value() {
            // Not heard, and still another text.
            text.push('\u{a0}');
        }
        self.text.set(text);
    }
}

/// The voice of this page.
pub fn use_announcer() -> Announcer {
    expect_context()
}

/// Where the voice speaks from. Stands once, around every page.
#[component]
pub fn Announcements() -> impl IntoView {
    let text = RwSignal::from(use_announcer().text);

    view! { <div class="visually-hidden" id="announcer" aria-live="polite">{text}</div> }
}
