//! Signing up, logging in, logging out: the verbs of `accounts/` and their SQL.

mod names;

use tower_sessions::Session;

use super::{
    answer::{Failure, Outcome},
    audit::{self, Action},
    caller::{Caller, Visitor},
    db::{Announcement, Db, Tx, on_engine},
    limits::Origin,
    passwords::{Password, Passwords},
    sessions::key,
};
use crate::{
    accounts::{Person, Theme, Viewer},
    error::{Error, Field, Why},
    ids::AccountId,
    realtime::event::{Event, Topic},
    text::Locale,
};

pub use names::{display_name, email, email_key, username};

/// Makes an account and logs in to it.
///
/// # Errors
/// `Invalid` and `Taken` with the field, `TooFast` from one address.
pub async fn sign_up(visitor: &Visitor, name: &str, address: &str, password: &str) -> Outcome<AccountId> {
    visitor.app.limits.sign_ups.check(&visitor.address.into())?;
    let (name, address) = (username(name)?, email(address)?);
    let password = Password::new(password, &[&name, &address])?;
    visitor.app.limits.sign_ups.take(&visitor.address.into())?;
    // Before asking whether the name is free, so that the answer takes as long either way.
    let hash = visitor.app.passwords.hash(password).await?;

    let from = visitor.address.to_string();
    let account = visitor
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                let account = create(tx, &name, &address, &hash).await?;
                audit::record(tx, Action::SignedUp, Some(account), Some(account), &from).await?;
                Ok(account)
            })
        })
        .await?;
    begin_session(visitor, account).await?;
    Ok(account)
}

/// The database decides who was first. If nothing was inserted, the same transaction tells which key is taken:
/// SQLite names no constraint.
async fn create(tx: &mut Tx, name: &str, address: &str, hash: &str) -> Outcome<AccountId> {
    let (id, now, address_key) = (tx.mint.next::<AccountId>(), tx.now.millis(), email_key(address));
    let inserted = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into account (id, username, display_name, email, email_key, password_hash, created_at, updated_at)
         values ($1, $2, $2, $3, $4, $5, $6, $6)
         on conflict do nothing",
    ).bind(id.get()).bind(name).bind(address).bind(&address_key).bind(hash).bind(now)
    .execute(connection).await.map(|done| done.rows_affected()))?;
    if inserted == 1 {
        return Ok(id);
    }

    let same_name: Option<i64> = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select id from account where username = $1").bind(name).fetch_optional(connection).await)?;
    let field = if same_name.is_some() { Field::Username } else { Field::Email };
    Err(Failure::Refused(Error::Taken { field }))
}

/// Logs in by username or address.
///
/// # Errors
/// `WrongLogin`, the same whatever was wrong; `TooFast` after many failures, before anything is hashed.
pub async fn log_in(visitor: &Visitor, login: &str, password: &str) -> Outcome<AccountId> {
    let (limits, origin) = (&visitor.app.limits, Origin::from(visitor.address));
    let login = email_key(login.trim());
    // A name that no account can have is not remembered, and still takes as long as one that could.
    // PostgreSQL takes no NUL in a text.
    let name: String = login.chars().filter(|c| *c != '\0').take(names::LONGEST_EMAIL).collect();
    let tried = (name.clone(), origin);
    // Counted before it is known to fail: guesses that come all at once pass no more than others.
    limits.failures_from.check(&origin)?;
    limits.failed_log_ins.take(&tried)?;
    limits.failures_from.take(&origin)?;
    let forgive = || {
        limits.failed_log_ins.forgive(&tried);
        limits.failures_from.forgive(&origin);
    };

    let found = find_login(&visitor.app.db, &name).await?.filter(|_| name == login);
    let (account, stored) = found.unzip();
    let typed = Password::typed(password).ok_or_else(|| {
        forgive();
        Failure::invalid(Field::Password, Why::TooLong { at_most: 256 })
    })?;
    // Nothing was learnt where too many wait to be hashed.
    let matches =
        visitor.app.passwords.verify(typed, stored.clone().flatten()).await.inspect_err(|_| forgive())?;

    let Some(account) = account.filter(|_| matches) else {
        remember(visitor, Action::LogInFailed, None, account).await?;
        return Err(Failure::Refused(Error::WrongLogin));
    };
    forgive();
    if stored.flatten().is_some_and(|stored| Passwords::is_outdated(&stored)) {
        rehash(visitor, account, password).await?;
    }
    remember(visitor, Action::LoggedIn, Some(account), Some(account)).await?;
    begin_session(visitor, account).await?;
    Ok(account)
}

async fn find_login(db: &Db, login: &str) -> Outcome<Option<(AccountId, Option<String>)>> {
    let row: Option<(i64, Option<String>)> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select id, password_hash from account
         where (username = $1 or email_key = $1) and deleted_at is null",
    ).bind(login).fetch_optional(pool).await)?;
    Ok(row.and_then(|(id, hash)| Some((id.try_into().ok()?, hash))))
}

async fn rehash(visitor: &Visitor, account: AccountId, password: &str) -> Outcome<()> {
    let Some(password) = Password::typed(password) else { return Ok(()) };
    let hash = visitor.app.passwords.hash(password).await?;
    visitor
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                on_engine!(tx.connection(), connection => sqlx::query(
                    "update account set password_hash = $2 where id = $1",
                ).bind(account.get()).bind(hash).execute(connection).await.map(drop))?;
                Ok(())
            })
        })
        .await
}

async fn remember(
    visitor: &Visitor,
    action: Action,
    actor: Option<AccountId>,
    subject: Option<AccountId>,
) -> Outcome<()> {
    let from = visitor.address.to_string();
    let write = visitor
        .app
        .writer
        .change(move |tx| Box::pin(async move { audit::record(tx, action, actor, subject, &from).await }));
    write.await
}

/// A session under a new id: whoever knew the one before log-in knows nothing.
async fn begin_session(visitor: &Visitor, account: AccountId) -> Outcome<()> {
    let fill = async |session: &Session| {
        session.cycle_id().await?;
        session.insert(key::ACCOUNT, account).await?;
        session.insert(key::SEEN, visitor.app.clock.now().millis()).await?;
        session.insert(key::ADDRESS, visitor.address.to_string()).await?;
        session.insert(key::USER_AGENT, &visitor.user_agent).await
    };
    fill(&visitor.session).await.map_err(|_| Failure::Internal("a session could not be begun"))
}

/// Ends the visitor's session and its sockets. Logging out twice is fine.
///
/// # Errors
/// The database's own.
pub async fn log_out(visitor: &Visitor) -> Outcome<()> {
    if let Some(caller) = &visitor.caller {
        remember(visitor, Action::LoggedOut, Some(caller.account), Some(caller.account)).await?;
    }
    visitor.session.flush().await.map_err(|_| Failure::Internal("a session could not be ended"))
}

/// Saves how the caller is called, their language ("" for the browser's) and theme.
///
/// # Errors
/// `Invalid` with the field.
pub async fn save_settings(caller: &Caller, name: &str, locale: &str, theme: &str) -> Outcome<()> {
    let name = display_name(name)?;
    let theme = Theme::from_code(theme).ok_or(Failure::invalid(Field::Theme, Why::Unknown))?;
    let locale = match locale {
        "" => None,
        code => Some(Locale::from_code(code).ok_or(Failure::invalid(Field::Locale, Why::Unknown))?),
    };
    let account = caller.account;
    caller
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                let now = tx.now.millis();
                on_engine!(tx.connection(), connection => sqlx::query(
                    "update account set display_name = $2, locale = $3, theme = $4, updated_at = $5 where id = $1",
                )
                .bind(account.get()).bind(name).bind(locale.map(Locale::code)).bind(theme.code()).bind(now)
                .execute(connection).await.map(drop))?;
                tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Settings }));
                Ok(())
            })
        })
        .await
}

/// The account as its own pages show it; none if it is gone.
///
/// # Errors
/// The database's own.
pub async fn viewer(db: &Db, account: AccountId) -> Outcome<Option<Viewer>> {
    let row: Option<(String, String, Option<String>, String)> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select username, display_name, locale, theme from account where id = $1 and deleted_at is null",
    ).bind(account.get()).fetch_optional(pool).await)?;
    Ok(row.map(|(username, display_name, locale, theme)| Viewer {
        person: Person { id: account, username, display_name },
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
