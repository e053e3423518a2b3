//! How people are called, and how Salon speaks and looks to them.

use super::display_name;
use crate::{
    accounts::Theme,
    error::{Field, Why},
    ids::AccountId,
    realtime::event::{Event, Topic},
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Announcement, Tx, on_engine},
    },
    text::Locale,
};

/// Saves how the caller is called.
///
/// # Errors
/// `Invalid` with the field.
pub async fn save_name(caller: &Caller, name: &str) -> Outcome<()> {
    let (account, name) = (caller.account, display_name(name)?);
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            on_engine!(tx.connection(), connection => sqlx::query(
                "update account set display_name = $2, updated_at = $3 where id = $1",
            ).bind(account.get()).bind(name).bind(now).execute(connection).await.map(drop))?;
            tell(tx, account);
            Ok(())
        })
    });
    change.await
}

/// Saves the caller's language; "" is the browser's.
///
/// # Errors
/// `Invalid` with the field.
pub async fn save_language(caller: &Caller, locale: &str) -> Outcome<()> {
    let account = caller.account;
    let locale = match locale {
        "" => None,
        code => Some(Locale::from_code(code).ok_or(Failure::invalid(Field::Locale, Why::Unknown))?),
    };
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let (now, code) = (tx.now.millis(), locale.map(Locale::code));
            on_engine!(tx.connection(), connection => sqlx::query(
                "update account set locale = $2, updated_at = $3 where id = $1",
            ).bind(account.get()).bind(code).bind(now).execute(connection).await.map(drop))?;
            tell(tx, account);
            Ok(())
        })
    });
    change.await
}

/// Saves the caller's theme.
///
/// # Errors
/// `Invalid` with the field.
pub async fn save_theme(caller: &Caller, theme: &str) -> Outcome<()> {
    let account = caller.account;
    let theme = Theme::from_code(theme).ok_or(Failure::invalid(Field::Theme, Why::Unknown))?;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            on_engine!(tx.connection(), connection => sqlx::query(
                "update account set theme = $2, updated_at = $3 where id = $1",
            ).bind(account.get()).bind(theme.code()).bind(now).execute(connection).await.map(drop))?;
            tell(tx, account);
            Ok(())
        })
    });
    change.await
}

/// The person's other screens read their settings again.
pub(super) fn tell(tx: &mut Tx, account: AccountId) {
    tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Settings }));
}
