//! What those do who look after a Salon.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Asked, Body, Ids, Page},
    cursor,
    problem::{Described, Problem},
    program::{LoggedIn, Reads, Writes},
    schemas::{Id, OneLine},
};
use crate::{
    ids::AccountId,
    server::{
        access,
        staff::{self, announcing},
    },
    staff::Accounts,
};

/// The name of the list, for its cursors.
const LIST: &str = "staff accounts";

/// An account, as staff see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffAccount)]
pub struct Account {
    id: i64,
    username: String,
    name: String,
    is_staff: bool,
    is_premium: bool,
    /// RFC 3339, in UTC.
    created_at: String,
}

impl From<crate::staff::Account> for Account {
    fn from(account: crate::staff::Account) -> Self {
        let crate::staff::Account { person, is_staff, is_premium, since } = account;
        Self {
            id: person.id.get(),
            username: person.username,
            name: person.display_name,
            is_staff,
            is_premium,
            created_at: since.to_string(),
        }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffAccounts)]
pub struct Everyone {
    /// By username; at most 50.
    items: Vec<Account>,
    /// The `cursor` of the next page, if there is one.
    next: Option<String>,
}

/// Every account of this Salon.
#[utoipa::path(get, path = "/staff/accounts", tag = "staff", params(Page), responses(
    (status = 200, body = Everyone),
    (status = 401, body = Described),
    (status = 403, description = "Not staff", body = Described),
    (status = 422, description = "A cursor that was not made for this list and this person", body = Described),
))]
pub async fn list(Reads(caller): Reads, Asked(page): Asked<Page>) -> Result<Json<Everyone>, Problem> {
    let staff = access::staff(&caller)?;
    let after: Option<String> = page.cursor.map(|cursor| cursor::read(&caller, LIST, &cursor)).transpose()?;
    let found = staff::list(&staff, after.as_deref(), Accounts::PAGE).await?;
    let next = found.next.map(|next| cursor::write(&caller, LIST, &next));
    Ok(Json(Everyone { items: found.accounts.into_iter().map(Account::from).collect(), next }))
}

/// What is to become of an account. What is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = StaffChange)]
#[serde(deny_unknown_fields)]
pub struct Change {
    is_staff: Option<bool>,
    is_premium: Option<bool>,
}

/// Makes somebody staff, gives them the premium pass, or takes either back.
///
/// Needs a program that has logged in with the password: an access token is not enough.
#[utoipa::path(patch, path = "/staff/accounts/{account}", tag = "staff", params(("account" = Id, Path)),
    request_body = Change, responses(
    (status = 204, description = "It is so"),
    (status = 401, body = Described),
    (status = 403, description = "Not staff", body = Described),
    (status = 404, body = Described),
))]
pub async fn change(
    LoggedIn(caller): LoggedIn,
    Ids(account): Ids<AccountId>,
    Body(Change { is_staff, is_premium }): Body<Change>,
) -> Result<axum::http::StatusCode, Problem> {
    let staff = access::staff(&caller)?;
    if let Some(is_staff) = is_staff {
        staff::set_staff(&staff, account, is_staff).await?;
    }
    if let Some(is_premium) = is_premium {
        staff::set_premium(&staff, account, is_premium).await?;
    }
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// What everybody is told.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewAnnouncement)]
#[serde(deny_unknown_fields)]
pub struct New {
    /// One line.
    #[schema(value_type = OneLine)]
    text: String,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Announced)]
pub struct Announced {
    /// People who are connected.
    people: usize,
    /// RFC 3339, in UTC.
    at: String,
}

/// Tells everybody who is here, once. Nobody reads it later.
#[utoipa::path(post, path = "/announcements", tag = "staff", request_body = New, responses(
    (status = 200, body = Announced),
    (status = 401, body = Described),
    (status = 403, description = "Not staff", body = Described),
))]
pub async fn announce(
    Writes(caller): Writes,
    Body(New { text }): Body<New>,
) -> Result<Json<Announced>, Problem> {
    let told = announcing::announce(&access::staff(&caller)?, &text).await?;
    Ok(Json(Announced { people: told.people, at: told.at.to_string() }))
}
