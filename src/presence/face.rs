//! How it looks that somebody is here: a mark on their picture, a word, and what they say of themselves.

use leptos::prelude::*;

use super::{Present, State, company::use_company};
use crate::{
    ids::AccountId,
    text::{Words, use_words},
    ui::live::live,
};

impl State {
    /// In a word; none for who is not here.
    pub fn called(self, words: &Words) -> Option<&'static str> {
        match self {
            Self::Online => Some(words.presence().online),
            Self::Idle => Some(words.presence().idle),
            Self::Busy => Some(words.presence().busy),
            Self::Offline => None,
        }
    }
}

/// Somebody's username, behind their name in a list, with whether they are here and what they say of themselves.
#[component]
pub fn Handle(
    account: AccountId,
    username: String,
    /// What the page knows of whether they are here.
    page: Option<Present>,
) -> impl IntoView {
    view! {
        <Mark account page=page.clone()/>
        <span class="person-handle">
            <bdi>{format!("@{username}")}</bdi>
            <StatusLine account page/>
        </span>
    }
}

/// Marks the picture of somebody who is here. To stand behind their name in the same grid as the picture; `page` is
/// what the page knew.
#[component]
pub fn Mark(account: AccountId, page: Option<Present>) -> impl IntoView {
    let words = use_words();
    let known = use_company().of(account, page);
    let state =
        Memo::new(move |_| known.with(|known| known.as_ref().map_or(State::Offline, |known| known.state)));

    live(move || {
        let state = state.get();
        state.called(words).map(|word| {
            let class = format!("mark mark--{}", state.code());
            view! { <span class=class title=word><span class="visually-hidden">", " {word}</span></span> }
        })
    })
}

/// What somebody says of themselves, if they do.
#[component]
pub fn StatusLine(account: AccountId, page: Option<Present>) -> impl IntoView {
    let known = use_company().of(account, page);
    let line = Memo::new(move |_| known.get().map(|known| known.line).unwrap_or_default());

    live(move || {
        let line = line.get();
        (!line.is_empty()).then(|| view! { <span class="status-line" dir="auto">{line}</span> })
    })
}

/// Both in words, for the head of a private talk.
#[component]
pub fn HereInWords(account: AccountId, page: Option<Present>) -> impl IntoView {
    let words = use_words();
    let known = use_company().of(account, page.clone());

    view! {
        {live(move || {
            let state = known.with(|known| known.as_ref().map_or(State::Offline, |known| known.state));
            state.called(words).map(|word| view! { <span class="status-line">{word}</span> })
        })}
        <StatusLine account page/>
    }
}
