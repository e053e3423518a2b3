//! The border between a person's browser and the places that they can go to.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use super::Entry;
use crate::{
    border::{Call, Json},
    error::Error,
};

/// Every place that the viewer can go to, the last active first; at most [`super::MOST_ENTRIES`].
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "places", protocol = Call<GetUrl>)]
pub async fn read_places() -> Result<Json<Vec<Entry>>, Error> {
    use crate::server::{caller::Caller, finding};
    Ok(Json::of(&finding::places(&Caller::current()?).await?))
}

/// Those that `text` means best, for the page that works without a script.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "found", protocol = Call<GetUrl>)]
pub async fn read_found(text: String) -> Result<Json<Vec<Entry>>, Error> {
    use crate::server::{caller::Caller, finding};
    Ok(Json::of(&finding::found(&Caller::current()?, &text).await?))
}
