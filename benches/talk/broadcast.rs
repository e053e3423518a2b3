//! What fan-out is compared with: a bare axum server that hands what it is given to every socket of a room.
//!
//! No accounts, no rights, no database, nothing kept: the least that a chat server on this stack can do.

use std::{
    process::{Child, Stdio},
    sync::Arc,
};

use axum::{
    Router,
    extract::{
        Path, State,
        ws::{Message as Frame, Utf8Bytes, WebSocket, WebSocketUpgrade},
    },
    http::StatusCode,
    response::Response,
    routing::{any, post},
    serve::ListenerExt,
};
use futures_util::SinkExt;
use tokio::{
    net::TcpListener,
    sync::broadcast::{Receiver, Sender, channel, error::RecvError},
};

use crate::{Failure, crowd::MOST_ROOMS, machine, salon};

/// The word by which this executable is told to be this.
pub const ROLE: &str = "bare-broadcast";

/// As many frames may wait for a socket as in Salon.
const WAITING: usize = 256;

/// The server as a process of its own.
pub struct Broadcast {
    child: Child,
    pub origin: String,
}

impl Broadcast {
    pub fn start() -> Result<Self, Failure> {
        let mut command = machine::measured(&machine::this()?);
        let mut child = command.arg(ROLE).stderr(Stdio::piped()).spawn()?;
        let origin = salon::listening(&mut child)?;
        Ok(Self { child, origin })
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Broadcast {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

type Rooms = Arc<Vec<Sender<Utf8Bytes>>>;

/// Is that server.
#[expect(clippy::print_stderr, reason = "the process that started this one reads it")]
pub async fn role() -> Result<(), Failure> {
    let rooms: Rooms = Arc::new((0..MOST_ROOMS).map(|_| channel(WAITING).0).collect());
    let router = Router::new()
        .route("/post/{room}", post(hand_on))
        .route("/listen/{room}", any(listen))
        .with_state(rooms);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    Ok(axum::serve(listener, router).await?)
}

async fn hand_on(State(rooms): State<Rooms>, Path(room): Path<usize>, text: String) -> StatusCode {
    match rooms.get(room).map(|room| room.send(text.into())) {
        Some(Ok(_)) => StatusCode::OK,
        _ => StatusCode::NOT_FOUND,
    }
}

async fn listen(
    State(rooms): State<Rooms>,
    Path(room): Path<usize>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, StatusCode> {
    let news = rooms.get(room).ok_or(StatusCode::NOT_FOUND)?.subscribe();
    let upgrade = upgrade.protocols(["salon.v1"]).read_buffer_size(4 * 1024).write_buffer_size(4 * 1024);
    Ok(upgrade.on_upgrade(|socket| tell(socket, news)))
}

/// Writes what waits with one flush, as Salon does. Who misses something is left.
async fn tell(mut socket: WebSocket, mut news: Receiver<Utf8Bytes>) {
    while let Ok(text) = news.recv().await {
        let mut next = Ok(text);
        while let Ok(text) = next {
            if socket.feed(Frame::Text(text)).await.is_err() {
                return;
            }
            next = news.try_recv().map_err(|_| RecvError::Closed);
        }
        if socket.flush().await.is_err() {
            return;
        }
    }
}
