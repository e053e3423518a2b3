//! Where the keyboard is.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the keyboard to the first element that `selector` finds; nothing happens if there is none.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        // It fails only for elements that cannot have the keyboard, and then it stays where it was.
        let _ = element.focus();
    }
}

/// Presses the first element that `selector` finds; nothing happens if there is none.
pub fn click(selector: &str) {
    if let Some(element) = find(selector) {
        element.click();
    }
}

/// As [`focus`]; to what `other` finds, if there is such a thing, where the first is there only to be heard.
pub fn focus_or(selector: &str, other: &str) {
    let is_seen = find(selector).is_some_and(|element| element.offset_width() > 1);
    focus(if is_seen || find(other).is_none() { selector } else { other });
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
