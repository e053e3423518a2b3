//! Coming in and going out.

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    super::{
        fields::Fields,
        refusal::{Refusal, Told},
    },
    LoggedIn,
    users::User,
};
use crate::{
    error::{Error, Field, Why},
    server::{
        accounts::{self, Called},
        caller::Arrival,
        rest::{ShortEmail, ShortName},
        tokens::families::{self, Audience, Granted},
    },
};

/// Characters of a name, and of an address.
const LONGEST: (u32, u32) = (50, 100);

/// Who comes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = garrix::accounts::New)]
pub struct New {
    /// `username` does as well, where there is no name. Anything else that is sent is passed over, `is_staff` too.
    #[schema(value_type = ShortName)]
    name: Option<String>,
    #[schema(ignore)]
    username: Option<String>,
    /// Nobody else's.
    #[schema(value_type = ShortEmail)]
    email: String,
    /// At least 12 characters that are not easily guessed.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
}

/// Whoever has come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::accounts::Registered)]
pub struct Registered {
    id: i64,
    name: String,
    username: String,
    email: String,
}

/// What goes into the header `Authorization` from now on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::accounts::Token)]
pub struct Token {
    access_token: String,
    /// Always `bearer`.
    token_type: &'static str,
}

/// What was done, in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = garrix::accounts::Done)]
pub struct Done {
    pub message: &'static str,
}

impl From<Granted> for Token {
    fn from(granted: Granted) -> Self {
        Self { access_token: granted.access, token_type: "bearer" }
    }
}

/// Makes an account.
///
/// A username is made of the name, unless it is one that is free. The account stands in the list of all users, and
/// everybody may write to it.
#[utoipa::path(post, path = "/auth/register", tag = "garrix", request_body = New, security(()), responses(
    (status = 201, body = Registered),
    (status = 400, description = "Something is missing, too long, or cannot be taken", body = Told),
    (status = 409, description = "The address has an account", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
    (status = 503, body = Told),
))]
pub async fn register(
    arrival: Arrival,
    new: Result<Fields<New>, Refusal>,
) -> Result<(StatusCode, Json<Registered>), Refusal> {
    let Fields(New { name, username, email, password }) = new.map_err(Refusal::bad_request)?;
    let name = name.or(username).ok_or_else(|| Refusal::shape("A name is missing.").bad_request())?;
    let too_long = |field, text: &str, at_most: u32| match text.chars().count() > at_most as usize {
        true => Err(Refusal::from(Error::invalid(field, Why::TooLong { at_most })).bad_request()),
        false => Ok(()),
    };
    too_long(Field::DisplayName, &name, LONGEST.0)?;
    too_long(Field::Email, &email, LONGEST.1)?;
    let made = accounts::create_account(&arrival, Called::Name(&name), &email, &password).await;
    let made = made.map_err(|failure| Refusal::from(failure).bad_request())?;
    let profile = accounts::profile(&arrival.app.db, made).await?;
    let accounts::Profile { person, email, .. } = profile;
    let registered =
        Registered { id: person.id.get(), name: person.display_name, username: person.username, email };
    Ok((StatusCode::CREATED, Json(registered)))
}

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = garrix::accounts::Login)]
pub struct Login {
    /// The address of the account; its username does as well.
    #[schema(min_length = 1)]
    username: String,
    #[schema(min_length = 1, max_length = 256)]
    password: String,
}

/// Logs in: a form of either kind, or JSON.
///
/// The token is good for thirty minutes.
#[utoipa::path(post, path = "/auth/token", tag = "garrix",
    request_body(content = Login, content_type = "application/x-www-form-urlencoded"), security(()), responses(
    (status = 200, body = Token),
    (status = 400, body = Told),
    (status = 401, description = "A wrong name or password: the answer is the same", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 422, body = Told),
    (status = 429, body = Told),
    (status = 503, body = Told),
))]
pub async fn log_in(
    arrival: Arrival,
    Fields(Login { username, password }): Fields<Login>,
) -> Result<Json<Token>, Refusal> {
    let proven = accounts::recognise(&arrival, &username, &password).await?;
    Ok(Json(families::begin(&arrival, proven, Audience::Garrix).await?.into()))
}

/// Logs out: the token opens nothing any more, and sockets that it has opened are closed.
#[utoipa::path(post, path = "/auth/logout", tag = "garrix", responses(
    (status = 200, body = Done),
    (status = 401, body = Told),
))]
pub async fn log_out(arrival: Arrival, LoggedIn(caller): LoggedIn) -> Result<Json<Done>, Refusal> {
    families::log_out(&arrival, &caller).await?;
    Ok(Json(Done { message: "Logged out." }))
}

/// Another token, for one that is still good.
///
/// What was given before stays good until it ends.
#[utoipa::path(post, path = "/auth/refresh", tag = "garrix", responses(
    (status = 200, body = Token),
    (status = 401, body = Told),
))]
pub async fn refresh(LoggedIn(caller): LoggedIn) -> Result<Json<Token>, Refusal> {
    Ok(Json(families::prolong(&caller, Audience::Garrix).await?.into()))
}

/// Whose token it is.
#[utoipa::path(get, path = "/auth/me", tag = "garrix", responses(
    (status = 200, body = User),
    (status = 401, body = Told),
))]
pub async fn who(LoggedIn(caller): LoggedIn) -> Result<Json<User>, Refusal> {
    Ok(Json(User::own(&caller).await?))
}
