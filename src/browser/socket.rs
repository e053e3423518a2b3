//! One WebSocket: frames of text, until it is closed.

use futures_util::{SinkExt, StreamExt};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};
use leptos::prelude::location;

/// An open or opening connection; dropping it closes it.
pub struct Socket(WebSocket);

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    Frame(String),
    /// The connection has ended, with its code (RFC 6455, section 7.4): 1006 if nobody said good-bye.
    Closed(u16),
}

/// What browsers report where no code was received.
const ABNORMAL: u16 = 1006;

impl Socket {
    /// Begins to connect to `path` on the server of this page: it is open when the first frame has arrived.
    /// None where the browser forbids it.
    pub fn open(path: &str, protocol: &str) -> Option<Self> {
        let location = location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let address = format!("{scheme}://{}{path}", location.host().ok()?);
        WebSocket::open_with_protocol(&address, protocol).ok().map(Self)
    }

    /// The next frame, or the end. Frames that are not text are passed over.
    pub async fn next(&mut self) -> Arrival {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Arrival::Frame(text),
                Some(Err(WebSocketError::ConnectionClose(close))) => return Arrival::Closed(close.code),
                // An error is always followed by the end, which has the code.
                Some(Ok(Message::Bytes(_)) | Err(_)) => {}
                None => return Arrival::Closed(ABNORMAL),
            }
        }
    }

    /// Hands a frame to the browser. A connection that is lost says so in [`Socket::next`].
    pub async fn send(&mut self, frame: String) {
        // The end is on its way already. Browsers would throw the frame away, and complain.
        if matches!(self.0.state(), State::Closing | State::Closed) {
            return;
        }
        let _ = self.0.send(Message::Text(frame)).await;
    }
}
