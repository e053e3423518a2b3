//! The border between a person's browser and their account.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, PostUrl},
};

use super::Duty;
use crate::{
    border::{Call, Json},
    error::Error,
};

/// Makes an account and logs in to it. `next` is where to go then: a path of ours, else home.
///
/// # Errors
/// `Invalid` or `Taken` with the field, `TooFast`.
#[server(prefix = "/do", endpoint = "sign_up", protocol = Call<PostUrl>)]
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
#[server(prefix = "/do", endpoint = "log_in", protocol = Call<PostUrl>)]
pub async fn log_in(username: String, password: String, next: Option<String>) -> Result<(), Error> {
    use crate::server::{accounts, caller::Visitor, forms};
    let visitor = Visitor::current()?;
    accounts::log_in(&visitor, &username, &password).await?;
    forms::go_to(next.as_deref().unwrap_or_default());
    Ok(())
}

/// Sends a code to a phone number, with which whoever has it logs in. `next` as in [`sign_up`]. The answer is the same
/// whether the number has an account or not.
///
/// # Errors
/// `Invalid` with the field, `TooFast`, `Unavailable` if the gateway does not take it, `NotFound` without one.
#[server(prefix = "/do", endpoint = "send_log_in_code", protocol = Call<PostUrl>)]
pub async fn send_log_in_code(phone: String, next: Option<String>) -> Result<(), Error> {
    use crate::{
        accounts::next::with_next,
        server::{
            caller::Visitor,
            forms,
            phones::{self, Purpose},
        },
    };
    phones::send_code(&Visitor::current()?, &phone, Purpose::LogIn).await?;
    forms::go_and_tell(&with_next("/login/phone", next.as_deref()));
    Ok(())
}

/// Logs in with the code that was sent to a phone number. `next` as in [`sign_up`].
///
/// # Errors
/// `Invalid` with the field, the same for a code that is wrong, used or old; `TooFast`; `NotFound` without a gateway.
#[server(prefix = "/do", endpoint = "log_in_by_phone", protocol = Call<PostUrl>)]
pub async fn log_in_by_phone(phone: String, code: String, next: Option<String>) -> Result<(), Error> {
    use crate::server::{caller::Visitor, forms, phones};
    phones::log_in(&Visitor::current()?, &phone, &code).await?;
    forms::go_to(next.as_deref().unwrap_or_default());
    Ok(())
}

/// Sends a code to a phone number, with which whoever has it signs up. `next` as in [`sign_up`].
///
/// # Errors
/// As [`send_log_in_code`].
#[server(prefix = "/do", endpoint = "send_sign_up_code", protocol = Call<PostUrl>)]
pub async fn send_sign_up_code(phone: String, next: Option<String>) -> Result<(), Error> {
    use crate::{
        accounts::next::with_next,
        server::{
            caller::Visitor,
            forms,
            phones::{self, Purpose},
        },
    };
    phones::send_code(&Visitor::current()?, &phone, Purpose::SignUp).await?;
    forms::go_and_tell(&with_next("/signup/phone", next.as_deref()));
    Ok(())
}

/// Makes an account for whoever knows the code that was sent to a phone number, and logs in to it. `next` as in
/// [`sign_up`].
///
/// # Errors
/// As [`log_in_by_phone`]; `Taken` where the number or the username is somebody's: the code is good for another try then.
#[server(prefix = "/do", endpoint = "sign_up_by_phone", protocol = Call<PostUrl>)]
pub async fn sign_up_by_phone(
    phone: String,
    code: String,
    username: String,
    next: Option<String>,
) -> Result<(), Error> {
    use crate::server::{caller::Visitor, forms, phones};
    phones::sign_up(&Visitor::current()?, &phone, &code, &username).await?;
    forms::go_to(next.as_deref().unwrap_or_default());
    Ok(())
}

/// Sends a code to the viewer's own number: it stands in for the password that they have not.
///
/// # Errors
/// `SignedOut`, `NotFound` for who has a password, or no number; `TooFast`, `Unavailable`.
#[server(prefix = "/do", endpoint = "send_proof", protocol = Call<PostUrl>)]
pub async fn send_proof() -> Result<(), Error> {
    use crate::server::{
        caller::{Caller, Visitor},
        forms, phones,
    };
    phones::send_proof(&Visitor::current()?, &Caller::current()?).await?;
    forms::tell_if_left();
    Ok(())
}

/// Ends this session, its sockets included.
///
/// # Errors
/// `Unavailable`. Logging out twice is fine.
#[server(prefix = "/do", endpoint = "log_out", protocol = Call<PostUrl>)]
pub async fn log_out() -> Result<(), Error> {
    use crate::server::{accounts, caller::Visitor, forms};
    let visitor = Visitor::current()?;
    accounts::log_out(&visitor).await?;
    forms::go_to("/login");
    Ok(())
}

/// Saves how the person is called.
///
/// # Errors
/// `SignedOut`, `Invalid` with the field.
#[server(prefix = "/do", endpoint = "save_name", protocol = Call<PostUrl>)]
pub async fn save_name(display_name: String) -> Result<(), Error> {
    use crate::server::{accounts, caller::Caller, forms};
    accounts::save_name(&Caller::current()?, &display_name).await?;
    forms::go_and_tell("/settings");
    Ok(())
}

/// Saves the language, "" for the browser's. The page that follows is in it.
///
/// # Errors
/// `SignedOut`, `Invalid` with the field.
#[server(prefix = "/do", endpoint = "save_language", protocol = Call<PostUrl>)]
pub async fn save_language(locale: String) -> Result<(), Error> {
    use crate::server::{accounts, caller::Caller, forms};
    accounts::save_language(&Caller::current()?, &locale).await?;
    forms::go_and_tell("/settings");
    Ok(())
}

/// Saves the theme. The page that follows has it.
///
/// # Errors
/// `SignedOut`, `Invalid` with the field.
#[server(prefix = "/do", endpoint = "save_theme", protocol = Call<PostUrl>)]
pub async fn save_theme(theme: String) -> Result<(), Error> {
    use crate::server::{accounts, caller::Caller, forms};
    accounts::save_theme(&Caller::current()?, &theme).await?;
    forms::go_and_tell("/settings");
    Ok(())
}

/// Gives the account another address. Where there is no password, `current_password` is the code of [`send_proof`].
///
/// # Errors
/// `SignedOut`, `Invalid` or `Taken` with the field, `TooFast` after many wrong passwords.
#[server(prefix = "/do", endpoint = "change_email", protocol = Call<PostUrl>)]
pub async fn change_email(email: String, current_password: String) -> Result<(), Error> {
    use crate::server::{
        accounts,
        caller::{Caller, Visitor},
        forms,
    };
    accounts::change_email(&Visitor::current()?.arrival(), &Caller::current()?, &email, &current_password)
        .await?;
    forms::go_and_tell("/settings");
    Ok(())
}

/// Gives the account another password, and ends every other session.
///
/// # Errors
/// As [`change_email`].
#[server(prefix = "/do", endpoint = "change_password", protocol = Call<PostUrl>)]
pub async fn change_password(current_password: String, password: String) -> Result<(), Error> {
    use crate::server::{
        accounts,
        caller::{Caller, Visitor},
        forms,
    };
    accounts::change_password(&Visitor::current()?, &Caller::current()?, &current_password, &password)
        .await?;
    forms::go_and_tell("/settings");
    Ok(())
}

/// Deletes the account, of which its owner says the username and the password once more, or a code as in
/// [`change_email`].
///
/// # Errors
/// `SignedOut`, `Invalid` with the field, also as long as there is something to hand over; `TooFast` after many wrong
/// passwords.
#[server(prefix = "/do", endpoint = "delete_account", protocol = Call<PostUrl>)]
pub async fn delete_account(name: String, current_password: String) -> Result<(), Error> {
    use crate::server::{
        accounts,
        caller::{Caller, Visitor},
        forms,
    };
    accounts::delete_account(&Visitor::current()?.arrival(), &Caller::current()?, &name, &current_password)
        .await?;
    forms::go_to("/login");
    Ok(())
}

/// What the viewer has to hand over before they can delete their account.
///
/// # Errors
/// `SignedOut`.
#[server(prefix = "/read", endpoint = "duties", protocol = Call<GetUrl>)]
pub async fn read_duties() -> Result<Json<Vec<Duty>>, Error> {
    use crate::server::{accounts, caller::Caller};
    Ok(Json::of(&accounts::duties(&Caller::current()?).await?))
}
