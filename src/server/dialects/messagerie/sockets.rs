//! Live: who comes and goes, who is writing, what is said, received and read, and what is thought of it.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    super::{
        live::Talks,
        refusal::Refusal,
        socket_io::{Answer, Dialect, Told},
    },
    messages::told,
};
use crate::{
    error::Error,
    ids::{AccountId, ConversationId, MessageId},
    messages::Message,
    presence::{Present, State},
    realtime::event::Event,
    receipts::Receipt,
    server::{
        caller::Caller,
        conversations::{direct, parties::Parties},
        messages::{self, talks},
        realtime::{reads::What, stay::Stay},
        receipts::{self, typing},
        tokens::families::Audience,
    },
};

/// Conversations of which it is remembered how far they were read.
const MOST_KNOWN: usize = 1_000;

/// One end of a connection.
#[derive(Debug, Default)]
pub struct Sockets {
    talks: Talks,
    is_greeted: bool,
    /// Of whom it was said that they are here.
    here: HashSet<AccountId>,
    /// How far others have received and read, as far as it was said.
    known: HashMap<(ConversationId, AccountId), (i64, i64)>,
}

/// To whom somebody is writing.
#[derive(Debug, Deserialize)]
struct To {
    #[serde(rename = "receiverId", alias = "receiver_id", alias = "recipientId", alias = "recipient_id")]
    receiver: AccountId,
}

/// What was read.
#[derive(Debug, Deserialize)]
struct Which {
    #[serde(rename = "messageId", alias = "message_id")]
    message: MessageId,
}

impl Dialect for Sockets {
    const AUDIENCE: Audience = Audience::Messagerie;
    const PATH: &'static str = "/dialects/messagerie/socket.io";

    async fn told(&mut self, stay: &mut Stay, event: Event) -> Vec<Told> {
        let caller = stay.caller.clone();
        match event {
            Event::Presence { people, whole } => {
                if whole && !std::mem::replace(&mut self.is_greeted, true) {
                    caller.app.sockets.spawn(deliver(caller.clone()));
                }
                people.into_iter().filter_map(|present| self.comes_or_goes(&present)).collect()
            }
            Event::Typing { conversation, account, stopped } if account != caller.account => {
                let event = if stopped { "stopTyping" } else { "typing" };
                let told = self.between(&caller, conversation, account).await;
                told.map(|data| Told { event, data }).into_iter().collect()
            }
            Event::Reaction { conversation, message, emoji, actor, added, .. } => {
                let Some(mut data) = self.between(&caller, conversation, actor).await else {
                    return Vec::new();
                };
                data["messageId"] = json!(message);
                data["userId"] = json!(actor);
                data["reaction"] = json!(emoji);
                vec![Told { event: if added { "reactionAdded" } else { "reactionRemoved" }, data }]
            }
            Event::Receipts { conversation, receipts } => {
                let mut told = Vec::new();
                for receipt in receipts {
                    told.extend(self.reached(&caller, conversation, receipt).await);
                }
                told
            }
            // One's own reading, for one's other connections.
            Event::Read { conversation, position, .. } => {
                let Some(Parties::Two(one, two)) = self.talks.parties(&caller, conversation).await else {
                    return Vec::new();
                };
                let other = if one == caller.account { two } else { one };
                let read = self.up_to(&caller, conversation, (other, caller.account), position, "read").await;
                read.map(|data| Told { event: "messageRead", data }).into_iter().collect()
            }
            // The document knows of nothing that becomes of a text later, and of no polls or threads.
            Event::Message(message)
                if message.revision == message.position
                    && message.deleted.is_none()
                    && message.note.is_none()
                    && message.poll.is_none()
                    && message.thread.is_none() =>
            {
                self.said(stay, *message).await.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    async fn hear(&mut self, stay: &mut Stay, event: &str, said: Value) -> Result<Answer, Refusal> {
        let caller = stay.caller.clone();
        match event {
            "typing" => types(&caller, said, false).await,
            "stopTyping" => types(&caller, said, true).await,
            "messageRead" => reads(stay, said).await,
            _ => Err(Refusal::shape("There is no such event.")),
        }
    }
}

impl Sockets {
    /// Whether somebody comes or goes: that they do nothing for a while the document does not tell.
    fn comes_or_goes(&mut self, present: &Present) -> Option<Told> {
        let is_here = present.state != State::Offline;
        let changes =
            if is_here { self.here.insert(present.account) } else { self.here.remove(&present.account) };
        let event = if is_here { "userOnline" } else { "userOffline" };
        changes.then(|| Told { event, data: json!({ "userId": present.account }) })
    }

    /// Who does something, and to whom, where two talk; none elsewhere.
    async fn between(
        &mut self,
        caller: &Caller,
        conversation: ConversationId,
        actor: AccountId,
    ) -> Option<Value> {
        let parties = self.talks.parties(caller, conversation).await?;
        Some(json!({ "senderId": actor, "receiverId": parties.receiver(actor)? }))
    }

    /// The other has received and read so far what the caller has said.
    async fn reached(
        &mut self,
        caller: &Caller,
        conversation: ConversationId,
        receipt: Receipt,
    ) -> Vec<Told> {
        let Receipt { account, received, read } = receipt;
        let mut told = Vec::new();
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        let known = self.known.insert((conversation, account), (received, read)).unwrap_or_default();
        let between = (caller.account, account);
        if received > known.0 {
            let data = self.up_to(caller, conversation, between, received, "received").await;
            told.extend(data.map(|data| Told { event: "messageReceived", data }));
        }
        if read > known.1 {
            let data = self.up_to(caller, conversation, between, read, "read").await;
            told.extend(data.map(|data| Told { event: "messageRead", data }));
        }
        told
    }

    /// The newest message of `from` to `to` up to a position, and what became of all up to it; none where two do not talk.
    async fn up_to(
        &mut self,
        caller: &Caller,
        conversation: ConversationId,
        (from, to): (AccountId, AccountId),
        position: i64,
        status: &str,
    ) -> Option<Value> {
        let Some(Parties::Two(..)) = self.talks.parties(caller, conversation).await else { return None };
        match talks::newest_of(caller, conversation, from, position).await {
            Ok(message) => Some(json!({
                "messageId": message?, "senderId": from, "receiverId": to, "userId": to, "status": status,
            })),
            Err(failure) => {
                tracing::warn!(error = %failure, %conversation, "what was received cannot be named");
                None
            }
        }
    }

    /// Something was said: to whoever it was said, it has come with that.
    async fn said(&mut self, stay: &mut Stay, message: Message) -> Option<Told> {
        let parties = self.talks.parties(&stay.caller, message.conversation).await?;
        let Parties::Two(..) = parties else { return None };
        if message.sender != stay.caller.account {
            // Where too many wait to be noted, the next one says the same.
            let noted = stay.reads.add(What::Received, message.conversation, message.position);
            if noted.is_err() {
                tracing::debug!(message = %message.id, "too much waits to be noted as received");
            }
        }
        let id = message.id;
        match told(&stay.caller, vec![(message, parties)]).await {
            Ok(said) => {
                let mut data = json!(said.first()?);
                data["messageId"] = json!(id);
                Some(Told { event: "messageReceived", data })
            }
            Err(refusal) => {
                tracing::warn!(reason = refusal.detail(), message = %id, "what was said cannot be told");
                None
            }
        }
    }
}

/// Beside the connection, which need not wait for it.
async fn deliver(caller: Caller) {
    if let Err(failure) = receipts::arrived(&caller).await {
        tracing::warn!(error = %failure, account = %caller.account, "what waited was not noted as delivered");
    }
}

fn read<T: DeserializeOwned>(said: Value) -> Result<T, Refusal> {
    serde_json::from_value(said)
        .map_err(|error| Refusal::shape(format!("The event is not as described: {error}.")))
}

/// The caller is writing to somebody, or no longer.
async fn types(caller: &Caller, said: Value, stopped: bool) -> Result<Answer, Refusal> {
    let To { receiver } = read(said)?;
    let talk = direct::find(caller, receiver).await?.ok_or(Error::NotFound)?;
    typing::tell(caller, talk, stopped).await?;
    Ok(Answer::acknowledge(json!({ "receiverId": receiver })))
}

/// The caller has read up to a message.
async fn reads(stay: &mut Stay, said: Value) -> Result<Answer, Refusal> {
    let Which { message } = read(said)?;
    let member = messages::place_of(&stay.caller, message).await?;
    let position = messages::one(&stay.caller, &member, message).await?.position;
    stay.reads
        .add(What::Read, member.conversation(), position)
        .map_err(|_| Error::TooFast { retry_in: 1 })?;
    Ok(Answer::acknowledge(json!({ "messageId": message })))
}
