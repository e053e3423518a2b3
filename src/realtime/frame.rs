//! Reads the frames that the server sends, in the browser.
//!
//! What serde derives for [`Event`] reads the same, but first into a value of any shape, since the type of a frame
//! may come last in it. That takes a good deal of code, which the browser would have to download.

use serde::Deserialize;

use super::event::{Event, Refusal, Topic};
use crate::ids::{AccountId, ConversationId};

/// Every field that some frame has, except a message's.
#[derive(Deserialize)]
struct Frame {
    r#type: String,
    account: Option<AccountId>,
    version: Option<String>,
    conversation: Option<ConversationId>,
    through: Option<i64>,
    limited: Option<bool>,
    position: Option<i64>,
    what: Option<Topic>,
    code: Option<Refusal>,
}

impl Event {
    /// Reads a frame. None for what this page does not know: a newer server may say it.
    pub fn read(text: &str) -> Option<Self> {
        let frame: Frame = serde_json::from_str(text).ok()?;
        Some(match frame.r#type.as_str() {
            "hello" => Self::Hello { account: frame.account?, version: frame.version? },
            "message" => Self::Message(serde_json::from_str(text).ok()?),
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
            "left" => Self::Left { conversation: frame.conversation? },
            "changed" => Self::Changed { what: frame.what? },
            "pong" => Self::Pong,
            "error" => Self::Error { code: frame.code? },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::{message, person};

    /// One of each kind. The compiler asks for the next kind here, which belongs into the list below too.
    fn is_listed(event: &Event) -> bool {
        match event {
            Event::Hello { .. }
            | Event::Message(_)
            | Event::Resumed { .. }
            | Event::Read { .. }
            | Event::Left { .. }
            | Event::Changed { .. }
            | Event::Pong
            | Event::Error { .. } => true,
        }
    }

    fn events() -> Vec<Event> {
        let message = message(1, 1);
        let (conversation, account) = (message.conversation, person(7));
        vec![
            Event::Hello { account, version: "0.1.0".to_owned() },
            Event::Message(message),
            Event::Resumed { conversation, through: 3, limited: true },
            Event::Read { conversation, account, position: 5 },
            Event::Left { conversation },
            Event::Changed { what: Topic::Friends },
            Event::Pong,
            Event::Error { code: Refusal::TooFast },
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
