//! What you say.

pub mod system;
pub mod reactions;
pub mod voices;
pub mod unread;
pub mod thread;
pub mod rows;
pub mod own;
pub mod quotes;
pub mod pins;
pub mod pins_page;
pub mod saved;
pub mod saved_page;
pub mod about;
pub mod answer;
pub mod reply_page;
pub mod forward;
pub mod forward_page;
pub mod reaction_bar;
pub mod reactions_page;
pub mod message_view;
pub mod reading;
pub mod places;
pub mod paging;
pub mod pane;
pub mod jumps;
pub mod actions;
pub mod delete_page;
pub mod history;
pub mod edit_page;
pub mod history_page;
pub mod notice;
pub mod timeline;
pub mod outbox;
pub mod delivery;
pub mod formatting;
pub mod composer;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use self::{reactions::Reaction, system::SystemNote};
use crate::{
    accounts::Person,
    error::{Error, Field, Why},
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    polls::Poll,
    text::colours::Colours,
    threads::Replies,
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
    /// Empty where there is a `note`, and where it was `deleted`.
    pub body: String,
    /// The colours of the blocks of code in `body`, in their order; nothing if all of them are plain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub colours: Vec<Colours>,
    /// What the sender did, in place of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<SystemNote>,
    /// The message of the same conversation that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// The message at the head of the thread that it was said in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    /// What stands in the thread that it is the head of, if something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies: Option<Replies>,
    /// Who has pinned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<AccountId>,
    /// Whether its sender passes on what was said elsewhere. Where and by whom is not told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forwarded: bool,
    /// When its text last became another. What it said before is its history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<Timestamp>,
    /// Those in the conversation whom it named when it was written, in the order of their numbers; never its sender.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<AccountId>,
    /// Whether it turns to everyone in the conversation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
    /// In the order in which they came first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// What may be answered, where it asks something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Box<Poll>>,
    /// What the viewer has chosen there, in order; only in what is told to them alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voted: Option<Vec<u32>>,
    /// With what the viewer has reacted; only in what is told to them alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reacted: Option<Vec<String>>,
    /// Who deleted it. Then its `body` is empty: nobody has the text any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<AccountId>,
}

impl Message {
    /// A message as it was posted, with nothing said in it yet.
    pub const fn posted(
        conversation: ConversationId,
        id: MessageId,
        sender: AccountId,
        key: ClientKey,
        position: i64,
        at: Timestamp,
    ) -> Self {
        Self {
            conversation,
            id,
            sender,
            key,
            position,
            revision: position,
            at,
            body: String::new(),
            colours: Vec::new(),
            note: None,
            reply_to: None,
            thread: None,
            replies: None,
            forwarded: false,
            pinned: None,
            edited: None,
            mentions: Vec::new(),
            all: false,
            reactions: Vec::new(),
            poll: None,
            voted: None,
            reacted: None,
            deleted: None,
        }
    }

    /// Whether somebody's words stand in it: it was said, and not deleted.
    pub const fn is_said(&self) -> bool {
        self.note.is_none() && self.deleted.is_none()
    }
}

/// A message that the viewer may delete, as the page that asks shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletable {
    pub message: Message,
    /// Those whose names are needed to show it.
    pub people: Vec<Person>,
    /// What its conversation is called.
    pub place: String,
}

/// A message that the viewer may answer, as the page shows it where they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answerable {
    pub message: Message,
    /// Those whose names are needed to show it.
    pub people: Vec<Person>,
    /// What its conversation is called.
    pub place: String,
    /// For the form: the key of the message that it may send.
    pub key: ClientKey,
}

/// A message of the viewer's own, as the page shows it where they edit it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editable {
    pub body: String,
    /// What its conversation is called.
    pub place: String,
    /// Characters that it may have.
    pub characters: u32,
}

/// A message that the viewer has deleted and can still bring back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retracted {
    pub message: MessageId,
    /// Until when.
    pub until: Timestamp,
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
