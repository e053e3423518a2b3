//! Coming in and going out, and who else there is.

use axum::{
    Json,
    extract::{Query, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::{
        bearer,
        fields::{Fields, is_json},
        refusal::{Refusal, Told},
    },
    LoggedIn, ROOT, cookie, pages, set_cookie,
};
use crate::{
    error::{Error, Field, Why},
    ids::AccountId,
    server::{
        accounts::{self, Called, Profile},
        caller::{Arrival, Caller},
        origin,
        rest::{Id, Name, ShortEmail, bearer_token},
        tokens::families::{self, Audience},
    },
};

/// Characters of a username, and of an address.
const LONGEST: (u32, u32) = (80, 120);

/// Users on one page.
const PAGE: u32 = 100;

/// Who comes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = vaultroom::accounts::New)]
pub struct New {
    /// At most 80 characters; nobody else's.
    #[schema(value_type = Name)]
    username: String,
    /// At most 120 characters; nobody else's.
    #[schema(value_type = ShortEmail)]
    email: String,
    /// At least 12 characters that are not easily guessed.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
}

/// Somebody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = vaultroom::accounts::User)]
pub struct User {
    pub id: i64,
    pub username: String,
}

impl From<Profile> for User {
    fn from(profile: Profile) -> Self {
        Self { id: profile.person.id.get(), username: profile.person.username }
    }
}

/// Whoever has come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = vaultroom::accounts::Registered)]
pub struct Registered {
    message: &'static str,
    user: User,
}

/// Makes an account: JSON, or a form of either kind, which leads to the page where one logs in.
///
/// A username stays as it is where Salon takes it; else one is made of its letters, and it opens the account all the same. The
/// account stands in the list of all users, and everybody may write to it.
#[utoipa::path(post, path = "/register", tag = "vaultroom", request_body = New, security(()), responses(
    (status = 201, body = Registered),
    (status = 303, description = "A form: to the page where one logs in"),
    (status = 400, description = "Something is missing, too long, or cannot be taken", body = Told),
    (status = 403, description = "A page of another site asks", body = Told),
    (status = 409, description = "The username or the address has an account", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
    (status = 503, body = Told),
))]
pub async fn register(
    arrival: Arrival,
    headers: HeaderMap,
    new: Result<Fields<New>, Refusal>,
) -> Result<Response, Refusal> {
    only_ours(&arrival, &headers)?;
    let Fields(New { username, email, password }) = new.map_err(Refusal::bad_request)?;
    let too_long = |field, text: &str, at_most: u32| match text.chars().count() > at_most as usize {
        true => Err(Refusal::from(Error::invalid(field, Why::TooLong { at_most })).bad_request()),
        false => Ok(()),
    };
    too_long(Field::Username, &username, LONGEST.0)?;
    too_long(Field::Email, &email, LONGEST.1)?;
    let made = accounts::create_account(&arrival, Called::Only(&username), &email, &password).await;
    let made = made.map_err(|failure| Refusal::from(failure).bad_request())?;
    if !is_json(&headers) {
        return Ok(Redirect::to(&format!("{ROOT}/login-page")).into_response());
    }
    let user = accounts::profile(&arrival.app.db, made).await?.into();
    Ok((StatusCode::CREATED, Json(Registered { message: "The account is made.", user })).into_response())
}

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = vaultroom::accounts::Login)]
pub struct Login {
    /// The address of the account does as well.
    username: String,
    password: String,
}

/// Whoever has logged in, and what shows it from now on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = vaultroom::accounts::LoggedInAs)]
pub struct LoggedInAs {
    message: &'static str,
    user: User,
    /// The same as in the cookie, for the header `Authorization` and for Socket.IO.
    access_token: String,
    /// Always `bearer`.
    token_type: &'static str,
}

/// Logs in: JSON, or a form of either kind, which leads to the dashboard. Either sets a cookie.
///
/// It is good for thirty minutes. The document answers an unknown user otherwise than a wrong password, and so tells who has an
/// account; here the answer is the same.
#[utoipa::path(post, path = "/login", tag = "vaultroom", request_body = Login, security(()), responses(
    (status = 200, body = LoggedInAs),
    (status = 303, description = "A form: to the dashboard"),
    (status = 400, description = "Something is missing", body = Told),
    (status = 401, description = "A wrong name or password: the answer is the same", body = Told),
    (status = 403, description = "A page of another site asks", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
    (status = 503, body = Told),
))]
pub async fn log_in(
    arrival: Arrival,
    headers: HeaderMap,
    login: Result<Fields<Login>, Refusal>,
) -> Result<Response, Refusal> {
    // Nor may they log somebody in to an account of theirs.
    only_ours(&arrival, &headers)?;
    let Fields(Login { username, password }) = login.map_err(Refusal::bad_request)?;
    // As it was made of what was typed when the account was.
    let login =
        if username.contains('@') { username } else { accounts::username_of(&username).unwrap_or(username) };
    let proven = accounts::recognise(&arrival, &login, &password).await?;
    let granted = families::begin(&arrival, proven, Audience::Vaultroom).await?;
    let cookie = set_cookie(&arrival.app, &granted.access, granted.seconds);
    let cookie = AppendHeaders([(header::SET_COOKIE, cookie)]);
    if !is_json(&headers) {
        return Ok((cookie, Redirect::to(&format!("{ROOT}/dashboard"))).into_response());
    }
    let user = accounts::profile(&arrival.app.db, granted.account).await?.into();
    let told = LoggedInAs { message: "Logged in.", user, access_token: granted.access, token_type: "bearer" };
    Ok((cookie, Json(told)).into_response())
}

fn only_ours(arrival: &Arrival, headers: &HeaderMap) -> Result<(), Refusal> {
    if origin::is_elsewhere(&arrival.app, headers) { Err(Error::Forbidden.into()) } else { Ok(()) }
}

/// Logs out, and leads home. Nothing happens where nobody is logged in.
///
/// What changes something is no link in Salon. It is one here, as in the document, but where a page of another site leads, it
/// is asked first.
#[utoipa::path(get, path = "/logout", tag = "vaultroom", security(()), responses(
    (status = 200, description = "A page of another site leads here: asks whether to log out"),
    (status = 303, description = "Home"),
))]
pub async fn log_out(arrival: Arrival, headers: HeaderMap) -> Result<Response, Refusal> {
    if origin::is_elsewhere(&arrival.app, &headers) {
        return Ok(pages::asks_to_log_out(&arrival.app, &headers));
    }
    end(&arrival, &headers).await
}

/// As `GET /logout`, by a form.
#[utoipa::path(post, path = "/logout", tag = "vaultroom", security(()), responses(
    (status = 303, description = "Home"),
    (status = 403, description = "A page of another site asks", body = Told),
))]
pub async fn confirmed(arrival: Arrival, headers: HeaderMap) -> Result<Response, Refusal> {
    only_ours(&arrival, &headers)?;
    end(&arrival, &headers).await
}

async fn end(arrival: &Arrival, headers: &HeaderMap) -> Result<Response, Refusal> {
    if let Some(caller) = visitor(arrival, headers).await? {
        families::log_out(arrival, &caller).await?;
    }
    let gone = AppendHeaders([(header::SET_COOKIE, set_cookie(&arrival.app, "", 0))]);
    Ok((gone, Redirect::to(&format!("{ROOT}/home"))).into_response())
}

/// Who asks, if somebody is logged in.
async fn visitor(arrival: &Arrival, headers: &HeaderMap) -> Result<Option<Caller>, Refusal> {
    let Some(token) = bearer_token(headers).or_else(|| cookie(&arrival.app, headers)) else {
        return Ok(None);
    };
    match bearer(&arrival.app, token, Audience::Vaultroom).await {
        Ok(caller) => Ok(Some(caller)),
        Err(refusal) if refusal == Error::SignedOut.into() => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// At most 100.
    #[param(value_type = i64, required = false, minimum = 0, maximum = 4294967295_u32)]
    limit: Option<u32>,
    /// The last id of the page before.
    #[param(value_type = Option<Id>)]
    after: Option<AccountId>,
}

/// Those who are listed, without the caller.
///
/// # Errors
/// The database's own.
pub async fn others(caller: &Caller, page: &Page) -> Result<Vec<User>, Refusal> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, PAGE);
    // One more, since the caller may be among them.
    let listed = accounts::listed(caller, page.after, limit + 1).await?;
    let others = listed.into_iter().filter(|profile| profile.person.id != caller.account);
    Ok(others.take(limit as usize).map(User::from).collect())
}

/// The users who came by such a document, without oneself, in the order in which they came.
///
/// The document returns all of them at once; here they come in pages. Whoever has signed up on Salon's pages is not listed.
#[utoipa::path(get, path = "/get-users", tag = "vaultroom", params(Page), responses(
    (status = 200, body = Vec<User>),
    (status = 400, body = Told),
    (status = 401, body = Told),
))]
pub async fn users(
    LoggedIn(caller): LoggedIn,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Vec<User>>, Refusal> {
    let Query(page) = page.map_err(|refused| Refusal::shape(refused.body_text()).bad_request())?;
    Ok(Json(others(&caller, &page).await?))
}
