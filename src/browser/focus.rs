//! Where the keyboard is.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the keyboard to the first element that `selector` finds; nothing happens if there is none.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It fails only for elements that cannot have the keyboard, and then it stays where it was.
        let _ = element.focus();
    }
}
