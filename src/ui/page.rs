//! A page beside the list: its name, the way back where there is no room for both, and what it holds.

use leptos::prelude::*;

use super::{
    heading::Heading,
    icon::{Icon, Symbol},
    live::live,
    page_title::PageTitle,
};
use crate::text::use_words;

#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// Where the way back leads; home, unless told otherwise.
    #[prop(default = "/")]
    back: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title.clone()/>
        <div class="page">
            <header class="page-header">
                <BackTo path=back.to_owned()/>
                <Heading text=title/>
            </header>
            {children()}
        </div>
    }
}

/// A page about something that has a `name` and a page of its own at `path`, to which it leads back.
#[component]
pub fn Within(
    path: String,
    #[prop(into)] name: Signal<String>,
    title: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        {live(move || view! { <PageTitle text=format!("{title} · {}", name.get())/> })}
        <div class="page">
            <header class="page-header page-header--within">
                <BackTo path=path.clone()/>
                <Heading text=title.to_owned()/>
                <p class="page-of"><a href=path dir="auto">{live(move || name.get())}</a></p>
            </header>
            {children()}
        </div>
    }
}

/// The way back to the list, seen where only one of the two fits.
#[component]
pub fn BackHome() -> impl IntoView {
    view! { <BackTo path="/".to_owned()/> }
}

#[component]
fn BackTo(path: String) -> impl IntoView {
    let words = use_words();

    view! {
        <a class="back" href=path>
            <Icon symbol=Symbol::Back/>
            <span class="visually-hidden">{words.back}</span>
        </a>
    }
}
