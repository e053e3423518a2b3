//! Conversations for tests.

use crate::{
    accounts::Person,
    conversations::{
        Conversation,
        about::{About, Kind, Role},
    },
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    messages::Message,
    time::Timestamp,
};

/// The person with this number.
pub(crate) fn person(number: i64) -> AccountId {
    AccountId::try_from(number).expect("tests number people from 1")
}

/// A message as it was posted at `position`, by the person with the number `sender`.
pub(crate) fn message(position: i64, sender: i64) -> Message {
    let id = MessageId::try_from(position + 1_000).expect("tests number messages from 1");
    let at = Timestamp::from_millis(position * 1_000);
    Message {
        body: format!("Message {position}"),
        ..Message::posted(conversation(), id, person(sender), key(position), position, at)
    }
}

/// The key of the message at `position`.
pub(crate) fn key(position: i64) -> ClientKey {
    ClientKey::from_random(i128::from(position).to_be_bytes())
}

/// The whole conversation when its counter stood at `head`.
pub(crate) fn page(head: i64, messages: Vec<Message>) -> Conversation {
    Conversation {
        id: conversation(),
        about: About {
            kind: Kind::Direct,
            name: "Bruno".to_owned(),
            face: 2,
            handle: Some("bruno".to_owned()),
            topic: String::new(),
            space: None,
            is_open: false,
            members: 2,
            role: Role::Member,
            request: None,
            may_write: true,
            may_moderate: false,
            slow: 0,
        },
        present: None,
        blocked: Vec::new(),
        people: vec![Person {
            id: person(2),
            username: "bruno".to_owned(),
            display_name: "Bruno".to_owned(),
        }],
        head,
        messages,
        quotes: Vec::new(),
        thread: None,
        follows: Vec::new(),
        retracted: Vec::new(),
        older: None,
        newer: None,
        read: head,
        unread: 0,
        first_unread: None,
        receipts: Vec::new(),
        draft: None,
        key: key(0),
        characters: 8_000,
    }
}

fn conversation() -> ConversationId {
    ConversationId::try_from(7).expect("7 is an id")
}
