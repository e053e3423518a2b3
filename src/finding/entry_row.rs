//! One place that was found: its picture, what it is called and what it is.

use leptos::prelude::*;

use super::{Entry, Goal};
use crate::{
    text::use_words,
    ui::{
        avatar::Avatar,
        icon::{Icon, Symbol},
    },
};

/// What stands in a line about `entry`.
#[component]
pub fn EntryFace(entry: Entry) -> impl IntoView {
    let words = use_words();
    let (name, kind) = (entry.called(words), entry.kind(words));
    let picture = match entry.goal {
        Goal::Channel(_) => {
            view! { <span class="found-icon"><Icon symbol=Symbol::Channel/></span> }.into_any()
        }
        _ => view! { <Avatar name=name.clone() number=entry.face/> }.into_any(),
    };
    let is_space = matches!(entry.goal, Goal::Space(_));

    view! {
        <span class="found-face" class:found-face--space=is_space>{picture}</span>
        <span class="found-name" dir="auto">{name}</span>
        <span class="found-kind" dir="auto"><span class="visually-hidden">", "</span>{kind}</span>
        {entry.unread.then(|| view! {
            <span class="dot"><span class="visually-hidden">", " {words.places().unread}</span></span>
        })}
    }
}
