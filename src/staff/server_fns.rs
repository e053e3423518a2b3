//! The border between a browser and what staff do.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::Accounts;
use crate::{
    border::{Call, Json},
    error::Error,
    ids::AccountId,
};

/// The accounts of this Salon, from behind the username `after` on.
///
/// # Errors
/// `Forbidden` for who is not staff.
#[server(prefix = "/read", endpoint = "staff", protocol = Call<GetUrl>)]
pub async fn read_staff(after: Option<String>) -> Result<Json<Accounts>, Error> {
    use crate::server::{access, caller::Caller, staff};
    let staff = access::staff(&Caller::current()?)?;
    Ok(Json::of(&staff::list(&staff, after.as_deref(), Accounts::PAGE).await?))
}

/// Makes somebody staff, or no longer.
///
/// # Errors
/// `Forbidden` for who is not staff; `NotFound` if there is no such account.
#[server(prefix = "/do", endpoint = "set_staff", protocol = Call<PostUrl>)]
pub async fn set_staff(account: AccountId, is_staff: bool) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, staff};
    Ok(staff::set_staff(&access::staff(&Caller::current()?)?, account, is_staff).await?)
}

/// Gives somebody the premium pass, or takes it back.
///
/// # Errors
/// `Forbidden` for who is not staff; `NotFound` if there is no such account.
#[server(prefix = "/do", endpoint = "set_premium", protocol = Call<PostUrl>)]
pub async fn set_premium(account: AccountId, is_premium: bool) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, staff};
    Ok(staff::set_premium(&access::staff(&Caller::current()?)?, account, is_premium).await?)
}

/// Tells everybody who is here.
///
/// # Errors
/// `Forbidden` for who is not staff; `Invalid` for a text that cannot be taken; `TooFast`.
#[server(prefix = "/do", endpoint = "announce", protocol = Call<PostUrl>)]
pub async fn announce(text: String) -> Result<(), Error> {
    use crate::server::{access, caller::Caller, forms, staff::announcing};
    announcing::announce(&access::staff(&Caller::current()?)?, &text).await?;
    forms::go_and_tell(super::STAFF);
    Ok(())
}

/// Makes whoever shows what the server has printed staff.
///
/// # Errors
/// `Invalid` with the field `Token` for anything else; `TooFast` after many of those.
#[server(prefix = "/do", endpoint = "become_staff", protocol = Call<PostUrl>)]
pub async fn become_staff(token: String) -> Result<(), Error> {
    use crate::server::{
        caller::{Caller, Visitor},
        forms,
        staff::claiming,
    };
    claiming::claim(&Visitor::current()?.arrival(), &Caller::current()?, &token).await?;
    forms::go_and_tell("/staff/claim");
    Ok(())
}
