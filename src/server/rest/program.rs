//! Who acts through a program: whoever made the token that it shows, or logged in there.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};

use super::problem::Problem;
use crate::{
    error::Error,
    server::{
        caller::Caller,
        state::AppState,
        tokens::{
            self,
            families::{self, Audience},
        },
    },
    tokens::Scope,
};

/// Somebody whose program sees what they see.
pub struct Reads(pub Caller);

/// Somebody whose program also says and changes things.
pub struct Writes(pub Caller);

/// Somebody whose program has logged in with a password.
pub struct LoggedIn(pub Caller);

/// Somebody whose program has logged in with a password, for what no token from the settings may do: change what one logs in
/// with, and delete the account.
pub struct Owner(pub Caller);

/// What follows `Bearer` (RFC 6750, section 2.1). Tokens are taken from nowhere else: addresses end up in logs.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, more) = (values.next()?, values.next());
    let (scheme, token) = value.to_str().ok().filter(|_| more.is_none())?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// Who shows the token of a request, and what it allows.
///
/// # Errors
/// `SignedOut` without a token that opens something.
pub async fn bearer<S: Send + Sync>(parts: &Parts, state: &S) -> Result<(Caller, Scope), Problem>
where
    AppState: FromRef<S>,
{
    let app = AppState::from_ref(state);
    let token = token(&parts.headers).ok_or(Error::SignedOut)?;
    if let Some(made) = tokens::bearer(&app, token).await? {
        return Ok(made);
    }
    // Whoever has the password may do all that its person may.
    let logged_in = families::bearer(&app, token, Audience::Api).await?;
    Ok(logged_in.map(|caller| (caller, Scope::Write)).ok_or(Error::SignedOut)?)
}

impl FromRequestParts<AppState> for LoggedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Problem> {
        let token = token(&parts.headers).ok_or(Error::SignedOut)?;
        let caller = families::bearer(app, token, Audience::Api).await?;
        Ok(Self(caller.ok_or(Error::SignedOut)?))
    }
}

impl FromRequestParts<AppState> for Owner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Problem> {
        match LoggedIn::from_request_parts(parts, app).await {
            Ok(LoggedIn(caller)) => Ok(Self(caller)),
            // Another token opens something, but not this.
            Err(refused) => Err(bearer(parts, app).await.map_or(refused, |_| Error::Forbidden.into())),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reads
where
    AppState: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Ok(Self(bearer(parts, state).await?.0))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Writes
where
    AppState: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match bearer(parts, state).await? {
            (caller, Scope::Write) => Ok(Self(caller)),
            (_, Scope::Read) => Err(Problem::Scope),
        }
    }
}
