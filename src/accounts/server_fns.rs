//! The border between a person's browser and their account.

use leptos::prelude::*;

use crate::error::Error;

/// Makes an account and logs in to it. `next` is where to go then: a path of ours, else home.
///
/// # Errors
/// `Invalid` or `Taken` with the field, `TooFast`.
#[server(prefix = "/do", endpoint = "sign_up")]
pub async fn sign_up(
    username: String,
    email: String,
    password: String,
    next: Option<String>,
) -> Result<(), Error> {
    use crate::server::{accounts, caller::Visitor, forms};
    let visitor = Visitor::current()?;
    accounts::sign_up(&visitor, &username, &email, &password).await?;
    forms::go_to(next.as_deref().unwrap_or_default());
    Ok(())
}

/// Logs in by username or address. `next` as in [`sign_up`].
///
/// # Errors
/// `WrongLogin` whatever was wrong, `TooFast`.
#[server(prefix = "/do", endpoint = "log_in")]
pub async fn log_in(username: String, password: String, next: Option<String>) -> Result<(), Error> {
    use crate::server::{accounts, caller::Visitor, forms};
    let visitor = Visitor::current()?;
    accounts::log_in(&visitor, &username, &password).await?;
    forms::go_to(next.as_deref().unwrap_or_default());
    Ok(())
}

/// Ends this session, its sockets included.
///
/// # Errors
/// `Unavailable`. Logging out twice is fine.
#[server(prefix = "/do", endpoint = "log_out")]
pub async fn log_out() -> Result<(), Error> {
    use crate::server::{accounts, caller::Visitor, forms};
    let visitor = Visitor::current()?;
    accounts::log_out(&visitor).await?;
    forms::go_to("/login");
    Ok(())
}

/// Saves how the person is called, the language ("" for the browser's) and the theme.
///
/// # Errors
/// `SignedOut`, `Invalid` with the field.
#[server(prefix = "/do", endpoint = "save_settings")]
pub async fn save_settings(display_name: String, locale: String, theme: String) -> Result<(), Error> {
    use crate::server::{accounts, caller::Caller, forms};
    let caller = Caller::current()?;
    accounts::save_settings(&caller, &display_name, &locale, &theme).await?;
    // The whole page is in the chosen language and theme, so it is drawn anew.
    forms::go_to("/settings");
    Ok(())
}
