//! The store: one SQL text for both engines, pools that read, and one writer that changes.
//!
//! Nothing outside this folder begins a transaction or names an engine, except through [`on_engine!`] and [`sql!`].

mod checkpoint;
mod open;
mod transaction;
pub mod writer;

use sqlx::{PgPool, SqlitePool};

pub use open::{SqliteFile, Target, join, open};
pub use transaction::{Announcement, Tx};
pub use writer::Writer;

/// One of the two engines, with what is at hand for it.
#[derive(Debug, Clone)]
pub enum Engine<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// For reading. Its connections refuse to write.
#[derive(Debug, Clone)]
pub struct Db {
    pools: Engine<SqlitePool, PgPool>,
}

impl Db {
    /// The pool to run a query on, for [`on_engine!`].
    pub fn pool(&self) -> Engine<&SqlitePool, &PgPool> {
        match &self.pools {
            Engine::Sqlite(pool) => Engine::Sqlite(pool),
            Engine::Postgres(pool) => Engine::Postgres(pool),
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// The database's own.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        on_engine!(self.pool(), pool => sqlx::query("select 1").execute(pool).await.map(drop))
    }

    /// Lets the connections go.
    pub async fn close(&self) {
        on_engine!(self.pool(), pool => pool.close().await);
    }
}

/// Runs the same expression with the pool or connection of whichever engine it is.
macro_rules! on_engine {
    ($engine:expr, $handle:ident => $run:expr) => {
        match $engine {
            $crate::server::db::Engine::Sqlite($handle) => $run,
            $crate::server::db::Engine::Postgres($handle) => $run,
        }
    };
}

/// The few texts that differ between the engines, side by side.
macro_rules! sql {
    ($engine:expr, sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?) => {
        match $engine {
            $crate::server::db::Engine::Sqlite(_) => $sqlite,
            $crate::server::db::Engine::Postgres(_) => $postgres,
        }
    };
}

pub(crate) use {on_engine, sql};
