//! Where you talk: in private with one other person, or in a group.

pub mod about;
pub mod strangers;
pub mod attention;
pub mod choices;
pub mod opened;
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

use self::{
    about::{About, Kind},
    choices::Loudness,
};
use crate::{
    accounts::Person,
    drafts::Draft,
    friends::Friends,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    messages::{Message, Retracted, quotes::Quote},
    presence::Present,
    receipts::Receipt,
    spaces::{Space, SpaceLine},
    threads::{Follow, InThread, thread_path},
    time::Timestamp,
};

/// What the home page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Only its requests are filled.
    pub requests: Friends,
    /// Those that are pinned, then the last active first; at most [`Home::PAGE`]. Nothing that is hidden.
    pub conversations: Vec<Summary>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
    /// Talks that strangers ask for, the last active first; at most [`Home::MOST_ASKED`].
    pub asked: Vec<Summary>,
    /// Unread messages in all conversations that are counted, and in the others those that name the viewer; [`UNREAD_COUNTED`] stands for as many or more.
    pub unread: u32,
    /// What others did that concerns the viewer and is new to them; likewise.
    pub activity: u32,
    /// The spaces that the viewer is in, by name.
    pub spaces: Vec<SpaceLine>,
    /// The one that was asked for.
    pub space: Option<Space>,
}

impl Home {
    /// Conversations on one page.
    pub const PAGE: usize = 40;

    /// Talks that wait for an answer and are shown at a time.
    pub const MOST_ASKED: usize = 20;

    /// As this is to somebody who has the end of `conversation` before their eyes: nothing in it is unread.
    #[must_use]
    pub fn without_news_in(mut self, conversation: ConversationId) -> Self {
        for line in self.conversations.iter_mut().filter(|line| line.id == conversation) {
            let share = line.loudness.share(line.kind, line.unread, line.mentions);
            if self.unread < UNREAD_COUNTED {
                self.unread = self.unread.saturating_sub(share);
            }
            (line.unread, line.mentions) = (0, 0);
        }
        let channels = self.space.iter_mut().flat_map(|space| &mut space.channels);
        for channel in channels.filter(|channel| channel.conversation == conversation) {
            let share = channel.loudness.share(Kind::Channel, channel.unread, channel.mentions);
            if self.unread < UNREAD_COUNTED {
                self.unread = self.unread.saturating_sub(share);
            }
            (channel.unread, channel.mentions) = (0, 0);
        }
        self
    }
}

/// A place in the list of conversations behind those that are pinned, which is ordered by last activity.
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
    /// Unread messages, none where nothing is to be heard; [`UNREAD_COUNTED`] stands for as many or more.
    pub unread: u32,
    /// Those of them that name the viewer, or everyone; likewise.
    pub mentions: u32,
    /// Whether there is news in a thread that the viewer follows.
    pub threads: bool,
    /// Whether the other one of a private talk is here, if the viewer may know.
    pub present: Option<Present>,
    pub loudness: Loudness,
    pub pinned: bool,
    /// The beginning of what the viewer has begun to write there, as far as the server knows.
    pub draft: Option<String>,
}

/// The beginning of a message, for a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub mine: bool,
    /// Who said it, where there is more than one other person.
    pub author: Option<String>,
    pub text: String,
    /// Whether that was done rather than said: `/me`, which the text is then without.
    pub is_action: bool,
    pub at: Timestamp,
}

/// A conversation as its page shows it, or one thread of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub about: About,
    /// What the viewer may know of the other one of a private talk.
    pub present: Option<Present>,
    /// Those whose names stand in these messages, and in a private talk both.
    pub people: Vec<Person>,
    /// Those whom the viewer has blocked; at most [`Conversation::MOST_BLOCKED`]. Empty in a private talk.
    pub blocked: Vec<AccountId>,
    /// The conversation's counter, read before the messages: what comes after is asked for from here.
    pub head: i64,
    /// In order; at most [`Conversation::PAGE`].
    pub messages: Vec<Message>,
    /// What is answered in them and stands elsewhere.
    pub quotes: Vec<Quote>,
    /// The thread, if it is one: then only what was said in it is shown, and unread.
    pub thread: Option<InThread>,
    /// Which of the threads of these messages the viewer follows, or has let go.
    pub follows: Vec<Follow>,
    /// Those of the viewer's own that they have deleted and can still bring back.
    pub retracted: Vec<Retracted>,
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
    /// How far the others have received and read it, as far as the viewer may know. Empty among many people.
    pub receipts: Vec<Receipt>,
    /// What the viewer has begun to write there, or was and is gone, as far as the server knows.
    pub draft: Option<Draft>,
    /// For the form that works without JavaScript: the key of the message that it may send.
    pub key: ClientKey,
    /// Characters that one message may have.
    pub characters: u32,
}

impl Conversation {
    /// Messages on one page.
    pub const PAGE: usize = 40;

    /// People whose messages are folded away.
    pub const MOST_BLOCKED: usize = 1_000;
}

/// The address of a conversation's page.
pub fn path(id: ConversationId) -> String {
    format!("/c/{id}")
}

/// The address of a conversation's page, or of the page of one of its threads.
pub fn path_in(id: ConversationId, thread: Option<MessageId>) -> String {
    thread.map_or_else(|| path(id), |root| thread_path(id, root))
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
