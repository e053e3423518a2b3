//! Who may open a Socket.IO connection, and with which limits.

use std::{convert::Infallible, fmt, future::ready, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Method, header},
    response::{IntoResponse, Response},
    routing::any,
};
use serde::Deserialize;
use serde_json::Value;
use socketioxide::{
    ParserConfig, SocketIo,
    extract::{AckSender, Event, SocketRef, TryData},
    handler::ConnectHandler,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tower::{ServiceExt, util::BoxCloneSyncService};

use super::{
    super::{bearer, refusal::Refusal},
    Dialect,
    run::{Arrived, Heard, run},
};
use crate::{
    error::Error,
    realtime::event::LARGEST_FRAME,
    server::{
        caller::Arrival,
        limits::Origin,
        listen::{Guest, Guests},
        realtime::{
            hub::NoSeat,
            stay::{NoStay, Stay},
        },
        rest::bearer_token,
        state::AppState,
    },
};

/// Between two pings. A long poll is answered with each, and so before a request is cut off.
const PING: Duration = Duration::from_secs(25);

/// For the answer to a ping.
const PONG: Duration = Duration::from_secs(20);

/// For a connection to show its token; then it is closed.
const TOKEN: Duration = Duration::from_secs(5);

/// For a connection that goes from long polls to a WebSocket.
const UPGRADE: Duration = Duration::from_secs(5);

/// Packets that may wait for a connection, beside its queue at the hub: about 1.5 MB of the longest messages.
const MOST_PACKETS: usize = 32;

/// What a program has said and was not looked at yet: more than it may say at once.
const MOST_HEARD: usize = 64;

/// Fields of one event of a program's.
const MOST_FIELDS: usize = 32;

/// Connections from one address: long polls leave no other trace between two requests.
const MOST_FROM_ONE: usize = 1_024;

/// Everything that a connection needs to be opened.
#[derive(Clone)]
struct Door {
    app: AppState,
    service: BoxCloneSyncService<Request, Response, Infallible>,
    guests: Arc<Guests>,
}

/// Where a connection comes from; it has its place there until it is over.
#[derive(Clone)]
struct Whence(Origin, #[expect(dead_code, reason = "held, not looked at")] Arc<Guest>);

/// The routes of a dialect's connections.
pub fn router<D: Dialect>(app: &AppState) -> Router<AppState> {
    let (service, io) = SocketIo::builder()
        .req_path(D::PATH)
        .ping_interval(PING)
        .ping_timeout(PONG)
        .connect_timeout(TOKEN)
        .upgrade_timeout(UPGRADE)
        .max_buffer_size(MOST_PACKETS)
        .max_payload(LARGEST_FRAME as u64)
        .ws_max_message_size(LARGEST_FRAME)
        .ws_max_frame_size(LARGEST_FRAME)
        // Nothing here is binary, and what waits for the rest of a packet would be kept.
        .with_parser(ParserConfig::common().max_incoming_binaries(0).max_incoming_binary_buf_size(0))
        .build_svc();
    let (arriving, connected) = (app.clone(), app.clone());
    let connect = move |socket: SocketRef, io: SocketIo| {
        if let Some(arrived) = socket.extensions.remove::<Arc<Arrived>>().and_then(Arc::into_inner) {
            connected.sockets.spawn(run(D::default(), arrived, socket, io));
        }
        ready(())
    };
    let arrive = move |socket: SocketRef, TryData(shown): TryData<Shown>| {
        let app = arriving.clone();
        async move { arrive::<D>(app, socket, shown.unwrap_or_default()).await }
    };
    io.ns("/", connect.with(arrive));

    let service = ServiceExt::<Request>::map_response(service, |response| response.map(Body::new));
    let service = BoxCloneSyncService::new(service);
    let door = Door { app: app.clone(), service, guests: Arc::default() };
    let serve = any(move |arrival: Arrival, request: Request| door.clone().serve(arrival, request));
    Router::new().route(D::PATH, serve.clone()).route(&format!("{}/", D::PATH), serve)
}

impl Door {
    async fn serve(self, arrival: Arrival, mut request: Request) -> Response {
        let query = request.uri().query().unwrap_or_default();
        if !query.split('&').any(|pair| pair.starts_with("sid=")) {
            let origin = Origin::from(arrival.address);
            let taken = self.app.limits.handshakes.take(&origin);
            let guest = taken.and_then(|()| {
                self.guests.enter(arrival.address, MOST_FROM_ONE).ok_or(Error::TooFast { retry_in: 60 })
            });
            match guest {
                Ok(guest) => drop(request.extensions_mut().insert(Whence(origin, Arc::new(guest)))),
                Err(error) => return Refusal::from(error).into_response(),
            }
        }
        let is_poll = *request.method() == Method::GET;
        let answered = self.service.oneshot(request);
        let stopping = async {
            match is_poll {
                true => self.app.stopping.cancelled().await,
                // What was accepted is finished.
                false => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            answered = answered => match answered {
                Ok(response) => response,
                Err(never) => match never {},
            },
            // A long poll that waits when the server goes would have it wait as well.
            () = stopping => closed(),
        }
    }
}

/// The packet by which a connection is closed: its program comes back by itself.
fn closed() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=UTF-8")], "1").into_response()
}

/// What a program shows when it connects.
#[derive(Default, Deserialize)]
struct Shown {
    token: Option<String>,
}

/// Why a program cannot connect, as it is told.
struct Refused(Refusal);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.detail())
    }
}

impl<E: Into<Refusal>> From<E> for Refused {
    fn from(refusal: E) -> Self {
        Self(refusal.into())
    }
}

/// Lets a program in that shows a token of this document, in its first packet or in the header of its first request.
async fn arrive<D: Dialect>(app: AppState, socket: SocketRef, shown: Shown) -> Result<(), Refused> {
    let parts = socket.req_parts();
    if let Some(Whence(origin, _)) = parts.extensions.get() {
        app.limits.handshakes.take(origin)?;
    }
    let token = shown.token.as_deref().or_else(|| bearer_token(&parts.headers)).ok_or(Error::SignedOut)?;
    let caller = bearer(&app, token, D::AUDIENCE).await?;
    let account = caller.account;
    let stay = Stay::begin(caller, true).await.map_err(|no_stay| match no_stay {
        NoStay::Seat(NoSeat::TooMany) => Error::TooMuch,
        NoStay::Seat(NoSeat::Closed) => Error::Unavailable,
        NoStay::SessionEnded => Error::SignedOut,
        NoStay::Failed(failure) => {
            tracing::error!(error = %failure, %account, "a connection could not be opened");
            Error::from(failure)
        }
    })?;

    // Before it is connected, so that nothing is said that nobody hears. What is heard keeps its order.
    let (hears, heard) = mpsc::channel(MOST_HEARD);
    let over = CancellationToken::new();
    let flooded = CancellationToken::new();
    let floods = flooded.clone();
    let hear = move |Event(event): Event, TryData(said): TryData<Value>, ack: AckSender| {
        let heard = match app.limits.frames.take(&account) {
            Ok(()) => Heard::Said { event, said: said.ok().filter(is_flat), ack },
            Err(_) => Heard::TooMuch,
        };
        if hears.try_send(heard).is_err() {
            floods.cancel();
        }
        ready(())
    };
    socket.on_fallback(hear);
    let leaves = over.clone();
    socket.on_disconnect(move || {
        leaves.cancel();
        ready(())
    });
    socket.extensions.insert(Arc::new(Arrived { stay, heard, over, flooded }));
    Ok(())
}

/// Whether it is a scalar, or some of them by name: nothing that takes more room than its text.
fn is_flat(said: &Value) -> bool {
    let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
    match said {
        Value::Object(fields) => fields.len() <= MOST_FIELDS && fields.values().all(is_scalar),
        value => is_scalar(value),
    }
}
