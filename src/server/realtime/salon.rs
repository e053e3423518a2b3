//! What our own pages speak, and programs after them: `salon.v1`. `docs/protocol.md` describes it.

use std::collections::{BTreeMap, VecDeque};

use axum::extract::ws::Utf8Bytes;

use super::{
    hub::encode,
    reads::What,
    resume,
    socket::{Line, Next, Protocol, code},
};
use crate::{
    error::Error,
    ids::ConversationId,
    realtime::event::{Command, Event, MOST_RESUMED, Refusal},
    server::{
        answer::Failure,
        caller::Caller,
        receipts::{self, typing},
    },
    tokens::Scope,
};

/// Frames of a resume in one write: a slow line gets the time of a write for each such part.
const AT_ONCE: usize = 32;

/// One end of it, at which somebody may do what the scope says.
pub struct Salon(pub Scope);

impl Protocol for Salon {
    fn greet(&mut self, line: &Line) -> VecDeque<Utf8Bytes> {
        let app = &line.caller.app;
        // What only listens has nobody in front of it.
        if self.0 == Scope::Write {
            app.sockets.spawn(deliver(line.caller.clone()));
        }
        let idle_after = app.config.presence.idle_seconds;
        let hello = Event::Hello { account: line.caller.account, version: app.build.to_string(), idle_after };
        encode(&hello).into_iter().collect()
    }

    async fn say(&mut self, _: &mut Line, events: VecDeque<Utf8Bytes>) -> VecDeque<Utf8Bytes> {
        events
    }

    async fn hear(&mut self, line: &mut Line, text: &str) -> Next {
        match serde_json::from_str(text) {
            Ok(Command::Ping {}) => {
                line.seat.tell(&Event::Pong);
                Next::Go
            }
            Ok(Command::Resume { conversations }) if conversations.len() <= MOST_RESUMED => {
                resume(line, conversations).await
            }
            // All others tell somebody something.
            Ok(
                Command::Activity {}
                | Command::Read { .. }
                | Command::Received { .. }
                | Command::Typing { .. },
            ) if self.0 == Scope::Read => refuse(line, Refusal::Forbidden),
            Ok(Command::Activity {}) => line.stir(),
            Ok(Command::Read { conversation, position }) => note(line, What::Read, conversation, position),
            // So many hear of each message there that each answer would cost more than it says.
            Ok(Command::Received { conversation, .. }) if line.caller.app.hub.is_crowded(conversation) => {
                Next::Go
            }
            Ok(Command::Received { conversation, position }) => {
                note(line, What::Received, conversation, position)
            }
            Ok(Command::Typing { conversation, stopped }) => types(line, conversation, stopped).await,
            Ok(Command::Resume { .. }) | Err(_) => refuse(line, Refusal::Malformed),
        }
    }

    fn slow_down(&self) -> Option<Utf8Bytes> {
        encode(&Event::Error { code: Refusal::TooFast })
    }
}

/// Beside the connection, which need not wait for it.
async fn deliver(caller: Caller) {
    if let Err(failure) = receipts::arrived(&caller).await {
        tracing::warn!(error = %failure, account = %caller.account, "what waited was not noted as delivered");
    }
}

/// Brings the client up to date, one conversation after the other so that little is held at a time. Not through
/// the queue of live frames, which so many would fill: the client waits for these.
async fn resume(line: &mut Line, cursors: BTreeMap<ConversationId, i64>) -> Next {
    for (conversation, number) in cursors {
        let mut missed = match resume::missed(&line.caller, conversation, number).await {
            Ok(frames) => frames,
            Err(failure) => {
                tracing::error!(error = %failure, account = %line.caller.account, "a resume failed");
                return Next::Close(code::TRY_LATER, "try again later");
            }
        };
        while !missed.is_empty() {
            let some = missed.drain(..missed.len().min(AT_ONCE)).collect();
            match line.write(some).await {
                Next::Go => {}
                end => return end,
            }
        }
    }
    Next::Go
}

fn note(line: &mut Line, what: What, conversation: ConversationId, position: i64) -> Next {
    line.reads.add(what, conversation, position).map_or_else(|code| refuse(line, code), |()| Next::Go)
}

/// One after the other, so that nobody is told of the end before the beginning.
async fn types(line: &mut Line, conversation: ConversationId, stopped: bool) -> Next {
    match typing::tell(&line.caller, conversation, stopped).await {
        Ok(()) => Next::Go,
        Err(Failure::Refused(Error::NotFound)) => refuse(line, Refusal::NotFound),
        // It is of no use any more when it could be told again.
        Err(failure) => {
            tracing::warn!(error = %failure, account = %line.caller.account, "typing was not passed on");
            Next::Go
        }
    }
}

/// Says why a frame was not taken.
fn refuse(line: &mut Line, code: Refusal) -> Next {
    line.seat.tell(&Event::Error { code });
    if code == Refusal::TooFast { line.too_fast() } else { Next::Go }
}
