//! What a form says once it was granted, on the page that it led to.

use leptos::prelude::*;

use crate::{browser, visit};

/// Says `text` if the form to the server function at `url` led here and was granted. The keyboard is brought along,
/// since the page was loaded anew, so that a screen reader says it too.
#[component]
pub fn Saved(url: &'static str, text: &'static str) -> impl IntoView {
    visit::was_granted(url).then(|| {
        Effect::new(|_| browser::before_paint(|| browser::focus("[data-saved]")));
        view! { <p class="notice" role="status" tabindex="-1" data-saved>{text}</p> }
    })
}
