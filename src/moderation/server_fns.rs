//! The border between a person's browser and the order of a place.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::Bans;
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ConversationId, SpaceId},
    invitations::Lasts,
};

/// Lets a member of the group `conversation`, or of `space`, go, who may not come back as long as the ban lasts.
///
/// # Errors
/// `NotFound` for everyone who is not in it, or if `account` is not; `Forbidden` about those who do not rank lower;
/// `Invalid` for a reason that cannot be taken.
#[server(prefix = "/do", endpoint = "ban", protocol = Call<PostUrl>)]
pub async fn ban(
    conversation: Option<ConversationId>,
    space: Option<SpaceId>,
    account: AccountId,
    #[server(default)] reason: String,
    lasts: Lasts,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, invitations, moderation};
    let place = invitations::named(conversation, space)?;
    Ok(moderation::ban(&Caller::current()?, place, account, &reason, lasts).await?)
}

/// Lifts a ban. Who was banned does not come back by that.
///
/// # Errors
/// `NotFound` for everyone who is not in it, and if there is none; `Forbidden` for plain members.
#[server(prefix = "/do", endpoint = "lift_ban", protocol = Call<PostUrl>)]
pub async fn lift_ban(
    conversation: Option<ConversationId>,
    space: Option<SpaceId>,
    account: AccountId,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, invitations, moderation};
    let place = invitations::named(conversation, space)?;
    Ok(moderation::lift(&Caller::current()?, place, account).await?)
}

/// The bans of the group `conversation`, or of `space`, from behind the username `after` on.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for plain members.
#[server(prefix = "/read", endpoint = "bans", protocol = Call<GetUrl>)]
pub async fn read_bans(
    conversation: Option<ConversationId>,
    space: Option<SpaceId>,
    after: Option<String>,
) -> Result<Json<Bans>, Error> {
    use crate::server::{caller::Caller, invitations, moderation};
    let place = invitations::named(conversation, space)?;
    Ok(Json::of(&moderation::list(&Caller::current()?, place, after.as_deref()).await?))
}
