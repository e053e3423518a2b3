//! How a live connection begins: who may open one, and with which limits.

use axum::{
    extract::{Query, State, ws::WebSocketUpgrade},
    http::HeaderMap,
    response::Response,
};

use super::{
    salon::Salon,
    socket::{Protocol, close, code, serve},
};
use crate::{
    error::Error,
    realtime::event::{LARGEST_FRAME, SUBPROTOCOL},
    server::{
        caller::{Caller, Visitor},
        listen::Place,
        origin, pages,
        state::AppState,
    },
    tokens::Scope,
};

/// `GET /ws`: opens the live connection of whoever is logged in, for our own pages only.
pub async fn open(
    State(app): State<AppState>,
    Query(arriving): Query<Arriving>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    axum::Extension(place): axum::Extension<Place>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // The same-origin policy does not cover WebSockets: any page could open one with this person's cookie.
    if !origin::is_ours(&app, &headers) {
        return pages::failed(&Error::Forbidden);
    }
    let Some(upgrade) = prepared(upgrade) else { return pages::failed(&Error::Unsupported) };
    match visitor.caller {
        Some(caller) => upgraded(caller, upgrade, place, !arriving.idle, Salon(Scope::Write)),
        // A browser shows its page no status of a refused handshake, only that there is no connection, and the
        // page would try for ever. A close code it does show.
        None => turned_away(&app, upgrade, code::SESSION_ENDED),
    }
}

/// Opens a connection and closes it, with the code that says to whoever opened it that they are not logged in.
pub fn turned_away(app: &AppState, upgrade: WebSocketUpgrade, code: u16) -> Response {
    let tracker = app.sockets.clone();
    upgrade.on_upgrade(async move |mut socket| {
        tracker.track_future(close(&mut socket, code, "not logged in")).await;
    })
}

/// A handshake with our limits; none if the client does not speak our protocol.
pub fn prepared(upgrade: WebSocketUpgrade) -> Option<WebSocketUpgrade> {
    Some(limited(upgrade.protocols([SUBPROTOCOL]))).filter(|upgrade| upgrade.selected_protocol().is_some())
}

/// A handshake with our limits.
pub fn limited(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .max_message_size(LARGEST_FRAME)
        .max_frame_size(LARGEST_FRAME)
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(1024 * 1024)
}

/// Opens the connection of the caller, who is at work there if `active`.
pub fn upgraded(
    caller: Caller,
    upgrade: WebSocketUpgrade,
    place: Place,
    active: bool,
    protocol: impl Protocol,
) -> Response {
    let tracker = caller.app.sockets.clone();
    upgrade.on_upgrade(async move |socket| {
        tracker.track_future(serve(caller, socket, active, protocol)).await;
        // Only now: a live connection counts among those that one address may have.
        drop(place);
    })
}

/// How a connection begins.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
pub struct Arriving {
    /// Nobody does anything there: a page has connected again by itself.
    #[serde(default)]
    idle: bool,
}
