//! Who is logged in where: the store behind the cookie.
//!
//! A session's row exists from log-in to log-out. Saving only ever updates: a request that is still under way
//! when its person logs out finds no row left and changes nothing, so a dead session stays dead.

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use sqlx::Row;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{self, Error},
};

use super::{
    answer::Failure,
    clock::Clock,
    db::{Announcement, Db, Tx, Writer, on_engine, sql},
    tokens::families,
};
use crate::ids::AccountId;

/// Days without a visit after which a session ends.
pub const IDLE_DAYS: i64 = 14;

/// Days after which a session ends however often it was used.
pub const LONGEST_DAYS: i64 = 90;

pub const DAY: i64 = 86_400_000;

/// Bytes that the data of one session may have.
const MOST_DATA: usize = 4 * 1024;

/// What the session of a logged-in person remembers.
pub mod key {
    pub const ACCOUNT: &str = "account";
    /// The version of the password that began it.
    pub const PASSWORD: &str = "password";
    pub const ADDRESS: &str = "address";
    pub const USER_AGENT: &str = "user_agent";
    /// When its row was last written: at most every five minutes.
    pub const SEEN: &str = "seen";
}

/// SHA-256 of a session's id, or of the token that a program shows in place of one. The secret itself is never stored or
/// logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionHash([u8; 32]);

impl SessionHash {
    pub fn of(id: &Id) -> Self {
        Self(Sha256::digest(id.0.to_be_bytes()).into())
    }

    pub const fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// As it stands in its row.
    pub fn stored(bytes: Vec<u8>) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The same.
    pub fn bytes(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

/// Sessions in the database.
#[derive(Debug, Clone)]
pub struct Sessions {
    db: Db,
    writer: Writer,
    clock: Clock,
}

impl Sessions {
    pub const fn new(db: Db, writer: Writer, clock: Clock) -> Self {
        Self { db, writer, clock }
    }

    /// Removes what has expired.
    ///
    /// # Errors
    /// The database's own.
    pub async fn sweep(&self) -> Result<(), Failure> {
        self.writer
            .change(|tx| {
                Box::pin(async move {
                    let now = tx.now.millis();
                    on_engine!(tx.connection(), connection =>
                        sqlx::query("delete from session where expires_at <= $1").bind(now).execute(connection).await.map(drop))?;
                    families::sweep(tx).await
                })
            })
            .await
    }

    /// When the session, or the token in its place, ends by itself, if it is still alive.
    ///
    /// # Errors
    /// The database's own.
    pub async fn expiry(&self, session: SessionHash) -> Result<Option<i64>, sqlx::Error> {
        let now = self.clock.now().millis();
        on_engine!(self.db.pool(), pool =>
            sqlx::query_scalar(
                "select expires_at from session where id_hash = $1 and expires_at > $2
                 union all
                 select coalesce(expires_at, $3) from access_token
                 where token_hash = $1 and (expires_at is null or expires_at > $2)
                 union all
                 select expires_at from token_family where session_hash = $1 and expires_at > $2",
            ).bind(session.bytes()).bind(now).bind(i64::MAX).fetch_optional(pool).await)
    }

    /// When a session that began at `created` and is used now ends.
    fn ends_at(&self, created: i64) -> i64 {
        (self.clock.now().millis() + IDLE_DAYS * DAY).min(created + LONGEST_DAYS * DAY)
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let (data, account) = (encode(record)?, account(record));
        let text = |key: &str| record.data.get(key).and_then(|value| value.as_str()).unwrap_or("").to_owned();
        let (user_agent, address) = (text(key::USER_AGENT), text(key::ADDRESS));
        let password = record.data.get(key::PASSWORD).and_then(serde_json::Value::as_i64).unwrap_or_default();
        let now = self.clock.now().millis();
        let (hash, expires) = (SessionHash::of(&record.id).bytes(), self.ends_at(now));

        let write = self.writer.change(move |tx| {
            Box::pin(async move {
                // A password that was changed meanwhile opens nothing: the cookie leads to log in again.
                if let Some(account) = account && !is_current(tx, account, password).await? {
                    return Ok(());
                }
                on_engine!(tx.connection(), connection => sqlx::query(
                    "insert into session (id_hash, account_id, data, created_at, seen_at, expires_at, user_agent, address)
                     values ($1, $2, $3, $4, $4, $5, $6, $7)",
                )
                .bind(hash).bind(account.map(AccountId::get)).bind(data).bind(now).bind(expires)
                .bind(user_agent).bind(address)
                .execute(connection).await.map(drop))?;
                Ok(())
            })
        });
        write.await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let (data, hash) = (encode(record)?, SessionHash::of(&record.id).bytes());
        let (now, idle, longest) = (self.clock.now().millis(), IDLE_DAYS * DAY, LONGEST_DAYS * DAY);

        let write = self.writer.change(move |tx| {
            Box::pin(async move {
                // No row left means logged out meanwhile: nothing to do, and no error that would become a 500.
                on_engine!(tx.connection(), connection => sqlx::query(
                    "update session
                     set data = $2, seen_at = $3,
                         expires_at = case when created_at + $5 < $3 + $4 then created_at + $5 else $3 + $4 end
                     where id_hash = $1",
                )
                .bind(hash).bind(data).bind(now).bind(idle).bind(longest)
                .execute(connection).await.map(drop))?;
                Ok(())
            })
        });
        write.await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let (hash, now) = (SessionHash::of(id).bytes(), self.clock.now().millis());
        let row: Option<(String, i64)> = on_engine!(self.db.pool(), pool => sqlx::query_as(
            "select data, expires_at from session where id_hash = $1 and expires_at > $2",
        ).bind(hash).bind(now).fetch_optional(pool).await)
        .map_err(|error| backend(error.into()))?;

        let Some((data, expires)) = row else { return Ok(None) };
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = tower_sessions::cookie::time::OffsetDateTime::from_unix_timestamp(expires / 1_000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let hash = SessionHash::of(id);
        let write = self.writer.change(move |tx| {
            Box::pin(async move {
                let gone: Option<i64> = on_engine!(tx.connection(), connection =>
                    sqlx::query("delete from session where id_hash = $1 returning account_id")
                        .bind(hash.bytes()).fetch_optional(connection).await
                        .and_then(|row| row.map_or(Ok(None), |row| row.try_get(0))))?;
                if let Some(account) = gone.and_then(|account| AccountId::try_from(account).ok()) {
                    tx.announce(Announcement::SessionEnded(account, hash));
                }
                Ok(())
            })
        });
        write.await.map_err(backend)
    }
}

/// Whether the account has the password of this version. On PostgreSQL a change of it waits until this is stored, and
/// sees it then; on SQLite nothing else is written meanwhile.
///
/// # Errors
/// The database's own.
pub async fn is_current(tx: &mut Tx, account: AccountId, version: i64) -> Result<bool, Failure> {
    let connection = tx.connection();
    let text = sql!(
        connection,
        sqlite: "select password_version from account where id = $1",
        postgres: "select password_version from account where id = $1 for share",
    );
    let current: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(account.get()).fetch_optional(connection).await)?;
    Ok(current == Some(version))
}

fn account(record: &Record) -> Option<AccountId> {
    record.data.get(key::ACCOUNT).and_then(serde_json::Value::as_i64).and_then(|id| id.try_into().ok())
}

fn encode(record: &Record) -> session_store::Result<String> {
    let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
    if data.len() > MOST_DATA {
        return Err(Error::Encode("too much data for a session".to_owned()));
    }
    Ok(data)
}

fn backend(failure: Failure) -> Error {
    Error::Backend(failure.to_string())
}
