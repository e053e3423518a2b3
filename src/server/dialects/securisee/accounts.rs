//! Coming in, staying, and going out.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    super::{
        fields::Fields,
        refusal::{Refusal, Told},
    },
    LoggedIn,
};
use crate::{
    error::Error,
    server::{
        accounts::{self, Called, Profile},
        caller::Arrival,
        rest::{Name, ShortEmail, bearer_token},
        tokens::families::{self, Audience},
    },
};

/// Who comes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = securisee::accounts::New)]
pub struct New {
    /// At most 80 characters. Anything else that is sent is passed over, `is_staff` too.
    #[schema(value_type = Name)]
    username: Option<String>,
    /// Does as well, where there is no username.
    #[schema(ignore)]
    name: Option<String>,
    /// Nobody else's.
    #[schema(value_type = ShortEmail)]
    email: String,
    /// At least 12 characters that are not easily guessed.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
}

/// Whoever has come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::accounts::Registered)]
pub struct Registered {
    message: &'static str,
    id: i64,
    name: String,
    username: String,
    email: String,
}

/// What was done, in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::accounts::Done)]
pub struct Done {
    message: &'static str,
}

/// Makes an account.
///
/// Nobody becomes staff by this, whatever is sent. A username is made of the one that is sent, unless it is one that is free;
/// it stays as the name. The account takes messages from everybody, as the document has it.
#[utoipa::path(post, path = "/auth/register", tag = "securisee", request_body = New, security(()), responses(
    (status = 201, body = Registered),
    (status = 400, description = "Something is missing, too long, or cannot be taken", body = Told),
    (status = 409, description = "The address has an account", body = Told),
))]
pub async fn register(
    arrival: Arrival,
    new: Result<Fields<New>, Refusal>,
) -> Result<(StatusCode, Json<Registered>), Refusal> {
    let Fields(New { username, name, email, password }) = new.map_err(Refusal::bad_request)?;
    let name = username.or(name).ok_or_else(|| Refusal::shape("A username is missing.").bad_request())?;
    let made = accounts::create_account(&arrival, Called::Name(&name), &email, &password).await;
    let made = made.map_err(|failure| Refusal::from(failure).bad_request())?;
    let Profile { person, email, .. } = accounts::profile(&arrival.app.db, made).await?;
    let registered = Registered {
        message: "The account is made.",
        id: person.id.get(),
        name: person.display_name,
        username: person.username,
        email,
    };
    Ok((StatusCode::CREATED, Json(registered)))
}

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = securisee::accounts::Login)]
pub struct Login {
    /// The address of the account; `username` does as well.
    #[schema(value_type = String, min_length = 1)]
    email: Option<String>,
    #[schema(ignore)]
    username: Option<String>,
    #[schema(min_length = 1, max_length = 256)]
    password: String,
}

/// What a program shows from now on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::accounts::Tokens)]
pub struct Tokens {
    message: &'static str,
    access_token: String,
    refresh_token: String,
    tokens: Pair,
}

/// The same two once more, as some programs read them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::accounts::Pair)]
pub struct Pair {
    access: String,
    refresh: String,
}

/// Logs in: the access token is good for thirty minutes, the refresh token until it was not used for fourteen days.
///
/// 500 for a private key that cannot be opened comes with encrypted conversations.
#[utoipa::path(post, path = "/auth/login", tag = "securisee", request_body = Login, security(()), responses(
    (status = 200, body = Tokens),
    (status = 400, description = "Address or password is missing", body = Told),
    (status = 401, description = "A wrong address or password: the answer is the same", body = Told),
))]
pub async fn log_in(
    arrival: Arrival,
    login: Result<Fields<Login>, Refusal>,
) -> Result<Json<Tokens>, Refusal> {
    let Fields(Login { email, username, password }) = login.map_err(Refusal::bad_request)?;
    let login = email.or(username).ok_or_else(|| Refusal::shape("An address is missing.").bad_request())?;
    let proven = accounts::recognise(&arrival, &login, &password).await?;
    let granted = families::begin(&arrival, proven, Audience::Securisee).await?;
    let (access, refresh) = (granted.access, granted.refresh.unwrap_or_default());
    Ok(Json(Tokens {
        message: "Logged in.",
        access_token: access.clone(),
        refresh_token: refresh.clone(),
        tokens: Pair { access, refresh },
    }))
}

/// Logs out: neither of the two tokens opens anything any more.
///
/// A link or an image on another site logs nobody out: they show no token.
#[utoipa::path(get, path = "/auth/logout", tag = "securisee", responses(
    (status = 200, body = Done),
    (status = 401, body = Told),
))]
pub async fn log_out(arrival: Arrival, LoggedIn(caller): LoggedIn) -> Result<Json<Done>, Refusal> {
    families::log_out(&arrival, &caller).await?;
    Ok(Json(Done { message: "The tokens are revoked." }))
}

/// Another access token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::accounts::Renewed)]
pub struct Renewed {
    access_token: String,
}

/// Another access token, for the refresh token in the header `Authorization`.
///
/// The refresh token stays the same, since the document tells no other one.
#[utoipa::path(get, path = "/auth/refresh", tag = "securisee", responses(
    (status = 200, body = Renewed),
    (status = 401, description = "No refresh token that is good: an access token is none", body = Told),
    (status = 429, description = "Too many failures", body = Told),
))]
pub async fn refresh(arrival: Arrival, headers: HeaderMap) -> Result<Json<Renewed>, Refusal> {
    let token = bearer_token(&headers).ok_or(Error::SignedOut)?;
    let granted = families::refresh(&arrival, token, Audience::Securisee).await?;
    Ok(Json(Renewed { access_token: granted.access }))
}

/// Whose token it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = securisee::accounts::Who)]
pub struct Who {
    id: i64,
    username: String,
    name: String,
    email: String,
}

/// Whose token it is.
#[utoipa::path(get, path = "/auth/whoami", tag = "securisee", responses(
    (status = 200, body = Who),
    (status = 401, body = Told),
))]
pub async fn who(LoggedIn(caller): LoggedIn) -> Json<Who> {
    let viewer = caller.viewer;
    Json(Who {
        id: viewer.person.id.get(),
        username: viewer.person.username,
        name: viewer.person.display_name,
        email: viewer.email,
    })
}
