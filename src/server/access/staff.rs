//! Who looks after the whole of this Salon.

use crate::{
    error::Error,
    ids::AccountId,
    server::{
        answer::Outcome,
        caller::Caller,
        db::{Tx, on_engine, sql},
    },
};

/// Proof that somebody is staff.
#[derive(Clone)]
pub struct Staff {
    caller: Caller,
}

impl Staff {
    pub const fn caller(&self) -> &Caller {
        &self.caller
    }

    pub const fn account(&self) -> AccountId {
        self.caller.account
    }
}

/// Whether the caller is staff. It was read with this request.
///
/// # Errors
/// `Forbidden` for everyone else: that there are those who look after a Salon is no secret.
pub fn staff(caller: &Caller) -> Result<Staff, Error> {
    if caller.viewer.is_staff { Ok(Staff { caller: caller.clone() }) } else { Err(Error::Forbidden) }
}

/// Makes sure of it within a change: they stay staff until it is stored.
///
/// # Errors
/// `Forbidden` for who has been taken off meanwhile.
pub async fn still_staff(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from account where id = $1 and is_staff and deleted_at is null",
        postgres: "select id from account where id = $1 and is_staff and deleted_at is null for share",
    );
    let found: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(account.get()).fetch_optional(connection).await)?;
    found.map(drop).ok_or(Error::Forbidden.into())
}
