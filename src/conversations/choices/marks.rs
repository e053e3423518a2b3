//! What a line of a list says of unread messages and of the viewer's choices, for eyes and for ears.

use leptos::prelude::*;

use super::Loudness;
use crate::{
    conversations::counted,
    text::use_words,
    ui::icon::{Icon, Symbol},
};

/// How much is unread, and how much of it names the viewer, as further parts of the name.
#[component]
pub fn UnreadText(unread: u32, mentions: u32, loudness: Loudness) -> impl IntoView {
    let words = use_words();
    let text = match loudness {
        Loudness::Counted if unread > 0 => Some((words.unread)(unread)),
        _ => (unread > 0).then(|| words.places().unread.to_owned()),
    };
    let mentions = (mentions > 0).then(|| (words.mentions().unread)(mentions));

    [text, mentions].map(|text| text.map(|text| view! { <span class="visually-hidden">", " {text}</span> }))
}

/// The same as a number, where there is one, with a mark if the viewer is named.
#[component]
pub fn UnreadNumber(unread: u32, mentions: u32, loudness: Loudness) -> impl IntoView {
    let mentioned = (mentions > 0).then_some("");

    loudness.number(unread, mentions).map(|number| {
        view! {
            <span class="conversation-unread" data-mentioned=mentioned aria-hidden="true">{counted(number)}</span>
        }
    })
}

/// That it is pinned, and that nothing is heard of it, as parts of the name.
#[component]
pub fn ChosenText(loudness: Loudness, pinned: bool) -> impl IntoView {
    let words = use_words();
    let pinned = pinned.then_some(words.finding().pinned);
    let muted = (loudness == Loudness::Silent).then_some(words.finding().muted);

    [pinned, muted].map(|text| text.map(|text| view! { <span class="visually-hidden">", " {text}</span> }))
}

/// That there is news in a thread that the viewer follows, as a part of the name.
#[component]
pub fn ThreadsText(threads: bool) -> impl IntoView {
    let words = use_words();

    threads.then(|| view! { <span class="visually-hidden">", " {words.threads().news}</span> })
}

/// The same as icons.
#[component]
pub fn Chosen(threads: bool, loudness: Loudness, pinned: bool) -> impl IntoView {
    let silent = loudness == Loudness::Silent;

    (threads || pinned || silent).then(|| {
        view! {
            <span class="conversation-marks">
                {threads.then(|| view! { <span class="conversation-threads"><Icon symbol=Symbol::Thread/></span> })}
                {pinned.then(|| view! { <Icon symbol=Symbol::Pin/> })}
                {silent.then(|| view! { <Icon symbol=Symbol::Muted/> })}
            </span>
        }
    })
}
