//! The list above the box, as it is drawn. It is there only while there is something to choose.

use leptos::prelude::*;

use super::{completing::Completion, list::Completing};
use crate::{
    accounts::named,
    text::{Words, commands::Explained, use_words},
    ui::{
        avatar::Avatar,
        live::{Row, rows},
    },
};

/// The list itself.
#[component]
pub fn Completions(completing: Completing) -> impl IntoView {
    let words = use_words();
    let options = move || {
        let found = completing.found.get().into_iter().enumerate();
        found.map(|(place, completion)| option(completing, words, place, completion)).collect()
    };

    let heard = move || {
        let count = completing.found.with(Vec::len);
        completing.is_open().then(|| (words.mentions().suggested)(u32::try_from(count).unwrap_or(u32::MAX)))
    };

    view! {
        <ul
            class="completions"
            id=completing.id_of_list()
            role="listbox"
            aria-label=words.mentions().suggestions
            hidden=move || !completing.is_open()
        >
            {rows(options)}
        </ul>
        <p class="visually-hidden" role="status">{heard}</p>
    }
}

/// The id of the option in this place.
pub(super) fn option_id(list: &str, place: usize) -> String {
    format!("{list}-{place}")
}

fn option(completing: Completing, words: &'static Words, place: usize, completion: Completion) -> Row {
    Row::new((place, completion.written()), move || {
        let selected = move || if completing.chosen.get() == place { "true" } else { "false" };
        view! {
            <li
                class="completion"
                id=option_id(completing.id_of_list(), place)
                role="option"
                aria-selected=selected
                // The keyboard stays in the box.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| completing.choose(place)
            >
                {face(words, completion)}
            </li>
        }
    })
}

fn face(words: &'static Words, completion: Completion) -> AnyView {
    match completion {
        Completion::Person { person, is_member } => {
            let name = named(&person.display_name, words);
            view! {
                <Avatar name=name.clone() number=person.id.get()/>
                <span class="completion-name" dir="auto">{name}</span>
                " "
                <span class="completion-more">{format!("@{}", person.username)}</span>
                {(!is_member).then(|| view! {
                    " " <span class="completion-more">{words.mentions().not_here}</span>
                })}
            }
            .into_any()
        }
        Completion::Everyone { name, reaches } => view! {
            <span class="completion-sign" aria-hidden="true">"@"</span>
            <span class="completion-name">{format!("@{name}")}</span>
            " "
            <span class="completion-more">{(words.mentions().everyone)(reaches)}</span>
        }
        .into_any(),
        Completion::Command { command } => {
            let Explained { takes, does } = command.explained(words);
            view! {
                <span class="completion-sign" aria-hidden="true">"/"</span>
                <span class="completion-name">{format!("/{}", command.name())}</span>
                " "
                {(!takes.is_empty()).then(|| view! { <span class="completion-takes">{*takes}</span> " " })}
                <span class="completion-more">{*does}</span>
            }
            .into_any()
        }
        Completion::Emoji { emoji, code } => view! {
            <span class="completion-sign">{emoji}</span>
            <span class="completion-name">{format!(":{code}:")}</span>
        }
        .into_any(),
    }
}
