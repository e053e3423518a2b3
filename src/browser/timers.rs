//! Waiting.

use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::request_animation_frame;

/// The longest wait that browsers keep: beyond 2^31 ms they do not wait at all.
const LONGEST: u32 = i32::MAX as u32;

/// Ends after `wait`, or later: browsers slow the timers of pages that nobody sees.
pub fn after(wait: Duration) -> TimeoutFuture {
    TimeoutFuture::new(u32::try_from(wait.as_millis()).unwrap_or(LONGEST).min(LONGEST))
}

/// Calls `act` once what has changed stands in the page and before it is painted. Waits while nobody sees the page.
pub fn before_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(act);
}
