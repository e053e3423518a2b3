//! What stands in a field of a form.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// What stands in it now.
pub fn field_text(input: &HtmlInputElement) -> String {
    input.value()
}

/// Chooses it among those that are called as it is.
pub fn choose(input: &HtmlInputElement) {
    input.set_checked(true);
}

/// Empties the first input that `selector` finds; nothing happens if there is none.
pub fn empty_field(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(input) = found.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value("");
    }
}
