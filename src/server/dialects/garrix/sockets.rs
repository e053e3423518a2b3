//! The two sockets: who is here, and what is said. Both hear the hub, as every live connection does, and say it in the words
//! of the document.

use std::collections::VecDeque;

use axum::{
    Extension,
    extract::{
        Path, Query, State, WebSocketUpgrade,
        rejection::QueryRejection,
        ws::{Utf8Bytes, rejection::WebSocketUpgradeRejection},
    },
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{
    super::{
        bearer,
        live::{Talks, called},
        refusal::{Refusal, Told},
    },
    messages::{self, New, Said},
};
use crate::{
    error::Error,
    ids::AccountId,
    presence::Present,
    realtime::event::Event,
    server::{
        caller::Caller,
        listen::Place,
        presence,
        realtime::{
            handshake,
            socket::{Line, Next, Protocol},
        },
        state::AppState,
        tokens::families::Audience,
    },
};

/// What the document closes with where a token opens nothing.
const BAD_TOKEN: u16 = 4001;

/// What is heard at a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// Who is here.
    Activity,
    /// What is said.
    Messages,
}

/// One end of a socket.
struct Garrix {
    subject: Subject,
    talks: Talks,
}

/// From the server.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Frame {
    Pong {
        timestamp: String,
    },
    ActiveUsers {
        users: Vec<i64>,
        timestamp: String,
    },
    UserStatus {
        user_id: i64,
        status: &'static str,
        timestamp: String,
    },
    NewMessage {
        id: i64,
        content: String,
        sender_id: i64,
        receiver_id: Option<i64>,
        created_at: String,
    },
    MessageUpdated {
        id: i64,
        content: String,
        sender_id: i64,
        receiver_id: Option<i64>,
        updated_at: Option<String>,
    },
    MessageDeleted {
        id: i64,
        sender_id: i64,
        receiver_id: Option<i64>,
    },
    Broadcast {
        from_user: i64,
        message: String,
        timestamp: String,
    },
    Error {
        message: String,
    },
}

/// To the server. What else a frame holds is passed over.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Command {
    Ping {},
    ActivityUpdate {},
    GetActiveUsers {},
    SendMessage(New),
}

impl Frame {
    fn written(&self) -> Option<Utf8Bytes> {
        serde_json::to_string(self).ok().map(Utf8Bytes::from)
    }

    fn error(message: impl Into<String>) -> Option<Utf8Bytes> {
        Self::Error { message: message.into() }.written()
    }
}

fn now(caller: &Caller) -> String {
    caller.app.clock.now().to_string()
}

impl Garrix {
    fn new(subject: Subject) -> Self {
        Self { subject, talks: Talks::default() }
    }

    /// An event in the words of the document; nothing for what it has none for.
    async fn told(&mut self, caller: &Caller, event: Event) -> Vec<Frame> {
        match (self.subject, event) {
            // The first of the frames that greet: there may be more, and this one says all.
            (_, Event::Presence { whole: true, .. }) => active_users(caller).await.into_iter().collect(),
            (Subject::Activity, Event::Presence { people, whole: false }) => {
                let timestamp = now(caller);
                let status = |present: Present| Frame::UserStatus {
                    user_id: present.account.get(),
                    status: called(present.state),
                    timestamp: timestamp.clone(),
                };
                people.into_iter().map(status).collect()
            }
            (_, Event::Announcement(told)) => vec![Frame::Broadcast {
                from_user: told.from.id.get(),
                message: told.text,
                timestamp: told.at.to_string(),
            }],
            // Polls and threads are none of the document's.
            (Subject::Messages, Event::Message(message))
                if message.note.is_none() && message.poll.is_none() && message.thread.is_none() =>
            {
                let Some(parties) = self.talks.parties(caller, message.conversation).await else {
                    return Vec::new();
                };
                let is_new = message.revision == message.position;
                let (is_deleted, is_edited) = (message.deleted.is_some(), message.edited.is_some());
                let Said { id, content, sender_id, receiver_id, created_at, updated_at } =
                    Said::new(*message, parties);
                match (is_deleted, is_new, is_edited) {
                    (true, ..) => vec![Frame::MessageDeleted { id, sender_id, receiver_id }],
                    (_, true, _) => {
                        vec![Frame::NewMessage { id, content, sender_id, receiver_id, created_at }]
                    }
                    (_, _, true) => {
                        vec![Frame::MessageUpdated { id, content, sender_id, receiver_id, updated_at }]
                    }
                    // Pinned, answered in a thread: the document knows nothing of it.
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    /// Somebody does something: the others are told that they are here, even where they knew.
    fn stir(line: &mut Line) -> Next {
        let Caller { app, account, .. } = &line.caller;
        if app.limits.affirmations.take(account).is_ok() {
            app.hub.affirm(*account);
        }
        line.stir()
    }
}

async fn active_users(caller: &Caller) -> Result<Frame, Refusal> {
    let here = presence::online(caller).await?;
    Ok(Frame::ActiveUsers { users: here.into_iter().map(AccountId::get).collect(), timestamp: now(caller) })
}

impl Protocol for Garrix {
    fn greet(&mut self, _: &Line) -> VecDeque<Utf8Bytes> {
        // Who is here waits in the queue already.
        VecDeque::new()
    }

    async fn say(&mut self, line: &mut Line, events: VecDeque<Utf8Bytes>) -> VecDeque<Utf8Bytes> {
        let caller = line.caller.clone();
        let mut frames = VecDeque::new();
        for event in events {
            // Every frame that waits is one of ours.
            let Ok(event) = serde_json::from_str::<Event>(&event) else { continue };
            frames.extend(self.told(&caller, event).await.iter().filter_map(Frame::written));
        }
        frames
    }

    async fn hear(&mut self, line: &mut Line, text: &str) -> Next {
        let answer = match serde_json::from_str(text) {
            Ok(Command::Ping {}) => Frame::Pong { timestamp: now(&line.caller) }.written(),
            Ok(Command::ActivityUpdate {}) => return Self::stir(line),
            Ok(Command::GetActiveUsers {}) => {
                let caller = line.caller.clone();
                match active_users(&caller).await {
                    Ok(told) => told.written(),
                    Err(refusal) => Frame::error(refusal.detail()),
                }
            }
            Ok(Command::SendMessage(new)) => {
                line.stir();
                let caller = line.caller.clone();
                // What is said comes back by the hub, as to everybody there.
                match messages::say(&caller, new).await {
                    Ok(_) => None,
                    Err(refusal) => Frame::error(refusal.detail()),
                }
            }
            Err(error) => Frame::error(format!("The frame is not as described: {error}.")),
        };
        line.write(answer.into_iter().collect()).await
    }

    fn slow_down(&self) -> Option<Utf8Bytes> {
        Frame::error("Too many frames.")
    }
}

type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

/// Opens the socket of whoever shows the token, or closes it with 4001.
async fn open(
    app: AppState,
    upgrade: Upgrade,
    place: Place,
    token: &str,
    subject: Subject,
) -> Result<Response, Refusal> {
    let upgrade = handshake::limited(upgrade.map_err(|_| Error::Unsupported)?);
    match bearer(&app, token, Audience::Garrix).await {
        Ok(caller) => Ok(handshake::upgraded(caller, upgrade, place, true, Garrix::new(subject))),
        Err(refusal) if refusal == Error::SignedOut.into() => {
            Ok(handshake::turned_away(&app, upgrade, BAD_TOKEN))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Opens the socket that tells who is here.
///
/// The token stands in the address, as the document has it: it is written to no log. Cookies count for nothing here.
#[utoipa::path(get, path = "/users/ws/{token}", tag = "garrix", security(()), params(("token" = String, Path)), responses(
    (status = 101, description = "Open; closed with 4001 if the token opens nothing"),
    (status = 415, description = "No WebSocket", body = Told),
    (status = 503, body = Told),
))]
pub async fn activity(
    State(app): State<AppState>,
    Extension(place): Extension<Place>,
    Path(token): Path<String>,
    upgrade: Upgrade,
) -> Result<Response, Refusal> {
    open(app, upgrade, place, &token, Subject::Activity).await
}

/// What stands behind the question mark.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Shown {
    token: Option<String>,
}

/// Opens the socket that tells what is said.
///
/// The token stands in the address, as the document has it: it is written to no log. Cookies count for nothing here.
#[utoipa::path(get, path = "/messages/ws", tag = "garrix", security(()), params(Shown), responses(
    (status = 101, description = "Open; closed with 4001 if the token opens nothing"),
    (status = 415, description = "No WebSocket", body = Told),
    (status = 503, body = Told),
))]
pub async fn messages(
    State(app): State<AppState>,
    Extension(place): Extension<Place>,
    shown: Result<Query<Shown>, QueryRejection>,
    upgrade: Upgrade,
) -> Result<Response, Refusal> {
    let token = shown.ok().and_then(|Query(shown)| shown.token).unwrap_or_default();
    open(app, upgrade, place, &token, Subject::Messages).await
}
