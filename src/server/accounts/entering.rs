//! Coming in and going out: signing up, logging in, logging out.

use tower_sessions::Session;

use super::{
    credentials::{Guess, Secret},
    email, email_key,
    names::LONGEST_EMAIL,
    username,
};
use crate::{
    error::{Error, Field},
    ids::AccountId,
    server::{
        answer::{Failure, Outcome},
        audit::{self, Action},
        caller::Visitor,
        conversations::everyone,
        db::{Db, Tx, on_engine},
        passwords::{Password, Passwords},
        sessions::key,
    },
};

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

    let (from, general) = (visitor.address.to_string(), visitor.app.config.salon.general);
    let account = visitor
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                let account = create(tx, &name, &address, &hash).await?;
                if general {
                    everyone::let_in(tx, account).await?;
                }
                audit::record(tx, Action::SignedUp, Some(account), Some(account), &from).await?;
                Ok(account)
            })
        })
        .await?;
    begin_session(visitor, account, 0).await?;
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
    let login = email_key(login.trim());
    // A name that no account can have is not remembered, and still takes as long as one that could.
    // PostgreSQL takes no NUL in a text.
    let name: String = login.chars().filter(|c| *c != '\0').take(LONGEST_EMAIL).collect();
    let guess = Guess::begin(visitor, name.clone())?;
    let found = find_login(&visitor.app.db, &name).await?.filter(|_| name == login);
    let (account, secret) = found.unzip();

    let stored = secret.as_ref().and_then(|secret| secret.hash.clone());
    let matches = guess.is_right(password, stored, Field::Password).await?;
    let Some((account, secret)) = account.zip(secret).filter(|_| matches) else {
        remember(visitor, Action::LogInFailed, None, account).await?;
        return Err(Failure::Refused(Error::WrongLogin));
    };

    if secret.hash.as_deref().is_some_and(Passwords::is_outdated) {
        rehash(visitor, account, password, secret.version).await?;
    }
    remember(visitor, Action::LoggedIn, Some(account), Some(account)).await?;
    begin_session(visitor, account, secret.version).await?;
    Ok(account)
}

async fn find_login(db: &Db, login: &str) -> Outcome<Option<(AccountId, Secret)>> {
    let row: Option<(i64, Option<String>, i64)> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select id, password_hash, password_version from account
         where (username = $1 or email_key = $1) and deleted_at is null",
    ).bind(login).fetch_optional(pool).await)?;
    Ok(row.and_then(|(id, hash, version)| Some((id.try_into().ok()?, Secret { hash, version }))))
}

/// The same password under today's parameters, unless it has been changed meanwhile.
async fn rehash(visitor: &Visitor, account: AccountId, password: &str, version: i64) -> Outcome<()> {
    let Some(password) = Password::typed(password) else { return Ok(()) };
    let hash = visitor.app.passwords.hash(password).await?;
    visitor
        .app
        .writer
        .change(move |tx| {
            Box::pin(async move {
                on_engine!(tx.connection(), connection => sqlx::query(
                    "update account set password_hash = $2 where id = $1 and password_version = $3",
                ).bind(account.get()).bind(hash).bind(version).execute(connection).await.map(drop))?;
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

/// A session under a new id: whoever knew the one before knows nothing. `version` is that of the password that was
/// shown; if it is no longer the account's, nothing is begun (`Sessions::create`).
pub(super) async fn begin_session(visitor: &Visitor, account: AccountId, version: i64) -> Outcome<()> {
    let fill = async |session: &Session| {
        session.cycle_id().await?;
        session.insert(key::ACCOUNT, account).await?;
        session.insert(key::PASSWORD, version).await?;
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
