//! How much more a program may do now, told where it was counted (draft-ietf-httpapi-ratelimit-headers-09).

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};

use crate::server::limits::{self, Asked};

/// What may be done: how many at once, and how fast they come anew.
pub const POLICY: &str = "ratelimit-policy";

/// What is left of it.
pub const LEFT: &str = "ratelimit";

/// Adds to the answer of a change what its limits say. Reading is counted nowhere.
pub async fn tell(request: Request, next: Next) -> Response {
    if request.method() == Method::GET {
        return next.run(request).await;
    }
    let (mut response, asked) = limits::noting(next.run(request)).await;
    let mut put = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value)
            && !value.is_empty()
        {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    };
    put(POLICY, list(&asked, |one| format!("\"{}\";q={};w={}", one.name, one.quota, one.window)));
    put(LEFT, list(&asked, |one| format!("\"{}\";r={};t={}", one.name, one.left, one.rest_in)));
    response
}

/// A list, as structured fields have it (RFC 9651).
fn list(asked: &[Asked], say: impl Fn(&Asked) -> String) -> String {
    asked.iter().map(say).collect::<Vec<_>>().join(", ")
}
