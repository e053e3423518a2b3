//! What a list of users says of somebody, in documents that have such lists.

use super::{email, email_key};
use crate::{
    accounts::Person,
    ids::AccountId,
    server::{
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Db, on_engine},
    },
    time::Timestamp,
};

/// Somebody, as they and what translates for them know them. Whether others are told the address is for whoever
/// translates: never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub person: Person,
    pub email: String,
    /// The phone number, likewise.
    pub phone: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    username: String,
    display_name: String,
    email: String,
    phone: Option<String>,
    created_at: i64,
    updated_at: i64,
}

impl Row {
    fn profile(self) -> Outcome<Profile> {
        let id = self.id.try_into().map_err(|_| Failure::Internal("an account has an invalid id"))?;
        Ok(Profile {
            person: Person { id, username: self.username, display_name: self.display_name },
            email: self.email,
            phone: self.phone,
            created_at: Timestamp::from_millis(self.created_at),
            updated_at: Timestamp::from_millis(self.updated_at),
        })
    }
}

/// One account. Who may see it is for the caller of this to ask.
///
/// # Errors
/// `NotFound` if it is gone.
pub async fn profile(db: &Db, account: AccountId) -> Outcome<Profile> {
    let row: Option<Row> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, email, phone, created_at, updated_at from account
         where id = $1 and deleted_at is null",
    ).bind(account.get()).fetch_optional(pool).await)?;
    row.ok_or(Failure::Refused(crate::error::Error::NotFound))?.profile()
}

/// Whose address it is. Whether that may be said is for the caller of this to ask.
///
/// # Errors
/// The database's own.
pub async fn by_address(db: &Db, address: &str) -> Outcome<Option<AccountId>> {
    // What is no address is nobody's; PostgreSQL takes no NUL in a text.
    let Ok(address) = email(address) else { return Ok(None) };
    let found: Option<i64> = on_engine!(db.pool(), pool => sqlx::query_scalar(
        "select id from account where email_key = $1 and deleted_at is null",
    ).bind(email_key(&address)).fetch_optional(pool).await)?;
    Ok(found.and_then(|id| id.try_into().ok()))
}

/// Those who are listed, and the caller, by id from behind `after` on: at most `limit`.
///
/// # Errors
/// The database's own.
pub async fn listed(caller: &Caller, after: Option<AccountId>, limit: u32) -> Outcome<Vec<Profile>> {
    let after = after.map_or(0, AccountId::get);
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, email, phone, created_at, updated_at from account
         where is_listed = 1 and id > $1 and deleted_at is null
         order by id
         limit $2",
    ).bind(after).bind(i64::from(limit)).fetch_all(pool).await)?;
    let mut listed = rows.into_iter().map(Row::profile).collect::<Outcome<Vec<_>>>()?;
    let me = caller.account;
    if me.get() > after && !listed.iter().any(|profile| profile.person.id == me) {
        let at = listed.partition_point(|profile| profile.person.id < me);
        listed.insert(at, profile(&caller.app.db, me).await?);
        listed.truncate(limit as usize);
    }
    Ok(listed)
}
