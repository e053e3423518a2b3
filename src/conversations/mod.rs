//! Where you talk: in private with one other person, or in a group.

pub mod about;
pub mod attention;
pub mod conversation_page;
pub mod groups;
pub mod home_page;
pub mod inbox;
pub mod list;
pub mod members;
pub mod reading_forms;
pub mod server_fns;
pub mod window;

use serde::{Deserialize, Serialize};

use self::about::{About, Kind};
use crate::{
    accounts::Person,
    friends::Friends,
    ids::{ClientKey, ConversationId, MessageId},
    messages::Message,
    spaces::{Space, SpaceLine},
    time::Timestamp,
};

/// What the home page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Only its requests are filled.
    pub requests: Friends,
    /// The last active first; at most [`Home::PAGE`].
    pub conversations: Vec<Summary>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
    /// Unread messages in all conversations; [`UNREAD_COUNTED`] stands for as many or more.
    pub unread: u32,
    /// The spaces that the viewer is in, by name.
    pub spaces: Vec<SpaceLine>,
    /// The one that was asked for.
    pub space: Option<Space>,
}

impl Home {
    /// Conversations on one page.
    pub const PAGE: usize = 40;

    /// As this is to somebody who has the end of `conversation` before their eyes: nothing in it is unread.
    #[must_use]
    pub fn without_news_in(mut self, conversation: ConversationId) -> Self {
        for line in self.conversations.iter_mut().filter(|line| line.id == conversation) {
            if line.kind != Kind::Everyone && self.unread < UNREAD_COUNTED {
                self.unread = self.unread.saturating_sub(line.unread);
            }
            line.unread = 0;
        }
        let channels = self.space.iter_mut().flat_map(|space| &mut space.channels);
        for channel in channels.filter(|channel| channel.conversation == conversation) {
            channel.unread = 0;
        }
        self
    }
}

/// A place in the list of conversations, which is ordered by last activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub active_at: Timestamp,
    pub id: ConversationId,
}

/// Unread messages are counted up to here; people read `99+`.
pub const UNREAD_COUNTED: u32 = 100;

/// A count of unread messages as people read it: `99+` where it may be more.
pub fn counted(count: u32) -> String {
    if count < UNREAD_COUNTED { count.to_string() } else { "99+".to_owned() }
}

/// One line of the list of conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub id: ConversationId,
    pub kind: Kind,
    /// What it is called: in a private talk as the other person is.
    pub name: String,
    /// What the colour of its picture comes from.
    pub face: i64,
    pub active_at: Timestamp,
    /// The beginning of the last message, and whether it is the viewer's own.
    pub last: Option<Preview>,
    /// Unread messages; [`UNREAD_COUNTED`] stands for as many or more.
    pub unread: u32,
}

/// The beginning of a message, for a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub mine: bool,
    /// Who said it, where there is more than one other person.
    pub author: Option<String>,
    pub text: String,
    pub at: Timestamp,
}

/// A conversation as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub about: About,
    /// Those whose names stand in these messages, and in a private talk both.
    pub people: Vec<Person>,
    /// The conversation's counter, read before the messages: what comes after is asked for from here.
    pub head: i64,
    /// In order; at most [`Conversation::PAGE`].
    pub messages: Vec<Message>,
    /// The position before which there are more, if there are.
    pub older: Option<i64>,
    /// The position behind which there are more, if there are. None if this page reaches to the newest message.
    pub newer: Option<i64>,
    /// The position up to which the viewer has read.
    pub read: i64,
    /// Unread messages; [`UNREAD_COUNTED`] stands for as many or more.
    pub unread: u32,
    /// Where the first of them stands.
    pub first_unread: Option<i64>,
    /// For the form that works without JavaScript: the key of the message that it may send.
    pub key: ClientKey,
    /// Characters that one message may have.
    pub characters: u32,
}

impl Conversation {
    /// Messages on one page.
    pub const PAGE: usize = 40;
}

/// The address of a conversation's page.
pub fn path(id: ConversationId) -> String {
    format!("/c/{id}")
}

/// The address of one message: its conversation's page, opened there.
pub fn message_path(conversation: ConversationId, message: MessageId) -> String {
    format!("/c/{conversation}/m/{message}")
}

/// The address of the page about a group's people.
pub fn people_path(conversation: ConversationId) -> String {
    format!("/c/{conversation}/people")
}

/// The address of the page where one looks after a group.
pub fn settings_path(conversation: ConversationId) -> String {
    format!("/c/{conversation}/settings")
}
