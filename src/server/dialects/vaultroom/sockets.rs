//! Live: what is said in the rooms that a program has joined, and who is here.
//!
//! The document names `join_room` and `leave_room` only. The other names are those of the program that it describes.

use std::collections::HashMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    super::{
        live::{Talks, called},
        refusal::Refusal,
        saying,
        socket_io::{Answer, Dialect, Told},
    },
    messages::{Named, Said, other_in, room},
};
use crate::{
    error::Error,
    ids::AccountId,
    messages::Message,
    realtime::event::Event,
    server::{
        access, accounts, caller::Caller, conversations::parties::Parties, presence, realtime::stay::Stay,
        tokens::families::Audience,
    },
};

/// Rooms that one connection may have joined.
const MOST_ROOMS: usize = 100;

/// One end of a connection.
#[derive(Debug, Default)]
pub struct Sockets {
    talks: Talks,
    /// With whom it has joined the room, and what they are called.
    joined: HashMap<AccountId, String>,
}

/// A room, as a program names it.
#[derive(Debug, Deserialize)]
struct Which {
    room: Option<String>,
    #[serde(alias = "receiver_id")]
    recipient_id: Option<AccountId>,
}

/// What is to be said, and where.
#[derive(Debug, Deserialize)]
struct New {
    #[serde(flatten)]
    which: Which,
    #[serde(alias = "msg", alias = "content")]
    message: String,
}

impl Which {
    /// With whom the caller is in that room: nobody is in a room of two others.
    fn other(&self, caller: &Caller) -> Result<AccountId, Refusal> {
        match (&self.room, self.recipient_id) {
            (_, Some(other)) => Ok(other),
            (Some(room), None) => Ok(other_in(room, caller.account).ok_or(Error::NotFound)?),
            (None, None) => Err(Refusal::shape("A room is missing.")),
        }
    }
}

fn read<T: DeserializeOwned>(said: Value) -> Result<T, Refusal> {
    serde_json::from_value(said)
        .map_err(|error| Refusal::shape(format!("The event is not as described: {error}.")))
}

/// A room, by its name alone or as one of the fields.
fn which(said: Value) -> Result<Which, Refusal> {
    match said {
        Value::String(room) => Ok(Which { room: Some(room), recipient_id: None }),
        said => read(said),
    }
}

impl Sockets {
    async fn join(&mut self, caller: &Caller, said: Value) -> Result<Answer, Refusal> {
        let other = which(said)?.other(caller)?;
        let other = access::may_look_up(caller, other).await?;
        if self.joined.len() >= MOST_ROOMS && !self.joined.contains_key(&other) {
            return Err(Error::TooMuch.into());
        }
        let name = accounts::profile(&caller.app.db, other).await?.person.username;
        self.joined.insert(other, name);
        let room = room(caller.account, other);
        Ok(Answer::tell("info", json!({ "room": room, "message": "You have joined the room." })))
    }

    fn leave(&mut self, caller: &Caller, said: Value) -> Result<Answer, Refusal> {
        let other = which(said)?.other(caller)?;
        self.joined.remove(&other);
        let room = room(caller.account, other);
        Ok(Answer::tell("info", json!({ "room": room, "message": "You have left the room." })))
    }

    /// What is said comes back by the hub, as to everybody there.
    async fn say(&mut self, caller: &Caller, said: Value) -> Result<Answer, Refusal> {
        let New { which, message } = read(said)?;
        let other = which.other(caller)?;
        let (message, parties) = saying::say(caller, Some(other), &message).await?;
        let said = Said::new(message, parties, Named::Username(&caller.viewer.person.username));
        Ok(Answer::acknowledge(json!({ "status": "success", "data": said })))
    }

    async fn said(&mut self, caller: &Caller, message: Message) -> Option<Told> {
        let parties = self.talks.parties(caller, message.conversation).await?;
        let Parties::Two(one, two) = parties else { return None };
        let other = if one == caller.account { two } else { one };
        let name = self.joined.get(&other)?;
        let is_own = message.sender == caller.account;
        let name = if is_own { &caller.viewer.person.username } else { name };
        let said = Said::new(message, parties, Named::Username(name));
        Some(Told { event: "receive_message", data: json!(said) })
    }
}

/// Who is here, without oneself: so are all lists of the document.
async fn active_users(caller: &Caller) -> Result<Value, Refusal> {
    let here = presence::online(caller).await?;
    let others = here.into_iter().filter(|account| *account != caller.account);
    Ok(json!({ "users": others.map(AccountId::get).collect::<Vec<_>>() }))
}

impl Dialect for Sockets {
    const AUDIENCE: Audience = Audience::Vaultroom;
    const PATH: &'static str = "/dialects/vaultroom/socket.io";

    async fn told(&mut self, stay: &mut Stay, event: Event) -> Vec<Told> {
        let caller = stay.caller.clone();
        match event {
            // The first of the frames that greet: there may be more, and this one says all.
            Event::Presence { whole: true, .. } => {
                let here = active_users(&caller).await;
                here.into_iter().map(|data| Told { event: "active_users", data }).collect()
            }
            Event::Presence { people, whole: false } => {
                let told = |account: AccountId, state| Told {
                    event: "user_status",
                    data: json!({ "user_id": account, "status": called(state) }),
                };
                people.into_iter().map(|present| told(present.account, present.state)).collect()
            }
            // The document knows of nothing that becomes of a message later, and of no polls or threads.
            Event::Message(message)
                if message.revision == message.position
                    && message.deleted.is_none()
                    && message.note.is_none()
                    && message.poll.is_none()
                    && message.thread.is_none() =>
            {
                self.said(&caller, *message).await.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    async fn hear(&mut self, stay: &mut Stay, event: &str, said: Value) -> Result<Answer, Refusal> {
        let caller = stay.caller.clone();
        match event {
            "join_room" => self.join(&caller, said).await,
            "leave_room" => self.leave(&caller, said),
            "send_message" => self.say(&caller, said).await,
            "get_active_users" => Ok(Answer::tell("active_users", active_users(&caller).await?)),
            _ => Err(Refusal::shape("There is no such event.")),
        }
    }
}
