//! Accounts: making one, what one logs in with, and deleting it.
//!
//! Whoever shows a token from the settings may do none of it: a password was not shown for that.

use axum::{Json, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    body::Body,
    me::Account,
    problem::{Described, Problem},
    program::Owner,
};
use crate::server::{
    accounts::{self, Called},
    caller::Arrival,
};

/// A new account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// 2 to 32 of `a-z 0-9 . _ -`; nobody else's, and not kept for Salon itself.
    #[schema(min_length = 2, max_length = 32, pattern = "^[A-Za-z0-9._-]{2,32}$")]
    username: String,
    /// Nobody else's. Shown to nobody.
    #[schema(min_length = 3, max_length = 254, format = "email")]
    email: String,
    /// At least 12 characters that are not easily guessed.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
}

/// Makes an account, as on the page for it.
///
/// It is called by its username until it chooses another name. A program logs in next (`POST /tokens`).
#[utoipa::path(post, path = "/accounts", tag = "accounts", request_body = NewAccount, security(()), responses(
    (status = 201, body = Account),
    (status = 409, description = "Somebody has this username or address", body = Described),
    (status = 422, description = "The username, the address or the password cannot be taken", body = Described),
    (status = 429, description = "Too many from one address", body = Described),
    (status = 503, description = "Too many passwords wait to be hashed", body = Described),
))]
pub async fn create(
    arrival: Arrival,
    Body(NewAccount { username, email, password }): Body<NewAccount>,
) -> Result<(StatusCode, Json<Account>), Problem> {
    let made = accounts::create_account(&arrival, Called::Username(&username), &email, &password).await?;
    let profile = accounts::profile(&arrival.app.db, made).await?;
    Ok((StatusCode::CREATED, Json(profile.person.into())))
}

/// Another address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEmail {
    #[schema(min_length = 3, max_length = 254, format = "email")]
    email: String,
    /// The one in use.
    #[schema(min_length = 1, max_length = 256)]
    current_password: String,
}

/// Gives one's account another address to log in with.
#[utoipa::path(put, path = "/me/email", tag = "accounts", request_body = NewEmail, responses(
    (status = 204, description = "It is so"),
    (status = 403, description = "The password is wrong, or the token is one from the settings", body = Described),
    (status = 409, description = "Somebody has this address", body = Described),
    (status = 422, body = Described),
    (status = 429, description = "Too many wrong passwords", body = Described),
))]
pub async fn change_email(
    arrival: Arrival,
    Owner(caller): Owner,
    Body(NewEmail { email, current_password }): Body<NewEmail>,
) -> Result<StatusCode, Problem> {
    accounts::change_email(&arrival, &caller, &email, &current_password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Another password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The one in use.
    #[schema(min_length = 1, max_length = 256)]
    current_password: String,
    /// At least 12 characters that are not easily guessed.
    #[schema(min_length = 12, max_length = 256)]
    password: String,
}

/// Gives one's account another password.
///
/// Every session and every log-in ends, this one too: log in again. Tokens from the settings stay.
#[utoipa::path(put, path = "/me/password", tag = "accounts", request_body = NewPassword, responses(
    (status = 204, description = "It is so"),
    (status = 403, description = "The password is wrong, or the token is one from the settings", body = Described),
    (status = 422, body = Described),
    (status = 429, description = "Too many wrong passwords", body = Described),
))]
pub async fn change_password(
    arrival: Arrival,
    Owner(caller): Owner,
    Body(NewPassword { current_password, password }): Body<NewPassword>,
) -> Result<StatusCode, Problem> {
    accounts::replace_password(&arrival, &caller, &current_password, &password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What proves that it is oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountProof {
    #[schema(min_length = 1, max_length = 256)]
    password: String,
}

/// Deletes one's account, for good.
///
/// What one said stays, under no name. Groups and spaces that only oneself looks after are handed over or deleted before.
#[utoipa::path(delete, path = "/me", tag = "accounts", request_body = AccountProof, responses(
    (status = 204, description = "It is gone"),
    (status = 403, description = "The password is wrong, or the token is one from the settings", body = Described),
    (status = 409, description = "Groups or spaces are to be handed over before", body = Described),
    (status = 422, body = Described),
    (status = 429, description = "Too many wrong passwords", body = Described),
))]
pub async fn delete(
    arrival: Arrival,
    Owner(caller): Owner,
    Body(AccountProof { password }): Body<AccountProof>,
) -> Result<StatusCode, Problem> {
    let name = caller.viewer.person.username.clone();
    accounts::delete_account(&arrival, &caller, &name, &password).await?;
    Ok(StatusCode::NO_CONTENT)
}
