//! How failures become answers: logged once, here, with ids and no content, and told without internals.

use crate::error::{Error, Field, Why};

/// What a verb answers.
pub type Outcome<T> = Result<T, Failure>;

/// Why a verb could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An answer for the person who asked.
    #[error("refused: {0}")]
    Refused(#[from] Error),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A commit failed because the disk did; nothing is written from then on.
    #[error("the disk failed")]
    DiskFailed,
    #[error("a change panicked")]
    Panicked,
    #[error("a change took too long")]
    TooSlow,
    /// The writer is going or gone, or the database is out of reach.
    #[error("nothing can be written now")]
    Stopping,
    /// What is stored cannot be opened: a wrong key, or somebody changed it.
    #[error("sealed data of {table} {id} cannot be opened")]
    Seal { table: &'static str, id: i64 },
    #[error("{0}")]
    Internal(&'static str),
}

impl Failure {
    /// A field that cannot be taken.
    pub const fn invalid(field: Field, why: Why) -> Self {
        Self::Refused(Error::Invalid { field, why })
    }

    /// The same for everyone else who waited for the same transaction.
    pub(super) fn again(&self) -> Self {
        match self {
            Self::DiskFailed => Self::DiskFailed,
            other if other.is_disk_failure() => Self::DiskFailed,
            _ => Self::Stopping,
        }
    }

    /// Whether the disk said that it could not write or sync. A full disk is not this: it recovers.
    pub(super) fn is_disk_failure(&self) -> bool {
        const SQLITE_IOERR: i64 = 10;
        let Self::Database(sqlx::Error::Database(error)) = self else { return false };
        let code = error.code().and_then(|code| code.parse::<i64>().ok());
        error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some()
            && code.is_some_and(|code| code & 0xff == SQLITE_IOERR)
    }
}

/// The border: what a person is told. Anything that is our own fault is logged here and nowhere else.
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error,
            Failure::Stopping => Self::Unavailable,
            other => {
                tracing::error!(error = %other, "a request failed");
                Self::Unavailable
            }
        }
    }
}
