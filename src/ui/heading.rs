//! The name of a page, and the place where the keyboard arrives with it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::live::live;
use crate::browser;

/// The path of the page that the person came from, if they have gone from page to page since this one was loaded.
#[derive(Clone, Copy)]
pub struct Moved(StoredValue<Option<String>>);

impl Moved {
    /// Called once, at the top of `<App>`.
    pub fn provide() {
        provide_context(Self(StoredValue::new(None)));
    }

    /// Called once, inside the router.
    pub fn watch(self) {
        let path = use_location().pathname;
        Effect::new(move |before: Option<String>| {
            let path = path.get();
            if let Some(before) = before.filter(|before| *before != path) {
                self.0.set_value(Some(before));
            }
            path
        });
    }
}

/// The `<h1>` of a page within the house. The browser itself moves the keyboard when it loads a page;
/// where we only exchange a part of it, this does. Where the page is out of sight behind the list, as home is on a
/// phone, the keyboard comes back to the link in the list that it left by.
#[component]
pub fn Heading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let moved = use_context::<Moved>();
    Effect::new(move |_| {
        // Before the next paint every effect of the move has run, and the old page is gone.
        browser::before_paint(move || {
            let from = moved.and_then(|moved| moved.0.try_get_value()).flatten();
            if let Some(from) = from {
                browser::focus_or("#main h1", &link_to(&from));
            }
        });
    });

    view! { <h1 tabindex="-1" dir="auto">{live(move || text.get())}</h1> }
}

/// The `<h2>` of what has come beside the page, where the keyboard arrives with it.
#[component]
pub fn SideHeading(text: &'static str) -> impl IntoView {
    let moved = use_context::<Moved>();
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        // As with a page: what was there when the page was loaded leaves the keyboard where it is.
        let has_moved = moved.and_then(|moved| moved.0.try_get_value()).flatten().is_some();
        if let Some(heading) = heading.get().filter(|_| has_moved) {
            browser::before_paint(move || drop(heading.focus()));
        }
    });

    view! { <h2 tabindex="-1" node_ref=heading>{text}</h2> }
}

/// Finds the link in the list to the page that `path` is, or is a part of: `/c/12/m/34` is a part of `/c/12`.
fn link_to(path: &str) -> String {
    let page = path.split("/m/").next().unwrap_or_default();
    format!(".list a[href=\"{page}\"]")
}
