//! Where the keyboard is.

use leptos::{prelude::document, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

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

/// To be called right before a list is drawn anew. The browser takes the keyboard away from what leaves the page, be it
/// for a moment only, as a row does that moves. Whoever is in a list is put back to the same element, or to the one
/// that has come in its place, before their next key is heard.
pub fn keep_focus() {
    let holder = document().active_element().and_then(|holder| holder.dyn_into::<HtmlElement>().ok());
    let list = holder.as_ref().and_then(|holder| holder.closest("ul, ol").ok().flatten());
    let Some((holder, list)) = holder.zip(list) else { return };
    // This runs when the list has been drawn: both are within one turn of the browser's loop.
    spawn_local(async move {
        let heir = if holder.is_connected() { Some(holder) } else { successor(&holder, &list) };
        if let Some(heir) = heir.filter(|_| is_lost()) {
            let in_place = FocusOptions::new();
            in_place.set_prevent_scroll(true);
            let _ = heir.focus_with_options(&in_place);
        }
    });
}

/// The element of `list` that has the name of `gone`, or leads where it led.
fn successor(gone: &HtmlElement, list: &Element) -> Option<HtmlElement> {
    let selector = match gone.id() {
        id if id.is_empty() => format!("a[href=\"{}\"]", gone.get_attribute("href")?),
        id => format!("[id=\"{id}\"]"),
    };
    list.query_selector(&selector).ok().flatten()?.dyn_into().ok()
}

/// As [`focus`], if the keyboard is nowhere.
pub fn focus_if_lost(selector: &str) {
    if is_lost() {
        focus(selector);
    }
}

fn is_lost() -> bool {
    document().active_element() == document().body().map(Element::from)
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
