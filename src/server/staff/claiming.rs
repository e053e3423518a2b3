//! The first who looks after a Salon: whoever reads what its server prints.

use sha2::{Digest, Sha256};

use super::mark;
use crate::{
    error::{Error, Field, Why},
    ids::ClientKey,
    server::{
        answer::Outcome,
        caller::{Arrival, Caller},
        db::{Tx, Writer, on_engine},
        limits::Origin,
    },
};

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A new token in place of the one before, as long as nobody is staff.
///
/// # Errors
/// The database's own.
pub async fn prepare(writer: &Writer) -> Outcome<Option<String>> {
    let token = ClientKey::from_random(rand::random()).to_string();
    let stored = hash(&token);
    let change = writer.change(move |tx| {
        Box::pin(async move {
            forget(tx).await?;
            let now = tx.now.millis();
            let made = on_engine!(tx.connection(), connection => sqlx::query(
                "insert into staff_token (token_hash, created_at)
                 select $1, $2 where not exists (select 1 from account where is_staff and deleted_at is null)",
            ).bind(stored).bind(now).execute(connection).await.map(|done| done.rows_affected()))?;
            Ok(made > 0)
        })
    });
    Ok(change.await?.then_some(token))
}

/// What was printed opens nothing any more.
pub(super) async fn forget(tx: &mut Tx) -> Outcome<()> {
    on_engine!(tx.connection(), connection =>
        sqlx::query("delete from staff_token").execute(connection).await.map(drop))?;
    Ok(())
}

/// Makes the caller staff, if they show what was printed. Of many who show it at once, one is.
///
/// # Errors
/// `Invalid` for anything else; `TooFast` after many failures from one address.
pub async fn claim(arrival: &Arrival, caller: &Caller, token: &str) -> Outcome<()> {
    let (limits, origin) = (&arrival.app.limits, Origin::from(arrival.address));
    limits.failures_from.check(&origin)?;
    let (account, stored) = (caller.account, hash(token.trim()));
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let shown = on_engine!(tx.connection(), connection =>
                sqlx::query("delete from staff_token where token_hash = $1")
                    .bind(stored).execute(connection).await.map(|done| done.rows_affected()))?;
            if shown == 0 {
                return Err(Error::invalid(Field::Token, Why::Wrong).into());
            }
            mark(tx, Some(account), account, true).await
        })
    });
    let claimed = change.await;
    if claimed.is_err() {
        limits.failures_from.take(&origin)?;
    }
    claimed
}
