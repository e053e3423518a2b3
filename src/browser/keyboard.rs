//! What a key or a click asks for.

use leptos::prelude::window;
use web_sys::{KeyboardEvent, MouseEvent};

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

/// Whether this click follows the link here, and does not ask for a new tab or window.
pub fn follows(click: &MouseEvent) -> bool {
    click.button() == 0 && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
}

/// Whether fingers are the main way to point at this screen.
pub fn is_touched() -> bool {
    let coarse = window().match_media("(hover: none) and (pointer: coarse)");
    coarse.ok().flatten().is_some_and(|query| query.matches())
}

/// Whether shortcuts are made with ⌘ here, and not with Ctrl.
pub fn has_command_key() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iPhone", "iPad", "iPod"].iter().any(|apple| platform.starts_with(apple))
}
