//! What a key or a click asks for.

use leptos::prelude::window;
use web_sys::{KeyboardEvent, MouseEvent};

/// What browsers send while an input method (as for Japanese) still composes; Safari sends only this,
/// also for the Enter that ends the composition.
const COMPOSING: u32 = 229;

/// Whether this key press sends what was typed: Enter alone, which does not confirm a composition.
/// Where people type with their thumbs Enter is a new line, and the button sends.
pub fn sends(key: &KeyboardEvent) -> bool {
    let alone = !(key.shift_key() || key.ctrl_key() || key.alt_key() || key.meta_key());
    let composing = key.is_composing() || key.key_code() == COMPOSING;
    key.key() == "Enter" && alone && !composing && !is_touched()
}

/// Whether this click follows the link here, and does not ask for a new tab or window.
pub fn follows(click: &MouseEvent) -> bool {
    click.button() == 0 && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key())
}

/// Whether fingers are the main way to point at this screen.
fn is_touched() -> bool {
    let coarse = window().match_media("(hover: none) and (pointer: coarse)");
    coarse.ok().flatten().is_some_and(|query| query.matches())
}
