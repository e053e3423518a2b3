//! What one has begun to write, conversation by conversation and thread by thread: kept in this browser at once, and by the
//! server for one's other devices, until it is sent. It survives reloading, closing, and logging out.

pub mod sheet;
pub mod shelf;
mod keeping;
mod syncing;
pub mod server_fns;

#[cfg(test)]
mod interleavings;

use serde::{Deserialize, Serialize};

pub use keeping::{Drafts, use_drafts};

use crate::{
    error::{Error, Field, Why},
    ids::{ClientKey, ConversationId, MessageId},
    threads::Spot,
};

/// Drafts that the server keeps for one person, with those that are gone. Beyond it the ones that changed longest ago go.
pub const MOST_DRAFTS: i64 = 500;

/// Drafts that one answer brings.
pub const PAGE: usize = 50;

/// What somebody has begun to write in a conversation, or in a thread of it, as the server has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub conversation: ConversationId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    /// Another one, and a larger one, each time it changes.
    pub revision: i64,
    /// The browser that changed it last.
    pub writer: ClientKey,
    /// Empty if it was sent or taken away.
    pub text: String,
}

impl Draft {
    /// Where it was written.
    pub const fn spot(&self) -> Spot {
        Spot { conversation: self.conversation, thread: self.thread }
    }
}

/// What has changed of somebody's drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// In the order in which they changed; at most [`PAGE`].
    pub drafts: Vec<Draft>,
    /// The revision after which there is more, if there is.
    pub next: Option<i64>,
}

/// What became of a text that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kept", rename_all = "snake_case", try_from = "Flat")]
pub enum Kept {
    Saved {
        revision: i64,
    },
    /// Nothing: there is something that its browser did not know of.
    Newer {
        now: Draft,
    },
}

/// It as it is read, as errors are, see [`crate::error`].
#[derive(Default, Deserialize)]
#[serde(default)]
struct Flat {
    kept: String,
    revision: Option<i64>,
    now: Option<Draft>,
}

impl TryFrom<Flat> for Kept {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let kept = match flat.kept.as_str() {
            "saved" => flat.revision.map(|revision| Self::Saved { revision }),
            "newer" => flat.now.map(|now| Self::Newer { now }),
            _ => None,
        };
        kept.ok_or("neither was it kept nor is there something newer")
    }
}

/// A text as a draft is kept: to the letter, and none if nothing but white space stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Takes what was typed; line ends become `\n`.
    ///
    /// # Errors
    /// `Invalid` if it has more than `at_most` characters, or control characters other than tab and newline.
    pub fn new(typed: &str, at_most: u32) -> Result<Self, Error> {
        let text = typed.replace("\r\n", "\n").replace('\r', "\n");
        if text.trim().is_empty() {
            return Ok(Self(String::new()));
        }
        if text.chars().count() > at_most as usize {
            return Err(Error::invalid(Field::Body, Why::TooLong { at_most }));
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(Error::invalid(Field::Body, Why::Characters));
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::border::reading;

    #[test]
    fn what_became_of_a_draft_is_read_as_it_was_written() {
        let place = ConversationId::try_from(3).expect("an id");
        let writer = ClientKey::from_random([7; 16]);
        let now = Draft { conversation: place, thread: None, text: "Half a".to_owned(), revision: 4, writer };
        for kept in [Kept::Saved { revision: 7 }, Kept::Newer { now }] {
            let text = serde_json::to_string(&kept).expect("it can be written");
            assert_eq!(reading::read::<Kept>(&text), Ok(kept), "{text}");
        }
        assert!(reading::read::<Kept>(r#"{"kept":"saved"}"#).is_err());
    }

    #[test]
    fn a_text_is_kept_to_the_letter_if_it_could_be_sent() {
        let text = |typed: &str| Text::new(typed, 10).map(|text| text.as_str().to_owned());
        assert_eq!(text(" a\r\nb \n"), Ok(" a\nb \n".to_owned()));
        assert_eq!(text(" \n\t"), Ok(String::new()));
        assert_eq!(text(&"é".repeat(10)), Ok("é".repeat(10)));
        assert_eq!(text(&"é".repeat(11)), Err(Error::invalid(Field::Body, Why::TooLong { at_most: 10 })));
        for typed in ["a\0", "\u{1b}[31m"] {
            assert_eq!(text(typed), Err(Error::invalid(Field::Body, Why::Characters)), "{typed:?}");
        }
    }
}
