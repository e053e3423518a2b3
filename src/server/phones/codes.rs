//! The codes themselves: kept as keyed hashes, compared in constant time, good once.

use std::fmt;

use super::{Number, Purpose};
use crate::{
    error::{Error, Field, Why},
    server::{
        answer::Outcome,
        crypto::Keyring,
        db::{Tx, Writer, on_engine, sql},
    },
};

/// How long a code is good (milliseconds).
const LIFE: i64 = 5 * 60_000;

/// Between two codes to one number (milliseconds).
const PAUSE: i64 = 60_000;

/// Wrong guesses, after which a code is none any more.
const TRIES: i64 = 5;

/// Six digits. Never printed, but to whom it is sent.
pub(super) struct Code(String);

impl Code {
    /// A new one.
    pub(super) fn random() -> Self {
        Self(format!("{:06}", rand::random_range(0..1_000_000_u32)))
    }

    /// As it was typed; spaces within are taken.
    ///
    /// # Errors
    /// `Invalid` unless it has six digits.
    pub(super) fn typed(typed: &str) -> Result<Self, Error> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).take(7).collect();
        if digits.is_empty() {
            return Err(Error::invalid(Field::Code, Why::Missing));
        }
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_code { Ok(Self(digits)) } else { Err(Error::invalid(Field::Code, Why::Shape)) }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code")
    }
}

/// A number and what a code to it is good for: where the code is kept.
#[derive(Clone)]
pub(super) struct Slot {
    keyring: Keyring,
    number: Number,
    purpose: Purpose,
}

impl Slot {
    pub(super) fn new(keyring: &Keyring, number: &Number, purpose: Purpose) -> Self {
        Self { keyring: keyring.clone(), number: number.clone(), purpose }
    }

    fn phone(&self) -> Vec<u8> {
        self.keyring.digest(&[b"phone", self.number.as_str().as_bytes()])
    }

    fn parts<'a>(&'a self, code: &'a Code) -> [&'a [u8]; 4] {
        [b"code", self.purpose.code().as_bytes(), self.number.as_str().as_bytes(), code.0.as_bytes()]
    }

    /// Keeps a new code in place of the one before.
    ///
    /// # Errors
    /// `TooFast` within a minute after another was sent to this number, whatever for.
    pub(super) async fn keep(&self, tx: &mut Tx, code: &Code) -> Outcome<()> {
        let (phone, now) = (self.phone(), tx.now.millis());
        let last: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
            "select max(created_at) from phone_code where phone_hash = $1",
        ).bind(&phone).fetch_one(connection).await)?;
        let wait = last.map_or(0, |last| PAUSE - (now - last));
        // A clock that was set back is no reason to wait for longer than that.
        if (1..=PAUSE).contains(&wait) {
            let retry_in = u32::try_from(wait).unwrap_or(u32::MAX).div_ceil(1_000);
            return Err(Error::TooFast { retry_in }.into());
        }
        let kept = on_engine!(tx.connection(), connection => sqlx::query(
            "insert into phone_code (phone_hash, purpose, code_hash, created_at, expires_at)
             values ($1, $2, $3, $4, $5)
             on conflict (phone_hash, purpose) do update
             set code_hash = excluded.code_hash, created_at = excluded.created_at, expires_at = excluded.expires_at,
                 tries = 0
             where phone_code.created_at <= $6 or phone_code.created_at > $4",
        )
        .bind(phone).bind(self.purpose.code()).bind(self.keyring.digest(&self.parts(code)))
        .bind(now).bind(now + LIFE).bind(now - PAUSE)
        .execute(connection).await.map(|done| done.rows_affected()))?;
        // Another server was asked at the same time.
        if kept == 0 { Err(Error::TooFast { retry_in: 60 }.into()) } else { Ok(()) }
    }

    /// Forgets a code that could not be sent, so that another can be asked for at once.
    pub(super) async fn forget(&self, tx: &mut Tx, code: &Code) -> Outcome<()> {
        on_engine!(tx.connection(), connection => sqlx::query(
            "delete from phone_code where phone_hash = $1 and purpose = $2 and code_hash = $3",
        )
        .bind(self.phone()).bind(self.purpose.code()).bind(self.keyring.digest(&self.parts(code)))
        .execute(connection).await.map(drop))?;
        Ok(())
    }

    /// Whether the code is the one that was sent. From here on it is used up, or one guess nearer to its end: that is
    /// stored with the transaction, which must not fail because it was wrong.
    pub(super) async fn redeem(&self, tx: &mut Tx, code: &Code) -> Outcome<bool> {
        let (phone, purpose, now) = (self.phone(), self.purpose.code(), tx.now.millis());
        let connection = tx.connection();
        // The lock first: of two that come with the same code, the second sees that it is used.
        let text = sql!(connection,
            sqlite: "select code_hash, tries from phone_code
                     where phone_hash = $1 and purpose = $2 and expires_at > $3",
            postgres: "select code_hash, tries from phone_code
                       where phone_hash = $1 and purpose = $2 and expires_at > $3 for update",
        );
        let kept: Option<(Option<Vec<u8>>, i64)> = on_engine!(connection, connection => sqlx::query_as(text)
            .bind(&phone).bind(purpose).bind(now).fetch_optional(connection).await)?;
        let Some((Some(hash), tries)) = kept else { return Ok(false) };

        let is_right = self.keyring.is_digest(&self.parts(code), &hash);
        let (hash, tries) = match is_right {
            true => (None, tries),
            false => (Some(hash).filter(|_| tries + 1 < TRIES), tries + 1),
        };
        on_engine!(tx.connection(), connection => sqlx::query(
            "update phone_code set code_hash = $3, tries = $4 where phone_hash = $1 and purpose = $2",
        ).bind(phone).bind(purpose).bind(hash).bind(tries).execute(connection).await.map(drop))?;
        Ok(is_right)
    }
}

/// Removes codes that are good for nothing any more.
///
/// # Errors
/// The database's own.
pub async fn sweep(writer: &Writer) -> Outcome<()> {
    let change = writer.change(|tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            on_engine!(tx.connection(), connection => sqlx::query("delete from phone_code where expires_at <= $1")
                .bind(now).execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}
