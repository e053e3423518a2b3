//! The switcher on the screen: the link that opens it, and the window with the box to type in.

use leptos::{ev, prelude::*};

use super::{Entry, entry_row::EntryFace, shortcuts::shortcut, switcher::Switcher};
use crate::{
    browser::{dialog, keyboard},
    text::use_words,
    ui::{
        icon::{Icon, Symbol},
        live::{Row, live, rows},
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// The way in for who has no keys: a link to the page that does the same, which opens the switcher where it can.
#[component]
pub fn FindLink() -> impl IntoView {
    let words = use_words();
    let switcher = expect_context::<Switcher>();
    let open = move |click: ev::MouseEvent| {
        if keyboard::follows(&click) {
            click.prevent_default();
            switcher.toggle();
        }
    };

    view! {
        <a
            class="icon-button"
            href="/find"
            title=words.finding().find
            aria-keyshortcuts="Control+K Meta+K"
            on:click=open
        >
            <Icon symbol=Symbol::Find/>
            <span class="visually-hidden">{words.finding().find}</span>
        </a>
    }
}

/// The switcher itself. Stands once, around every page, and can be seen only while it is open.
#[component]
pub fn SwitcherWindow() -> impl IntoView {
    let switcher = expect_context::<Switcher>();
    let refusal = use_refusal(switcher.opening);
    let (answer, failure) = (switcher.opening.answer(), switcher.failure);
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(())))) {
            switcher.close();
        }
    });
    visit::leave_if_signed_out(failure.into());
    let failed = Signal::derive(move || {
        failure.with(|error| error.as_ref().map(|error| switcher.words.sentence(error)))
    });
    keyboard::hear(move |press| {
        shortcut(press, keyboard::has_command_key()).is_some_and(|shortcut| switcher.heard(shortcut))
    });
    let leave = move |click: ev::MouseEvent| {
        let window = switcher.dialog.get_untracked();
        if window.is_some_and(|window| dialog::is_beside(&click, &window)) {
            switcher.close();
        }
    };

    view! {
        <dialog class="switcher" node_ref=switcher.dialog aria-label=switcher.words.finding().find on:click=leave>
            <div class="switcher-inside">
                <Asking switcher/>
                <Alert text=failed/>
                <Alert text=refusal.elsewhere(&[])/>
            </div>
        </dialog>
    }
}

/// The box to type in, and what that means.
#[component]
fn Asking(switcher: Switcher) -> impl IntoView {
    let words = switcher.words;
    let found = Memo::new(move |_| switcher.index.with(|index| switcher.text.with(|text| index.find(text))));
    let none =
        Memo::new(move |_| found.with(Vec::is_empty) && switcher.text.with(|text| !text.trim().is_empty()));
    let active = move || found.with(|found| !found.is_empty()).then(|| option_id(switcher.chosen.get()));
    let options = move || {
        let found = found.get().into_iter().enumerate();
        found.map(|(place, entry)| option(switcher, place, entry)).collect()
    };

    view! {
        <div class="switcher-box">
            <Icon symbol=Symbol::Find/>
            <input
                class="switcher-text"
                type="text"
                role="combobox"
                aria-label=words.finding().find_what
                aria-expanded=move || if found.with(Vec::is_empty) { "false" } else { "true" }
                aria-controls="switcher-list"
                aria-autocomplete="list"
                aria-activedescendant=active
                placeholder=words.finding().find_what
                maxlength="100"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                on:input=move |event| switcher.ask(&event_target_value(&event))
                on:keydown=move |event| found.with_untracked(|found| switcher.pressed(&event, found))
            />
            <button type="button" class="button button--quiet" on:click=move |_| switcher.close()>
                {words.finding().close}
            </button>
        </div>
        <ul class="found" id="switcher-list" role="listbox" aria-label=words.finding().places>
            {rows(options)}
        </ul>
        <p class="switcher-none" role="status">
            {live(move || none.get().then_some(words.finding().nothing_found))}
        </p>
    }
}

fn option_id(place: usize) -> String {
    format!("switcher-{place}")
}

fn option(switcher: Switcher, place: usize, entry: Entry) -> Row {
    let key = (place, entry.goal, entry.name.clone(), entry.beside.clone(), entry.unread);
    Row::new(key, move || {
        let goal = entry.clone();
        let selected = move || if switcher.chosen.get() == place { "true" } else { "false" };
        view! {
            <li
                class="found-line"
                id=option_id(place)
                role="option"
                aria-selected=selected
                // The keyboard stays in the box.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| switcher.go(&goal)
            >
                <EntryFace entry/>
            </li>
        }
    })
}
