//! What the screen is like.

use leptos::prelude::window;

/// Whether `query` holds now (Media Queries Level 4).
pub fn is(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}
