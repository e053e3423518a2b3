//! What a key or a click asks for.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::{attention, media};

/// What browsers send while an input method (as for Japanese) still composes; Safari sends only this,
/// also for the Enter that ends the composition.
const COMPOSING: u32 = 229;

/// One press of a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Press {
    /// As `Enter`, or a small letter, whatever the script of the keyboard.
    pub key: String,
    pub shift: bool,
    pub alt: bool,
    pub control: bool,
    /// ⌘, or the key with the window on it.
    pub meta: bool,
    /// An input method takes it.
    pub composing: bool,
}

/// What was pressed.
pub fn press(event: &KeyboardEvent) -> Press {
    Press {
        key: name(event),
        shift: event.shift_key(),
        alt: event.alt_key(),
        control: event.ctrl_key(),
        meta: event.meta_key(),
        composing: event.is_composing() || event.key_code() == COMPOSING,
    }
}

/// Where a keyboard has no Latin letters, shortcuts are where these would be.
fn name(event: &KeyboardEvent) -> String {
    let key = event.key();
    match event.code().strip_prefix("Key") {
        Some(letter) if !key.is_ascii() => letter.to_ascii_lowercase(),
        _ if key.len() == 1 => key.to_ascii_lowercase(),
        _ => key,
    }
}

/// Calls `act` with what is pressed anywhere in the page, as long as the component is there that asks for it. What it
/// takes, the browser does not. Where the keyboard is on a choice among few, the keys are that one's.
pub fn hear(act: impl Fn(&Press) -> bool + Clone + 'static) {
    let listener = StoredValue::new(None);
    Effect::new(move |_| listener.set_value(Some(on_press(act.clone()))));
    on_cleanup(move || {
        if let Some(handle) = listener.try_update_value(Option::take).flatten() {
            attention::stop(handle);
        }
    });
}

fn on_press(act: impl Fn(&Press) -> bool + 'static) -> WindowListenerHandle {
    window_event_listener_untyped("keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_choice = target.is_some_and(|target| target.matches("select") == Ok(true));
        if !is_choice && !event.default_prevented() && act(&press(&event)) {
            event.prevent_default();
        }
    })
}

/// Whether this click follows the link here, and does not ask for a new tab or window.
pub fn follows(click: &MouseEvent) -> bool {
    click.button() == 0 && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
}

/// Whether fingers are the main way to point at this screen.
pub fn is_touched() -> bool {
    media::is("(hover: none) and (pointer: coarse)")
}

/// Whether shortcuts are made with ⌘ here, and not with Ctrl.
pub fn has_command_key() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad", "iPod"].iter().any(|apple| platform.starts_with(apple))
}
