//! Logging in by phone: a code is sent to a number, and whoever knows it has that telephone in their hand.
//!
//! What is answered, and how long it takes, says nothing of who has an account: a message is sent in any case.

mod codes;
mod number;
mod pages;

use self::codes::{Code, Slot};
use super::{
    accounts::{Called, FIRST_PASSWORD, Guess, Newcomer},
    answer::{Failure, Outcome},
    audit::{self, Action},
    caller::{Arrival, Caller},
    db::{Db, Tx, on_engine},
    limits::Origin,
    state::AppState,
};
use crate::{
    error::{Error, Field, Why},
    ids::AccountId,
    text::Locale,
};

pub use codes::sweep;
pub use number::Number;
pub use pages::{asked_for, log_in, send_code, send_proof, sign_up};

/// What a code is good for, and for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    SignUp,
    LogIn,
    /// To show once more that an account is one's own, where it has no password.
    Proof,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::LogIn => "log_in",
            Self::Proof => "proof",
        }
    }
}

/// Whether there is a gateway, without which nobody logs in by phone.
pub const fn is_possible(app: &AppState) -> bool {
    app.sms.is_some()
}

/// Sends a code to a number, in the words of `locale`. Who wants to log in where there is no account is told so by the
/// message, and by nothing else.
///
/// # Errors
/// `TooFast` within a minute after another, and after many in an hour; `Unavailable` without a gateway, and if it does not
/// take the message.
pub async fn ask_for_code(
    arrival: &Arrival,
    locale: Locale,
    number: &Number,
    purpose: Purpose,
) -> Outcome<()> {
    let app = &arrival.app;
    let gateway = app.sms.clone().ok_or(Error::Unavailable)?;
    app.limits.codes_from.take(&Origin::from(arrival.address))?;
    app.limits.codes_to.check(number)?;
    app.limits.codes.check(&())?;

    let code = Code::random();
    let words = locale.words().phones();
    let is_known = purpose != Purpose::LogIn || owner(&app.db, number).await?.is_some();
    let text = if is_known { (words.your_code)(code.as_str()) } else { words.no_account.to_owned() };
    let slot = Slot::new(&app.keyring, number, purpose);
    let (kept, code) = (slot.clone(), std::sync::Arc::new(code));
    let keeps = code.clone();
    app.writer.change(move |tx| Box::pin(async move { kept.keep(tx, &keeps).await })).await?;
    app.limits.codes_to.take(number)?;
    app.limits.codes.take(&())?;

    let sent = gateway.send(number, &text).await;
    if sent.is_err() {
        app.limits.codes_to.forgive(number);
        app.writer.change(move |tx| Box::pin(async move { slot.forget(tx, &code).await })).await?;
    }
    sent
}

/// Sends a code to the caller's own number, with which they show that the account is theirs.
///
/// # Errors
/// As [`ask_for_code`]; `NotFound` for who has no number.
pub async fn ask_for_proof(arrival: &Arrival, caller: &Caller, locale: Locale) -> Outcome<()> {
    let number = number_of(&caller.app.db, caller.account).await?.ok_or(Error::NotFound)?;
    ask_for_code(arrival, locale, &number, Purpose::Proof).await
}

/// Makes an account for whoever knows the code that was sent to the number: the account, and the version of its password,
/// of which there is none yet. The code is used up in the same transaction.
///
/// # Errors
/// `Invalid` with the field, also for a code that is wrong, used or too old; `Taken` where the number has an account;
/// `TooFast` after many failures, and for many accounts from one address.
pub async fn create_account(
    arrival: &Arrival,
    number: Number,
    code: &str,
    called: Called<'_>,
) -> Outcome<(AccountId, i64)> {
    let code = Code::typed(code)?;
    let newcomer = Newcomer::with(arrival, called, number.clone())?;
    let app = &arrival.app;
    let guess = Guess::begin(app, arrival.address, number.as_str().to_owned())?;
    let origin = Origin::from(arrival.address);
    // Counted before it is known whether the code is right, like a guess.
    app.limits.sign_ups.take(&origin)?;
    let slot = Slot::new(&app.keyring, &number, Purpose::SignUp);
    let from = arrival.address.to_string();
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            if slot.redeem(tx, &code).await? {
                return newcomer.enter(tx).await.map(Some);
            }
            audit::record(tx, Action::LogInFailed, None, None, &from).await?;
            Ok(None)
        })
    });
    let made = change.await.and_then(|made| made.ok_or(wrong()));
    let made = made.inspect_err(|_| app.limits.sign_ups.forgive(&origin))?;
    guess.forgive();
    Ok((made, FIRST_PASSWORD))
}

/// Who has the number, for whoever knows the code that was sent to it, and the version of their password.
///
/// # Errors
/// `Invalid` for a code that is wrong, used or too old, the same where the number has no account; `TooFast` after many
/// failures.
pub async fn recognise(arrival: &Arrival, number: &Number, code: &str) -> Outcome<(AccountId, i64)> {
    let (code, app) = (Code::typed(code)?, &arrival.app);
    let guess = Guess::begin(app, arrival.address, number.as_str().to_owned())?;
    let slot = Slot::new(&app.keyring, number, Purpose::LogIn);
    let (number, from) = (number.clone(), arrival.address.to_string());
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            let is_right = slot.redeem(tx, &code).await?;
            let owner = owner_within(tx, &number).await?;
            let subject = owner.map(|(account, _)| account);
            let shown = owner.filter(|_| is_right);
            let (action, actor) = match shown {
                Some((account, _)) => (Action::LoggedIn, Some(account)),
                None => (Action::LogInFailed, None),
            };
            audit::record(tx, action, actor, subject, &from).await?;
            Ok(shown)
        })
    });
    let owner = change.await?.ok_or(wrong())?;
    guess.forgive();
    Ok(owner)
}

/// Whether this is the code that was sent to the caller's own number. What is no code is wrong.
///
/// # Errors
/// The database's own.
pub async fn is_proven(caller: &Caller, code: &str) -> Outcome<bool> {
    let Some(number) = number_of(&caller.app.db, caller.account).await? else { return Ok(false) };
    let Ok(code) = Code::typed(code) else { return Ok(false) };
    let slot = Slot::new(&caller.app.keyring, &number, Purpose::Proof);
    caller.app.writer.change(move |tx| Box::pin(async move { slot.redeem(tx, &code).await })).await
}

/// The code is wrong, or none any more.
const fn wrong() -> Failure {
    Failure::invalid(Field::Code, Why::Wrong)
}

async fn owner(db: &Db, number: &Number) -> Outcome<Option<i64>> {
    Ok(on_engine!(db.pool(), pool =>
        sqlx::query_scalar("select id from account where phone = $1 and deleted_at is null")
            .bind(number.as_str()).fetch_optional(pool).await)?)
}

async fn owner_within(tx: &mut Tx, number: &Number) -> Outcome<Option<(AccountId, i64)>> {
    let row: Option<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select id, password_version from account where phone = $1 and deleted_at is null",
    ).bind(number.as_str()).fetch_optional(connection).await)?;
    Ok(row.and_then(|(id, version)| Some((id.try_into().ok()?, version))))
}

async fn number_of(db: &Db, account: AccountId) -> Outcome<Option<Number>> {
    let phone: Option<Option<String>> = on_engine!(db.pool(), pool =>
        sqlx::query_scalar("select phone from account where id = $1 and deleted_at is null")
            .bind(account.get()).fetch_optional(pool).await)?;
    Ok(phone.flatten().and_then(|phone| Number::typed(&phone).ok()))
}
