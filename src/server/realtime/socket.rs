//! One connection: from its first frame to the last, whatever is spoken there.

use std::{
    collections::VecDeque,
    ops::{Deref, DerefMut},
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket};
use futures_util::SinkExt;

use super::{
    hub::NoSeat,
    outbox::End,
    stay::{NoStay, Stay},
};
use crate::server::caller::Caller;

/// Between two pings.
const PING: Duration = Duration::from_secs(25);

/// Two missed pings: looked at with every ping, it ends a silent connection within a minute.
const SILENCE: Duration = Duration::from_secs(40);

/// A write that takes longer meets a reader that does not read.
const WRITE: Duration = Duration::from_secs(10);

/// For a last close frame; then the connection is dropped.
const GOODBYE: Duration = Duration::from_secs(2);

/// WebSocket close codes (RFC 6455, section 7.4) and ours.
pub(super) mod code {
    pub const POLICY: u16 = 1008;
    pub const TOO_BIG: u16 = 1009;
    pub const RESTART: u16 = 1012;
    pub const TRY_LATER: u16 = 1013;
    pub const SESSION_ENDED: u16 = 4401;
}

/// What is spoken over a connection. Its queue, its limits and its end are the same for all.
pub trait Protocol: Send + Sized + 'static {
    /// What the server says first: not through the queue, where news may wait already.
    fn greet(&mut self, line: &Line) -> VecDeque<Utf8Bytes>;

    /// What waits, in the words of this protocol: events, as their frames.
    fn say(
        &mut self,
        line: &mut Line,
        events: VecDeque<Utf8Bytes>,
    ) -> impl Future<Output = VecDeque<Utf8Bytes>> + Send;

    /// Takes a frame of the client's.
    fn hear(&mut self, line: &mut Line, text: &str) -> impl Future<Output = Next> + Send;

    /// That a frame was not taken, because there are too many.
    fn slow_down(&self) -> Option<Utf8Bytes>;
}

/// Serves the caller, who is at work there if `active`, until one of the ends is gone.
pub(super) async fn serve(caller: Caller, mut socket: WebSocket, active: bool, protocol: impl Protocol) {
    let account = caller.account;
    match Stay::begin(caller, active).await {
        Ok(stay) => Line { stay, socket }.run(protocol).await,
        Err(NoStay::Seat(NoSeat::TooMany)) => {
            close(&mut socket, code::POLICY, "too many connections").await;
        }
        Err(NoStay::Seat(NoSeat::Closed)) => close(&mut socket, code::RESTART, "restarting").await,
        Err(NoStay::SessionEnded) => close(&mut socket, code::SESSION_ENDED, "session ended").await,
        Err(NoStay::Failed(failure)) => {
            tracing::error!(error = %failure, %account, "a connection could not be opened");
            close(&mut socket, code::TRY_LATER, "try again later").await;
        }
    }
}

/// A connection that is open, and who is there.
pub struct Line {
    stay: Stay,
    socket: WebSocket,
}

impl Deref for Line {
    type Target = Stay;

    fn deref(&self) -> &Stay {
        &self.stay
    }
}

impl DerefMut for Line {
    fn deref_mut(&mut self) -> &mut Stay {
        &mut self.stay
    }
}

/// Whether the connection goes on.
pub enum Next {
    Go,
    Close(u16, &'static str),
    Gone,
}

impl Line {
    async fn run(mut self, mut protocol: impl Protocol) {
        let mut pings = tokio::time::interval_at(tokio::time::Instant::now() + PING, PING);
        let mut heard = Instant::now();
        let first = protocol.greet(&self);
        let mut next = self.write(first).await;
        loop {
            match next {
                Next::Go => {}
                Next::Close(code, reason) => return close(&mut self.socket, code, reason).await,
                Next::Gone => return,
            }
            let until_due = self.until_due();
            next = tokio::select! {
                waiting = self.stay.seat.outbox.next() => match waiting {
                    Ok(events) => {
                        let frames = protocol.say(&mut self, events).await;
                        self.write(frames).await
                    }
                    Err(end) => farewell(end),
                },
                frame = self.socket.recv() => {
                    heard = Instant::now();
                    self.read(frame, &mut protocol).await
                }
                _ = pings.tick() => self.tick(heard).await,
                () = tokio::time::sleep(until_due) => self.check().await.map_or(Next::Go, farewell),
            };
        }
    }

    /// Writes all that waits with one flush. A reader that does not read is cut off: either its queue overflows
    /// meanwhile, or the time is up.
    pub async fn write(&mut self, frames: VecDeque<Utf8Bytes>) -> Next {
        let socket = &mut self.socket;
        let write = async {
            for frame in frames {
                socket.feed(Frame::Text(frame)).await?;
            }
            socket.flush().await
        };
        tokio::select! {
            written = tokio::time::timeout(WRITE, write) => match written {
                Ok(Ok(())) => Next::Go,
                Ok(Err(_)) => Next::Gone,
                Err(_) => farewell(End::TooSlow),
            },
            end = self.stay.seat.outbox.ended() => farewell(end),
        }
    }

    async fn tick(&mut self, heard: Instant) -> Next {
        if heard.elapsed() > SILENCE {
            return Next::Gone;
        }
        self.forgive();
        match tokio::time::timeout(WRITE, self.socket.send(Frame::Ping(Vec::new().into()))).await {
            Ok(Ok(())) => Next::Go,
            _ => Next::Gone,
        }
    }

    /// Somebody does something here.
    pub fn stir(&mut self) -> Next {
        self.stay.stir();
        Next::Go
    }

    async fn read(
        &mut self,
        frame: Option<Result<Frame, axum::Error>>,
        protocol: &mut impl Protocol,
    ) -> Next {
        let text = match frame {
            None | Some(Ok(Frame::Close(_))) => return Next::Gone,
            Some(Err(error)) if is_too_big(&error) => return Next::Close(code::TOO_BIG, "frame too big"),
            Some(Err(_)) => return Next::Gone,
            Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => return Next::Go,
            Some(Ok(Frame::Binary(_))) => return Next::Close(code::POLICY, "text frames only"),
            Some(Ok(Frame::Text(text))) => text,
        };
        if self.caller.app.limits.frames.take(&self.caller.account).is_ok() {
            return protocol.hear(self, &text).await;
        }
        match self.too_fast() {
            Next::Go => self.write(protocol.slow_down().into_iter().collect()).await,
            end => end,
        }
    }

    /// A frame was too many. Who goes on sending too many is cut off.
    pub fn too_fast(&mut self) -> Next {
        if self.is_too_fast() { Next::Close(code::POLICY, "too many frames") } else { Next::Go }
    }
}

const fn farewell(end: End) -> Next {
    match end {
        End::TooSlow => Next::Close(code::TRY_LATER, "too slow"),
        End::SessionEnded => Next::Close(code::SESSION_ENDED, "session ended"),
        End::Restart => Next::Close(code::RESTART, "restarting"),
    }
}

/// Says why it ends, and waits a moment for the other end to hear it.
pub(super) async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = Frame::Close(Some(CloseFrame { code, reason: reason.into() }));
    let goodbye = async {
        if socket.send(frame).await.is_ok() {
            // The other end answers with its own close frame, after which the connection is over.
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    drop(tokio::time::timeout(GOODBYE, goodbye).await);
}

fn is_too_big(error: &axum::Error) -> bool {
    error.to_string().contains("too long") || error.to_string().contains("too big")
}
