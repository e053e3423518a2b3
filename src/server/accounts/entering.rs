//! Coming in and going out: signing up, logging in, logging out.

use tower_sessions::Session;

use super::{
    credentials::{Guess, Secret},
    display_name, email, email_key,
    names::{LONGEST_EMAIL, no_email_key, username_of, usernames_of},
    username,
};
use crate::{
    error::{Error, Field},
    friends::privacy::Writers,
    ids::AccountId,
    server::{
        answer::{Failure, Outcome},
        audit::{self, Action},
        caller::{Arrival, Visitor},
        conversations::everyone,
        db::{Db, Tx, on_engine},
        passwords::{Password, Passwords},
        phones::Number,
        sessions::key,
        state::AppState,
    },
};

/// The version of a password that has never been changed.
pub const FIRST_PASSWORD: i64 = 0;

/// Makes an account and logs in to it.
///
/// # Errors
/// As [`create_account`].
pub async fn sign_up(visitor: &Visitor, name: &str, address: &str, password: &str) -> Outcome<AccountId> {
    let account = create_account(&visitor.arrival(), Called::Username(name), address, password).await?;
    begin_session(visitor, account, FIRST_PASSWORD).await?;
    Ok(account)
}

/// What somebody calls themselves who has no account yet.
#[derive(Debug, Clone, Copy)]
pub enum Called<'a> {
    /// By a username, which is their name as well until they choose another.
    Username(&'a str),
    /// By a name, in a document that knows no usernames: it is theirs where it is one and free, else one is made of it.
    /// Whoever comes by such a document is listed there, and everyone may write to them.
    Name(&'a str),
    /// By a username of at most 80 characters, in a document that knows no other name: the one that is made of it, or none
    /// if that is taken. They are listed too.
    Only(&'a str),
}

impl Called<'_> {
    /// The usernames that may be theirs, and their name.
    fn names(self) -> Result<(Vec<String>, String), Error> {
        match self {
            Self::Username(name) => username(name).map(|name| (vec![name.clone()], name)),
            Self::Name(name) => display_name(name).map(|name| (usernames_of(&name), name)),
            Self::Only(name) => Ok((vec![username_of(name)?], display_name(name)?)),
        }
    }

    const fn is_listed(self) -> bool {
        !matches!(self, Self::Username(_))
    }
}

/// Who an account is for, checked.
struct New {
    /// The first that is free becomes theirs.
    usernames: Vec<String>,
    display_name: String,
    by: By,
    is_listed: bool,
}

/// What somebody logs in with from now on.
enum By {
    /// An address, and a password by its hash.
    Password(String, String),
    Phone(Number),
    /// Nothing: it is the bot of this person, and only shows tokens.
    Owner(AccountId),
}

/// Somebody whose account is made within a change that does more: once they have shown that their phone number is theirs, or
/// by whoever has a bot made.
pub(in crate::server) struct Newcomer {
    new: New,
    has_general: bool,
    from: String,
}

impl Newcomer {
    /// Somebody who calls themselves so, with this number.
    ///
    /// # Errors
    /// `Invalid` for a name that cannot be one, `TooFast` from one address.
    pub(in crate::server) fn with(arrival: &Arrival, called: Called<'_>, number: Number) -> Outcome<Self> {
        let Arrival { app, address: from, .. } = arrival;
        app.limits.sign_ups.check(&(*from).into())?;
        let (usernames, display_name) = called.names()?;
        let new = New { usernames, display_name, by: By::Phone(number), is_listed: called.is_listed() };
        Ok(Self { new, has_general: app.config.salon.general, from: from.to_string() })
    }

    /// A bot of `owner`'s, by names that were checked. It is not in the room for everyone, into which nobody is brought.
    pub(in crate::server) fn bot(owner: AccountId, name: String, username: String) -> Self {
        let by = By::Owner(owner);
        let new = New { usernames: vec![username], display_name: name, by, is_listed: false };
        Self { new, has_general: false, from: String::new() }
    }

    /// Makes the account.
    ///
    /// # Errors
    /// `Taken` if the number has an account, or the username is somebody's.
    pub(in crate::server) async fn enter(&self, tx: &mut Tx) -> Outcome<AccountId> {
        enter(tx, &self.new, self.has_general, &self.from).await
    }
}

/// Makes an account.
///
/// # Errors
/// `Invalid` and `Taken` with the field, `TooFast` from one address.
pub async fn create_account(
    arrival: &Arrival,
    called: Called<'_>,
    address: &str,
    password: &str,
) -> Outcome<AccountId> {
    let Arrival { app, address: from, .. } = arrival;
    app.limits.sign_ups.check(&(*from).into())?;
    let (usernames, display_name) = called.names()?;
    let email = email(address)?;
    let password = Password::new(password, &[&display_name, &email])?;
    app.limits.sign_ups.take(&(*from).into())?;
    // Before asking whether the name is free, so that the answer takes as long either way.
    let hash = app.passwords.hash(password).await?;

    let by = By::Password(email, hash);
    let new = New { usernames, display_name, by, is_listed: called.is_listed() };
    let (from, general) = (from.to_string(), app.config.salon.general);
    let change = app.writer.change(move |tx| Box::pin(async move { enter(tx, &new, general, &from).await }));
    change.await
}

async fn enter(tx: &mut Tx, new: &New, general: bool, from: &str) -> Outcome<AccountId> {
    let account = create(tx, new).await?;
    if general {
        everyone::let_in(tx, account).await?;
    }
    let actor = match new.by {
        By::Owner(owner) => owner,
        By::Password(..) | By::Phone(_) => account,
    };
    audit::record(tx, Action::SignedUp, Some(actor), Some(account), from).await?;
    Ok(account)
}

async fn create(tx: &mut Tx, new: &New) -> Outcome<AccountId> {
    let mut refused = Error::Taken { field: Field::Username };
    for username in &new.usernames {
        match insert(tx, new, username).await {
            Err(Failure::Refused(error @ Error::Taken { field: Field::Username })) => refused = error,
            done => return done,
        }
    }
    Err(refused.into())
}

/// The database decides who was first. If nothing was inserted, the same transaction tells which key is taken:
/// SQLite names no constraint.
async fn insert(tx: &mut Tx, new: &New, name: &str) -> Outcome<AccountId> {
    let (id, now) = (tx.mint.next::<AccountId>(), tx.now.millis());
    let (address, address_key, phone, hash) = match &new.by {
        By::Password(address, hash) => (address.as_str(), email_key(address), None, Some(hash)),
        By::Phone(number) => ("", no_email_key(id), Some(number.as_str()), None),
        By::Owner(_) => ("", no_email_key(id), None, None),
    };
    let owner = match new.by {
        By::Owner(owner) => Some(owner),
        By::Password(..) | By::Phone(_) => None,
    };
    // Whoever knows the name of a bot may ask it something.
    let writers = if new.is_listed || owner.is_some() { Writers::Everyone } else { Writers::default() };
    let inserted = on_engine!(tx.connection(), connection => sqlx::query(
        "insert into account
         (id, username, display_name, email, email_key, phone, password_hash, who_may_write, is_listed, owner_id, created_at,
          updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
         on conflict do nothing",
    )
    .bind(id.get()).bind(name).bind(&new.display_name).bind(address).bind(&address_key).bind(phone).bind(hash)
    .bind(writers.code()).bind(i64::from(new.is_listed)).bind(owner.map(AccountId::get)).bind(now)
    .execute(connection).await.map(|done| done.rows_affected()))?;
    if inserted == 1 {
        return Ok(id);
    }

    let same_name: Option<i64> = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select id from account where username = $1").bind(name).fetch_optional(connection).await)?;
    let field = match (same_name, phone) {
        (Some(_), _) => Field::Username,
        (None, Some(_)) => Field::Phone,
        (None, None) => Field::Email,
    };
    Err(Failure::Refused(Error::Taken { field }))
}

/// Logs in by username or address.
///
/// # Errors
/// As [`recognise`].
pub async fn log_in(visitor: &Visitor, login: &str, password: &str) -> Outcome<AccountId> {
    let (account, version) = recognise(&visitor.arrival(), login, password).await?;
    begin_session(visitor, account, version).await?;
    Ok(account)
}

/// Who has this username or address and this password, and the version of it: what is begun with it must not outlive it.
///
/// # Errors
/// `WrongLogin`, the same whatever was wrong; `TooFast` after many failures, before anything is hashed.
pub async fn recognise(arrival: &Arrival, login: &str, password: &str) -> Outcome<(AccountId, i64)> {
    let login = email_key(login.trim());
    // A name that no account can have is not remembered, and still takes as long as one that could.
    // PostgreSQL takes no NUL in a text.
    let name: String = login.chars().filter(|c| *c != '\0').take(LONGEST_EMAIL).collect();
    let guess = Guess::begin(&arrival.app, arrival.address, name.clone())?;
    let found = find_login(&arrival.app.db, &name).await?.filter(|_| name == login);
    let (account, secret) = found.unzip();

    let stored = secret.as_ref().and_then(|secret| secret.hash.clone());
    let matches = guess.is_right(password, stored, Field::Password).await?;
    let Some((account, secret)) = account.zip(secret).filter(|_| matches) else {
        remember(arrival, Action::LogInFailed, None, account).await?;
        return Err(Failure::Refused(Error::WrongLogin));
    };

    if secret.hash.as_deref().is_some_and(Passwords::is_outdated) {
        rehash(&arrival.app, account, password, secret.version).await?;
    }
    remember(arrival, Action::LoggedIn, Some(account), Some(account)).await?;
    Ok((account, secret.version))
}

async fn find_login(db: &Db, login: &str) -> Outcome<Option<(AccountId, Secret)>> {
    let row: Option<(i64, Option<String>, i64)> = on_engine!(db.pool(), pool => sqlx::query_as(
        "select id, password_hash, password_version from account
         where (username = $1 or email_key = $1) and deleted_at is null",
    ).bind(login).fetch_optional(pool).await)?;
    Ok(row.and_then(|(id, hash, version)| Some((id.try_into().ok()?, Secret { hash, version }))))
}

/// The same password under today's parameters, unless it has been changed meanwhile.
async fn rehash(app: &AppState, account: AccountId, password: &str, version: i64) -> Outcome<()> {
    let Some(password) = Password::typed(password) else { return Ok(()) };
    let hash = app.passwords.hash(password).await?;
    app.writer
        .change(move |tx| {
            Box::pin(async move {
                on_engine!(tx.connection(), connection => sqlx::query(
                    "update account set password_hash = $2 where id = $1 and password_version = $3",
                ).bind(account.get()).bind(hash).bind(version).execute(connection).await.map(drop))?;
                Ok(())
            })
        })
        .await
}

async fn remember(
    arrival: &Arrival,
    action: Action,
    actor: Option<AccountId>,
    subject: Option<AccountId>,
) -> Outcome<()> {
    let from = arrival.address.to_string();
    let write = arrival
        .app
        .writer
        .change(move |tx| Box::pin(async move { audit::record(tx, action, actor, subject, &from).await }));
    write.await
}

/// A session under a new id: whoever knew the one before knows nothing. `version` is that of the password that was
/// shown; if it is no longer the account's, nothing is begun (`Sessions::create`).
pub(in crate::server) async fn begin_session(
    visitor: &Visitor,
    account: AccountId,
    version: i64,
) -> Outcome<()> {
    let fill = async |session: &Session| {
        session.cycle_id().await?;
        session.insert(key::ACCOUNT, account).await?;
        session.insert(key::PASSWORD, version).await?;
        session.insert(key::SEEN, visitor.app.clock.now().millis()).await?;
        session.insert(key::ADDRESS, visitor.address.to_string()).await?;
        session.insert(key::USER_AGENT, &visitor.user_agent).await
    };
    fill(&visitor.session).await.map_err(|_| Failure::Internal("a session could not be begun"))
}

/// Ends the visitor's session and its sockets. Logging out twice is fine.
///
/// # Errors
/// The database's own.
pub async fn log_out(visitor: &Visitor) -> Outcome<()> {
    if let Some(caller) = &visitor.caller {
        remember(&visitor.arrival(), Action::LoggedOut, Some(caller.account), Some(caller.account)).await?;
    }
    visitor.session.flush().await.map_err(|_| Failure::Internal("a session could not be ended"))
}
