//! Whether a page was reached by the browser's own way back or forward.

use std::cell::RefCell;

use leptos::prelude::window_event_listener_untyped;

use super::location::current_path;

thread_local! {
    /// The address that the last step through the history led to, until somebody has asked for it.
    static REACHED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Called once and before the router listens, so that pages know when they are drawn.
pub fn watch() {
    window_event_listener_untyped("popstate", |_| REACHED.set(Some(current_path())));
}

/// Whether the address of this page was reached by going back or forward. True once per step.
pub fn took_a_step() -> bool {
    REACHED.take().is_some_and(|reached| reached == current_path())
}
