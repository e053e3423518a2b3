//! The border between a person's browser and what concerns them.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::Activity;
use crate::{
    border::{Call, Json},
    error::Error,
    ids::ActivityId,
};

/// What concerns the viewer, the newest first: from behind `before` on.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "activity", protocol = Call<GetUrl>)]
pub async fn read_activity(before: Option<ActivityId>) -> Result<Json<Activity>, Error> {
    use crate::server::{activity::reading, caller::Caller};
    Ok(Json::of(&reading::page(&Caller::current()?, before).await?))
}

/// The viewer has looked at all of it up to `up_to`. Never goes back, nor beyond what there is.
///
/// # Errors
/// `SignedOut`; `TooFast`.
#[server(prefix = "/do", endpoint = "mark_activity_read", protocol = Call<PostUrl>)]
pub async fn mark_activity_read(up_to: ActivityId) -> Result<(), Error> {
    use crate::server::{activity::reading, caller::Caller};
    Ok(reading::mark_read(&Caller::current()?, up_to).await?)
}
