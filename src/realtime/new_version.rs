//! Offers to load the page anew once the server is of another build. Never forced: somebody may be writing.

use leptos::prelude::*;

use super::use_realtime;
use crate::{browser, text::use_words, ui::toast::Toast};

/// Silent until then.
#[component]
pub fn NewVersion() -> impl IntoView {
    let words = use_words();
    let realtime = use_realtime();
    let dismissed = RwSignal::new(false);

    view! {
        <Toast
            open=Signal::derive(move || realtime.is_outdated() && !dismissed.get())
            text=words.new_version
            action=words.reload
            act=Callback::new(|()| browser::reload())
            dismiss=words.dismiss
            dismissed=Callback::new(move |()| dismissed.set(true))
        />
    }
}
