//! Moves what SQLite's write-ahead log has gathered into the database file, beside the writer.
//!
//! A checkpoint inside a commit would make somebody wait for it; this one runs on a connection of its own.

use std::time::Duration;

use anyhow::Context;
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};

/// How often the log is looked at.
const PAUSE: Duration = Duration::from_secs(1);

/// Frames (pages of 4 KiB) from which on it is worth it: SQLite's own default.
const WORTH_IT: i64 = 1_000;

/// Frames from which on the log is too large (64 MiB) and the writer waits until it is empty again.
const TOO_LARGE: i64 = 16_384;

/// Starts the task that does it; it ends with the process.
pub async fn start(options: SqliteConnectOptions) -> anyhow::Result<()> {
    let mut connection = options.connect().await.context("the database cannot be opened a second time")?;
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(PAUSE).await;
            if let Err(error) = checkpoint(&mut connection).await {
                tracing::warn!(%error, "a checkpoint of the write-ahead log failed; the next one is in a second");
            }
        }
    });
    Ok(())
}

async fn checkpoint(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let (_, frames, moved) = state(connection, "pragma wal_checkpoint(noop)").await?;
    if frames - moved < WORTH_IT && frames < TOO_LARGE {
        return Ok(());
    }
    if frames >= TOO_LARGE {
        tracing::info!(frames, "the write-ahead log is large and is written back whole");
        return state(connection, "pragma wal_checkpoint(truncate)").await.map(drop);
    }
    state(connection, "pragma wal_checkpoint(passive)").await.map(drop)
}

/// Runs a checkpoint: whether it was kept from running, frames in the log, frames moved.
async fn state(
    connection: &mut SqliteConnection,
    pragma: &'static str,
) -> Result<(i64, i64, i64), sqlx::Error> {
    sqlx::query_as(pragma).fetch_one(connection).await
}
