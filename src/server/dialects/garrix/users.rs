//! Who there is, and who is here.

use axum::{
    Json,
    extract::{Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::{
        fields::Fields,
        refusal::{Refusal, Told},
    },
    LoggedIn,
    accounts::Done,
};
use crate::{
    error::Error,
    ids::AccountId,
    presence::State,
    server::{
        access,
        accounts::{self, Profile},
        caller::{Arrival, Caller},
        presence,
        rest::{Id, Name},
        staff::announcing,
    },
};

/// Users on one page.
const PAGE: u32 = 100;

/// Somebody. Never a password, nor the hash of one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::users::User)]
pub struct User {
    id: i64,
    name: String,
    username: String,
    /// One's own only: the document shows it to everybody.
    email: Option<String>,
    /// RFC 3339, in UTC.
    created_at: String,
    updated_at: String,
}

impl User {
    fn new(profile: Profile, caller: &Caller) -> Self {
        let Profile { person, email, created_at, updated_at, .. } = profile;
        Self {
            id: person.id.get(),
            name: person.display_name,
            username: person.username,
            email: (person.id == caller.account).then_some(email),
            created_at: created_at.to_string(),
            updated_at: updated_at.to_string(),
        }
    }

    /// The caller.
    ///
    /// # Errors
    /// The database's own.
    pub async fn own(caller: &Caller) -> Result<Self, Refusal> {
        Ok(Self::new(accounts::profile(&caller.app.db, caller.account).await?, caller))
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// At most 100; more is taken for that.
    #[param(value_type = i64, required = false, minimum = 0, maximum = 4294967295_u32)]
    limit: Option<u32>,
    /// The last id of the page before.
    #[param(value_type = Id, required = false)]
    after: Option<AccountId>,
}

/// The users who came by this document, and oneself, in the order in which they came.
#[utoipa::path(get, path = "/users/", tag = "garrix", params(Page), responses(
    (status = 200, body = Vec<User>),
    (status = 401, body = Told),
    (status = 422, body = Told),
))]
pub async fn list(
    LoggedIn(caller): LoggedIn,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Vec<User>>, Refusal> {
    let Query(Page { limit, after }) = page.map_err(|refused| Refusal::shape(refused.body_text()))?;
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE);
    let listed = accounts::listed(&caller, after, limit).await?;
    Ok(Json(listed.into_iter().map(|profile| User::new(profile, &caller)).collect()))
}

/// Oneself.
#[utoipa::path(get, path = "/users/me", tag = "garrix", responses(
    (status = 200, body = User),
    (status = 401, body = Told),
))]
pub async fn me(LoggedIn(caller): LoggedIn) -> Result<Json<User>, Refusal> {
    Ok(Json(User::own(&caller).await?))
}

/// What one is called from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = garrix::users::Rename)]
pub struct Rename {
    #[schema(value_type = Name)]
    name: String,
}

/// Gives oneself another name.
///
/// The document lets the password be written here as well, in clear: it is changed in the settings.
#[utoipa::path(put, path = "/users/me", tag = "garrix", request_body = Rename, responses(
    (status = 200, body = User),
    (status = 400, body = Told),
    (status = 401, body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 422, body = Told),
))]
pub async fn rename(
    LoggedIn(caller): LoggedIn,
    Fields(Rename { name }): Fields<Rename>,
) -> Result<Json<User>, Refusal> {
    accounts::save_name(&caller, &name).await?;
    Ok(Json(User::own(&caller).await?))
}

/// What proves that it is oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = garrix::users::Proof)]
pub struct Proof {
    #[schema(min_length = 1, max_length = 256)]
    password: String,
}

/// Deletes one's account.
///
/// What one said stays, under no name. The document asks for no password.
#[utoipa::path(delete, path = "/users/me", tag = "garrix", request_body = Proof, responses(
    (status = 200, body = Done),
    (status = 400, body = Told),
    (status = 401, body = Told),
    (status = 403, description = "The password is wrong", body = Told),
    (status = 409, description = "Groups or spaces are to be handed over before", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 422, body = Told),
    (status = 429, body = Told),
))]
pub async fn delete(
    arrival: Arrival,
    LoggedIn(caller): LoggedIn,
    Fields(Proof { password }): Fields<Proof>,
) -> Result<Json<Done>, Refusal> {
    let name = caller.viewer.person.username.clone();
    accounts::delete_account(&arrival, &caller, &name, &password).await?;
    Ok(Json(Done { message: "The account is deleted." }))
}

/// Who an address names. What is no id names nobody.
fn named(id: Result<Path<AccountId>, axum::extract::rejection::PathRejection>) -> Result<AccountId, Refusal> {
    id.map(|Path(id)| id).map_err(|_| Error::NotFound.into())
}

type Addressed = Result<Path<AccountId>, axum::extract::rejection::PathRejection>;

/// One user: of the list, a friend, or somebody with whom one is in a conversation.
#[utoipa::path(get, path = "/users/{user_id}", tag = "garrix", params(("user_id" = Id, Path)), responses(
    (status = 200, body = User),
    (status = 401, body = Told),
    (status = 404, body = Told),
))]
pub async fn one(LoggedIn(caller): LoggedIn, id: Addressed) -> Result<Json<User>, Refusal> {
    let account = access::may_look_up(&caller, named(id)?).await?;
    Ok(Json(User::new(accounts::profile(&caller.app.db, account).await?, &caller)))
}

/// Who is here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::users::Active)]
pub struct Active {
    active_users: Vec<i64>,
    count: usize,
    timestamp: String,
}

/// Those of the list who are here, as far as they let it be seen; friends and oneself as well.
#[utoipa::path(get, path = "/users/active/list", tag = "garrix", responses(
    (status = 200, body = Active),
    (status = 401, body = Told),
))]
pub async fn active(LoggedIn(caller): LoggedIn) -> Result<Json<Active>, Refusal> {
    let here = presence::online(&caller).await?;
    let active_users: Vec<i64> = here.into_iter().map(AccountId::get).collect();
    let timestamp = caller.app.clock.now().to_string();
    Ok(Json(Active { count: active_users.len(), active_users, timestamp }))
}

/// Whether somebody is here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::users::Status)]
pub struct Status {
    user_id: i64,
    is_active: bool,
    timestamp: String,
}

/// Whether one user is here, as far as they let it be seen.
#[utoipa::path(get, path = "/users/active/status/{user_id}", tag = "garrix", params(("user_id" = Id, Path)), responses(
    (status = 200, body = Status),
    (status = 401, body = Told),
    (status = 404, body = Told),
))]
pub async fn status(LoggedIn(caller): LoggedIn, id: Addressed) -> Result<Json<Status>, Refusal> {
    let account = access::may_look_up(&caller, named(id)?).await?;
    let is_seen = account == caller.account || access::visible(&caller, &[account]).await?.contains(&account);
    let is_active = is_seen && caller.app.hub.state_of(account) != State::Offline;
    let timestamp = caller.app.clock.now().to_string();
    Ok(Json(Status { user_id: account.get(), is_active, timestamp }))
}

/// What everybody is told.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = garrix::users::Announcement)]
pub struct Announcement {
    /// One line of at most 1,000 characters.
    message: String,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::users::Announced)]
pub struct Announced {
    /// Always `sent`.
    status: &'static str,
    /// People who are connected.
    recipients: usize,
}

/// Tells everybody who is connected. They get `broadcast`, once for each socket.
///
/// In the document anybody may: here, whoever looks after this Salon.
#[utoipa::path(post, path = "/users/broadcast", tag = "garrix", request_body = Announcement, responses(
    (status = 200, body = Announced),
    (status = 401, body = Told),
    (status = 403, description = "Not staff", body = Told),
))]
pub async fn broadcast(
    LoggedIn(caller): LoggedIn,
    Fields(Announcement { message }): Fields<Announcement>,
) -> Result<Json<Announced>, Refusal> {
    let told = announcing::announce(&access::staff(&caller)?, &message).await?;
    Ok(Json(Announced { status: "sent", recipients: told.people }))
}
