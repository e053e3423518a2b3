//! Logging in: a name and a password for tokens, and a refresh token for the next ones.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Body,
    problem::{Described, Problem},
    program::LoggedIn,
};
use crate::server::{
    accounts,
    caller::Arrival,
    tokens::families::{self, Audience, Granted},
};

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// A username, or the address of the account.
    login: String,
    #[schema(max_length = 256)]
    password: String,
}

/// What goes on from here (RFC 6749, section 5.1).
#[derive(Debug, Serialize, ToSchema)]
pub struct Tokens {
    /// A JSON Web Token; what it says is nobody's business but the server's.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds for which the access token is good.
    expires_in: u32,
    /// Good once. Shown a second time it ends everything that this log-in has led to.
    refresh_token: Option<String>,
}

impl From<Granted> for Tokens {
    fn from(granted: Granted) -> Self {
        let Granted { access, seconds, refresh, .. } = granted;
        Self { access_token: access, token_type: "Bearer", expires_in: seconds, refresh_token: refresh }
    }
}

/// Logs a program in.
///
/// What it may do is everything that the person may.
#[utoipa::path(post, path = "/tokens", tag = "tokens", request_body = Login, security(()), responses(
    (status = 200, body = Tokens),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, description = "The name or the password is wrong: the answer is the same", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, body = Described),
    (status = 429, description = "Too many failures", body = Described),
    (status = 503, description = "Too many passwords wait to be checked", body = Described),
))]
pub async fn log_in(
    arrival: Arrival,
    Body(Login { login, password }): Body<Login>,
) -> Result<Json<Tokens>, Problem> {
    let proven = accounts::recognise(&arrival, &login, &password).await?;
    Ok(Json(families::begin(&arrival, proven, Audience::Api).await?.into()))
}

/// What is exchanged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    refresh_token: String,
}

/// Exchanges a refresh token for the next pair.
///
/// Access tokens that were given before stay good until they end.
#[utoipa::path(post, path = "/tokens/refresh", tag = "tokens", request_body = Refresh, security(()), responses(
    (status = 200, body = Tokens),
    (status = 400, description = "The body is not JSON", body = Described),
    (status = 401, description = "It is not good, or no longer", body = Described),
    (status = 413, body = Described),
    (status = 415, body = Described),
    (status = 422, body = Described),
    (status = 429, description = "Too many failures", body = Described),
))]
pub async fn refresh(
    arrival: Arrival,
    Body(Refresh { refresh_token }): Body<Refresh>,
) -> Result<Json<Tokens>, Problem> {
    Ok(Json(families::refresh(&arrival, &refresh_token, Audience::Api).await?.into()))
}

/// Logs the program out: no token of this log-in opens anything any more, and its live connections are closed.
///
/// Tokens that were made in the settings are revoked there.
#[utoipa::path(delete, path = "/tokens/current", tag = "tokens", responses(
    (status = 204, description = "Logged out"),
    (status = 401, body = Described),
))]
pub async fn log_out(arrival: Arrival, LoggedIn(caller): LoggedIn) -> Result<StatusCode, Problem> {
    families::log_out(&arrival, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
