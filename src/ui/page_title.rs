//! What stands in the tab.

use leptos::prelude::*;
use leptos_meta::Title;

/// Names the page: `Friends · Salon`.
#[component]
pub fn PageTitle(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <Title text=move || format!("{} · Salon", text.get())/> }
}
