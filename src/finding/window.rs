//! The switcher on the screen: the link that opens it, and its window.

use leptos::{ev, prelude::*};

use super::{shortcuts::shortcut, switcher::Switcher};
use crate::{
    browser::{dialog, keyboard},
    text::use_words,
    ui::{
        icon::{Icon, Symbol},
        live::live,
        refusal::Alert,
    },
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
    let failure = switcher.failure;
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
                {live(move || match switcher.search.get() {
                    Some(draw) => draw(switcher),
                    None => waiting(switcher),
                })}
                <Alert text=failed/>
            </div>
        </dialog>
    }
}

/// A box to type in, until there is one that finds something.
fn waiting(switcher: Switcher) -> AnyView {
    let words = switcher.words.finding();

    view! {
        <div class="switcher-box">
            <Icon symbol=Symbol::Find/>
            <input
                node_ref=switcher.field
                class="switcher-text"
                type="text"
                role="combobox"
                aria-label=words.find_what
                aria-expanded="false"
                aria-busy="true"
                placeholder=words.find_what
                maxlength="100"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
            <button type="button" class="button button--quiet" on:click=move |_| switcher.close()>
                {words.close}
            </button>
        </div>
    }
    .into_any()
}
