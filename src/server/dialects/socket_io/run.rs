//! One Socket.IO connection, from its token to its end.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};
use socketioxide::{
    SendError, SocketError, SocketIo,
    extract::{AckSender, SocketRef},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{super::refusal::Refusal, Answer, Dialect, Told};
use crate::{
    error::Error,
    realtime::event::Event,
    server::realtime::{outbox::End, stay::Stay},
};

/// After so much, frames that were too many are forgotten.
const ROUND: Duration = Duration::from_secs(25);

/// A packet that waits longer for its place meets a reader that does not read.
const WRITE: Duration = Duration::from_secs(10);

/// Before looking again whether a packet has its place.
const PAUSE: Duration = Duration::from_millis(20);

/// For the last packets, when the server goes.
const GOODBYE: Duration = Duration::from_secs(2);

/// Somebody who has shown a token and is about to be connected.
pub struct Arrived {
    pub stay: Stay,
    pub heard: mpsc::Receiver<Heard>,
    /// The other end is gone.
    pub over: CancellationToken,
    /// It says more than can be kept.
    pub flooded: CancellationToken,
}

/// What a program has said.
pub enum Heard {
    Said {
        event: String,
        /// None for what no event of a document's is like.
        said: Option<Value>,
        ack: AckSender,
    },
    TooMuch,
}

/// Whether the connection goes on.
enum Next {
    Go,
    End(End),
    TooFast,
    Gone,
}

/// Serves a program until one of the ends is gone.
pub async fn run<D: Dialect>(dialect: D, arrived: Arrived, socket: SocketRef, io: SocketIo) {
    let Arrived { stay, mut heard, over, flooded } = arrived;
    let mut talk = Talk { dialect, stay, socket };
    let mut rounds = tokio::time::interval_at(tokio::time::Instant::now() + ROUND, ROUND);
    let end = loop {
        let until_due = talk.stay.until_due();
        let next = tokio::select! {
            () = over.cancelled() => Next::Gone,
            () = flooded.cancelled() => Next::TooFast,
            waiting = talk.stay.seat.outbox.next() => match waiting {
                Ok(events) => talk.tell_all(events).await,
                Err(end) => Next::End(end),
            },
            heard = heard.recv() => match heard {
                Some(heard) => talk.hear(heard).await,
                None => Next::Gone,
            },
            _ = rounds.tick() => {
                talk.stay.forgive();
                if talk.socket.connected() { Next::Go } else { Next::Gone }
            }
            () = tokio::time::sleep(until_due) => talk.stay.check().await.map_or(Next::Go, Next::End),
        };
        match next {
            Next::Go => {}
            end => break end,
        }
    };
    match end {
        // Told to leave, a program stays away until somebody connects it again; cut off, it comes back by itself.
        Next::End(End::Restart) => drop(tokio::time::timeout(GOODBYE, io.close()).await),
        Next::End(End::SessionEnded | End::TooSlow) | Next::TooFast => drop(talk.socket.disconnect()),
        Next::Go | Next::Gone => {}
    }
}

struct Talk<D> {
    dialect: D,
    stay: Stay,
    socket: SocketRef,
}

impl<D: Dialect> Talk<D> {
    async fn tell_all(&mut self, events: VecDeque<Utf8Bytes>) -> Next {
        for event in events {
            // Every frame that waits is one of ours.
            let Ok(event) = serde_json::from_str::<Event>(&event) else { continue };
            let told = self.dialect.told(&mut self.stay, event).await;
            match self.tell(told).await {
                Next::Go => {}
                end => return end,
            }
        }
        Next::Go
    }

    async fn hear(&mut self, heard: Heard) -> Next {
        let Heard::Said { event, said, ack } = heard else {
            if self.stay.is_too_fast() {
                return Next::TooFast;
            }
            return self.tell(vec![error(&Error::TooFast { retry_in: 1 }.into())]).await;
        };
        self.stay.stir();
        let answer = match said {
            Some(said) => self.dialect.hear(&mut self.stay, &event, said).await,
            None => Err(Refusal::shape("The event is not as described: named fields are expected.")),
        };
        let Answer { acknowledged, told } = answer.unwrap_or_else(|refusal| {
            let told = error(&refusal);
            Answer { acknowledged: told.data.clone(), told: vec![told] }
        });
        if let Err(error) = ack.send(&acknowledged) {
            return failed(&error).unwrap_or(Next::End(End::TooSlow));
        }
        self.tell(told).await
    }

    /// Gives packets to the connection, in their order. A reader that does not read is cut off: either its queue at the hub
    /// overflows meanwhile, or the time is up.
    async fn tell(&self, told: Vec<Told>) -> Next {
        let tell = async {
            for Told { event, data } in told {
                let since = Instant::now();
                while let Err(error) = self.socket.emit(event, &data) {
                    match failed(&error) {
                        Some(next) => return next,
                        None if since.elapsed() > WRITE => return Next::End(End::TooSlow),
                        None => tokio::time::sleep(PAUSE).await,
                    }
                }
            }
            Next::Go
        };
        tokio::select! {
            next = tell => next,
            end = self.stay.seat.outbox.ended() => Next::End(end),
        }
    }
}

/// What follows where a packet found no place; none if there may be one later.
fn failed(error: &SendError) -> Option<Next> {
    match error {
        SendError::Socket(SocketError::InternalChannelFull) => None,
        SendError::Socket(SocketError::Closed) => Some(Next::Gone),
        SendError::Serialize(error) => {
            tracing::error!(%error, "an event cannot be encoded");
            Some(Next::Gone)
        }
    }
}

/// That something was not taken, and why.
fn error(refusal: &Refusal) -> Told {
    Told { event: "error", data: json!({ "detail": refusal.detail(), "error": refusal.code() }) }
}
