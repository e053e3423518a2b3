//! Says that the connection is lost, once that is worth saying, and when it is tried next.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{Realtime, Status, use_realtime};
use crate::{browser, text::use_words, time::Timestamp, ui::button::Weight};

/// Milliseconds. Shorter interruptions heal before anybody could act on them.
const PATIENCE: i64 = 5_000;

const SECOND: Duration = Duration::from_secs(1);

/// One line, empty while all is well.
#[component]
pub fn Banner() -> impl IntoView {
    let words = use_words();
    let realtime = StoredValue::new(use_realtime());
    // Seconds until the next try.
    let left = RwSignal::new(None::<u32>);
    let shown = Memo::new(move |_| left.with(Option::is_some));
    let next = move || match left.get() {
        Some(0) | None => words.trying.to_owned(),
        Some(seconds) => (words.next_try)(seconds),
    };

    Effect::new(move |_| match realtime.get_value().status() {
        Status::Down { since, .. } => spawn_local(count(realtime.get_value(), since, left)),
        Status::Connecting | Status::Open => left.set(None),
    });

    view! {
        <div class="banner" role="status" data-kind="offline">
            {move || {
                shown
                    .get()
                    .then(|| {
                        view! {
                            <span>{words.no_connection}</span>
                            // Read aloud, it would begin anew every second.
                            <span class="banner-next" aria-hidden="true">
                                {next}
                            </span>
                            <button
                                type="button"
                                class=Weight::Quiet.class()
                                on:click=move |_| realtime.get_value().retry()
                            >
                                {words.retry_now}
                            </button>
                        }
                    })
            }}
        </div>
    }
}

/// Counts down to the next try, until that is over or another is known.
async fn count(realtime: Realtime, since: Timestamp, left: RwSignal<Option<u32>>) {
    let status = realtime.status_untracked();
    let silent = since.millis() + PATIENCE - browser::now().millis();
    browser::after(Duration::from_millis(u64::try_from(silent).unwrap_or(0))).await;

    while let (true, Status::Down { retry_at, .. }) = (realtime.status_untracked() == status, status) {
        let seconds = (retry_at.millis() - browser::now().millis() + 999) / 1_000;
        let seconds = u32::try_from(seconds).unwrap_or(0);
        // The page may have gone meanwhile. While it is being tried there is nothing to count.
        if left.try_set(Some(seconds)).is_some() || seconds == 0 {
            return;
        }
        browser::after(SECOND).await;
    }
}
