//! Seed 003, Messagerie: accounts by phone number and one-time code, talks of two, reactions, search.
//!
//! What differs from the document, since it is unsafe there: a conversation is told to its two people alone, nobody is
//! told another's number, tokens end after thirty minutes, and lists come in pages.

mod accounts;
mod dates;
mod listing;
mod messages;
mod sockets;

pub use self::sockets::Sockets;

use axum::{extract::FromRequestParts, http::request::Parts};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{refusal::Refusal, shown};
use crate::server::{caller::Caller, state::AppState, tokens::families::Audience};

/// Where it begins.
pub const ROOT: &str = "/dialects/messagerie";

/// Every route.
pub fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::log_in))
        .routes(routes!(accounts::delete))
        .routes(routes!(messages::send))
        .routes(routes!(messages::react))
        .routes(routes!(messages::unreact))
        .routes(routes!(listing::conversation))
        .routes(routes!(listing::search))
        .routes(routes!(listing::filter))
}

/// Somebody who is logged in there.
pub struct LoggedIn(pub Caller);

impl FromRequestParts<AppState> for LoggedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        Ok(Self(shown(app, &parts.headers, Audience::Messagerie).await?))
    }
}
