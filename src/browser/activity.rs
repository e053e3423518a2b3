//! Whether somebody does something at this page.

use leptos::prelude::window_event_listener_untyped;

/// Calls `act` whenever somebody touches, types, scrolls or comes back to the page, as long as it lives.
pub fn on_activity(act: impl Fn() + Clone + 'static) {
    for sign in ["pointerdown", "keydown", "wheel", "touchmove", "focus"] {
        let act = act.clone();
        window_event_listener_untyped(sign, move |_| act());
    }
}
