//! A refusal that leaves much of a request unread ends its connection, and says so beforehand.
//!
//! What was not read would have to be skipped before the next request of the same connection. The server does not do that
//! for bodies that it has refused, so it hangs up; a client that was not told may be sending its next request into a
//! connection that is going away, and cannot know whether that was answered. [RFC 9112, section 9.6] has a word for it.
//!
//! [RFC 9112, section 9.6]: https://www.rfc-editor.org/rfc/rfc9112#section-9.6

use axum::{
    body::HttpBody as _,
    extract::Request,
    http::{HeaderValue, Version, header},
    middleware::Next,
    response::Response,
};

/// In bytes: a body of at most this has arrived together with its headers, or nearly, and is skipped without being waited for.
const SKIPPED: u64 = 16 * 1024;

/// Adds `Connection: close` to a refusal of a request whose body is longer than [`SKIPPED`], or of unknown length.
pub async fn announce(request: Request, next: Next) -> Response {
    let long = request.body().size_hint().upper().is_none_or(|most| most > SKIPPED);
    // Later versions have streams of their own for each request, and forbid the header.
    let shared = request.version() <= Version::HTTP_11;
    let mut response = next.run(request).await;
    let status = response.status();
    if long && shared && (status.is_client_error() || status.is_server_error()) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
