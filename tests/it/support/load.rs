//! Many senders at once, and an account of what became of each message.

use std::collections::HashMap;

use futures_util::future::join_all;
use salon::{ids::ConversationId, messages::Message};

use super::{Answer, Browser, Person, new_key, store::Store};

/// Somebody who sends one message after another, and remembers each.
pub struct Sender {
    pub person: Person,
    pub sent: Vec<Sent>,
}

/// A message that was sent at least once.
pub struct Sent {
    key: String,
    body: String,
    /// The answer; none while nobody knows whether it was stored.
    pub acknowledged: Option<Message>,
}

impl Sender {
    pub fn new(person: &Person) -> Self {
        Self { person: person.clone(), sent: Vec::new() }
    }

    /// Goes on at another server, with the same session.
    pub fn moves_to(&mut self, origin: &str) {
        let session = self.person.session().expect("a session");
        self.person = self.person.with(Browser::with_session(origin, &session));
    }

    /// Sends until the server is gone: first what has no answer yet, under its key, then new messages.
    pub async fn sends_until_cut(&mut self, talk: ConversationId) {
        while self.sends_one(talk).await {}
    }

    /// Sends again what has no answer yet.
    pub async fn settles(&mut self, talk: ConversationId) {
        while self.sent.last().is_some_and(|last| last.acknowledged.is_none()) {
            assert!(self.sends_one(talk).await, "the server is there");
        }
    }

    async fn sends_one(&mut self, talk: ConversationId) -> bool {
        if self.sent.last().is_none_or(|last| last.acknowledged.is_some()) {
            let key = new_key();
            self.sent.push(Sent { body: format!("about {key}"), key, acknowledged: None });
        }
        let last = self.sent.last_mut().expect("just sent");
        let fields = [("conversation", &*talk.to_string()), ("key", &last.key), ("body", &last.body)];
        match Answer::try_of(self.person.call("send_message").form(&fields)).await {
            Ok(answer) if answer.status == 200 => {
                last.acknowledged = Some(answer.json());
                true
            }
            // It is going: whether this was stored is not known.
            Ok(answer) if answer.status == 503 => false,
            Ok(answer) => panic!("{}: {}", answer.status, answer.text()),
            Err(_) => false,
        }
    }
}

/// All of them, until each is cut.
pub async fn all_send(senders: &mut [Sender], talk: ConversationId) {
    join_all(senders.iter_mut().map(|sender| sender.sends_until_cut(talk))).await;
}

/// Succeeds if every acknowledged message is stored exactly once and at its place, nothing is stored that nobody
/// sent, and the numbers are all accounted for.
pub async fn nothing_is_lost(senders: &[Sender], store: &mut Store) {
    let keys = store.texts("select client_key from message order by position").await;
    let positions = store.numbers("select position from message order by position").await;
    let head = store.number("select head from conversation").await;
    assert_eq!(positions, (1..=head).collect::<Vec<_>>(), "every number up to the last is a message's");

    let stored: HashMap<&str, i64> = keys.iter().map(String::as_str).zip(positions).collect();
    assert_eq!(stored.len(), keys.len(), "a message is stored twice");
    let mut known = 0;
    for sent in senders.iter().flat_map(|sender| &sender.sent) {
        let position = stored.get(sent.key.as_str());
        known += usize::from(position.is_some());
        if let Some(message) = &sent.acknowledged {
            assert_eq!(position, Some(&message.position), "an acknowledged message is not where it was");
            assert_eq!(message.body, sent.body);
        }
    }
    assert_eq!(known, stored.len(), "something is stored that nobody sent");
}
