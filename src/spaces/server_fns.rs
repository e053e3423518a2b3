//! The border between a person's browser and the spaces that they are in.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{Rank, SpaceMembers};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{AccountId, ConversationId, SpaceId},
};

/// Makes a space of the viewer, and goes there.
///
/// # Errors
/// `Invalid` for a name that cannot be taken, `TooMuch` for who is in too many, `TooFast`.
#[server(prefix = "/do", endpoint = "create_space", protocol = Call<PostUrl>)]
pub async fn create_space(name: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, pages, spaces};
    let space = spaces::create(&Caller::current()?, &name, pages::locale()).await?;
    forms::go_to(&super::path(space));
    Ok(())
}

/// Says what a space is called.
///
/// # Errors
/// `Invalid`; `NotFound` for everyone who is not in it, `Forbidden` for those who do not run it.
#[server(prefix = "/do", endpoint = "rename_space", protocol = Call<PostUrl>)]
pub async fn rename_space(space: SpaceId, name: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, spaces};
    spaces::rename(&Caller::current()?, space, &name).await?;
    forms::go_to(&super::page_path(space, "settings"));
    Ok(())
}

/// Hands a space over to the member `account`. `name` is what it is called, typed once more.
///
/// # Errors
/// `Invalid` for another name; `NotFound` for everyone who is not in it, or if `account` is not; `Forbidden` for those
/// who do not own it.
#[server(prefix = "/do", endpoint = "hand_over_space", protocol = Call<PostUrl>)]
pub async fn hand_over_space(space: SpaceId, account: AccountId, name: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, spaces};
    spaces::hand_over(&Caller::current()?, space, account, &name).await?;
    forms::go_to(&super::page_path(space, "people"));
    Ok(())
}

/// Deletes a space with its channels, and goes home. `name` is what it is called, typed once more.
///
/// # Errors
/// `Invalid` for another name; `NotFound` for everyone who is not in it, `Forbidden` for those who do not own it.
#[server(prefix = "/do", endpoint = "delete_space", protocol = Call<PostUrl>)]
pub async fn delete_space(space: SpaceId, name: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, spaces};
    spaces::delete(&Caller::current()?, space, &name).await?;
    forms::go_to("/");
    Ok(())
}

/// Leaves a space, and goes home.
///
/// # Errors
/// `Invalid` for its owner; `NotFound` for everyone who is not in it.
#[server(prefix = "/do", endpoint = "leave_space", protocol = Call<PostUrl>)]
pub async fn leave_space(space: SpaceId) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, spaces::members};
    members::leave(&Caller::current()?, space).await?;
    forms::go_to("/");
    Ok(())
}

/// Gives somebody another rank below the viewer's.
///
/// # Errors
/// `NotFound` for everyone who is not in the space, or if `account` is not; `Forbidden` where the viewer's rank does not
/// allow it.
#[server(prefix = "/do", endpoint = "set_rank", protocol = Call<PostUrl>)]
pub async fn set_rank(space: SpaceId, account: AccountId, rank: Rank) -> Result<(), Error> {
    use crate::server::{caller::Caller, spaces::members};
    Ok(members::set_rank(&Caller::current()?, space, account, rank).await?)
}

/// Lets a member of lower rank go.
///
/// # Errors
/// `NotFound` for everyone who is not in the space, or if `account` is not; `Forbidden` about those who do not rank
/// lower.
#[server(prefix = "/do", endpoint = "remove_from_space", protocol = Call<PostUrl>)]
pub async fn remove_from_space(space: SpaceId, account: AccountId) -> Result<(), Error> {
    use crate::server::{caller::Caller, spaces::members};
    Ok(members::remove(&Caller::current()?, space, account).await?)
}

/// Makes a channel, and goes there. It is open to everyone in the space unless it is `private`.
///
/// # Errors
/// `Invalid` for a name that cannot be taken; `NotFound` for everyone who is not in the space, `Forbidden` for those who
/// do not run it; `TooMuch`, `TooFast`.
#[server(prefix = "/do", endpoint = "create_channel", protocol = Call<PostUrl>)]
pub async fn create_channel(
    space: SpaceId,
    name: String,
    #[server(default)] private: Option<String>,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, spaces::channels};
    let channel = channels::create(&Caller::current()?, space, &name, private.is_none()).await?;
    forms::go_to(&crate::conversations::path(channel));
    Ok(())
}

/// Deletes a channel with all that was said there, and goes to its space. `name` is what it is called, typed once more.
///
/// # Errors
/// `Invalid` for another name, and for the last channel; `NotFound` for everyone who is not in it, `Forbidden` for those
/// who do not run its space.
#[server(prefix = "/do", endpoint = "delete_channel", protocol = Call<PostUrl>)]
pub async fn delete_channel(conversation: ConversationId, name: String) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, spaces::channels};
    let space = channels::delete(&Caller::current()?, conversation, &name).await?;
    forms::go_to(&super::path(space));
    Ok(())
}

/// Puts a channel one place up, or down, among the channels of its space.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for those who do not run its space.
#[server(prefix = "/do", endpoint = "shift_channel", protocol = Call<PostUrl>)]
pub async fn shift_channel(conversation: ConversationId, up: bool) -> Result<(), Error> {
    use crate::server::{caller::Caller, spaces::channels};
    Ok(channels::shift(&Caller::current()?, conversation, up).await?)
}

/// A space and who is in it, from behind the username `after` on.
///
/// # Errors
/// `NotFound` for everyone who is not in it.
#[server(prefix = "/read", endpoint = "space", protocol = Call<GetUrl>)]
pub async fn read_space(id: SpaceId, after: Option<String>) -> Result<Json<SpaceMembers>, Error> {
    use crate::server::{access, caller::Caller, spaces::members};
    let caller = Caller::current()?;
    let member = access::space_member(&caller, id).await?;
    Ok(Json::of(&members::list(&caller, &member, after.as_deref()).await?))
}
