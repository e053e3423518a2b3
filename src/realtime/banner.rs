//! Says that the connection is lost, once that is worth saying.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{Realtime, Status, use_realtime};
use crate::{browser, text::use_words};

/// Shorter interruptions heal before anybody could act on them.
const PATIENCE: Duration = Duration::from_secs(5);

/// One line, empty while all is well.
#[component]
pub fn Banner() -> impl IntoView {
    let words = use_words();
    let realtime = use_realtime();
    let lost = RwSignal::new(false);

    Effect::new(move |_| match realtime.status() {
        Status::Down { .. } => spawn_local(tell_later(realtime.clone(), lost)),
        Status::Connecting | Status::Open => lost.set(false),
    });

    view! {
        <div class="banner" role="status" data-kind="offline">
            {move || lost.get().then_some(words.no_connection)}
        </div>
    }
}

async fn tell_later(realtime: Realtime, lost: RwSignal<bool>) {
    let down = realtime.status_untracked();
    browser::after(PATIENCE).await;
    if realtime.status_untracked() == down {
        // The page may have gone meanwhile.
        lost.try_set(true);
    }
}
