//! Who there is.

use axum::{
    Json,
    extract::{
        Path, Query,
        rejection::{PathRejection, QueryRejection},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::refusal::{Refusal, Told},
    LoggedIn,
};
use crate::{
    accounts::Person,
    error::Error,
    ids::AccountId,
    server::{access, accounts, rest::Id, staff},
};

/// Users on one page, unless told otherwise, and at most.
const PAGE: (u32, u32) = (3, 100);

/// The last page that is looked for.
const LAST: u32 = 10_000;

/// Somebody. Never a password, nor the hash of one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::users::User)]
pub struct User {
    id: i64,
    username: String,
    name: String,
    /// One's own only.
    email: Option<String>,
}

impl User {
    fn new(person: Person, email: Option<String>) -> Self {
        Self { id: person.id.get(), username: person.username, name: person.display_name, email }
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// From 1 on.
    #[param(minimum = 1, maximum = 10_000)]
    page: Option<u32>,
    /// 3, unless told otherwise.
    #[param(minimum = 1, maximum = 100)]
    per_page: Option<u32>,
}

/// A page of them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::users::Users)]
pub struct Users {
    /// By username.
    users: Vec<User>,
    page: u32,
    per_page: u32,
}

/// Every user, for whoever looks after the Salon.
#[utoipa::path(get, path = "/users/all", tag = "securisee", params(Page), responses(
    (status = 200, body = Users),
    (status = 400, description = "A page that cannot be", body = Told),
    (status = 401, description = "Not staff, as the document has it", body = Told),
))]
pub async fn all(
    LoggedIn(caller): LoggedIn,
    asked: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Users>, Refusal> {
    let staff = access::staff(&caller).map_err(|error| Refusal::from(error).unauthorized())?;
    let Query(Page { page, per_page }) =
        asked.map_err(|refused| Refusal::shape(refused.body_text()).bad_request())?;
    let (page, per_page) = (page.unwrap_or(1), per_page.unwrap_or(PAGE.0));
    if !(1..=LAST).contains(&page) || !(1..=PAGE.1).contains(&per_page) {
        return Err(Refusal::shape("There is no such page.").bad_request());
    }
    let found = staff::page(&staff, page, per_page).await?;
    let own = |person: &Person| (person.id == caller.account).then(|| caller.viewer.email.clone());
    let users = found.into_iter().map(|account| {
        let email = own(&account.person);
        User::new(account.person, email)
    });
    Ok(Json(Users { users: users.collect(), page, per_page }))
}

/// One user: of those who came by a document, a friend, or somebody with whom one is in a conversation.
#[utoipa::path(get, path = "/users/{user_id}", tag = "securisee", params(("user_id" = Id, Path)), responses(
    (status = 200, body = User),
    (status = 401, body = Told),
    (status = 404, body = Told),
))]
pub async fn one(
    LoggedIn(caller): LoggedIn,
    id: Result<Path<AccountId>, PathRejection>,
) -> Result<Json<User>, Refusal> {
    let Path(id) = id.map_err(|_| Error::NotFound)?;
    let account = access::may_look_up(&caller, id).await?;
    let profile = accounts::profile(&caller.app.db, account).await?;
    let email = (account == caller.account).then_some(profile.email);
    Ok(Json(User::new(profile.person, email)))
}
