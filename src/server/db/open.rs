//! Opening the store: creating it the first time, bringing it up to date, and refusing what cannot be trusted.

use std::{path::PathBuf, str::FromStr, time::Duration};

use anyhow::{Context, bail, ensure};
use sqlx::{
    ConnectOptions, PgConnection, SqliteConnection,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Db, Engine, checkpoint, on_engine};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// A statement that waits longer for another process gives up, and its sender tries again.
const PATIENCE: Duration = Duration::from_secs(5);

/// Prepared statements kept for each connection. Lists of up to 64 posts have a text for each length.
const STATEMENTS: usize = 512;

/// Connections that read at the same time: a page needs one for a fraction of a millisecond.
const READERS: u32 = 8;

/// Where the rows live.
#[derive(Debug, Clone)]
pub enum Target {
    Sqlite(SqliteFile),
    Postgres(Box<PgConnectOptions>),
}

/// A database of SQLite, and how sure of the disk a commit is.
#[derive(Debug, Clone)]
pub struct SqliteFile {
    pub path: PathBuf,
    synchronous: SqliteSynchronous,
}

/// An open store: for reading, and the one connection that writes.
pub struct Opened {
    pub db: Db,
    pub connection: Engine<SqliteConnection, PgConnection>,
}

impl Target {
    /// `sqlite:PATH`, or `postgres://…`.
    ///
    /// # Errors
    /// Says what is wrong with the URL.
    pub fn parse(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url).context("not a PostgreSQL URL")?;
            return Ok(Self::Postgres(Box::new(options)));
        }
        match url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//")) {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(SqliteFile::named(path)?)),
            _ => bail!("a database is 'sqlite:PATH' or 'postgres://USER@HOST/NAME'"),
        }
    }

    /// Opens the connection that writes.
    pub(super) async fn connect(&self) -> Result<Engine<SqliteConnection, PgConnection>, sqlx::Error> {
        match self {
            Self::Sqlite(file) => Ok(Engine::Sqlite(sqlite(file).connect().await?)),
            Self::Postgres(options) => Ok(Engine::Postgres(postgres(options).connect().await?)),
        }
    }
}

impl SqliteFile {
    /// A path, or for measuring what the disk costs, `PATH?synchronous=normal`: then a power cut may take back what
    /// was acknowledged.
    fn named(text: &str) -> anyhow::Result<Self> {
        match text.split_once('?') {
            None => Ok(text.into()),
            Some((path, "synchronous=normal")) => {
                Ok(Self { path: path.into(), synchronous: SqliteSynchronous::Normal })
            }
            Some(_) => bail!("behind the path of a database stands nothing, or '?synchronous=normal'"),
        }
    }
}

/// Acknowledged means on disk: a commit returns only after fsync.
impl<P: Into<PathBuf>> From<P> for SqliteFile {
    fn from(path: P) -> Self {
        Self { path: path.into(), synchronous: SqliteSynchronous::Full }
    }
}

/// Opens the store, makes it if there is none, and brings its tables up to date.
///
/// # Errors
/// Where the store cannot be reached, is newer than this executable, or is not what was left behind.
pub async fn open(target: &Target) -> anyhow::Result<Opened> {
    let mut connection = target.connect().await.context("the database cannot be opened")?;
    migrate(&mut connection).await?;
    with_pools(target, connection).await
}

/// As [`open`], beside a server that works with it: nothing is brought up to date under its hands.
///
/// # Errors
/// As [`open`], and if the tables are of another version than this executable's.
pub async fn join(target: &Target) -> anyhow::Result<Opened> {
    let mut connection = target.connect().await.context("the database cannot be opened")?;
    let there: Option<i64> = on_engine!(&mut connection, connection =>
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success")
            .fetch_one(connection).await)?;
    let known = match target {
        Target::Sqlite(_) => &SQLITE,
        Target::Postgres(_) => &POSTGRES,
    };
    let newest = known.iter().map(|migration| migration.version).max();
    ensure!(there == newest, "the Salon that runs here is of another version: use its executable");
    with_pools(target, connection).await
}

async fn with_pools(
    target: &Target,
    connection: Engine<SqliteConnection, PgConnection>,
) -> anyhow::Result<Opened> {
    let pools = match target {
        Target::Sqlite(file) => {
            if file.synchronous == SqliteSynchronous::Normal {
                tracing::warn!("synchronous=normal: a power cut may take back what was acknowledged");
            }
            checkpoint::start(sqlite(file)).await?;
            let options = sqlite(file).create_if_missing(false).read_only(true);
            Engine::Sqlite(SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?)
        }
        Target::Postgres(options) => {
            let options = postgres(options).options([("default_transaction_read_only", "on")]);
            Engine::Postgres(PgPoolOptions::new().max_connections(READERS).connect_with(options).await?)
        }
    };
    Ok(Opened { db: Db { pools }, connection })
}

/// How every SQLite connection is set.
fn sqlite(file: &SqliteFile) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(&file.path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(file.synchronous)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // Checkpoints run beside the writer, not inside a commit that somebody waits for.
        .pragma("wal_autocheckpoint", "0")
        .statement_cache_capacity(STATEMENTS)
        .disable_statement_logging()
}

/// How every PostgreSQL connection is set.
fn postgres(options: &PgConnectOptions) -> PgConnectOptions {
    options
        .clone()
        .application_name("salon")
        .statement_cache_capacity(STATEMENTS)
        .options([("statement_timeout", "5s"), ("lock_timeout", "5s"), ("synchronous_commit", "on")])
        .disable_statement_logging()
}

async fn migrate(connection: &mut Engine<SqliteConnection, PgConnection>) -> anyhow::Result<()> {
    let outcome = match connection {
        Engine::Sqlite(connection) => SQLITE.run(connection).await,
        Engine::Postgres(connection) => POSTGRES.run(connection).await,
    };
    match outcome {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _)) => bail!(
            "this database was written by a newer Salon (its schema has migration {version}, which this \
             executable does not know). Nothing was changed; start the newer executable"
        ),
        Err(MigrateError::VersionMismatch(version)) => bail!(
            "migration {version} of this database is not the one that this executable knows. Nothing was changed"
        ),
        Err(error) => Err(error).context("the database could not be brought up to date"),
    }
}
