//! Reads the frames that the server sends, in the browser.
//!
//! What serde derives for [`Event`] reads the same, but first into a value of any shape, since the type of a frame
//! may come last in it. That takes a good deal of code, which the browser would have to download.

use serde::Deserialize;

use super::event::{Event, Refusal, Topic};
use crate::{
    accounts::Person,
    border::reading::Tree,
    ids::{AccountId, ConversationId, MessageId},
    presence::Present,
    receipts::Receipt,
    staff::Announcement,
    threads::{Follow, Replies},
    time::Timestamp,
};

/// Every field that some frame has, except a message's.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Frame {
    r#type: String,
    account: Option<AccountId>,
    version: Option<String>,
    idle_after: Option<u32>,
    conversation: Option<ConversationId>,
    through: Option<i64>,
    limited: Option<bool>,
    position: Option<i64>,
    message: Option<MessageId>,
    until: Option<Timestamp>,
    revision: Option<i64>,
    emoji: Option<String>,
    count: Option<u32>,
    actor: Option<AccountId>,
    added: Option<bool>,
    counts: Option<Vec<u32>>,
    voters: Option<u32>,
    chosen: Option<Vec<u32>>,
    at: Option<Timestamp>,
    what: Option<Topic>,
    code: Option<Refusal>,
    people: Option<Vec<Present>>,
    whole: Option<bool>,
    stopped: Option<bool>,
    receipts: Option<Vec<Receipt>>,
    replies: Option<Replies>,
    follow: Option<Follow>,
    from: Option<Person>,
    text: Option<String>,
}

impl Event {
    /// Reads a frame. None for what this page does not know: a newer server may say it.
    pub fn read(text: &str) -> Option<Self> {
        let tree = Tree::of(text).ok()?;
        let frame = Frame::deserialize(&tree).ok()?;
        Some(match frame.r#type.as_str() {
            "hello" => Self::Hello {
                account: frame.account?,
                version: frame.version?,
                idle_after: frame.idle_after?,
            },
            "message" => Self::Message(Deserialize::deserialize(&tree).ok()?),
            "resumed" => Self::Resumed {
                conversation: frame.conversation?,
                through: frame.through?,
                limited: frame.limited?,
            },
            "read" => Self::Read {
                conversation: frame.conversation?,
                account: frame.account?,
                position: frame.position?,
            },
            "reaction" => Self::Reaction {
                conversation: frame.conversation?,
                message: frame.message?,
                revision: frame.revision?,
                emoji: frame.emoji?,
                count: frame.count?,
                actor: frame.actor?,
                added: frame.added?,
            },
            "replies" => Self::Replies {
                conversation: frame.conversation?,
                message: frame.message?,
                revision: frame.revision?,
                replies: frame.replies,
            },
            "vote" => Self::Vote {
                conversation: frame.conversation?,
                message: frame.message?,
                revision: frame.revision?,
                counts: frame.counts?,
                voters: frame.voters?,
                actor: frame.actor?,
                chosen: frame.chosen?,
            },
            "poll_closed" => Self::PollClosed {
                conversation: frame.conversation?,
                message: frame.message?,
                revision: frame.revision?,
                at: frame.at?,
            },
            "followed" => Self::Followed { conversation: frame.conversation?, follow: frame.follow? },
            "retracted" => Self::Retracted {
                conversation: frame.conversation?,
                message: frame.message?,
                until: frame.until,
            },
            "receipts" => Self::Receipts { conversation: frame.conversation?, receipts: frame.receipts? },
            "typing" => Self::Typing {
                conversation: frame.conversation?,
                account: frame.account?,
                stopped: frame.stopped.unwrap_or_default(),
            },
            "left" => Self::Left { conversation: frame.conversation? },
            "presence" => Self::Presence { people: frame.people?, whole: frame.whole.unwrap_or_default() },
            "changed" => Self::Changed { what: frame.what? },
            "announcement" => Self::Announcement(Box::new(Announcement {
                from: frame.from?,
                text: frame.text?,
                at: frame.at?,
            })),
            "pong" => Self::Pong,
            "error" => Self::Error { code: frame.code? },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        messages::thread::fixtures::{message, person},
        presence::State,
    };

    /// One of each kind. The compiler asks for the next kind here, which belongs into the list below too.
    fn is_listed(event: &Event) -> bool {
        match event {
            Event::Hello { .. }
            | Event::Message(_)
            | Event::Resumed { .. }
            | Event::Read { .. }
            | Event::Reaction { .. }
            | Event::Retracted { .. }
            | Event::Replies { .. }
            | Event::Vote { .. }
            | Event::PollClosed { .. }
            | Event::Followed { .. }
            | Event::Receipts { .. }
            | Event::Typing { .. }
            | Event::Left { .. }
            | Event::Presence { .. }
            | Event::Changed { .. }
            | Event::Announcement(_)
            | Event::Pong
            | Event::Error { .. } => true,
        }
    }

    fn events() -> Vec<Event> {
        let message = message(1, 1);
        let (conversation, account) = (message.conversation, person(7));
        vec![
            Event::Hello { account, version: "0.1.0".to_owned(), idle_after: 300 },
            Event::Message(Box::new(message.clone())),
            Event::Resumed { conversation, through: 3, limited: true },
            Event::Read { conversation, account, position: 5 },
            Event::Retracted { conversation, message: message.id, until: Some(Timestamp::from_millis(7)) },
            Event::Retracted { conversation, message: message.id, until: None },
            Event::Reaction {
                conversation,
                message: message.id,
                revision: 9,
                emoji: "👍".to_owned(),
                count: 2,
                actor: account,
                added: true,
            },
            Event::Replies {
                conversation,
                message: message.id,
                revision: 10,
                replies: Some(Replies { count: 2, last: 9, at: Timestamp::from_millis(7) }),
            },
            Event::Replies { conversation, message: message.id, revision: 10, replies: None },
            Event::Vote {
                conversation,
                message: message.id,
                revision: 11,
                counts: vec![2, 0],
                voters: 2,
                actor: account,
                chosen: vec![0],
            },
            Event::PollClosed {
                conversation,
                message: message.id,
                revision: 12,
                at: Timestamp::from_millis(7),
            },
            Event::Followed { conversation, follow: Follow { root: message.id, follows: true, read: 9 } },
            Event::Receipts { conversation, receipts: vec![Receipt { account, received: 9, read: 7 }] },
            Event::Typing { conversation, account, stopped: false },
            Event::Typing { conversation, account, stopped: true },
            Event::Left { conversation },
            Event::Presence {
                people: vec![Present { account, state: State::Busy, line: "Writing".to_owned() }],
                whole: true,
            },
            Event::Presence { people: Vec::new(), whole: false },
            Event::Changed { what: Topic::Friends },
            Event::Announcement(Box::new(Announcement {
                from: Person { id: account, username: "amina".to_owned(), display_name: "Amina".to_owned() },
                text: "Tea is ready.".to_owned(),
                at: Timestamp::from_millis(7),
            })),
            Event::Pong,
            Event::Error { code: Refusal::TooFast },
            Event::Error { code: Refusal::Forbidden },
        ]
    }

    #[test]
    fn every_frame_is_read_as_it_was_written() {
        for event in events() {
            let text = serde_json::to_string(&event).expect("an event can be written");
            assert!(is_listed(&event));
            assert_eq!(Event::read(&text).as_ref(), Some(&event), "{text}");
            assert_eq!(serde_json::from_str::<Event>(&text).ok(), Some(event), "{text}");
        }
    }

    #[test]
    fn what_is_no_frame_of_ours_is_passed_over() {
        for text in
            ["", "{}", "[]", r#"{"type":"dance"}"#, r#"{"type":"hello"}"#, r#"{"type":"message","id":1}"#]
        {
            assert_eq!(Event::read(text), None, "{text}");
        }
    }
}
