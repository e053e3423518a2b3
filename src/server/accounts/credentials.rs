//! What somebody logs in with: guesses at a password are counted, and who changes something must know the current one.

use std::{net::IpAddr, time::Duration};

use super::{email, email_key, entering::begin_session, settings::tell};
use crate::{
    error::{Error, Field, Why},
    ids::AccountId,
    server::{
        answer::{Failure, Outcome},
        audit::{self, Action},
        caller::{Arrival, Caller, Visitor},
        db::{Announcement, Tx, on_engine},
        limits::{Limits, Origin},
        passwords::{Password, Passwords},
        phones,
        sessions::SessionHash,
        state::AppState,
        tokens::families,
    },
};

/// The sockets of a session that is exchanged for a new one live so much longer, so that the page which asked
/// learns of the new one first. Its old id opens nothing from the change on.
const FAREWELL: Duration = Duration::from_secs(1);

/// What an account keeps of its password.
pub(super) struct Secret {
    /// None where there is no password.
    pub hash: Option<String>,
    /// How often it has been changed.
    pub version: i64,
}

/// A guess at somebody's password, or at a code that was sent to them. Counted before it is known to be wrong: guesses that come all at once pass no
/// more than others.
pub(in crate::server) struct Guess<'a> {
    limits: &'a Limits,
    passwords: &'a Passwords,
    tried: (String, Origin),
}

impl<'a> Guess<'a> {
    /// At the password of whoever is called `name`, or has this number, from `address`.
    ///
    /// # Errors
    /// `TooFast` after many failures, before anything is hashed.
    pub(in crate::server) fn begin(app: &'a AppState, address: IpAddr, name: String) -> Outcome<Self> {
        let (limits, origin) = (&*app.limits, Origin::from(address));
        let tried = (name, origin);
        limits.failures_from.check(&origin)?;
        limits.failed_log_ins.take(&tried)?;
        limits.failures_from.take(&origin)?;
        Ok(Self { limits, passwords: &app.passwords, tried })
    }

    /// Whether it is right; takes as long where nothing is stored.
    ///
    /// # Errors
    /// `Invalid` beside `field` for what no password can be, `TooFast` where too many wait to be hashed.
    pub(super) async fn is_right(&self, typed: &str, stored: Option<String>, field: Field) -> Outcome<bool> {
        // Nothing is learnt from these failures.
        let typed = Password::typed(typed).ok_or_else(|| {
            self.forgive();
            Failure::invalid(field, Why::TooLong { at_most: 256 })
        })?;
        let is_right = self.passwords.verify(typed, stored).await.inspect_err(|_| self.forgive())?;
        if is_right {
            self.forgive();
        }
        Ok(is_right)
    }

    /// It was right, or none.
    pub(in crate::server) fn forgive(&self) {
        self.limits.failed_log_ins.forgive(&self.tried);
        self.limits.failures_from.forgive(&self.tried.1);
    }
}

/// Gives the caller another address. Needs the current password: an open page alone is not enough.
///
/// # Errors
/// `Invalid` and `Taken` with the field, `TooFast` after many wrong passwords.
pub async fn change_email(arrival: &Arrival, caller: &Caller, address: &str, current: &str) -> Outcome<()> {
    let address = email(address)?;
    let version = prove(arrival, caller, current).await?;
    let (account, from) = (caller.account, arrival.address.to_string());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            set_email(tx, account, version, &address).await?;
            audit::record(tx, Action::EmailChanged, Some(account), Some(account), &from).await?;
            tell(tx, account);
            Ok(())
        })
    });
    change.await
}

/// Gives the caller another password. Every session ends, with its sockets; the one that asked is exchanged for a new
/// one, so that whoever had copied its cookie is out as well.
///
/// # Errors
/// `Invalid` with the field, `TooFast` after many wrong passwords.
pub async fn change_password(
    visitor: &Visitor,
    caller: &Caller,
    current: &str,
    password: &str,
) -> Outcome<()> {
    let version = replace_password(&visitor.arrival(), caller, current, password).await?;
    begin_session(visitor, caller.account, version).await?;

    let (account, own, hub) = (caller.account, caller.session, caller.app.hub.clone());
    tokio::spawn(async move {
        tokio::time::sleep(FAREWELL).await;
        hub.announce(Announcement::SessionEnded(account, own));
    });
    Ok(())
}

/// Gives the caller another password; its version. Every session ends and every log-in of a program, with their sockets:
/// those of the session that asked are left to whoever asked.
///
/// # Errors
/// As [`change_password`].
pub async fn replace_password(
    arrival: &Arrival,
    caller: &Caller,
    current: &str,
    password: &str,
) -> Outcome<i64> {
    let password = Password::new(password, &[&caller.viewer.person.username, &caller.viewer.email])?;
    let version = prove(arrival, caller, current).await?;
    // Before the writer is asked: hashing takes long, and nobody is to wait for it.
    let hash = caller.app.passwords.hash(password).await?;

    let (account, own, from) = (caller.account, caller.session, arrival.address.to_string());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            set_password(tx, account, version, &hash).await?;
            end_sessions(tx, account, Some(own)).await?;
            audit::record(tx, Action::PasswordChanged, Some(account), Some(account), &from).await
        })
    });
    change.await?;
    Ok(version + 1)
}

/// Makes sure that the caller knows their password, or, where they have none, the code that was sent to their telephone for
/// this (`phones::ask_for_proof`); the version of the password, for the change to hold on to.
pub(super) async fn prove(arrival: &Arrival, caller: &Caller, current: &str) -> Outcome<i64> {
    let row: Option<(Option<String>, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select password_hash, password_version from account where id = $1",
    ).bind(caller.account.get()).fetch_optional(pool).await)?;
    let (hash, version) = row.ok_or(Failure::Refused(Error::SignedOut))?;
    let asked = if hash.is_some() { Field::CurrentPassword } else { Field::Code };
    if current.is_empty() {
        return Err(Failure::invalid(asked, Why::Missing));
    }

    let guess = Guess::begin(&arrival.app, arrival.address, caller.viewer.person.username.clone())?;
    let is_right = match hash {
        Some(hash) => guess.is_right(current, Some(hash), asked).await?,
        None => phones::is_proven(caller, current).await?.then(|| guess.forgive()).is_some(),
    };
    if is_right {
        return Ok(version);
    }
    let (account, from) = (caller.account, arrival.address.to_string());
    let note = caller.app.writer.change(move |tx| {
        Box::pin(
            async move { audit::record(tx, Action::ProofFailed, Some(account), Some(account), &from).await },
        )
    });
    note.await?;
    Err(Failure::invalid(asked, Why::Wrong))
}

/// The password is not the current one, or no longer.
const fn wrong() -> Failure {
    Failure::invalid(Field::CurrentPassword, Why::Wrong)
}

/// The database decides whether the address is free.
async fn set_email(tx: &mut Tx, account: AccountId, version: i64, address: &str) -> Outcome<()> {
    let (now, key) = (tx.now.millis(), email_key(address));
    let updated = on_engine!(tx.connection(), connection => sqlx::query(
        "update account set email = $2, email_key = $3, updated_at = $4 where id = $1 and password_version = $5",
    )
    .bind(account.get()).bind(address).bind(key).bind(now).bind(version)
    .execute(connection).await.map(|done| done.rows_affected()));
    match updated {
        Ok(0) => Err(wrong()),
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(Failure::Refused(Error::Taken { field: Field::Email }))
        }
        Err(error) => Err(error.into()),
    }
}

async fn set_password(tx: &mut Tx, account: AccountId, version: i64, hash: &str) -> Outcome<()> {
    let now = tx.now.millis();
    let updated = on_engine!(tx.connection(), connection => sqlx::query(
        "update account set password_hash = $2, password_version = password_version + 1, updated_at = $3
         where id = $1 and password_version = $4",
    )
    .bind(account.get()).bind(hash).bind(now).bind(version)
    .execute(connection).await.map(|done| done.rows_affected()))?;
    if updated == 0 { Err(wrong()) } else { Ok(()) }
}

/// Ends every session of the account and every log-in of a program, and tells those that are not `own`.
pub(super) async fn end_sessions(tx: &mut Tx, account: AccountId, own: Option<SessionHash>) -> Outcome<()> {
    let ended: Vec<Vec<u8>> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "delete from session where account_id = $1 returning id_hash",
    ).bind(account.get()).fetch_all(connection).await)?;
    for session in ended.into_iter().filter_map(SessionHash::stored).filter(|session| Some(*session) != own) {
        tx.announce(Announcement::SessionEnded(account, session));
    }
    families::end_all(tx, account).await
}
