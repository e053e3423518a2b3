//! The name of a page, and the place where the keyboard arrives with it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::browser;

/// Whether the person has gone from page to page since this one was loaded.
#[derive(Clone, Copy)]
pub struct Moved(StoredValue<bool>);

impl Moved {
    /// Called once, at the top of `<App>`.
    pub fn provide() {
        provide_context(Self(StoredValue::new(false)));
    }

    /// Called once, inside the router.
    pub fn watch(self) {
        let path = use_location().pathname;
        Effect::new(move |before: Option<String>| {
            let path = path.get();
            if before.is_some_and(|before| before != path) {
                self.0.set_value(true);
            }
            path
        });
    }
}

/// The `<h1>` of a page within the house. The browser itself moves the keyboard when it loads a page;
/// where we only exchange a part of it, this does.
#[component]
pub fn Heading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let moved = use_context::<Moved>();
    Effect::new(move |_| {
        // Before the next paint every effect of the move has run, and the old page is gone.
        browser::before_paint(move || {
            if moved.is_some_and(|moved| moved.0.try_get_value() == Some(true)) {
                browser::focus("#main h1");
            }
        });
    });

    view! { <h1 tabindex="-1">{move || text.get()}</h1> }
}
