//! What the pages do with numbers and codes: they begin a session, and remember the number between the two steps.
//!
//! A page without a script that is loaded once more has to know the number again: whoever looks for a message on their
//! telephone may find the page gone from its memory when they come back. It stands in no address: the browser keeps it,
//! sealed, in a cookie of that page alone. It is there to be shown; what counts is what the form says.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{Number, Purpose, ask_for_code, ask_for_proof, create_account, is_possible, recognise};
use crate::{
    error::Error,
    server::{
        accounts::{Called, begin_session},
        answer::Outcome,
        caller::{Caller, Visitor},
        crypto::Place,
        forms,
        pages::locale,
        state::AppState,
    },
};

/// The cookie with the number.
const COOKIE: &str = "salon-phone";

/// Seconds that it is kept: a message may be slow, and the code in it is good for less.
const KEPT: u32 = 600;

/// Sends a code to a number for the page about `purpose`, which shows the number from then on.
///
/// # Errors
/// As [`ask_for_code`]; `Invalid` for what is no number, `NotFound` without a gateway.
pub async fn send_code(visitor: &Visitor, phone: &str, purpose: Purpose) -> Outcome<()> {
    is_open(&visitor.app)?;
    let number = Number::typed(phone)?;
    ask_for_code(&visitor.arrival(), locale(), &number, purpose).await?;
    let sealed = visitor.app.keyring.seal(purpose.place(), number.as_str())?;
    set_cookie(&visitor.app, purpose, &URL_SAFE_NO_PAD.encode(sealed), KEPT);
    Ok(())
}

/// Makes an account with a username for whoever knows the code, and logs in to it. Who comes by a page is not listed.
///
/// # Errors
/// As [`create_account`]; `NotFound` without a gateway.
pub async fn sign_up(visitor: &Visitor, phone: &str, code: &str, username: &str) -> Outcome<()> {
    is_open(&visitor.app)?;
    let (number, called) = (Number::typed(phone)?, Called::Username(username));
    let (account, version) = create_account(&visitor.arrival(), number, code, called).await?;
    begin_session(visitor, account, version).await?;
    set_cookie(&visitor.app, Purpose::SignUp, "", 0);
    Ok(())
}

/// Logs in with the code that was sent to a number.
///
/// # Errors
/// As [`recognise`]; `NotFound` without a gateway.
pub async fn log_in(visitor: &Visitor, phone: &str, code: &str) -> Outcome<()> {
    is_open(&visitor.app)?;
    let number = Number::typed(phone)?;
    let (account, version) = recognise(&visitor.arrival(), &number, code).await?;
    begin_session(visitor, account, version).await?;
    set_cookie(&visitor.app, Purpose::LogIn, "", 0);
    Ok(())
}

/// Sends a code to the caller's own number, where they have no password to show that the account is theirs.
///
/// # Errors
/// As [`ask_for_proof`]; `NotFound` for who has a password, which is asked for then.
pub async fn send_proof(visitor: &Visitor, caller: &Caller) -> Outcome<()> {
    if caller.viewer.has_password {
        return Err(Error::NotFound.into());
    }
    ask_for_proof(&visitor.arrival(), caller, locale()).await
}

/// The number to which this browser has had a code sent, if the page at `path` is the one that takes it.
pub fn asked_for(app: &AppState, headers: &HeaderMap, path: &str) -> Option<String> {
    let purpose = [Purpose::LogIn, Purpose::SignUp].into_iter().find(|purpose| purpose.page() == path)?;
    let sealed = URL_SAFE_NO_PAD.decode(forms::cookie(headers, COOKIE)?).ok()?;
    app.keyring.open(purpose.place(), &sealed).ok()
}

impl Purpose {
    /// The page that takes the code.
    const fn page(self) -> &'static str {
        match self {
            Self::SignUp => "/signup/phone",
            Self::LogIn => "/login/phone",
            Self::Proof => "/settings",
        }
    }

    /// What is sealed for one page is none of another's.
    const fn place(self) -> Place {
        let id = match self {
            Self::SignUp => 1,
            Self::LogIn => 2,
            Self::Proof => 3,
        };
        Place { table: "cookie", id, version: 0 }
    }
}

/// Without a gateway these pages are not there.
fn is_open(app: &AppState) -> Result<(), Error> {
    if is_possible(app) { Ok(()) } else { Err(Error::NotFound) }
}

/// Has the browser keep the cookie for so many seconds; for none, forget it.
fn set_cookie(app: &AppState, purpose: Purpose, value: &str, seconds: u32) {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let page = purpose.page();
    let cookie = format!("{COOKIE}={value}; Path={page}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let (Some(answer), Ok(cookie)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie)) {
        answer.append_header(header::SET_COOKIE, cookie);
    }
}
