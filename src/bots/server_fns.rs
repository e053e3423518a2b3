//! The border between a person's browser and their bots.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::{Bots, Details};
use crate::{
    border::{Call, Json},
    error::Error,
    ids::AccountId,
};

/// The viewer's bots.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "bots", protocol = Call<GetUrl>)]
pub async fn read_bots() -> Result<Json<Bots>, Error> {
    use crate::server::{bots, caller::Caller};
    Ok(Json::of(&bots::list(&Caller::current()?).await?))
}

/// One of them, with all that belongs to it.
///
/// # Errors
/// `NotFound` if it is not the viewer's.
#[server(prefix = "/read", endpoint = "bot", protocol = Call<GetUrl>)]
pub async fn read_bot(bot: AccountId) -> Result<Json<Details>, Error> {
    use crate::server::{access, bots, caller::Caller};
    let own = access::own_bot(&Caller::current()?, bot).await?;
    Ok(Json::of(&bots::details(&own).await?))
}

/// Makes a bot, and leads to its page. Its token is shown there, for some minutes.
///
/// # Errors
/// `Invalid` and `Taken` with the field; `TooMuch` for who has [`MOST_BOTS`](super::MOST_BOTS) already; `TooFast`.
#[server(prefix = "/do", endpoint = "create_bot", protocol = Call<PostUrl>)]
pub async fn create_bot(display_name: String, username: String) -> Result<(), Error> {
    use crate::server::{bots, caller::Caller, forms};
    let bot = bots::create(&Caller::current()?, &display_name, &username).await?;
    forms::go_to(&super::path(bot));
    Ok(())
}

/// Gives a bot another token; those before open nothing any more.
///
/// # Errors
/// `NotFound` if it is not the viewer's; `TooFast`.
#[server(prefix = "/do", endpoint = "renew_bot_token", protocol = Call<PostUrl>)]
pub async fn renew_bot_token(bot: AccountId) -> Result<(), Error> {
    use crate::server::{access, bots, caller::Caller, forms};
    bots::renew_token(&access::own_bot(&Caller::current()?, bot).await?).await?;
    forms::go_to(&super::path(bot));
    Ok(())
}

/// Lets a bot into where an invitation leads.
///
/// # Errors
/// `NotFound` if the bot is not the viewer's; `Invalid` for what is no invitation, or no longer.
#[server(prefix = "/do", endpoint = "let_bot_in", protocol = Call<PostUrl>)]
pub async fn let_bot_in(bot: AccountId, invitation: String) -> Result<(), Error> {
    use crate::server::{access, bots, caller::Caller, forms};
    bots::join(&access::own_bot(&Caller::current()?, bot).await?, &invitation).await?;
    forms::go_and_tell(&super::path(bot));
    Ok(())
}

/// Deletes a bot.
///
/// # Errors
/// `NotFound` if it is not the viewer's; `Invalid` as long as it has to hand something over.
#[server(prefix = "/do", endpoint = "delete_bot", protocol = Call<PostUrl>)]
pub async fn delete_bot(bot: AccountId) -> Result<(), Error> {
    use crate::server::{access, bots, caller::Caller, forms};
    bots::delete(&access::own_bot(&Caller::current()?, bot).await?).await?;
    forms::go_to(super::BOTS);
    Ok(())
}
