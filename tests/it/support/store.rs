//! The rows themselves: a look past the server at what it has stored, and a hand that changes it.

use std::path::Path;

use salon::server::db::Engine;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, SqliteConnection,
    postgres::PgConnectOptions, sqlite::SqliteConnectOptions,
};

/// The variable that names a PostgreSQL server on which databases may be made and dropped.
const SERVER: &str = "SALON_TEST_POSTGRES";

/// A connection of our own.
pub struct Store(Engine<SqliteConnection, PgConnection>);

/// Runs the same expression on whichever engine it is.
macro_rules! on {
    ($store:expr, $connection:ident => $run:expr) => {
        match &mut $store.0 {
            Engine::Sqlite($connection) => $run.await,
            Engine::Postgres($connection) => $run.await,
        }
    };
}

impl Store {
    /// Opens a file that is there.
    pub async fn sqlite(path: &Path) -> Self {
        let options = SqliteConnectOptions::new().filename(path).disable_statement_logging();
        Self(Engine::Sqlite(options.connect().await.expect("the file can be opened")))
    }

    /// Runs a statement; how many rows it touched.
    pub async fn run(&mut self, sql: impl Into<String>) -> u64 {
        let sql = AssertSqlSafe(sql.into());
        let done = on!(self, connection => async {
            sqlx::query(sql).execute(connection).await.map(|done| done.rows_affected())
        });
        done.expect("the statement runs")
    }

    /// As [`Store::run`], where it may be refused.
    pub async fn try_run(&mut self, sql: &'static str) -> sqlx::Result<()> {
        on!(self, connection => async { sqlx::query(sql).execute(connection).await.map(drop) })
    }

    /// Lets the audit log be changed, as somebody with all rights could.
    pub async fn without_audit_triggers(&mut self) {
        let sql = match &self.0 {
            Engine::Sqlite(_) => "drop trigger audit_is_not_changed; drop trigger audit_is_not_deleted;",
            Engine::Postgres(_) => "alter table audit disable trigger all",
        };
        self.run_all(sql).await;
    }

    /// Runs several statements.
    pub async fn run_all(&mut self, sql: impl Into<String>) {
        let sql = AssertSqlSafe(sql.into());
        on!(self, connection => async { sqlx::raw_sql(sql).execute(connection).await.map(drop) })
            .expect("the statements run");
    }

    /// The one number that a query gives.
    pub async fn number(&mut self, sql: impl Into<String>) -> i64 {
        *self.numbers(sql).await.first().expect("there is a row")
    }

    /// A column of numbers.
    pub async fn numbers(&mut self, sql: impl Into<String>) -> Vec<i64> {
        let sql = AssertSqlSafe(sql.into());
        on!(self, connection => sqlx::query_scalar(sql).fetch_all(connection)).expect("the query runs")
    }

    /// A column of texts.
    pub async fn texts(&mut self, sql: impl Into<String>) -> Vec<String> {
        let sql = AssertSqlSafe(sql.into());
        on!(self, connection => sqlx::query_scalar(sql).fetch_all(connection)).expect("the query runs")
    }

    /// A column of bytes.
    pub async fn bytes(&mut self, sql: impl Into<String>) -> Vec<Vec<u8>> {
        let sql = AssertSqlSafe(sql.into());
        on!(self, connection => sqlx::query_scalar(sql).fetch_all(connection)).expect("the query runs")
    }

    /// How the engine would run a query, whatever its parameters are, one step in each line.
    pub async fn plan(&mut self, sql: &str) -> Vec<String> {
        match &mut self.0 {
            Engine::Sqlite(connection) => {
                let explain = AssertSqlSafe(format!("explain query plan {sql}"));
                let rows: Vec<(i64, i64, i64, String)> =
                    sqlx::query_as(explain).fetch_all(connection).await.expect("a plan");
                rows.into_iter().map(|(_, _, _, step)| step).collect()
            }
            Engine::Postgres(connection) => {
                let parameters = (1..20).filter(|n| sql.contains(&format!("${n}"))).map(|_| "null");
                let parameters = parameters.collect::<Vec<_>>().join(", ");
                let called = if parameters.is_empty() { String::new() } else { format!("({parameters})") };
                let prepare = format!("deallocate all; prepare asked as {sql}");
                let prepared = sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await;
                prepared.unwrap_or_else(|error| panic!("{sql}: {error}"));
                let explain = AssertSqlSafe(format!("explain execute asked{called}"));
                let rows = sqlx::raw_sql(explain).fetch_all(connection).await.expect("a plan");
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }

    /// Whether some text stands in any row, as text or as bytes. For PostgreSQL, whose files are not ours to read.
    pub async fn holds(&mut self, text: &str) -> bool {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        for table in [
            "account",
            "session",
            "friendship",
            "conversation",
            "participant",
            "message",
            "message_version",
            "reminder",
            "scheduled",
            "audit",
            "staff_token",
        ] {
            let rows = self.texts(format!("select row::text from {table} as row")).await;
            if rows.iter().any(|row| row.contains(text) || row.contains(&hex)) {
                return true;
            }
        }
        false
    }

    /// Everything that matters in the tables, as one text: equal if and only if nothing has changed.
    pub async fn snapshot(&mut self) -> String {
        let mut all = Vec::new();
        for sql in [
            "select id || ' ' || username || ' ' || display_name || ' ' || email || ' ' || theme || ' ' || updated_at
             from account order by id",
            "select user1_id || ' ' || user2_id || ' ' || status || ' ' || asked_by from friendship order by 1",
            "select id || ' ' || head || ' ' || active_at from conversation order by id",
            "select conversation_id || ' ' || account_id from participant order by 1",
            "select id || ' ' || position || ' ' || revision || ' ' || client_key from message order by id",
        ] {
            all.extend(self.texts(sql).await);
        }
        all.push(self.number("select count(*) from session").await.to_string());
        all.push(self.number("select count(*) from audit").await.to_string());
        all.join("\n")
    }
}

/// A PostgreSQL database of one scenario; goes with it.
pub struct Database {
    name: String,
}

impl Database {
    pub async fn create() -> Self {
        let name = format!("salon_test_{:016x}", rand::random::<u64>());
        let mut server = connect(None).await;
        let made = sqlx::raw_sql(AssertSqlSafe(format!("create database {name} template template0")))
            .execute(&mut server)
            .await;
        made.expect("a database can be made");
        server.close().await.expect("the connection closes");
        Self { name }
    }

    /// As the server is told it.
    pub fn url(&self) -> String {
        let server = server_url();
        let (host, _) = server.rsplit_once('/').expect("the URL names a database");
        format!("{host}/{}", self.name)
    }

    pub async fn connect(&self) -> Store {
        Store(Engine::Postgres(connect(Some(&self.name)).await))
    }
}

fn server_url() -> String {
    std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} names no PostgreSQL server: bin/test starts one, or say postgres://salon@127.0.0.1/postgres")
    })
}

async fn connect(database: Option<&str>) -> PgConnection {
    let options: PgConnectOptions = server_url().parse().expect("a URL of PostgreSQL");
    let options = match database {
        Some(name) => options.database(name),
        None => options,
    };
    options.disable_statement_logging().connect().await.expect("PostgreSQL answers")
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = self.name.clone();
        // The scenario's own runtime may be ending, in a panic perhaps.
        let dropped = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let mut server = connect(None).await;
                let text = format!("drop database if exists {name} with (force)");
                drop(sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut server).await);
            });
        });
        drop(dropped.join());
    }
}
