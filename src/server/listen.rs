//! Accepting connections: with time limits on reading headers, a cap on how many, and an end in order.
//!
//! Our own loop, because axum's has no timer and so no header timeout: a client that sends one byte a minute would
//! keep its connection for ever.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context;
use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use super::state::AppState;

/// Connections that the kernel may hold for us: a restart brings everybody back at once.
const BACKLOG: u32 = 4_096;

/// For the headers of a request, and between two requests on one connection.
const HEADERS: Duration = Duration::from_secs(10);

const MOST_HEADERS: usize = 100;

/// Bytes of a request's headers.
const MOST_HEADER_BYTES: usize = 32 * 1024;

/// Connections from one address that is not this machine or a trusted proxy.
const MOST_FROM_ONE: usize = 1_024;

/// For the other end to take what was written (`TCP_USER_TIMEOUT`), its zero windows included.
#[cfg(target_os = "linux")]
const DEAF: Duration = Duration::from_secs(60);

/// File descriptors kept for the database, logs and files.
const RESERVED: u64 = 256;

/// After an error of accept that is not the client's, as too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes the address and the port.
///
/// # Errors
/// If somebody else has it, or it is not ours to take.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address).with_context(|| format!("{address} cannot be listened on"))?;
    Ok(socket.listen(BACKLOG)?)
}

/// Serves until `stop` is cancelled, then waits at most `patience` for the requests that are under way.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    app: &AppState,
    stop: CancellationToken,
    patience: Duration,
) {
    let most = usize::try_from(raise_file_limit().saturating_sub(RESERVED)).unwrap_or(usize::MAX);
    let door = Door {
        router,
        places: Arc::new(Semaphore::new(most.clamp(64, Semaphore::MAX_PERMITS))),
        guests: Arc::default(),
        exempt: app.config.salon.trusted_proxies.clone(),
        connections: TaskTracker::new(),
        stop: stop.clone(),
    };
    loop {
        let place = door.places.clone().acquire_owned();
        let arrived = tokio::select! {
            () = stop.cancelled() => break,
            arrived = async { (place.await, listener.accept().await) } => arrived,
        };
        match arrived {
            (Ok(place), Ok((stream, peer))) => door.welcome(stream, peer.ip(), place),
            (_, Err(error)) if is_the_clients(&error) => {}
            (_, Err(error)) => {
                tracing::error!(%error, "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
            }
            (Err(_), _) => break,
        }
    }
    drop(listener);
    door.connections.close();
    if tokio::time::timeout(patience, door.connections.wait()).await.is_err() {
        tracing::warn!("some requests were still under way and are cut off");
    }
}

struct Door {
    router: Router,
    places: Arc<Semaphore>,
    guests: Arc<Guests>,
    exempt: Vec<IpAddr>,
    connections: TaskTracker,
    stop: CancellationToken,
}

impl Door {
    fn welcome(&self, stream: TcpStream, peer: IpAddr, place: OwnedSemaphorePermit) {
        let counted = !(peer.is_loopback() || self.exempt.contains(&peer));
        let guest =
            if counted { self.guests.enter(peer, MOST_FROM_ONE) } else { Some(Guest { leaves: None }) };
        let Some(guest) = guest else { return };
        // A frame of a few bytes is not to wait for the next one.
        drop(stream.set_nodelay(true));
        give_up_on_the_deaf(&stream);

        let (router, place) = (self.router.clone(), Place(Arc::new((place, guest))));
        let service = tower::service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request.extensions_mut().insert(place.clone());
            router.clone().oneshot(request.map(Body::new))
        });
        // HTTP/1.1 only: browsers speak HTTP/2 over TLS alone, which a proxy in front ends, and finding out which
        // of the two a silent client means to speak has no time limit.
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_headers(MOST_HEADERS)
            .max_buf_size(MOST_HEADER_BYTES)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .with_upgrades();
        let stop = self.stop.clone();
        self.connections.spawn(async move {
            let mut connection = pin!(connection);
            tokio::select! {
                // What goes wrong on one connection is its client's affair.
                _ = connection.as_mut() => {}
                () = stop.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    drop(connection.await);
                }
            }
        });
    }
}

/// A connection's place among all and among those of its address. Whoever takes the connection over keeps it.
#[derive(Clone)]
pub struct Place(#[expect(dead_code, reason = "held, not looked at")] Arc<(OwnedSemaphorePermit, Guest)>);

/// How many connections each address has.
#[derive(Debug, Default)]
pub struct Guests {
    counts: Mutex<HashMap<IpAddr, usize>>,
}

/// One connection's place among its address's; leaving it gives the place back.
pub struct Guest {
    leaves: Option<(Arc<Guests>, IpAddr)>,
}

impl Guests {
    /// One more from there; none where there are `most` already.
    pub fn enter(self: &Arc<Self>, peer: IpAddr, most: usize) -> Option<Guest> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(peer).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Guest { leaves: Some((self.clone(), peer)) })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let Some((guests, peer)) = self.leaves.take() else { return };
        let mut counts = guests.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&peer) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&peer);
            }
        }
    }
}

/// Lets the kernel end a connection whose other end takes nothing, so that nobody waits for it for ever.
fn give_up_on_the_deaf(stream: &TcpStream) {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, DEAF.as_millis() as u32) {
        tracing::debug!(%error, "a connection has no limit for its writes");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = stream;
}

fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Raises the soft limit of open files to the hard one; how many that are.
fn raise_file_limit() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let now = if setrlimit(Resource::Nofile, raised).is_ok() { raised } else { limit };
    now.current.unwrap_or(1 << 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_so_many_places_and_gives_them_back() {
        let (guests, peer, other) = (Arc::new(Guests::default()), [192, 0, 2, 1], [192, 0, 2, 2]);
        let inside: Vec<Guest> = (0..3).filter_map(|_| guests.enter(peer.into(), 3)).collect();
        assert_eq!(inside.len(), 3);
        assert!(guests.enter(peer.into(), 3).is_none());
        assert!(guests.enter(other.into(), 3).is_some());

        drop(inside);
        assert!(guests.enter(peer.into(), 3).is_some());
        assert!(guests.counts.lock().expect("not poisoned").is_empty());
    }
}
