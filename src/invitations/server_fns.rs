//! The border between a person's browser and invitations.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{Invitation, Invitations, Lasts, Token};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::{ConversationId, InvitationId, SpaceId},
};

/// Makes a link into the group `conversation`, or into `space`, that ends after `uses` people have come by it; 0 stands
/// for any number.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for those who may not invite; `TooMuch`, `TooFast`.
#[server(prefix = "/do", endpoint = "create_invitation", protocol = Call<PostUrl>)]
pub async fn create_invitation(
    conversation: Option<ConversationId>,
    space: Option<SpaceId>,
    lasts: Lasts,
    uses: u32,
) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, invitations};
    let into = invitations::named(conversation, space)?;
    invitations::create(&Caller::current()?, into, lasts, uses).await?;
    forms::go_to(&into.invitations_path());
    Ok(())
}

/// Ends a link. Who came by it stays.
///
/// # Errors
/// `NotFound` for those who may not invite to where it leads, and if there is none.
#[server(prefix = "/do", endpoint = "revoke_invitation", protocol = Call<PostUrl>)]
pub async fn revoke_invitation(invitation: InvitationId) -> Result<(), Error> {
    use crate::server::{caller::Caller, invitations};
    Ok(invitations::revoke(&Caller::current()?, invitation).await?)
}

/// Comes in by a link, and goes there. Who is in already just goes there.
///
/// # Errors
/// `NotFound` if it leads nowhere, or no longer; `TooMuch` for who is in too many spaces.
#[server(prefix = "/do", endpoint = "join", protocol = Call<PostUrl>)]
pub async fn join(token: Token) -> Result<(), Error> {
    use crate::server::{caller::Caller, forms, invitations};
    let into = invitations::join(&Caller::current()?, &token).await?;
    forms::go_to(&into.path());
    Ok(())
}

/// Where a link leads, for whoever holds it, logged in or not.
///
/// # Errors
/// `NotFound` if it leads nowhere, or no longer.
#[server(prefix = "/read", endpoint = "invitation", protocol = Call<GetUrl>)]
pub async fn read_invitation(token: Token) -> Result<Json<Invitation>, Error> {
    use crate::server::{caller::Visitor, invitations};
    Ok(Json::of(&invitations::look(&Visitor::current()?.app, &token).await?))
}

/// The links into the group `conversation`, or into `space`.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for those who may not invite.
#[server(prefix = "/read", endpoint = "invitations", protocol = Call<GetUrl>)]
pub async fn read_invitations(
    conversation: Option<ConversationId>,
    space: Option<SpaceId>,
) -> Result<Json<Invitations>, Error> {
    use crate::server::{caller::Caller, invitations};
    let into = invitations::named(conversation, space)?;
    Ok(Json::of(&invitations::list(&Caller::current()?, into).await?))
}
