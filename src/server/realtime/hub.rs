//! Who listens, and fan-out: an event is encoded once and queued to every connection that may hear it.
//!
//! Only the writer announces, and only after a commit. The hub holds hints: losing all of them loses no message.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::Notify;

use super::{
    attendance::Attendance,
    outbox::{End, Outbox},
};
use crate::{
    ids::{AccountId, ConversationId},
    presence::MOST_FOLLOWED,
    realtime::event::Event,
    server::{db::Announcement, highlighting, sessions::SessionHash},
};

/// Connections that one person may have at the same time.
pub const MOST_CONNECTIONS: usize = 10;

/// Who listens at this node.
#[derive(Debug, Default)]
pub struct Hub {
    listeners: Mutex<Listeners>,
    news: Notify,
    pub(super) attendance: Attendance,
}

#[derive(Debug, Default)]
struct Listeners {
    /// Everyone who is online here.
    accounts: HashMap<AccountId, Online>,
    /// Who hears each conversation, among those online.
    conversations: HashMap<ConversationId, HashSet<AccountId>>,
    last: u64,
    closed: bool,
}

#[derive(Debug, Default)]
struct Online {
    connections: Vec<Connection>,
    conversations: HashSet<ConversationId>,
    /// What they left since they came online: a list that was read before does not bring it back.
    left: HashSet<ConversationId>,
}

#[derive(Debug)]
struct Connection {
    id: u64,
    session: SessionHash,
    outbox: Arc<Outbox>,
}

/// A place among the listeners; leaving it gives the place back.
#[derive(Debug)]
pub struct Seat {
    pub(super) hub: Arc<Hub>,
    pub(super) account: AccountId,
    pub(super) id: u64,
    pub outbox: Arc<Outbox>,
}

/// Why somebody cannot listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSeat {
    TooMany,
    Closed,
}

impl Hub {
    /// Takes a seat. From here on changes of membership reach it; what the conversations are is told by
    /// [`Seat::hear`], which may find that they have changed since they were read.
    ///
    /// # Errors
    /// Where the person has too many connections already, or the server is going.
    pub fn seat(self: &Arc<Self>, account: AccountId, session: SessionHash) -> Result<Seat, NoSeat> {
        let mut listeners = self.lock();
        if listeners.closed {
            return Err(NoSeat::Closed);
        }
        listeners.last += 1;
        let id = listeners.last;
        let online = listeners.accounts.entry(account).or_default();
        if online.connections.len() >= MOST_CONNECTIONS {
            return Err(NoSeat::TooMany);
        }
        let outbox = Arc::new(Outbox::default());
        online.connections.push(Connection { id, session, outbox: outbox.clone() });
        drop(listeners);
        Ok(Seat { hub: self.clone(), account, id, outbox })
    }

    /// Tells those who may hear it. Never waits.
    pub fn announce(&self, announcement: Announcement) {
        match announcement {
            Announcement::Conversation(conversation, event) => self.tell_conversation(conversation, &event),
            Announcement::Account(account, event) => self.tell_account(account, &event),
            Announcement::Everyone(event) => self.tell_everyone(&event),
            Announcement::Joined(conversation, account) => {
                self.lock().came(conversation, account);
                self.doubt(account);
            }
            Announcement::Left(conversation, account) => {
                self.lock().part(conversation, account);
                self.doubt(account);
            }
            Announcement::Acquainted(account) => self.doubt(account),
            Announcement::Described(account, status) => self.describe(account, status),
            Announcement::SessionEnded(account, session) => self.end_session(account, session),
        }
    }

    /// Waits until something happens in a conversation. For one who waits.
    pub async fn news(&self) {
        self.news.notified().await;
    }

    /// Ends every connection and takes no new one.
    pub fn close(&self) {
        let mut listeners = self.lock();
        listeners.closed = true;
        for connection in listeners.accounts.values().flat_map(|online| &online.connections) {
            connection.outbox.end(End::Restart);
        }
    }

    /// Connections at this node.
    pub fn count(&self) -> usize {
        self.lock().accounts.values().map(|online| online.connections.len()).sum()
    }

    fn tell_conversation(&self, conversation: ConversationId, event: &Event) {
        self.news.notify_one();
        let listeners = self.lock();
        let Some(accounts) = listeners.conversations.get(&conversation) else { return };
        let Some(frame) = encode(event) else { return };
        for online in accounts.iter().filter_map(|account| listeners.accounts.get(account)) {
            for connection in &online.connections {
                connection.outbox.push(frame.clone());
            }
        }
    }

    /// People who have a connection at this node.
    pub fn people(&self) -> usize {
        self.lock().accounts.len()
    }

    fn tell_everyone(&self, event: &Event) {
        let listeners = self.lock();
        let Some(frame) = encode(event) else { return };
        for connection in listeners.accounts.values().flat_map(|online| &online.connections) {
            connection.outbox.push(frame.clone());
        }
    }

    fn tell_account(&self, account: AccountId, event: &Event) {
        self.tell_accounts(&[account], event);
    }

    /// Tells every screen of several people.
    pub(super) fn tell_accounts(&self, accounts: &[AccountId], event: &Event) {
        let listeners = self.lock();
        let mut online = accounts.iter().filter_map(|account| listeners.accounts.get(account)).peekable();
        if online.peek().is_none() {
            return;
        }
        let Some(frame) = encode(event) else { return };
        for connection in online.flat_map(|online| &online.connections) {
            connection.outbox.push(frame.clone());
        }
    }

    /// Tells every screen of several people what is of use at once or not at all.
    pub(super) fn tell_passing(&self, accounts: &[AccountId], event: &Event) {
        let listeners = self.lock();
        let Some(frame) = encode(event) else { return };
        let online = accounts.iter().filter_map(|account| listeners.accounts.get(account));
        for connection in online.flat_map(|online| &online.connections) {
            connection.outbox.push_passing(frame.clone());
        }
    }

    /// Whether more people hear `conversation` here than are told of each other.
    pub fn is_crowded(&self, conversation: ConversationId) -> bool {
        self.lock()
            .conversations
            .get(&conversation)
            .is_some_and(|inside| inside.len() > MOST_FOLLOWED as usize)
    }

    /// Tells `to` what `from` does in a conversation just now, as far as all of them are in it: whoever has left is told
    /// nothing, however long ago it was read that they may know. It is the first to go where a queue is full.
    pub fn pass_on(&self, conversation: ConversationId, from: AccountId, to: &[AccountId], event: &Event) {
        let listeners = self.lock();
        let Some(inside) = listeners.conversations.get(&conversation).filter(|all| all.contains(&from))
        else {
            return;
        };
        let Some(frame) = encode(event) else { return };
        let online = to.iter().filter(|account| inside.contains(account));
        for online in online.filter_map(|account| listeners.accounts.get(account)) {
            for connection in &online.connections {
                connection.outbox.push_passing(frame.clone());
            }
        }
    }

    fn end_session(&self, account: AccountId, session: SessionHash) {
        let listeners = self.lock();
        let Some(online) = listeners.accounts.get(&account) else { return };
        for connection in online.connections.iter().filter(|connection| connection.session == session) {
            connection.outbox.end(End::SessionEnded);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listeners {
    fn came(&mut self, conversation: ConversationId, account: AccountId) {
        if let Some(online) = self.accounts.get_mut(&account) {
            online.left.remove(&conversation);
        }
        self.join(conversation, account);
    }

    fn join(&mut self, conversation: ConversationId, account: AccountId) {
        if let Some(online) = self.accounts.get_mut(&account)
            && !online.left.contains(&conversation)
        {
            online.conversations.insert(conversation);
            self.conversations.entry(conversation).or_default().insert(account);
        }
    }

    fn part(&mut self, conversation: ConversationId, account: AccountId) {
        if let Some(online) = self.accounts.get_mut(&account) {
            online.conversations.remove(&conversation);
            online.left.insert(conversation);
        }
        self.silence(conversation, account);
    }

    /// Takes `account` from those who hear `conversation`.
    fn silence(&mut self, conversation: ConversationId, account: AccountId) {
        if let Some(accounts) = self.conversations.get_mut(&conversation) {
            accounts.remove(&account);
            if accounts.is_empty() {
                self.conversations.remove(&conversation);
            }
        }
    }

    fn leave(&mut self, account: AccountId, id: u64) {
        let Some(online) = self.accounts.get_mut(&account) else { return };
        online.connections.retain(|connection| connection.id != id);
        if !online.connections.is_empty() {
            return;
        }
        let Some(online) = self.accounts.remove(&account) else { return };
        for conversation in online.conversations {
            self.silence(conversation, account);
        }
    }
}

impl Seat {
    /// Says which conversations the person is in, as read after the seat was taken. Joins that arrived meanwhile are
    /// there already and stay, and what was left meanwhile stays left.
    pub fn hear(&self, conversations: &[ConversationId]) {
        let mut listeners = self.hub.lock();
        for conversation in conversations {
            listeners.join(*conversation, self.account);
        }
    }

    /// Queues an event for this connection alone.
    pub fn tell(&self, event: &Event) {
        if let Some(frame) = encode(event) {
            self.outbox.push(frame);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hub.lock().leave(self.account, self.id);
        self.depart();
    }
}

/// An event as the bytes of its frame.
pub(super) fn encode(event: &Event) -> Option<Utf8Bytes> {
    match serde_json::to_string(&*highlighting::told(event)) {
        Ok(text) => Some(text.into()),
        Err(error) => {
            tracing::error!(%error, "an event cannot be encoded");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::realtime::event::Topic;

    fn account(id: i64) -> AccountId {
        id.try_into().expect("an id")
    }

    fn session() -> SessionHash {
        SessionHash::of(&tower_sessions::session::Id(7))
    }

    const EVENT: Event = Event::Changed { what: Topic::Inbox };

    async fn hears(seat: &Seat) -> bool {
        seat.outbox.push("marker".into());
        seat.outbox.next().await.expect("frames wait").len() > 1
    }

    #[tokio::test]
    async fn only_those_in_a_conversation_hear_it() {
        let hub = Arc::new(Hub::default());
        let conversation: ConversationId = 9.try_into().expect("an id");
        let inside = hub.seat(account(1), session()).expect("a seat");
        let outside = hub.seat(account(2), session()).expect("a seat");
        inside.hear(&[conversation]);

        hub.announce(Announcement::Conversation(conversation, EVENT));
        assert!(hears(&inside).await);
        assert!(!hears(&outside).await);
    }

    #[tokio::test]
    async fn who_joins_while_a_connection_opens_is_heard() {
        let hub = Arc::new(Hub::default());
        let conversation: ConversationId = 9.try_into().expect("an id");
        let seat = hub.seat(account(1), session()).expect("a seat");
        hub.announce(Announcement::Joined(conversation, account(1)));
        seat.hear(&[]);

        hub.announce(Announcement::Conversation(conversation, EVENT));
        assert!(hears(&seat).await);
    }

    #[tokio::test]
    async fn who_leaves_while_a_connection_opens_hears_nothing_until_they_are_back() {
        let hub = Arc::new(Hub::default());
        let conversation: ConversationId = 9.try_into().expect("an id");
        let seat = hub.seat(account(1), session()).expect("a seat");
        let read_before = [conversation];
        hub.announce(Announcement::Left(conversation, account(1)));
        seat.hear(&read_before);
        hub.announce(Announcement::Conversation(conversation, EVENT));
        assert!(!hears(&seat).await);

        hub.announce(Announcement::Joined(conversation, account(1)));
        hub.announce(Announcement::Conversation(conversation, EVENT));
        assert!(hears(&seat).await);
        hub.announce(Announcement::Left(conversation, account(1)));
        hub.announce(Announcement::Conversation(conversation, EVENT));
        assert!(!hears(&seat).await);
    }

    #[test]
    fn a_person_has_a_bounded_number_of_connections_and_leaves_no_trace() {
        let hub = Arc::new(Hub::default());
        let seats: Vec<Seat> =
            (0..MOST_CONNECTIONS).map(|_| hub.seat(account(1), session()).expect("a seat")).collect();
        seats[0].hear(&[9.try_into().expect("an id")]);
        assert_eq!(hub.seat(account(1), session()).map(drop), Err(NoSeat::TooMany));
        assert!(hub.seat(account(2), session()).is_ok());

        drop(seats);
        assert!(hub.lock().accounts.is_empty());
        assert!(hub.lock().conversations.is_empty());
    }

    #[tokio::test]
    async fn the_end_of_a_session_ends_its_connections_only() {
        let hub = Arc::new(Hub::default());
        let other = SessionHash::of(&tower_sessions::session::Id(8));
        let (one, two) =
            (hub.seat(account(1), session()).expect("a seat"), hub.seat(account(1), other).expect("a seat"));
        hub.announce(Announcement::SessionEnded(account(1), session()));
        assert_eq!(one.outbox.next().await, Err(End::SessionEnded));
        assert!(!hears(&two).await);
    }
}
