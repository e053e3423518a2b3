//! The border between a person's browser and their access tokens.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{AccessTokens, Scope};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::AccessTokenId,
    invitations::Lasts,
};

/// Makes a token for a program of the viewer's. It is shown where it was made, for some minutes, and never again.
///
/// # Errors
/// `Invalid` for a name that is missing, too long, or cannot be seen; `TooMuch` for who has
/// [`MOST_TOKENS`](super::MOST_TOKENS) already; `TooFast`.
#[server(prefix = "/do", endpoint = "create_access_token", protocol = Call<PostUrl>)]
pub async fn create_access_token(name: String, scope: Scope, lasts: Lasts) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, tokens};
    tokens::create(&Caller::current()?, &name, scope, lasts).await?;
    forms::go_to(super::TOKENS);
    Ok(())
}

/// Ends a token: whoever shows it is refused, and live connections that it opened are closed.
///
/// # Errors
/// `NotFound` if the viewer has no such token.
#[server(prefix = "/do", endpoint = "revoke_access_token", protocol = Call<PostUrl>)]
pub async fn revoke_access_token(token: AccessTokenId) -> Result<(), Error> {
    use crate::server::{caller::Caller, tokens};
    Ok(tokens::revoke(&Caller::current()?, token).await?)
}

/// The viewer's tokens.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "access_tokens", protocol = Call<GetUrl>)]
pub async fn read_access_tokens() -> Result<Json<AccessTokens>, Error> {
    use crate::server::{caller::Caller, tokens};
    Ok(Json::of(&tokens::list(&Caller::current()?).await?))
}
