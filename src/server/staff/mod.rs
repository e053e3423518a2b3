//! What staff do: the verbs of `staff/` and their SQL.

pub mod announcing;
pub mod claiming;

use super::{
    access::{self, Staff},
    accounts,
    answer::{Failure, Outcome},
    audit::{self, Action},
    db::{Announcement, Db, Tx, Writer, on_engine},
};
use crate::{
    accounts::Person,
    error::Error,
    ids::AccountId,
    realtime::event::{Event, Topic},
    staff::{Account, Accounts},
    time::Timestamp,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    username: String,
    display_name: String,
    is_staff: bool,
    is_premium: bool,
    created_at: i64,
}

impl Row {
    fn account(self) -> Outcome<Account> {
        let id = self.id.try_into().map_err(|_| Failure::Internal("an account has an invalid id"))?;
        Ok(Account {
            person: Person { id, username: self.username, display_name: self.display_name },
            is_staff: self.is_staff,
            is_premium: self.is_premium,
            since: Timestamp::from_millis(self.created_at),
        })
    }
}

/// The accounts, by username, from behind `after` on: at most `limit`.
///
/// # Errors
/// The database's own.
pub async fn list(staff: &Staff, after: Option<&str>, limit: u32) -> Outcome<Accounts> {
    // PostgreSQL takes no NUL in a text; no username holds one.
    let after = after.unwrap_or_default().replace('\0', "");
    let rows: Vec<Row> = on_engine!(staff.caller().app.db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, is_staff, is_premium, created_at from account
         where username > $1 and deleted_at is null
         order by username
         limit $2",
    ).bind(after).bind(i64::from(limit) + 1).fetch_all(pool).await)?;
    let more = rows.len() > limit as usize;
    let accounts = rows.into_iter().take(limit as usize).map(Row::account).collect::<Outcome<Vec<_>>>()?;
    let next = accounts.last().filter(|_| more).map(|last| last.person.username.clone());
    Ok(Accounts { accounts, next })
}

/// One page of the accounts by its number, from 1 on: for a document that counts pages.
///
/// # Errors
/// The database's own.
pub async fn page(staff: &Staff, number: u32, size: u32) -> Outcome<Vec<Account>> {
    let before = i64::from(number.saturating_sub(1)) * i64::from(size);
    let rows: Vec<Row> = on_engine!(staff.caller().app.db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, is_staff, is_premium, created_at from account
         where username > '' and deleted_at is null
         order by username
         limit $1 offset $2",
    ).bind(i64::from(size)).bind(before).fetch_all(pool).await)?;
    rows.into_iter().map(Row::account).collect()
}

/// Makes somebody staff, or no longer. It holds from their next request on.
///
/// # Errors
/// `NotFound` if there is no such account; `Forbidden` for who is not staff any more.
pub async fn set_staff(staff: &Staff, account: AccountId, is_staff: bool) -> Outcome<()> {
    let me = staff.account();
    let change = staff.caller().app.writer.change(move |tx| {
        Box::pin(async move {
            access::still_staff(tx, me).await?;
            mark(tx, Some(me), account, is_staff).await
        })
    });
    change.await
}

/// As [`set_staff`], for whoever has the machine.
///
/// # Errors
/// `NotFound` if nobody is called that.
pub async fn set_staff_by_name(writer: &Writer, name: &str, is_staff: bool) -> Outcome<()> {
    let name = name.to_owned();
    let change = writer.change(move |tx| {
        Box::pin(async move {
            let account = accounts::find(tx, &name).await?.ok_or(Error::NotFound)?;
            mark(tx, None, account, is_staff).await
        })
    });
    change.await
}

/// The usernames of all who are staff.
///
/// # Errors
/// The database's own.
pub async fn names(db: &Db) -> Outcome<Vec<String>> {
    Ok(on_engine!(db.pool(), pool => sqlx::query_scalar(
        "select username from account where is_staff and deleted_at is null order by username",
    ).fetch_all(pool).await)?)
}

/// Gives somebody the premium pass, or takes it back. It holds from their next request on.
///
/// # Errors
/// `NotFound` if there is no such account; `Forbidden` for who is not staff any more.
pub async fn set_premium(staff: &Staff, account: AccountId, is_premium: bool) -> Outcome<()> {
    let me = staff.account();
    let change = staff.caller().app.writer.change(move |tx| {
        Box::pin(async move {
            access::still_staff(tx, me).await?;
            let now = tx.now.millis();
            let done = on_engine!(tx.connection(), connection => sqlx::query(
                "update account set is_premium = $2, updated_at = $3
                 where id = $1 and is_premium <> $2 and deleted_at is null",
            ).bind(account.get()).bind(is_premium).bind(now).execute(connection).await.map(|done| done.rows_affected()))?;
            let action = if is_premium { Action::PremiumGiven } else { Action::PremiumTaken };
            note(tx, done > 0, action, Some(me), account, "").await
        })
    });
    change.await
}

/// Marks an account as staff, or no longer.
async fn mark(tx: &mut Tx, by: Option<AccountId>, account: AccountId, is_staff: bool) -> Outcome<()> {
    let now = tx.now.millis();
    let done = on_engine!(tx.connection(), connection => sqlx::query(
        "update account set is_staff = $2, updated_at = $3
         where id = $1 and is_staff <> $2 and deleted_at is null",
    ).bind(account.get()).bind(is_staff).bind(now).execute(connection).await.map(|done| done.rows_affected()))?;
    if is_staff {
        // The first is found: what was printed for them opens nothing any more.
        claiming::forget(tx).await?;
    }
    let action = if is_staff { Action::StaffMade } else { Action::StaffTaken };
    note(tx, done > 0, action, by, account, "").await
}

/// Writes down what was changed about an account, and tells its screens. What was so before is no change.
async fn note(
    tx: &mut Tx,
    changed: bool,
    action: Action,
    by: Option<AccountId>,
    account: AccountId,
    address: &str,
) -> Outcome<()> {
    if !changed {
        return exists(tx, account).await;
    }
    tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Settings }));
    audit::record(tx, action, by, Some(account), address).await
}

async fn exists(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let found: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select id from account where id = $1 and deleted_at is null",
    ).bind(account.get()).fetch_optional(connection).await)?;
    found.map(drop).ok_or(Error::NotFound.into())
}
