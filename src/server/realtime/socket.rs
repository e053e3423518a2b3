//! One connection: from its first frame to the last, whatever is spoken there.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket};
use futures_util::SinkExt;

use super::{
    hub::{NoSeat, Seat},
    outbox::End,
    reads::Reads,
};
use crate::server::{answer::Outcome, caller::Caller, conversations, presence};

/// Between two pings.
const PING: Duration = Duration::from_secs(25);

/// Two missed pings: looked at with every ping, it ends a silent connection within a minute.
const SILENCE: Duration = Duration::from_secs(40);

/// A write that takes longer meets a reader that does not read.
const WRITE: Duration = Duration::from_secs(10);

/// For a last close frame; then the connection is dropped.
const GOODBYE: Duration = Duration::from_secs(2);

/// Frames refused as too many between two pings before the connection is closed.
const PATIENCE: u32 = 40;

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
    let seat = match caller.app.hub.seat(caller.account, caller.session) {
        Ok(seat) => seat,
        Err(NoSeat::TooMany) => return close(&mut socket, code::POLICY, "too many connections").await,
        Err(NoSeat::Closed) => return close(&mut socket, code::RESTART, "restarting").await,
    };
    match welcome(&caller, &seat, active).await {
        Ok(Some(ends_at)) => {
            let reads = Reads::new(caller.clone(), seat.outbox.clone());
            let since = active.then(Instant::now);
            let line = Line { caller, seat, reads, socket, ends_at, since, refused: 0 };
            line.run(protocol).await;
        }
        Ok(None) => close(&mut socket, code::SESSION_ENDED, "session ended").await,
        Err(failure) => {
            tracing::error!(error = %failure, account = %caller.account, "a connection could not be opened");
            close(&mut socket, code::TRY_LATER, "try again later").await;
        }
    }
}

/// Learns what the connection hears; when its session ends by itself, none if it has ended.
async fn welcome(caller: &Caller, seat: &Seat, active: bool) -> Outcome<Option<i64>> {
    // After the seat was taken: a log-out before it has removed the row, one after it ends the seat.
    let Some(ends_at) = caller.app.sessions.expiry(caller.session).await? else { return Ok(None) };
    seat.hear(&conversations::of(&caller.app.db, caller.account).await?);
    seat.is_active(active);
    presence::ask(&caller.app, caller.account, true).await?;
    Ok(Some(ends_at))
}

/// A connection that is open.
pub struct Line {
    pub caller: Caller,
    pub seat: Seat,
    pub reads: Reads,
    socket: WebSocket,
    /// Milliseconds since 1970.
    ends_at: i64,
    /// When somebody last did something here; none while nobody does.
    since: Option<Instant>,
    /// Frames that were too many.
    refused: u32,
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
            let until_due = self.until_end().min(self.until_idle());
            next = tokio::select! {
                waiting = self.seat.outbox.next() => match waiting {
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
                () = tokio::time::sleep(until_due) => {
                    self.check_idle();
                    self.check_session().await
                }
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
            end = self.seat.outbox.ended() => farewell(end),
        }
    }

    async fn tick(&mut self, heard: Instant) -> Next {
        if heard.elapsed() > SILENCE {
            return Next::Gone;
        }
        self.refused = 0;
        match tokio::time::timeout(WRITE, self.socket.send(Frame::Ping(Vec::new().into()))).await {
            Ok(Ok(())) => Next::Go,
            _ => Next::Gone,
        }
    }

    /// Until the session ends by itself, unless it is used meanwhile; looked at again at every ping.
    fn until_end(&self) -> Duration {
        let left = self.ends_at - self.caller.app.clock.now().millis();
        Duration::from_millis(u64::try_from(left).unwrap_or(0)).clamp(Duration::from_millis(500), PING)
    }

    /// Until whoever is here counts as idle, if they do nothing more.
    fn until_idle(&self) -> Duration {
        let patience = Duration::from_secs(self.caller.app.config.presence.idle_seconds.into());
        self.since.map_or(PING, |since| patience.saturating_sub(since.elapsed()))
    }

    fn check_idle(&mut self) {
        if self.since.is_some() && self.until_idle().is_zero() {
            self.since = None;
            self.seat.is_active(false);
        }
    }

    /// Somebody does something here.
    pub fn stir(&mut self) -> Next {
        if self.since.replace(Instant::now()).is_none() {
            self.seat.is_active(true);
        }
        Next::Go
    }

    async fn check_session(&mut self) -> Next {
        if self.ends_at > self.caller.app.clock.now().millis() {
            return Next::Go;
        }
        match self.caller.app.sessions.expiry(self.caller.session).await {
            Ok(Some(ends_at)) => self.ends_at = ends_at,
            Ok(None) => return farewell(End::SessionEnded),
            Err(error) => tracing::warn!(%error, "a session could not be looked up; it is asked again"),
        }
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
        self.refused += 1;
        if self.refused > PATIENCE { Next::Close(code::POLICY, "too many frames") } else { Next::Go }
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
