//! Seed 004, Messagerie sécurisée: accounts with an access and a refresh token, a list for staff, texts and files between two
//! addresses.
//!
//! Its keys and signatures belong to encrypted conversations, which Salon does not have yet. What differs from the document,
//! since it is unsafe there: nobody becomes staff by registering, nobody speaks or reads in another's name, and another's
//! address is not told.

mod accounts;
mod files;
mod messages;
mod users;

use axum::{extract::FromRequestParts, http::request::Parts};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{refusal::Refusal, shown};
use crate::server::{caller::Caller, state::AppState, tokens::families::Audience};

/// Where it begins.
pub const ROOT: &str = "/dialects/securisee";

/// Every route.
pub fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::log_in))
        .routes(routes!(accounts::log_out))
        .routes(routes!(accounts::refresh))
        .routes(routes!(accounts::who))
        .routes(routes!(users::all))
        .routes(routes!(users::one))
        .routes(routes!(messages::send))
        .routes(routes!(messages::receive))
        .routes(routes!(messages::download))
}

/// Somebody who is logged in there.
pub struct LoggedIn(pub Caller);

impl FromRequestParts<AppState> for LoggedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Refusal> {
        Ok(Self(shown(app, &parts.headers, Audience::Securisee).await?))
    }
}
