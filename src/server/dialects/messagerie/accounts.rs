//! Coming in: a number first, and then the code that was sent to it.

use axum::{
    Json,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    super::{
        fields::Fields,
        refusal::{Refusal, Told},
    },
    LoggedIn,
};
use crate::{
    error::{Error, Field, Why},
    ids::AccountId,
    server::{
        accounts::{self, Called, Profile},
        caller::Arrival,
        phones::{self, Number, Purpose},
        rest::Name,
        state::AppState,
        tokens::families::{self, Audience},
    },
    text::Locale,
};

/// What somebody is called who gives no name.
const NAMELESS: &str = "Somebody";

/// Who comes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = messagerie::accounts::New)]
pub struct New {
    /// With its country code. `phoneNumber` and `phone_number` do as well.
    #[serde(default, alias = "phoneNumber", alias = "phone_number")]
    #[schema(required = true, pattern = r"^\+[1-9][0-9]{7,14}$")]
    phone: String,
    /// The code that was sent; without it, one is sent. `code` does as well.
    #[serde(default, alias = "code", deserialize_with = "digits")]
    #[schema(pattern = "^([0-9]{6})?$")]
    otp: Option<String>,
    /// How they want to be called; sent along with the code.
    #[schema(value_type = Option<Name>)]
    name: Option<String>,
    /// Does as well, where there is no name.
    #[schema(ignore)]
    username: Option<String>,
}

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = messagerie::accounts::Login)]
pub struct Login {
    /// As for registering.
    #[serde(default, alias = "phoneNumber", alias = "phone_number")]
    #[schema(required = true, pattern = r"^\+[1-9][0-9]{7,14}$")]
    phone: String,
    /// The code that was sent; without it, one is sent. `code` does as well.
    #[serde(default, alias = "code", deserialize_with = "digits")]
    #[schema(pattern = "^([0-9]{6})?$")]
    otp: Option<String>,
}

/// Whoever has come in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = messagerie::accounts::Welcome)]
pub struct Welcome {
    /// For the header `Authorization`, behind `Bearer`; good for thirty minutes.
    token: String,
    user: User,
}

/// Oneself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = messagerie::accounts::User)]
pub struct User {
    id: i64,
    username: String,
    name: String,
    phone: Option<String>,
}

/// What was done, in words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = messagerie::accounts::Done)]
pub struct Done {
    pub message: &'static str,
}

/// What logging in comes to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = messagerie::accounts::ComingIn)]
#[serde(untagged)]
pub enum ComingIn {
    In(Welcome),
    /// The code is still to come.
    Asked(Done),
}

/// Whatever somebody has, a code is on its way: the answer says no more.
const ASKED: Done = Done { message: "A code was sent to this number. It is good for five minutes." };

/// A code may be sent as text, or as a number that has lost its zeros.
fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        Value::Number(number) => Ok(Some(format!("{:0>6}", number.to_string()))),
        _ => Err(de::Error::custom("a code is text")),
    }
}

fn locale(headers: &HeaderMap) -> Locale {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::negotiate(accepted.unwrap_or_default())
}

/// The number, where there is a gateway that reaches it.
fn number(app: &AppState, phone: &str) -> Result<Number, Refusal> {
    let number = Number::typed(phone).map_err(|error| Refusal::from(error).bad_request())?;
    if phones::is_possible(app) { Ok(number) } else { Err(Refusal::no_gateway()) }
}

/// A token for who has just shown a code.
async fn welcome(arrival: &Arrival, proven: (AccountId, i64)) -> Result<Welcome, Refusal> {
    let token = families::begin(arrival, proven, Audience::Messagerie).await?.access;
    let Profile { person, phone, .. } = accounts::profile(&arrival.app.db, proven.0).await?;
    let user = User { id: person.id.get(), username: person.username, name: person.display_name, phone };
    Ok(Welcome { token, user })
}

/// Sends a code to a number; with the code, makes an account.
///
/// The answer to the first does not say whether the number has an account. A username is made of the name, unless it is one
/// that is free. The account stands in the list of all users, and everybody may write to it. A code is good once, for five
/// minutes and five guesses; another is sent after a minute.
#[utoipa::path(post, path = "/api/auth/register", tag = "messagerie", request_body = New, security(()), responses(
    (status = 200, description = "A code was sent", body = Done),
    (status = 201, description = "With the code: the account is made", body = Welcome),
    (status = 400, description = "Something is missing, or cannot be taken", body = Told),
    (status = 401, description = "The code is wrong, used, or older than five minutes", body = Told),
    (status = 409, description = "The number has an account", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
    (status = 503, description = "There is no SMS gateway, or it does not take the message", body = Told),
))]
pub async fn register(
    arrival: Arrival,
    headers: HeaderMap,
    new: Result<Fields<New>, Refusal>,
) -> Result<Response, Refusal> {
    let Fields(New { phone, otp, name, username }) = new.map_err(Refusal::bad_request)?;
    let number = number(&arrival.app, &phone)?;
    let Some(otp) = otp else {
        phones::ask_for_code(&arrival, locale(&headers), &number, Purpose::SignUp).await?;
        return Ok(Json(ASKED).into_response());
    };
    let name = name.or(username).unwrap_or_else(|| NAMELESS.to_owned());
    let made = phones::create_account(&arrival, number, &otp, Called::Name(&name)).await;
    let made = made.map_err(|failure| Refusal::from(failure).bad_request())?;
    Ok((StatusCode::CREATED, Json(welcome(&arrival, made).await?)).into_response())
}

/// Sends a code to a number; with the code, logs in.
///
/// The answer to the first is the same whether the number has an account or not.
#[utoipa::path(post, path = "/api/auth/login", tag = "messagerie", request_body = Login, security(()), responses(
    (status = 200, description = "With the code: a token. Without: a code was sent", body = ComingIn),
    (status = 400, description = "The number or the code is missing, or none", body = Told),
    (status = 401, description = "The code is wrong, used, or older than five minutes", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
    (status = 503, description = "There is no SMS gateway, or it does not take the message", body = Told),
))]
pub async fn log_in(
    arrival: Arrival,
    headers: HeaderMap,
    login: Result<Fields<Login>, Refusal>,
) -> Result<Json<ComingIn>, Refusal> {
    let Fields(Login { phone, otp }) = login.map_err(Refusal::bad_request)?;
    let number = number(&arrival.app, &phone)?;
    let Some(otp) = otp else {
        phones::ask_for_code(&arrival, locale(&headers), &number, Purpose::LogIn).await?;
        return Ok(Json(ComingIn::Asked(ASKED)));
    };
    let proven = phones::recognise(&arrival, &number, &otp).await;
    let proven = proven.map_err(|failure| Refusal::from(failure).bad_request())?;
    Ok(Json(ComingIn::In(welcome(&arrival, proven).await?)))
}

/// What proves that it is oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = messagerie::accounts::Proof)]
pub struct Proof {
    /// The code that was sent; without it, one is sent. `code` does as well.
    #[serde(default, alias = "code", deserialize_with = "digits")]
    #[schema(pattern = "^([0-9]{6})?$")]
    otp: Option<String>,
}

/// Sends a code to one's own number; with the code, deletes one's account.
///
/// The document has no such route. What one said stays, under no name.
#[utoipa::path(delete, path = "/api/auth/me", tag = "messagerie", request_body = Proof, responses(
    (status = 200, description = "The account is deleted", body = Done),
    (status = 202, description = "A code was sent", body = Done),
    (status = 400, body = Told),
    (status = 401, description = "No token that opens anything; or the code is wrong, used, or older than five minutes", body = Told),
    (status = 409, description = "Groups or spaces are to be handed over before", body = Told),
    (status = 413, body = Told),
    (status = 415, body = Told),
    (status = 429, body = Told),
    (status = 503, description = "There is no SMS gateway, or it does not take the message", body = Told),
))]
pub async fn delete(
    arrival: Arrival,
    headers: HeaderMap,
    LoggedIn(caller): LoggedIn,
    proof: Result<Fields<Proof>, Refusal>,
) -> Result<(StatusCode, Json<Done>), Refusal> {
    let Fields(Proof { otp }) = proof.map_err(Refusal::bad_request)?;
    if !phones::is_possible(&arrival.app) {
        return Err(Refusal::no_gateway());
    }
    let Some(otp) = otp else {
        phones::ask_for_proof(&arrival, &caller, locale(&headers)).await?;
        return Ok((StatusCode::ACCEPTED, Json(ASKED)));
    };
    let name = caller.viewer.person.username.clone();
    let deleted = accounts::delete_account(&arrival, &caller, &name, &otp).await;
    deleted.map_err(|failure| match Error::from(failure) {
        // A password has been chosen meanwhile, or what was sent is no code.
        Error::Invalid { field: Field::CurrentPassword | Field::Code, .. } => {
            Error::invalid(Field::Code, Why::Wrong)
        }
        error => error,
    })?;
    Ok((StatusCode::OK, Json(Done { message: "The account is deleted." })))
}
