//! The address of the page, and leaving it.

use js_sys::{Function, Reflect};
use leptos::prelude::{document, location, window};
use wasm_bindgen::JsCast;

/// The path and query of this page, as `/c/7?before=42`.
pub fn current_path() -> String {
    let location = location();
    let path = location.pathname().unwrap_or_else(|_| "/".to_owned());
    path + &location.search().unwrap_or_default()
}

/// Whether this is the address of another page than the one that was loaded: whoever has loaded a page anew and goes back
/// from it stays in the same document, and only the address changes.
pub fn has_moved() -> bool {
    loaded().is_some_and(|loaded| {
        let here = location().href().unwrap_or_default();
        loaded.split('#').next() != here.split('#').next()
    })
}

/// The address that this page was loaded from (Navigation Timing).
fn loaded() -> Option<String> {
    let performance = Reflect::get(&window(), &"performance".into()).ok()?;
    let entries = Reflect::get(&performance, &"getEntriesByType".into()).ok()?.dyn_into::<Function>().ok()?;
    let navigation = Reflect::get_u32(&entries.call1(&performance, &"navigation".into()).ok()?, 0).ok()?;
    Reflect::get(&navigation, &"name".into()).ok()?.as_string()
}

/// The part that the page needs, by what the server says in it.
pub fn part_of_page() -> Option<String> {
    document().query_selector("[data-part]").ok()??.get_attribute("data-part")
}

/// Loads this page anew.
pub fn reload() {
    // Nothing of ours refuses it.
    let _ = location().reload();
}

/// The whole address of `path` on this server, as others can open it.
pub fn address_of(path: &str) -> String {
    location().origin().unwrap_or_default() + path
}

/// Leaves for `path` by loading its page anew: for what changes the whole page, as the language or who is logged in.
pub fn leave_to(path: &str) {
    // Only an address that cannot be read is refused; ours can.
    let _ = window().location().set_href(path);
}
