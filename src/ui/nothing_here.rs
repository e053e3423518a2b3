//! Screens for what is not there, with a way out.

use leptos::prelude::*;

use super::{heading::Heading, page_title::PageTitle};
use crate::{error::Error, text::use_words, visit};

/// In place of a page that does not exist, or must not be known to. Answers with status 404.
#[component]
pub fn NothingHere() -> impl IntoView {
    let words = use_words();
    visit::answer_with(404);

    view! {
        <PageTitle text=words.not_found_title/>
        <div class="empty">
            <Heading text=words.not_found_title/>
            <p>{words.not_found}</p>
            <a class="button" href="/">{words.back_home}</a>
        </div>
    }
}

/// In place of a page that could not be read: as [`NothingHere`] where its address leads nowhere. Whoever is not logged in
/// any more goes to log in.
#[component]
pub fn Unread(error: Error) -> impl IntoView {
    if matches!(error, Error::NotFound | Error::Invalid { .. }) {
        return view! { <NothingHere/> }.into_any();
    }
    let words = use_words();
    let text = words.sentence(&error);
    visit::answer_with(error.status());
    visit::leave_if_signed_out(Signal::stored(Some(error)));

    view! {
        <PageTitle text=words.failed_title/>
        <Failed text/>
    }
    .into_any()
}

/// In place of what could not be read. The way out loads the page anew.
#[component]
pub fn Failed(#[prop(into)] text: String) -> impl IntoView {
    let words = use_words();
    let here = leptos_router::hooks::use_url();
    let again = move || here.with(|url| format!("{}{}", url.path(), query(url.search())));

    view! {
        <Empty title=words.failed_title text=text>
            <a class="button" rel="external" href=again>{words.try_again}</a>
        </Empty>
    }
}

/// A quiet place: what it is, why it is empty, and one thing to do.
#[component]
pub fn Empty(
    title: &'static str,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

fn query(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() { String::new() } else { format!("?{search}") }
}
