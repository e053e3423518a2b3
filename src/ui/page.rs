//! A page beside the list: its name, the way back where there is no room for both, and what it holds.

use leptos::prelude::*;

use super::{
    heading::Heading,
    icon::{Icon, Symbol},
    page_title::PageTitle,
};
use crate::text::use_words;

#[component]
pub fn Page(
    title: &'static str,
    /// Where the way back leads; home, unless told otherwise.
    #[prop(default = "/")]
    back: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <PageTitle text=title/>
        <div class="page">
            <header class="page-header">
                <BackTo path=back/>
                <Heading text=title/>
            </header>
            {children()}
        </div>
    }
}

/// The way back to the list, seen where only one of the two fits.
#[component]
pub fn BackHome() -> impl IntoView {
    view! { <BackTo path="/"/> }
}

#[component]
fn BackTo(path: &'static str) -> impl IntoView {
    let words = use_words();

    view! {
        <a class="back" href=path>
            <Icon symbol=Symbol::Back/>
            <span class="visually-hidden">{words.back}</span>
        </a>
    }
}
