//! A text area: what stands in it, what is selected, and how tall it is. Places are UTF-16 units.

use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, Event, EventInit, HtmlDocument, HtmlTextAreaElement};

/// What was typed into it, also before the page came to life.
pub fn typed(area: &HtmlTextAreaElement) -> String {
    area.value()
}

/// Has `text` stand in it. What was typed is left alone if it is that already, with the cursor and the way back.
pub fn write(area: &HtmlTextAreaElement, text: &str) {
    if area.value() != text {
        area.set_value(text);
    }
}

/// Where the selection begins and ends.
pub fn selected(area: &HtmlTextAreaElement) -> (u32, u32) {
    let place = |place: Result<Option<u32>, JsValue>| place.ok().flatten().unwrap_or(0);
    (place(area.selection_start()), place(area.selection_end()))
}

/// Has the units from `from` up to `to` give way to `text` as if it were typed, so that the person can take it
/// back, and then selects.
pub fn replace(area: &HtmlTextAreaElement, (from, to): (u32, u32), text: &str, selected: (u32, u32)) {
    // Every one of these fails only where there is no text to select, and a text area always has one.
    let _ = area.focus();
    let _ = area.set_selection_range(from, to);
    if !typed_by_command(text) {
        let _ = area.set_range_text(text);
        if let Ok(event) = Event::new_with_event_init_dict("input", &bubbling()) {
            let _ = area.dispatch_event(&event);
        }
    }
    let _ = area.set_selection_range(selected.0, selected.1);
}

/// The only way to change a text that the browser's own undo knows of. Old, but spoken everywhere.
fn typed_by_command(text: &str) -> bool {
    let Ok(document) = document().dyn_into::<HtmlDocument>() else { return false };
    let command = if text.is_empty() { "delete" } else { "insertText" };
    document.exec_command_with_show_ui_and_value(command, false, text).unwrap_or(false)
}

fn bubbling() -> EventInit {
    let init = EventInit::new();
    init.set_bubbles(true);
    init
}

/// The text that is being pasted.
pub fn pasted(event: &ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok()
}

/// Moves the keyboard into it.
pub fn focus(area: &HtmlTextAreaElement) {
    // It fails only for elements that cannot have the keyboard.
    let _ = area.focus();
}

/// Moves the keyboard behind its last character.
pub fn focus_at_end(area: &HtmlTextAreaElement) {
    focus(area);
    let end = area.text_length();
    // A text area always has a text to select.
    let _ = area.set_selection_range(end, end);
}

/// Whether the person writes in it now.
pub fn has_keyboard(area: &HtmlTextAreaElement) -> bool {
    let document = document();
    let active = document.active_element();
    document.has_focus().unwrap_or(false) && active.is_some_and(|active| &active == area.unchecked_ref())
}

/// Tells the keyboard on a screen whether its Enter sends.
pub fn name_enter(area: &HtmlTextAreaElement, sends: bool) {
    // The name is a valid one.
    let _ = area.set_attribute("enterkeyhint", if sends { "send" } else { "enter" });
}

/// Makes it as tall as its text, as far as the style lets it grow. Its height in CSS pixels.
pub fn fit(area: &HtmlTextAreaElement) -> i32 {
    let style = area.style();
    // Where the style does it (`field-sizing`), that is better.
    if !Reflect::has(&style, &JsValue::from_str("fieldSizing")).unwrap_or(false) {
        // The edges that `scrollHeight` leaves out.
        let edges = area.offset_height() - area.client_height();
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", area.scroll_height() + edges));
    }
    area.offset_height()
}
