//! What stands beside the list while no conversation is open.

use leptos::prelude::*;

use crate::{
    text::use_words,
    ui::{heading::Heading, page_title::PageTitle},
    visit::use_viewer,
};

#[component]
pub fn HomePage() -> impl IntoView {
    let words = use_words();
    let name = use_viewer().map(|viewer| viewer.person.display_name).unwrap_or_default();

    view! {
        <PageTitle text=words.home/>
        <div class="empty">
            <Heading text=(words.welcome)(&name)/>
            <p>{words.welcome_text}</p>
            <a class="button" href="/friends">{words.add_friends}</a>
        </div>
    }
    .into_any()
}
