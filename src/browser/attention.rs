//! Whether there is a network, and whether anybody looks.

use std::time::Duration;

use leptos::{
    prelude::{WindowListenerHandle, document, window_event_listener_untyped},
    task::spawn_local,
};
use web_sys::VisibilityState;

use super::{after, now};

/// Between two looks at the clock.
const LOOK: Duration = Duration::from_secs(10);

/// Milliseconds. If more have passed between two looks, the device has slept: browsers look at least once a minute
/// after the clock of a page that nobody sees.
const SLEPT: i64 = 75_000;

/// Calls `act` whenever the network has come or gone, the page comes into view, or the device has slept, as long
/// as the page lives: what was known of the world before may no longer be so.
pub fn on_return(act: impl Fn() + Clone + 'static) {
    for change in ["online", "offline"] {
        let act = act.clone();
        window_event_listener_untyped(change, move |_| act());
    }
    let seen = act.clone();
    window_event_listener_untyped("visibilitychange", move |_| {
        if is_visible() {
            seen();
        }
    });
    spawn_local(async move {
        loop {
            let before = now();
            after(LOOK).await;
            if now().millis() - before.millis() > SLEPT {
                act();
            }
        }
    });
}

/// Calls `act` whenever the page is about to go or to be put aside, as long as it lives: later may be too late.
pub fn on_leaving(act: impl Fn() + Clone + 'static) {
    let hidden = act.clone();
    window_event_listener_untyped("pagehide", move |_| act());
    window_event_listener_untyped("visibilitychange", move |_| {
        if !is_visible() {
            hidden();
        }
    });
}

/// Whether the page is in view, at least partly.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Whether somebody looks at this very page: it is in view, and the keyboard is in its window.
pub fn is_attended() -> bool {
    is_visible() && document().has_focus().unwrap_or(false)
}

/// Calls `act` whenever somebody may have begun or ceased to look, until the handles are given to [`stop`].
pub fn on_change(act: impl Fn() + Clone + 'static) -> Vec<WindowListenerHandle> {
    let listen = |event| {
        let act = act.clone();
        window_event_listener_untyped(event, move |_| act())
    };
    ["focus", "blur", "visibilitychange"].map(listen).into()
}

/// Listens no more.
pub fn stop(listener: WindowListenerHandle) {
    listener.remove();
}
