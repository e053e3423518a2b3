//! One connection of the live path: from its first frame to the last.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket};
use futures_util::SinkExt;

use super::{
    hub::{self, NoSeat, Seat},
    outbox::End,
    reads::{Reads, What},
    resume,
};
use crate::{
    error::Error,
    ids::ConversationId,
    realtime::event::{Command, Event, MOST_RESUMED, Refusal},
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        conversations, presence,
        receipts::{self, typing},
    },
    tokens::Scope,
};

/// Between two pings.
const PING: Duration = Duration::from_secs(25);

/// Two missed pings: looked at with every ping, it ends a silent connection within a minute.
const SILENCE: Duration = Duration::from_secs(40);

/// A write that takes longer meets a reader that does not read.
const WRITE: Duration = Duration::from_secs(10);

/// Frames of a resume in one write: a slow line gets the time of a write for each such part.
const AT_ONCE: usize = 32;

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

/// Serves somebody who may do there what the scope says, and who is at work there if `active`, until one of the ends is
/// gone.
pub(super) async fn serve((caller, scope): (Caller, Scope), mut socket: WebSocket, active: bool) {
    let seat = match caller.app.hub.seat(caller.account, caller.session) {
        Ok(seat) => seat,
        Err(NoSeat::TooMany) => return close(&mut socket, code::POLICY, "too many connections").await,
        Err(NoSeat::Closed) => return close(&mut socket, code::RESTART, "restarting").await,
    };
    match welcome(&caller, &seat, active).await {
        Ok(Some(ends_at)) => {
            let reads = Reads::new(caller.clone(), seat.outbox.clone());
            // What only listens has nobody in front of it.
            if scope == Scope::Write {
                caller.app.sockets.spawn(deliver(caller.clone()));
            }
            let since = active.then(Instant::now);
            let connection = Connection { caller, scope, seat, socket, reads, ends_at, since, refused: 0 };
            connection.run().await;
        }
        Ok(None) => close(&mut socket, code::SESSION_ENDED, "session ended").await,
        Err(failure) => {
            tracing::error!(error = %failure, account = %caller.account, "a connection could not be opened");
            close(&mut socket, code::TRY_LATER, "try again later").await;
        }
    }
}

/// Beside the connection, which need not wait for it.
async fn deliver(caller: Caller) {
    if let Err(failure) = receipts::arrived(&caller).await {
        tracing::warn!(error = %failure, account = %caller.account, "what waited was not noted as delivered");
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

struct Connection {
    caller: Caller,
    scope: Scope,
    seat: Seat,
    socket: WebSocket,
    reads: Reads,
    /// Milliseconds since 1970.
    ends_at: i64,
    /// When somebody last did something here; none while nobody does.
    since: Option<Instant>,
    /// Frames that were too many.
    refused: u32,
}

/// Whether the connection goes on.
enum Next {
    Go,
    Close(u16, &'static str),
    Gone,
}

impl Connection {
    async fn run(mut self) {
        let mut pings = tokio::time::interval_at(tokio::time::Instant::now() + PING, PING);
        let mut heard = Instant::now();
        let mut next = self.greet().await;
        loop {
            match next {
                Next::Go => {}
                Next::Close(code, reason) => return close(&mut self.socket, code, reason).await,
                Next::Gone => return,
            }
            let until_due = self.until_end().min(self.until_idle());
            next = tokio::select! {
                waiting = self.seat.outbox.next() => match waiting {
                    Ok(frames) => self.write(frames).await,
                    Err(end) => farewell(end),
                },
                frame = self.socket.recv() => {
                    heard = Instant::now();
                    self.read(frame).await
                }
                _ = pings.tick() => self.tick(heard).await,
                () = tokio::time::sleep(until_due) => {
                    self.check_idle();
                    self.check_session().await
                }
            };
        }
    }

    /// Says hello, which comes first: not through the queue, where news may wait already.
    async fn greet(&mut self) -> Next {
        let version = self.caller.app.build.to_string();
        let idle_after = self.caller.app.config.presence.idle_seconds;
        let hello = hub::encode(&Event::Hello { account: self.caller.account, version, idle_after });
        self.write(hello.into_iter().collect()).await
    }

    /// Writes all that waits with one flush. A reader that does not read is cut off: either its queue overflows
    /// meanwhile, or the time is up.
    async fn write(&mut self, frames: VecDeque<Utf8Bytes>) -> Next {
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
    fn stir(&mut self) -> Next {
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

    async fn read(&mut self, frame: Option<Result<Frame, axum::Error>>) -> Next {
        let text = match frame {
            None | Some(Ok(Frame::Close(_))) => return Next::Gone,
            Some(Err(error)) if is_too_big(&error) => return Next::Close(code::TOO_BIG, "frame too big"),
            Some(Err(_)) => return Next::Gone,
            Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => return Next::Go,
            Some(Ok(Frame::Binary(_))) => return Next::Close(code::POLICY, "text frames only"),
            Some(Ok(Frame::Text(text))) => text,
        };
        if self.caller.app.limits.frames.take(&self.caller.account).is_err() {
            return self.refuse(Refusal::TooFast);
        }
        match serde_json::from_str(&text) {
            Ok(Command::Ping {}) => {
                self.seat.tell(&Event::Pong);
                Next::Go
            }
            Ok(Command::Resume { conversations }) if conversations.len() <= MOST_RESUMED => {
                self.resume(conversations).await
            }
            // All others tell somebody something.
            Ok(
                Command::Activity {}
                | Command::Read { .. }
                | Command::Received { .. }
                | Command::Typing { .. },
            ) if self.scope == Scope::Read => self.refuse(Refusal::Forbidden),
            Ok(Command::Activity {}) => self.stir(),
            Ok(Command::Read { conversation, position }) => self.note(What::Read, conversation, position),
            // So many hear of each message there that each answer would cost more than it says.
            Ok(Command::Received { conversation, .. }) if self.caller.app.hub.is_crowded(conversation) => {
                Next::Go
            }
            Ok(Command::Received { conversation, position }) => {
                self.note(What::Received, conversation, position)
            }
            Ok(Command::Typing { conversation, stopped }) => self.types(conversation, stopped).await,
            Ok(Command::Resume { .. }) | Err(_) => self.refuse(Refusal::Malformed),
        }
    }

    /// Brings the client up to date, one conversation after the other so that little is held at a time. Not through
    /// the queue of live frames, which so many would fill: the client waits for these.
    async fn resume(&mut self, cursors: BTreeMap<ConversationId, i64>) -> Next {
        for (conversation, number) in cursors {
            let mut missed = match resume::missed(&self.caller, conversation, number).await {
                Ok(frames) => frames,
                Err(failure) => {
                    tracing::error!(error = %failure, account = %self.caller.account, "a resume failed");
                    return Next::Close(code::TRY_LATER, "try again later");
                }
            };
            while !missed.is_empty() {
                let some = missed.drain(..missed.len().min(AT_ONCE)).collect();
                match self.write(some).await {
                    Next::Go => {}
                    end => return end,
                }
            }
        }
        Next::Go
    }

    fn note(&mut self, what: What, conversation: ConversationId, position: i64) -> Next {
        self.reads.add(what, conversation, position).map_or_else(|code| self.refuse(code), |()| Next::Go)
    }

    /// One after the other, so that nobody is told of the end before the beginning.
    async fn types(&mut self, conversation: ConversationId, stopped: bool) -> Next {
        match typing::tell(&self.caller, conversation, stopped).await {
            Ok(()) => Next::Go,
            Err(Failure::Refused(Error::NotFound)) => self.refuse(Refusal::NotFound),
            // It is of no use any more when it could be told again.
            Err(failure) => {
                tracing::warn!(error = %failure, account = %self.caller.account, "typing was not passed on");
                Next::Go
            }
        }
    }

    /// Says why a frame was not taken; who goes on sending too many is cut off.
    fn refuse(&mut self, code: Refusal) -> Next {
        self.seat.tell(&Event::Error { code });
        self.refused += u32::from(code == Refusal::TooFast);
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
