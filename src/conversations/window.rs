//! Which part of a conversation a page shows.

use std::{fmt, str::FromStr};

use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use super::path_in;
use crate::ids::{ConversationId, MessageId};

/// A part of a conversation, at most [`super::Conversation::PAGE`] messages long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Window {
    /// Where the viewer goes on reading: around the first unread message, or the end if all is read.
    #[default]
    Unread,
    /// The newest messages.
    Latest,
    /// Those just before a position.
    Before(i64),
    /// Those just behind a position.
    After(i64),
    /// One message with what stands around it.
    Around(MessageId),
}

/// What was given names no part of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a part of a conversation")]
pub struct NotAWindow;

impl Window {
    /// What the query of a conversation's page asks for: `before`, `after` or `at=latest`, else where one goes on.
    pub fn of(query: &ParamsMap) -> Self {
        let position = |name| query.get(name).and_then(|position| position.parse().ok());
        if let Some(before) = position("before") {
            Self::Before(before)
        } else if let Some(after) = position("after") {
            Self::After(after)
        } else if query.get_str("at") == Some("latest") {
            Self::Latest
        } else {
            Self::Unread
        }
    }

    /// The address of this part of `conversation`, or of one of its threads.
    pub fn path(self, conversation: ConversationId, thread: Option<MessageId>) -> String {
        let path = path_in(conversation, thread);
        match self {
            Self::Unread => path,
            Self::Latest => format!("{path}?at=latest"),
            Self::Before(position) => format!("{path}?before={position}"),
            Self::After(position) => format!("{path}?after={position}"),
            Self::Around(message) => super::message_path(conversation, message),
        }
    }
}

/// `unread`, `latest`, `before:42`, `after:42`, `around:7`.
impl fmt::Display for Window {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread => formatter.write_str("unread"),
            Self::Latest => formatter.write_str("latest"),
            Self::Before(position) => write!(formatter, "before:{position}"),
            Self::After(position) => write!(formatter, "after:{position}"),
            Self::Around(message) => write!(formatter, "around:{message}"),
        }
    }
}

impl FromStr for Window {
    type Err = NotAWindow;

    fn from_str(text: &str) -> Result<Self, NotAWindow> {
        let position = |text: &str| text.parse().map_err(|_| NotAWindow);
        match text.split_once(':') {
            None if text == "unread" => Ok(Self::Unread),
            None if text == "latest" => Ok(Self::Latest),
            Some(("before", at)) => position(at).map(Self::Before),
            Some(("after", at)) => position(at).map(Self::After),
            Some(("around", message)) => message.parse().map(Self::Around).map_err(|_| NotAWindow),
            _ => Err(NotAWindow),
        }
    }
}

impl TryFrom<String> for Window {
    type Error = NotAWindow;

    fn try_from(text: String) -> Result<Self, NotAWindow> {
        text.parse()
    }
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_read_as_it_is_written() {
        let message = MessageId::try_from(7).expect("7 is an id");
        for window in
            [Window::Unread, Window::Latest, Window::Before(42), Window::After(0), Window::Around(message)]
        {
            assert_eq!(window.to_string().parse(), Ok(window));
        }
        for text in ["", "before", "before:", "before:x", "around:0", "beside:7", "latest:1"] {
            assert_eq!(text.parse::<Window>(), Err(NotAWindow), "{text:?}");
        }
    }
}
