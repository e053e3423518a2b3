//! Whether there is a network, and whether anybody looks.

use leptos::prelude::{document, window_event_listener_untyped};
use web_sys::VisibilityState;

/// Calls `act` whenever the network is back or the page comes into view, as long as the page lives.
pub fn on_return(act: impl Fn() + Clone + 'static) {
    let online = act.clone();
    window_event_listener_untyped("online", move |_| online());
    window_event_listener_untyped("visibilitychange", move |_| {
        if is_visible() {
            act();
        }
    });
}

/// Whether the page is in view, at least partly.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}
