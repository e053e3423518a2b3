//! Seed 000, `VaultRoom`: accounts by username, a cookie, talks of two, and rooms of two over Socket.IO.
//!
//! What differs from the document, since it is unsafe there: an unknown user and a wrong password get the same answer, what
//! was typed is never part of a page's markup, pages of other sites change nothing, and lists come in pages.

mod accounts;
mod messages;
mod pages;
mod sockets;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::sockets::Sockets;

use super::{bearer, refusal::Refusal};
use crate::{
    error::Error,
    server::{
        caller::Caller, forms, origin, rest::bearer_token, state::AppState, tokens::families::Audience,
    },
};

/// Where it begins.
pub const ROOT: &str = "/dialects/vaultroom";

/// Every route.
pub fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::log_in))
        .routes(routes!(accounts::log_out, accounts::confirmed))
        .routes(routes!(accounts::users))
        .routes(routes!(messages::send))
        .routes(routes!(messages::list))
        .routes(routes!(pages::home))
        .routes(routes!(pages::log_in))
        .routes(routes!(pages::register))
        .routes(routes!(pages::dashboard))
        .routes(routes!(pages::chat))
}

/// Somebody who is logged in there: by a token in the header `Authorization`, else by the cookie.
pub struct LoggedIn(pub Caller);

impl FromRequestParts<AppState> for LoggedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        let headers = &parts.headers;
        if let Some(token) = bearer_token(headers) {
            return Ok(Self(bearer(app, token, Audience::Vaultroom).await?));
        }
        // The cookie goes along whoever asks, as far as its `SameSite` lets it.
        let is_safe = matches!(parts.method, Method::GET | Method::HEAD);
        let token = cookie(app, headers).ok_or(Error::SignedOut)?;
        let caller = bearer(app, token, Audience::Vaultroom).await?;
        if !is_safe && origin::is_elsewhere(app, headers) {
            return Err(Error::Forbidden.into());
        }
        Ok(Self(caller))
    }
}

/// What the cookie is called: not as Salon's own, and over https such that no other page could have set it.
fn cookie_name(app: &AppState) -> &'static str {
    if app.config.is_https() { "__Secure-vaultroom" } else { "vaultroom" }
}

/// The token that a browser shows.
fn cookie<'a>(app: &AppState, headers: &'a HeaderMap) -> Option<&'a str> {
    forms::cookie(headers, cookie_name(app))
}

/// Hands a token to a browser, for so many seconds: for this dialect alone, unreadable for scripts, and sent along only from
/// pages of ours.
fn set_cookie(app: &AppState, token: &str, seconds: u32) -> String {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let name = cookie_name(app);
    format!("{name}={token}; Path={ROOT}; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}")
}
