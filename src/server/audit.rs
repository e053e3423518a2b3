//! The audit log: who did what to accounts and rights. Ids and kinds, never content.
//!
//! Each row holds the hash of the one before, so that a row changed or taken out is noticed.

use super::{
    answer::Outcome,
    db::{Tx, on_engine, sql},
};
use crate::ids::AccountId;

/// What is worth remembering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    SignedUp,
    LoggedIn,
    LogInFailed,
    LoggedOut,
    Banned,
    BanLifted,
    /// Somebody's message, by those who keep order.
    MessageDeleted,
    RankChanged,
    OwnershipTransferred,
    SpaceDeleted,
    /// Somebody who is logged in did not know the password.
    ProofFailed,
    EmailChanged,
    PasswordChanged,
    AccountDeleted,
    /// A refresh token that was good before was shown once more: a copy of it is about.
    TokenReused,
    StaffMade,
    StaffTaken,
    PremiumGiven,
    PremiumTaken,
    /// Everybody who was here was told something.
    Announced,
}

impl Action {
    const fn code(self) -> &'static str {
        match self {
            Self::SignedUp => "signed_up",
            Self::LoggedIn => "logged_in",
            Self::LogInFailed => "log_in_failed",
            Self::LoggedOut => "logged_out",
            Self::Banned => "banned",
            Self::BanLifted => "ban_lifted",
            Self::MessageDeleted => "message_deleted",
            Self::RankChanged => "rank_changed",
            Self::OwnershipTransferred => "ownership_transferred",
            Self::SpaceDeleted => "space_deleted",
            Self::ProofFailed => "proof_failed",
            Self::EmailChanged => "email_changed",
            Self::PasswordChanged => "password_changed",
            Self::AccountDeleted => "account_deleted",
            Self::TokenReused => "token_reused",
            Self::StaffMade => "staff_made",
            Self::StaffTaken => "staff_taken",
            Self::PremiumGiven => "premium_given",
            Self::PremiumTaken => "premium_taken",
            Self::Announced => "announced",
        }
    }
}

/// Adds a row, in the transaction of what it tells of. `address` is where the request came from.
///
/// # Errors
/// The database's own.
pub async fn record(
    tx: &mut Tx,
    action: Action,
    actor: Option<AccountId>,
    subject: Option<AccountId>,
    address: &str,
) -> Outcome<()> {
    let connection = tx.connection();
    // With several writers on PostgreSQL, two rows must not follow the same one. A statement of its own: one that
    // also read would read what was there before it waited.
    let alone =
        sql!(connection, sqlite: "select 1", postgres: "lock table audit in share row exclusive mode");
    on_engine!(connection, connection => sqlx::query(alone).execute(connection).await.map(drop))?;
    let last: Option<(i64, Vec<u8>)> = on_engine!(tx.connection(), connection =>
        sqlx::query_as("select id, hash from audit order by id desc limit 1").fetch_optional(connection).await)?;
    let (id, previous) = last.map_or((1, Vec::new()), |(id, hash)| (id + 1, hash));
    let (at, code) = (tx.now.millis(), action.code());
    let (actor, subject) = (actor.map(AccountId::get), subject.map(AccountId::get));
    let hash = chain(&previous, &(id, at, code, actor, subject, address));

    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into audit (id, at, action, actor_id, subject_id, address, previous, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id).bind(at).bind(code).bind(actor).bind(subject).bind(address).bind(&previous).bind(hash)
    .execute(connection).await.map(drop))?;
    Ok(())
}

/// The hash of a row: SHA-256 over the one before and every column.
fn chain(previous: &[u8], row: &(i64, i64, &str, Option<i64>, Option<i64>, &str)) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let (id, at, code, actor, subject, address) = row;
    let columns = format!("{id}\n{at}\n{code}\n{actor:?}\n{subject:?}\n{address}");
    Sha256::new().chain_update(previous).chain_update(columns).finalize().to_vec()
}

/// Reads the whole log and says which row was changed, if one was.
///
/// # Errors
/// The database's own.
pub async fn verify(db: &super::db::Db) -> Outcome<Option<i64>> {
    type Row = (i64, i64, String, Option<i64>, Option<i64>, String, Vec<u8>, Vec<u8>);
    let (mut last, mut previous) = (0, Vec::new());
    loop {
        let rows: Vec<Row> = on_engine!(db.pool(), pool => sqlx::query_as(
            "select id, at, action, actor_id, subject_id, address, previous, hash
             from audit where id > $1 order by id limit 1000",
        ).bind(last).fetch_all(pool).await)?;
        if rows.is_empty() {
            return Ok(None);
        }
        for (id, at, code, actor, subject, address, before, hash) in rows {
            let right = chain(&previous, &(id, at, &code, actor, subject, &address));
            if id != last + 1 || before != previous || hash != right {
                return Ok(Some(id));
            }
            (last, previous) = (id, hash);
        }
    }
}
