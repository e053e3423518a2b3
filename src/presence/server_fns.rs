//! The border between a person's browser and who is here.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::HereNow;
use crate::{
    border::{Call, Json},
    error::Error,
};

/// Saves what the viewer says of themselves: a line, and whether they are not to be disturbed.
///
/// # Errors
/// `Invalid` for a line that is too long or cannot be shown; `TooFast`.
#[server(prefix = "/do", endpoint = "save_status", protocol = Call<PostUrl>)]
pub async fn save_status(line: String, #[server(default)] busy: bool) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, presence};
    presence::save_status(&Caller::current()?, &line, busy).await?;
    forms::go_and_tell("/settings");
    Ok(())
}

/// Those of whom the viewer may follow that they are connected now, from behind the username `after` on.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "here_now", protocol = Call<GetUrl>)]
pub async fn read_here_now(after: Option<String>) -> Result<Json<HereNow>, Error> {
    use crate::server::{caller::Caller, presence};
    Ok(Json::of(&presence::here_now(&Caller::current()?, after.as_deref()).await?))
}
