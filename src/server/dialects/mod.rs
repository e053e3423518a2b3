//! The routes and frames of the documents that Salon grew from, for programs that were written for them.
//!
//! Each document has a folder: it translates, and calls the same verbs as everything else. Nothing in here decides who may
//! do what. Where a document is unsafe, Salon's rule stands, and the description of the route says so.

mod fields;
mod garrix;
mod live;
mod messagerie;
mod refusal;
mod saying;
mod securisee;
mod socket_io;
mod vaultroom;

use axum::{
    Router,
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::any,
};
use utoipa_axum::router::OpenApiRouter;

use self::refusal::Refusal;
use super::{
    caller::Caller,
    rest::bearer_token,
    state::AppState,
    tokens::families::{self, Audience},
};
use crate::error::Error;

/// Below this stands each dialect under its name.
const ROOT: &str = "/dialects";

/// Every route of every dialect, described.
pub fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .nest(vaultroom::ROOT, vaultroom::described())
        .nest(garrix::ROOT, garrix::described())
        .nest(messagerie::ROOT, messagerie::described())
        .nest(securisee::ROOT, securisee::described())
}

/// What is no route with a description: connections of another protocol, and whatever else is asked for below the root.
pub fn rest(app: &AppState) -> Router<AppState> {
    Router::new()
        .merge(socket_io::router::<vaultroom::Sockets>(app))
        .merge(socket_io::router::<messagerie::Sockets>(app))
        .route(ROOT, any(nothing))
        .route(&format!("{ROOT}/{{*rest}}"), any(nothing))
}

/// Whose token it is.
///
/// # Errors
/// 401 where it opens nothing of that dialect, or no longer.
async fn bearer(app: &AppState, token: &str, audience: Audience) -> Result<Caller, Refusal> {
    Ok(families::bearer(app, token, audience).await?.ok_or(Error::SignedOut)?)
}

/// As [`bearer`], of the token that a request shows in its header.
async fn shown(app: &AppState, headers: &HeaderMap, audience: Audience) -> Result<Caller, Refusal> {
    bearer(app, bearer_token(headers).ok_or(Error::SignedOut)?, audience).await
}

async fn nothing() -> Refusal {
    Error::NotFound.into()
}

/// What is answered where there is no such method.
pub fn no_such_method() -> Response {
    Refusal::method().into_response()
}

/// Whether a path belongs to a dialect: its failures are for programs, whoever asks.
pub fn is_dialect(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path as it may be written to a log: what opens something stays out of it.
pub fn logged(path: &str) -> Option<&'static str> {
    path.starts_with("/dialects/garrix/users/ws/").then_some("/dialects/garrix/users/ws/…")
}
