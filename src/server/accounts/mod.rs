//! Accounts: the verbs of `accounts/` and their SQL.

mod credentials;
mod entering;
mod names;
mod settings;

use super::{
    answer::Outcome,
    db::{Db, Tx, on_engine},
};
use crate::{
    accounts::{Person, Theme, Viewer},
    ids::AccountId,
    text::Locale,
};

pub use credentials::{change_email, change_password};
pub use entering::{log_in, log_out, sign_up};
pub use names::{display_name, email, email_key, one_line, username};
pub use settings::{save_language, save_name, save_theme};

/// The account as its own pages show it; none if it is gone.
///
/// # Errors
/// The database's own.
pub async fn viewer(db: &Db, account: AccountId) -> Outcome<Option<Viewer>> {
    type Row = (String, String, String, Option<String>, String);
    let row: Option<Row> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select username, display_name, email, locale, theme from account where id = $1 and deleted_at is null",
    ).bind(account.get()).fetch_optional(pool).await)?;
    Ok(row.map(|(username, display_name, email, locale, theme)| Viewer {
        person: Person { id: account, username, display_name },
        email,
        locale: locale.as_deref().and_then(Locale::from_code),
        theme: Theme::from_code(&theme).unwrap_or_default(),
    }))
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
