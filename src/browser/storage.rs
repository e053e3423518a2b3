//! What this browser keeps for us, tab by tab the same (`localStorage`). Where it is blocked or full nothing is kept.

use leptos::{
    ev,
    prelude::{window, window_event_listener},
};
use web_sys::Storage;

/// What stands under `key`.
pub fn read(key: &str) -> Option<String> {
    kept()?.get_item(key).ok().flatten()
}

/// Keeps `text` under `key`. Whether it is kept now.
pub fn write(key: &str, text: &str) -> bool {
    kept().is_some_and(|kept| kept.set_item(key, text).is_ok())
}

/// Keeps nothing under `key` any more.
pub fn remove(key: &str) {
    if let Some(kept) = kept() {
        // Taking away is refused nowhere.
        let _ = kept.remove_item(key);
    }
}

/// Every key that begins with `prefix`.
pub fn keys(prefix: &str) -> Vec<String> {
    let Some(kept) = kept() else { return Vec::new() };
    let count = kept.length().unwrap_or(0);
    (0..count).filter_map(|at| kept.key(at).ok().flatten()).filter(|key| key.starts_with(prefix)).collect()
}

/// Calls `act` with the key of whatever another tab changes, as long as the page lives; with none if it was all.
pub fn on_change(act: impl Fn(Option<String>) + 'static) {
    window_event_listener(ev::storage, move |event| act(event.key()));
}

fn kept() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
