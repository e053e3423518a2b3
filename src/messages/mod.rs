//! What you say.

pub mod system;
pub mod voices;
pub mod unread;
pub mod thread;
pub mod rows;
pub mod message_view;
pub mod reading;
pub mod places;
pub mod paging;
pub mod jumps;
pub mod actions;
pub mod notice;
pub mod timeline;
pub mod outbox;
pub mod delivery;
pub mod drafts;
pub mod formatting;
pub mod composer;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use self::system::SystemNote;
use crate::{
    error::{Error, Field, Why},
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    time::Timestamp,
};

/// A message as everyone in its conversation sees it: the same bytes for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub conversation: ConversationId,
    pub id: MessageId,
    pub sender: AccountId,
    /// By this the sender's own screens know it again.
    pub key: ClientKey,
    /// Where it stands: the conversation's counter when it was posted.
    pub position: i64,
    /// The conversation's counter when it last changed.
    pub revision: i64,
    pub at: Timestamp,
    /// Empty where there is a `note`.
    pub body: String,
    /// What the sender did, in place of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<SystemNote>,
}

/// A text that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageBody(String);

impl MessageBody {
    /// Takes what was typed: white space around it goes, line ends become `\n`.
    ///
    /// # Errors
    /// `Invalid` if nothing is left, if it has more than `at_most` characters, or control characters
    /// other than tab and newline.
    pub fn new(typed: &str, at_most: u32) -> Result<Self, Error> {
        let text = typed.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim_matches(|c: char| c == '\n' || c.is_whitespace());

        let refuse = |why| Err(Error::invalid(Field::Body, why));
        if text.is_empty() {
            return refuse(Why::Missing);
        }
        if text.chars().count() > at_most as usize {
            return refuse(Why::TooLong { at_most });
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return refuse(Why::Characters);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(typed: &str, at_most: u32) -> Option<Why> {
        match MessageBody::new(typed, at_most) {
            Err(Error::Invalid { field: Field::Body, why }) => Some(why),
            _ => None,
        }
    }

    #[test]
    fn a_blank_text_is_not_a_message() {
        for typed in ["", "   ", "\n\n\t", "\r\n", "\u{a0}\u{2003}"] {
            assert_eq!(why(typed, 10), Some(Why::Missing), "{typed:?}");
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(MessageBody::new(&"é".repeat(10), 10).is_ok());
        assert_eq!(why(&"é".repeat(11), 10), Some(Why::TooLong { at_most: 10 }));
    }

    #[test]
    fn control_characters_are_refused_and_line_ends_unified() {
        assert_eq!(why("a\0b", 10), Some(Why::Characters));
        assert_eq!(why("a\u{1b}[31m", 10), Some(Why::Characters));
        assert_eq!(MessageBody::new(" a\r\nb\tc\n", 10).as_ref().map(MessageBody::as_str), Ok("a\nb\tc"));
    }
}
