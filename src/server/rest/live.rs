//! The live connection of a program: the protocol of our own pages, with a token in place of the cookie.

use axum::{
    Extension,
    extract::{FromRequestParts, ws::WebSocketUpgrade},
    http::request::Parts,
    response::Response,
};

use super::{
    problem::{Described, Problem},
    program,
};
use crate::{
    error::Error,
    server::{
        caller::Caller,
        listen::Place,
        realtime::{handshake, salon::Salon},
        state::AppState,
    },
    tokens::Scope,
};

/// Who opens a connection, and what the token allows.
pub struct Opens(Caller, Scope, WebSocketUpgrade);

impl FromRequestParts<AppState> for Opens {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let (caller, scope) = program::bearer(parts, state).await?;
        let upgrade = WebSocketUpgrade::from_request_parts(parts, state).await;
        Ok(Self(caller, scope, upgrade.map_err(|_| Error::Unsupported)?))
    }
}

/// Opens a live connection: everything that concerns whoever made the token, as it happens.
///
/// The protocol is `salon.v1`, as docs/protocol.md describes it. A token that may only read hears everything and tells
/// nobody anything.
#[utoipa::path(get, path = "/live", tag = "live",
    params(("Sec-WebSocket-Protocol" = String, Header, description = "salon.v1", pattern = r"^salon\.v1$")), responses(
    (status = 101, description = "The connection is open"),
    (status = 401, body = Described),
    (status = 415, description = "No WebSocket, or not of this protocol", body = Described),
))]
pub async fn open(
    Extension(place): Extension<Place>,
    Opens(caller, scope, upgrade): Opens,
) -> Result<Response, Problem> {
    let upgrade = handshake::prepared(upgrade).ok_or(Error::Unsupported)?;
    // A program is no person at work: it does not make them look present.
    Ok(handshake::upgraded(caller, upgrade, place, false, Salon(scope)))
}
