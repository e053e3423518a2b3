//! Whether a request comes from our own pages: the protection against forged requests (CSRF).
//!
//! By `Sec-Fetch-Site`, which no page can forge, else by `Origin`. Our own layer: tower-http's lets requests
//! through that carry neither. Tokens in pages are not needed then.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};

use super::{pages, state::AppState};
use crate::error::Error;

/// Refuses what would change something and does not come from our own pages.
pub async fn only_ours(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || may_change(&app, request.headers()) {
        next.run(request).await
    } else {
        pages::failed(&Error::Forbidden)
    }
}

fn may_change(app: &AppState, headers: &HeaderMap) -> bool {
    // An old browser, or no browser: neither header and a cookie is what a forged form would look like there.
    let says_nothing = !headers.contains_key("sec-fetch-site") && !headers.contains_key(header::ORIGIN);
    !(is_elsewhere(app, headers) || says_nothing && headers.contains_key(header::COOKIE))
}

/// Whether a browser says that a page of another site asks. Programs say nothing.
pub fn is_elsewhere(app: &AppState, headers: &HeaderMap) -> bool {
    let elsewhere = headers.contains_key(header::ORIGIN) && !is_ours(app, headers);
    match headers.get("sec-fetch-site").map(|value| value.as_bytes()) {
        None | Some(b"same-origin" | b"none") => elsewhere,
        Some(_) => true,
    }
}

/// Whether `Origin` is exactly one of ours.
pub fn is_ours(app: &AppState, headers: &HeaderMap) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (origin, more) = (origins.next(), origins.next());
    let text = origin.and_then(|origin| origin.to_str().ok());
    more.is_none() && text.is_some_and(|origin| app.origins.iter().any(|ours| ours == origin))
}
