//! What posts are compared with: raw SQLite, by the same driver, given the same rows and nothing else to do.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use sqlx::{
    ConnectOptions, Executor, QueryBuilder, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    Failure, check,
    figures::percentile,
    machine,
    salon::{Home, Synchronous},
};

/// The word by which this executable is told to be this.
pub const ROLE: &str = "raw-sqlite";

/// Rows stored in each way.
const ROWS: usize = 16_384;

/// Commits of one row each.
const SINGLE: usize = 1_000;

/// Transactions after which the write-ahead log is moved away, between two of them: as Salon does it beside them.
/// The log is then written over; a file that grows is slower to flush.
const CHECKPOINT: usize = 100;

/// A message as it is stored.
#[derive(Debug, sqlx::FromRow)]
struct Row {
    conversation_id: i64,
    sender_id: i64,
    client_key: String,
    client_digest: Vec<u8>,
    position: i64,
    revision: i64,
    body: Vec<u8>,
    created_at: i64,
}

/// What it can do.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Raw {
    /// Rows in a second, so many in each transaction.
    pub by_16: f64,
    pub by_64: f64,
    /// One row committed alone.
    pub single_ms: f64,
}

/// Measures it in a process of its own, with the messages of `sample` as rows.
pub fn measure(sample: &Path, synchronous: Synchronous) -> Result<Raw, Failure> {
    let home = Home::new()?;
    let file = home.data();
    let mut command = machine::measured(&machine::this()?);
    command.arg(ROLE).arg(sample).arg(&file).arg(synchronous.name()).stderr(Stdio::inherit());
    let output = command.output()?;
    check(output.status.success(), || "raw SQLite could not be measured".to_owned())?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Is that process.
#[expect(clippy::print_stdout, reason = "the process that started this one reads it")]
pub async fn role(sample: &str, file: &str, synchronous: &str) -> Result<(), Failure> {
    let rows = sample_rows(sample).await?;
    let mut connection = open(file, synchronous).await?;
    let mut next_id = 0;
    // To warm up.
    insert(&mut connection, &rows, &mut next_id, ROWS, 64).await?;
    let by_16 = insert(&mut connection, &rows, &mut next_id, ROWS, 16).await?;
    let by_64 = insert(&mut connection, &rows, &mut next_id, ROWS, 64).await?;
    let single = insert(&mut connection, &rows, &mut next_id, SINGLE, 1).await?;

    let stored: i64 = sqlx::query_scalar("select count(*) from message").fetch_one(&mut connection).await?;
    check(stored == next_id, || "raw SQLite lost a row".to_owned())?;
    let raw =
        Raw { by_16: per_second(&by_16), by_64: per_second(&by_64), single_ms: percentile(&single, 0.5) };
    println!("{}", serde_json::to_string(&raw)?);
    Ok(())
}

fn per_second(commits: &[Duration]) -> f64 {
    ROWS as f64 / commits.iter().sum::<Duration>().as_secs_f64()
}

async fn sample_rows(sample: &str) -> Result<Vec<Row>, Failure> {
    let mut connection = SqliteConnectOptions::new().filename(sample).read_only(true).connect().await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at
         from message",
    )
    .fetch_all(&mut connection)
    .await?;
    check(!rows.is_empty(), || "there are no rows to store".to_owned())?;
    Ok(rows)
}

/// A table with the same columns, and no index.
async fn open(file: &str, synchronous: &str) -> Result<SqliteConnection, Failure> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous.parse::<SqliteSynchronous>()?)
        .pragma("wal_autocheckpoint", "0")
        .disable_statement_logging();
    let mut connection = options.connect().await?;
    connection
        .execute(
            "create table message (
               id integer primary key, conversation_id integer not null, sender_id integer not null,
               client_key text not null, client_digest blob not null, position integer not null,
               revision integer not null, body blob not null, created_at integer not null
             ) strict",
        )
        .await?;
    Ok(connection)
}

/// Stores `count` rows, so many in each transaction; how long each transaction took.
async fn insert(
    connection: &mut SqliteConnection,
    rows: &[Row],
    next_id: &mut i64,
    count: usize,
    together: usize,
) -> Result<Vec<Duration>, Failure> {
    let mut rows = rows.iter().cycle();
    let mut commits = Vec::with_capacity(count / together);
    for number in 0..count / together {
        if number.is_multiple_of(CHECKPOINT) {
            connection.execute("pragma wal_checkpoint(passive)").await?;
        }
        let batch: Vec<(i64, &Row)> = rows
            .by_ref()
            .take(together)
            .map(|row| {
                *next_id += 1;
                (*next_id, row)
            })
            .collect();
        let begun = Instant::now();
        store(connection, &batch).await?;
        commits.push(begun.elapsed());
    }
    Ok(commits)
}

async fn store(connection: &mut SqliteConnection, batch: &[(i64, &Row)]) -> Result<(), Failure> {
    connection.execute("begin immediate").await?;
    let mut query = QueryBuilder::new(
        "insert into message
         (id, conversation_id, sender_id, client_key, client_digest, position, revision, body, created_at) ",
    );
    query.push_values(batch, |mut values, (id, row)| {
        values
            .push_bind(id)
            .push_bind(row.conversation_id)
            .push_bind(row.sender_id)
            .push_bind(row.client_key.as_str())
            .push_bind(row.client_digest.as_slice())
            .push_bind(row.position)
            .push_bind(row.revision)
            .push_bind(row.body.as_slice())
            .push_bind(row.created_at);
    });
    query.build().execute(&mut *connection).await?;
    connection.execute("commit").await?;
    Ok(())
}
