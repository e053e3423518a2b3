//! Accounts: the verbs of `accounts/` and their SQL.

mod credentials;
mod deleting;
mod entering;
mod names;
mod profiles;
mod settings;

use super::{
    answer::{Failure, Outcome},
    db::{Db, Tx, on_engine, sql},
    sessions::SessionHash,
};
use crate::{
    accounts::{Person, Theme, Viewer},
    error::Error,
    ids::AccountId,
    presence::Status,
    text::Locale,
    time::Timestamp,
};

pub(super) use credentials::Guess;
pub use credentials::{change_email, change_password, replace_password};
pub use deleting::{delete_account, delete_bot, duties};
pub use entering::{Called, FIRST_PASSWORD, create_account, log_in, log_out, recognise, sign_up};
pub(super) use entering::{Newcomer, begin_session};
pub use names::{display_name, email, email_key, one_line, username, username_of};
pub use profiles::{Profile, by_address, listed, profile};
pub use settings::{save_language, save_name, save_theme};

/// Whose session it is at `now`, and when that was last written; none if either is gone. Every request begins with
/// this, so it is one statement.
///
/// # Errors
/// The database's own.
pub async fn viewer(db: &Db, session: SessionHash, now: Timestamp) -> Outcome<Option<(Viewer, Timestamp)>> {
    let row: Option<SessionRow> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, email, phone, password_hash is not null as has_password, locale, theme,
                is_staff, is_premium, busy, status_line, seen_at
         from session join account on account.id = session.account_id
         where id_hash = $1 and expires_at > $2 and deleted_at is null",
    ).bind(session.bytes()).bind(now.millis()).fetch_optional(pool).await)?;
    let told = |row: SessionRow| Ok((row.viewer.viewer()?, Timestamp::from_millis(row.seen_at)));
    row.map(told).transpose()
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    seen_at: i64,
    #[sqlx(flatten)]
    viewer: ViewerRow,
}

/// Whoever shows a session, or a token in its place.
#[derive(sqlx::FromRow)]
pub struct ViewerRow {
    id: i64,
    username: String,
    display_name: String,
    email: String,
    phone: Option<String>,
    has_password: bool,
    locale: Option<String>,
    theme: String,
    is_staff: bool,
    is_premium: bool,
    busy: i64,
    status_line: String,
}

impl ViewerRow {
    /// As everything else knows them.
    ///
    /// # Errors
    /// If what is stored is no account.
    pub fn viewer(self) -> Outcome<Viewer> {
        let id = self.id.try_into().map_err(|_| Failure::Internal("a session is of an invalid account"))?;
        Ok(Viewer {
            person: Person { id, username: self.username, display_name: self.display_name },
            email: self.email,
            phone: self.phone,
            has_password: self.has_password,
            locale: self.locale.as_deref().and_then(Locale::from_code),
            theme: Theme::from_code(&self.theme).unwrap_or_default(),
            is_staff: self.is_staff,
            is_premium: self.is_premium,
            status: Status { busy: self.busy == 1, line: self.status_line },
        })
    }
}

/// Holds what one person has, so that of two changes at once the second counts what the first has stored.
///
/// # Errors
/// `SignedOut` if their account is deleted.
pub async fn hold(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let connection = tx.connection();
    // Weaker than what a deletion takes, and than what would keep out those who only name the account.
    let text = sql!(connection,
        sqlite: "select id from account where id = $1 and deleted_at is null",
        postgres: "select id from account where id = $1 and deleted_at is null for no key update",
    );
    let found: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(account.get()).fetch_optional(connection).await)?;
    found.map(drop).ok_or(Error::SignedOut.into())
}

/// Finds somebody by their exact username or address.
///
/// # Errors
/// The database's own.
pub async fn find(tx: &mut Tx, login: &str) -> Outcome<Option<AccountId>> {
    // Nobody's name holds a NUL, and PostgreSQL takes none in a text.
    if login.contains('\0') {
        return Ok(None);
    }
    let login = email_key(login.trim());
    let row: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select id from account where (username = $1 or email_key = $1) and deleted_at is null",
    ).bind(login).fetch_optional(connection).await)?;
    Ok(row.and_then(|id| id.try_into().ok()))
}
