//! The way to what concerns one, with how much of it is new.

use leptos::prelude::*;
use leptos_router::components::A;

use super::ACTIVITY;
use crate::{
    conversations::{counted, list::Lists},
    text::use_words,
    ui::{
        icon::{Icon, Symbol},
        live::live,
    },
};

/// Stands in the rail.
#[component]
pub fn ActivityLink(lists: Lists) -> impl IntoView {
    let words = use_words();

    view! {
        <A href=ACTIVITY attr:class="rail-link rail-activity">
            <Icon symbol=Symbol::Activity/>
            <span class="rail-label">{words.activity().activity}</span>
            <Transition>
                <Count lists/>
            </Transition>
        </A>
    }
}

/// Nothing while nothing is new.
#[component]
fn Count(lists: Lists) -> impl IntoView {
    let words = use_words();
    let known = lists.read();
    let count = Memo::new(move |_| known.with(|home| home.as_ref().map_or(0, |home| home.activity)));

    live(move || {
        Some(count.get()).filter(|count| *count > 0).map(|count| {
            view! {
                <span class="visually-hidden">", " {(words.activity().new)(count)}</span>
                <span class="conversation-unread" aria-hidden="true">{counted(count)}</span>
            }
        })
    })
}
