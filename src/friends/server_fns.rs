//! The border between a person's browser and the people they know.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{
    Friends,
    privacy::{Privacy, Writers},
};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::AccountId,
    presence::SeenBy,
};

/// Asks somebody, named by their exact username or address, to be friends.
/// If they had asked already, this accepts; asking twice changes nothing.
///
/// # Errors
/// `Invalid` if nobody has this name or it is one's own; `Forbidden` if they take no requests; `TooFast`.
#[server(prefix = "/do", endpoint = "add_friend", protocol = Call<PostUrl>)]
pub async fn add_friend(person: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, friends};
    Ok(friends::ask(&Caller::current()?, &person).await?)
}

/// Accepts what `account` asked.
///
/// # Errors
/// `NotFound` if they did not ask.
#[server(prefix = "/do", endpoint = "accept_friend", protocol = Call<PostUrl>)]
pub async fn accept_friend(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, friends};
    Ok(friends::accept(&Caller::current()?, account).await?)
}

/// Declines what `account` asked. They are not told.
///
/// # Errors
/// `NotFound` if they did not ask.
#[server(prefix = "/do", endpoint = "decline_friend", protocol = Call<PostUrl>)]
pub async fn decline_friend(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, friends};
    Ok(friends::decline(&Caller::current()?, account).await?)
}

/// Takes back what one asked of `account`.
///
/// # Errors
/// `NotFound` if one did not ask, or they have accepted meanwhile.
#[server(prefix = "/do", endpoint = "cancel_request", protocol = Call<PostUrl>)]
pub async fn cancel_request(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, friends};
    Ok(friends::cancel(&Caller::current()?, account).await?)
}

/// Ends a friendship. Both keep their conversation, to read.
///
/// # Errors
/// `NotFound` if there is none.
#[server(prefix = "/do", endpoint = "remove_friend", protocol = Call<PostUrl>)]
pub async fn remove_friend(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, friends};
    Ok(friends::remove(&Caller::current()?, account).await?)
}

/// The people one knows, from behind the username `after` on.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "friends", protocol = Call<GetUrl>)]
pub async fn read_friends(after: Option<String>) -> Result<Json<Friends>, Error> {
    use crate::server::{caller::Caller, friends};
    Ok(Json::of(&friends::list(&Caller::current()?, after.as_deref()).await?))
}

/// Blocks somebody: they can no longer write to the viewer or ask to be friends, and a friendship ends.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/do", endpoint = "block", protocol = Call<PostUrl>)]
pub async fn block(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, friends::blocks};
    Ok(blocks::block(&Caller::current()?, account).await?)
}

/// Lifts a block. What it ended does not come back.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/do", endpoint = "unblock", protocol = Call<PostUrl>)]
pub async fn unblock(account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, friends::blocks};
    Ok(blocks::unblock(&Caller::current()?, account).await?)
}

/// Chooses who may turn to the viewer, who may know that they are here, and whether others learn that they are writing
/// and how far they have read; without the last two these stay as they are.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/do", endpoint = "save_privacy", protocol = Call<PostUrl>)]
pub async fn save_privacy(
    writers: Writers,
    takes_requests: bool,
    #[server(default)] seen_by: Option<SeenBy>,
    #[server(default)] receipts: Option<bool>,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, friends::blocks};
    blocks::save_privacy(&Caller::current()?, writers, takes_requests, seen_by, receipts).await?;
    forms::go_and_tell("/settings/privacy");
    Ok(())
}

/// Who may turn to the viewer, and whom they have blocked, from behind the username `after` on.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "privacy", protocol = Call<GetUrl>)]
pub async fn read_privacy(after: Option<String>) -> Result<Json<Privacy>, Error> {
    use crate::server::{caller::Caller, friends::blocks};
    Ok(Json::of(&blocks::privacy(&Caller::current()?, after.as_deref()).await?))
}
