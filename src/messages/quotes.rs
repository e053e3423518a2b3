//! What a message answers: a line of it, which leads there.

use std::{fmt, str::FromStr, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::{Message, server_fns::quotes, thread::Thread};
use crate::{
    ids::{AccountId, ConversationId, MessageId},
    sorted::SortedSet,
    text::action::beginning,
};

/// A message that others answer, as it stands above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub message: MessageId,
    pub sender: AccountId,
    /// The conversation's counter when it last changed.
    pub revision: i64,
    /// How it begins, without marks. Nothing if it is deleted.
    pub text: Option<String>,
    /// Whether that was done rather than said: `/me`, which the text is then without.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_action: bool,
}

impl Quote {
    /// Characters of it that are shown.
    pub const CHARACTERS: usize = 120;

    /// What is shown of `message`.
    pub fn of(message: &Message) -> Self {
        let begun = message.is_said().then(|| beginning(&message.body, Self::CHARACTERS));
        let (text, is_action) = begun.map(|begun| (begun.text, begun.is_action)).unzip();
        Self {
            message: message.id,
            sender: message.sender,
            revision: message.revision,
            text,
            is_action: is_action.unwrap_or(false),
        }
    }
}

/// The message that another one answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub message: MessageId,
    /// What is known of it, which may be nothing yet.
    pub known: Option<Known>,
}

/// What is known of a message that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// All of it.
    Held(Arc<Message>),
    /// What the server shows of it.
    Told(Quote),
}

impl Answered {
    /// What is shown of it.
    pub fn quote(&self) -> Option<Quote> {
        self.known.as_ref().map(Known::quote)
    }

    /// Another number when something else is to be shown of it.
    pub fn revision(&self) -> i64 {
        self.known.as_ref().map_or(0, Known::revision)
    }
}

impl Known {
    /// What is shown of the message. Made only where it is shown: it takes what reads Markdown.
    fn quote(&self) -> Quote {
        match self {
            Self::Held(message) => Quote::of(message),
            Self::Told(quote) => quote.clone(),
        }
    }

    /// Who said it.
    pub fn sender(&self) -> AccountId {
        match self {
            Self::Held(message) => message.sender,
            Self::Told(quote) => quote.sender,
        }
    }

    /// The conversation's counter when the message last changed.
    pub fn revision(&self) -> i64 {
        match self {
            Self::Held(message) => message.revision,
            Self::Told(quote) => quote.revision,
        }
    }
}

/// Several messages, written in one field: `12,34`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Messages(pub Vec<MessageId>);

impl Messages {
    /// Messages that one field may name.
    pub const MOST: usize = 50;
}

/// What was given names no messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a list of messages")]
pub struct NoMessages;

impl fmt::Display for Messages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written: Vec<String> = self.0.iter().map(MessageId::to_string).collect();
        formatter.write_str(&written.join(","))
    }
}

impl FromStr for Messages {
    type Err = NoMessages;

    fn from_str(text: &str) -> Result<Self, NoMessages> {
        let written = text.split(',').filter(|one| !one.is_empty()).take(Self::MOST + 1);
        let messages: Vec<MessageId> =
            written.map(str::parse).collect::<Result<_, _>>().map_err(|_| NoMessages)?;
        if messages.len() > Self::MOST { Err(NoMessages) } else { Ok(Self(messages)) }
    }
}

impl TryFrom<String> for Messages {
    type Error = NoMessages;

    fn try_from(text: String) -> Result<Self, NoMessages> {
        text.parse()
    }
}

impl From<Messages> for String {
    fn from(messages: Messages) -> Self {
        messages.to_string()
    }
}

/// Asks for what is answered in `thread` and stands outside of it, as long as it is shown.
pub fn learn(conversation: ConversationId, thread: &ArcRwSignal<Thread>) {
    let thread = thread.clone();
    // Whoever was asked for once and is unknown then, stays so.
    let asked = StoredValue::new(SortedSet::<MessageId>::new());
    Effect::new(move |_| {
        let unknown: Vec<MessageId> = thread.with(|thread| {
            asked.with_value(|asked| {
                thread.unquoted().filter(|it| !asked.contains(it)).take(Messages::MOST).collect()
            })
        });
        if unknown.is_empty() {
            return;
        }
        asked.update_value(|asked| asked.extend(unknown.iter().copied()));
        let thread = thread.clone();
        spawn_local(async move {
            if let Ok(quotes) = quotes(conversation, unknown).await {
                thread.update(|thread| quotes.into_iter().for_each(|quote| thread.quote(quote)));
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::{message, person};

    #[test]
    fn a_quote_is_one_short_line() {
        let long = Message { body: format!("**Bold**\n\n{}", "word ".repeat(100)), ..message(1, 2) };
        let quote = Quote::of(&long);
        let text = quote.text.expect("it was said");
        assert!(text.starts_with("Bold word"), "{text}");
        assert_eq!(text.chars().count(), Quote::CHARACTERS);
    }

    #[test]
    fn of_what_is_deleted_nothing_is_quoted() {
        let deleted = Message { deleted: Some(person(2)), body: String::new(), ..message(1, 2) };
        assert_eq!(Quote::of(&deleted).text, None);
    }

    #[test]
    fn a_field_names_a_bounded_number_of_messages() {
        let many = |count: usize| (1..=count).map(|it| it.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!("12,34".parse::<Messages>().map(|it| it.to_string()), Ok("12,34".to_owned()));
        assert!(many(Messages::MOST).parse::<Messages>().is_ok());
        assert_eq!(many(Messages::MOST + 1).parse::<Messages>(), Err(NoMessages));
        assert_eq!("12,x".parse::<Messages>(), Err(NoMessages));
    }
}
