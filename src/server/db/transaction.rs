//! A change under way: what it may do to the rows, and what it has to tell once they are stored.

use sqlx::{Connection, PgConnection, SqliteConnection};

use super::{Engine, on_engine};
use crate::{
    ids::{AccountId, ConversationId},
    presence::Status,
    realtime::event::Event,
    server::{mint::Mint, sessions::SessionHash},
    time::Timestamp,
};

/// What the hub hears after the commit, and only then.
#[derive(Debug, Clone)]
pub enum Announcement {
    /// For everyone in a conversation.
    Conversation(ConversationId, Event),
    /// For every screen of one person.
    Account(AccountId, Event),
    /// For every screen of everybody who is here.
    Everyone(Event),
    /// From here on the person hears the conversation.
    Joined(ConversationId, AccountId),
    /// From here on the person hears it no more.
    Left(ConversationId, AccountId),
    /// Who may know that the person is here may have changed.
    Acquainted(AccountId),
    /// The person says something else of themselves.
    Described(AccountId, Status),
    /// A session is over: its sockets end.
    SessionEnded(AccountId, SessionHash),
}

/// The transaction that the writer has begun. Changes run their statements on it and announce through it.
#[derive(Debug)]
pub struct Tx {
    pub(super) connection: Engine<SqliteConnection, PgConnection>,
    pub(super) announcements: Vec<Announcement>,
    /// The time of this transaction.
    pub now: Timestamp,
    pub mint: Mint,
}

impl Tx {
    /// The connection to run a statement on, for [`on_engine!`].
    pub fn connection(&mut self) -> Engine<&mut SqliteConnection, &mut PgConnection> {
        match &mut self.connection {
            Engine::Sqlite(connection) => Engine::Sqlite(connection),
            Engine::Postgres(connection) => Engine::Postgres(connection),
        }
    }

    /// Says what is to be told once this is stored, in the order of the calls.
    pub fn announce(&mut self, announcement: Announcement) {
        self.announcements.push(announcement);
    }

    /// Runs a statement that has no parameters and no rows, as `savepoint`.
    pub(super) async fn run(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        on_engine!(self.connection(), connection => sqlx::query(statement).execute(connection).await.map(drop))
    }

    /// Whether the server at the other end still answers. SQLite has none that could be lost.
    pub(super) async fn is_alive(&mut self) -> bool {
        match &mut self.connection {
            Engine::Sqlite(_) => true,
            Engine::Postgres(connection) => connection.ping().await.is_ok(),
        }
    }
}
