//! Whether Enter sends: a matter of this keyboard, so this browser remembers it and no account does.

use leptos::prelude::*;

use crate::{
    browser::{keyboard, storage},
    text::use_words,
};

/// Where it is kept that Enter begins a line here.
const KEY: &str = "salon-enter";
const NEW_LINE: &str = "new-line";

/// Whether Enter alone sends. Where people type with their thumbs it begins a line, and the button sends.
pub fn sends() -> bool {
    is_chosen() && !keyboard::is_touched()
}

fn is_chosen() -> bool {
    storage::read(KEY).as_deref() != Some(NEW_LINE)
}

fn choose(sends: bool) {
    if sends {
        storage::remove(KEY);
    } else {
        storage::write(KEY, NEW_LINE);
    }
}

/// The choice, as a section of the settings page. It stands there only where it works: without the browser's help
/// Enter begins a line in every box of many.
#[component]
pub fn WritingSettings() -> impl IntoView {
    let works = RwSignal::new(false);
    Effect::new(move |_| works.set(true));

    move || works.get().then(|| view! { <EnterChoice/> })
}

#[component]
fn EnterChoice() -> impl IntoView {
    let words = use_words();
    let sends = is_chosen();
    let command = if keyboard::has_command_key() {
        words.accounts().command_enter
    } else {
        words.accounts().control_enter
    };

    view! {
        <section class="section">
            <h2>{words.accounts().writing}</h2>
            <div class="field">
                <label for="field-enter">{words.accounts().send_with}</label>
                <div class="field-box">
                    <select
                        class="input"
                        id="field-enter"
                        autocomplete="off"
                        aria-describedby="field-enter-hint"
                        on:change=move |event| choose(event_target_value(&event) != NEW_LINE)
                    >
                        <option value="" selected=sends>{words.accounts().enter}</option>
                        <option value=NEW_LINE selected=!sends>{command}</option>
                    </select>
                </div>
                <p class="field-hint" id="field-enter-hint">{words.accounts().send_with_hint}</p>
            </div>
        </section>
    }
}
