//! Seed 002, Garrix: accounts by name and address, talks of two and one room for everyone, two sockets.
//!
//! What differs from the document, since it is unsafe there: nobody is told another's address, tokens end after thirty
//! minutes, lists come in pages, and a password is needed to delete an account.

mod accounts;
mod messages;
mod sockets;
mod users;

use axum::{extract::FromRequestParts, http::request::Parts};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{refusal::Refusal, shown};
use crate::server::{caller::Caller, state::AppState, tokens::families::Audience};

/// Where it begins.
pub const ROOT: &str = "/dialects/garrix";

/// Every route.
pub fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::log_in))
        .routes(routes!(accounts::log_out))
        .routes(routes!(accounts::refresh))
        .routes(routes!(accounts::who))
        .routes(routes!(users::list))
        .routes(routes!(users::me, users::rename, users::delete))
        .routes(routes!(users::active))
        .routes(routes!(users::broadcast))
        .routes(routes!(users::status))
        .routes(routes!(users::one))
        .routes(routes!(messages::list, messages::send))
        .routes(routes!(messages::conversation))
        .routes(routes!(messages::edit, messages::delete))
        .routes(routes!(sockets::activity))
        .routes(routes!(sockets::messages))
}

/// Somebody who is logged in there.
pub struct LoggedIn(pub Caller);

impl FromRequestParts<AppState> for LoggedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        Ok(Self(shown(app, &parts.headers, Audience::Garrix).await?))
    }
}
