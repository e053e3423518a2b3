//! The frame of the pages outside the house: one column with the product's name and one honest sentence.

use leptos::prelude::*;

use crate::text::use_words;

/// A page for somebody who is not logged in.
#[component]
pub fn Threshold(title: &'static str, children: Children) -> impl IntoView {
    let words = use_words();

    view! {
        <main id="main" class="threshold">
            <header class="threshold-brand">
                <p class="wordmark">"Salon"</p>
                <h1 tabindex="-1">{title}</h1>
                <p class="promise">{words.promise}</p>
            </header>
            {children()}
        </main>
    }
}
