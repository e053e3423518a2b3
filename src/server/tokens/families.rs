//! Log-ins of programs: an access token for some minutes, and a refresh token that is exchanged for the next two.
//!
//! All that one log-in leads to is a family. A refresh token of our own API is good once. Shown a second time, somebody
//! has a copy of it, and nobody can tell who: the whole family ends (RFC 9700, section 4.14.2).

use sha2::{Digest, Sha256};

use super::signing::{self, Claims};
use crate::{
    error::Error,
    ids::{AccountId, ClientKey, TokenFamilyId},
    server::{
        accounts::ViewerRow,
        answer::{Failure, Outcome},
        audit::{self, Action},
        caller::{Arrival, Caller},
        db::{Announcement, Tx, on_engine, sql},
        limits::Origin,
        sessions::{self, SessionHash},
        state::AppState,
    },
};

/// What every refresh token begins with, so that one that was published by mistake can be found.
const PREFIX: &str = "salonr_";

/// Characters of 128 random bits.
const HALF: usize = 22;

/// Log-ins of programs that one account may have at a time: one more ends the one that was silent for longest.
pub const MOST_FAMILIES: u32 = 50;

/// Whose contract a program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Ours, `/api/v1`.
    Api,
    /// That of seed 000.
    Vaultroom,
    /// That of seed 002.
    Garrix,
    /// That of seed 003.
    Messagerie,
    /// That of seed 004.
    Securisee,
}

impl Audience {
    /// As stored, and as tokens say it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Vaultroom => "vaultroom",
            Self::Garrix => "garrix",
            Self::Messagerie => "messagerie",
            Self::Securisee => "securisee",
        }
    }

    /// How long an access token is good.
    pub const fn seconds(self) -> u32 {
        match self {
            Self::Api => 10 * 60,
            Self::Vaultroom | Self::Garrix | Self::Messagerie | Self::Securisee => 30 * 60,
        }
    }

    /// Whether there are refresh tokens. Without them an access token that is still good is exchanged.
    const fn refreshes(self) -> bool {
        match self {
            Self::Api | Self::Securisee => true,
            Self::Vaultroom | Self::Garrix | Self::Messagerie => false,
        }
    }

    /// Whether a refresh token is good once. In the fourth document an answer holds no other one: a program that keeps to it
    /// would be locked out.
    const fn rotates(self) -> bool {
        matches!(self, Self::Api)
    }

    /// How long a family lives that is silent (milliseconds).
    const fn patience(self) -> i64 {
        if self.refreshes() { sessions::IDLE_DAYS * sessions::DAY } else { self.seconds() as i64 * 1_000 }
    }

    /// When a family ends that began at `created`, and speaks at `now`.
    fn ends_at(self, created: i64, now: i64) -> i64 {
        (now + self.patience()).min(created + sessions::LONGEST_DAYS * sessions::DAY)
    }
}

/// What a program gets for a password, or for what it got before.
#[derive(Debug)]
pub struct Granted {
    pub account: AccountId,
    pub access: String,
    /// How long that is good.
    pub seconds: u32,
    pub refresh: Option<String>,
}

fn random() -> ClientKey {
    ClientKey::from_random(rand::random())
}

fn hash(secret: &str) -> SessionHash {
    SessionHash::from_digest(Sha256::digest(secret.as_bytes()).into())
}

/// What all refresh tokens of a family begin with.
fn handle(refresh: &str) -> Option<&str> {
    let is_whole =
        refresh.is_ascii() && refresh.len() == PREFIX.len() + 2 * HALF && refresh.starts_with(PREFIX);
    is_whole.then(|| &refresh[PREFIX.len()..PREFIX.len() + HALF])
}

fn granted(
    app: &AppState,
    (account, family): (AccountId, TokenFamilyId),
    audience: Audience,
    refresh: Option<String>,
) -> Granted {
    let now = app.clock.now();
    let claims = Claims::new(account, family, audience, now);
    let access = signing::sign(&app.keyring, &claims, now);
    Granted { account, access, seconds: audience.seconds(), refresh }
}

/// Begins a family for whoever has shown the password of this version.
///
/// # Errors
/// `WrongLogin` if the password was changed meanwhile.
pub async fn begin(
    arrival: &Arrival,
    (account, password): (AccountId, i64),
    audience: Audience,
) -> Outcome<Granted> {
    let handle = random().to_string();
    let refresh = audience.refreshes().then(|| format!("{PREFIX}{handle}{}", random()));
    let (session, good) = (hash(&handle), refresh.as_deref().map(hash));
    let (from, user_agent) = (arrival.address.to_string(), arrival.user_agent.clone());
    let change = arrival.app.writer.change(move |tx| {
        Box::pin(async move {
            if !sessions::is_current(tx, account, password).await? {
                return Err(Error::WrongLogin.into());
            }
            make_room(tx, account).await?;
            let (id, now): (TokenFamilyId, _) = (tx.mint.next(), tx.now.millis());
            on_engine!(tx.connection(), connection => sqlx::query(
                "insert into token_family
                 (id, account_id, audience, session_hash, refresh_hash, created_at, renewed_at, expires_at, address,
                  user_agent)
                 values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)",
            )
            .bind(id.get()).bind(account.get()).bind(audience.code()).bind(session.bytes())
            .bind(good.map(SessionHash::bytes)).bind(now).bind(audience.ends_at(now, now)).bind(from)
            .bind(user_agent)
            .execute(connection).await.map(drop))?;
            Ok(id)
        })
    });
    let family = change.await?;
    Ok(granted(&arrival.app, (account, family), audience, refresh))
}

/// One more would be too many: those that are over go, and then those that were silent for longest end.
async fn make_room(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let now = tx.now.millis();
    let ended: Vec<Vec<u8>> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "delete from token_family where account_id = $1 and id not in (
           select id from token_family where account_id = $1 and expires_at > $3
           order by renewed_at desc, id desc limit $2
         ) returning session_hash",
    ).bind(account.get()).bind(i64::from(MOST_FAMILIES) - 1).bind(now).fetch_all(connection).await)?;
    announce_ends(tx, account, ended);
    Ok(())
}

fn announce_ends(tx: &mut Tx, account: AccountId, ended: Vec<Vec<u8>>) {
    for session in ended.into_iter().filter_map(SessionHash::stored) {
        tx.announce(Announcement::SessionEnded(account, session));
    }
}

/// Ends every family of an account.
///
/// # Errors
/// The database's own.
pub async fn end_all(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let ended: Vec<Vec<u8>> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "delete from token_family where account_id = $1 returning session_hash",
    ).bind(account.get()).fetch_all(connection).await)?;
    announce_ends(tx, account, ended);
    Ok(())
}

/// Removes families that have ended by themselves.
///
/// # Errors
/// The database's own.
pub async fn sweep(tx: &mut Tx) -> Outcome<()> {
    let now = tx.now.millis();
    on_engine!(tx.connection(), connection =>
        sqlx::query("delete from token_family where expires_at <= $1").bind(now).execute(connection).await.map(drop))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Family {
    id: i64,
    account_id: i64,
    refresh_hash: Option<Vec<u8>>,
    created_at: i64,
}

/// Whether there is such a family. Asked before the writer is: whoever guesses makes nobody else wait.
async fn is_known(arrival: &Arrival, session: SessionHash, audience: Audience) -> Outcome<()> {
    let (app, origin) = (&arrival.app, Origin::from(arrival.address));
    app.limits.failures_from.check(&origin)?;
    let now = app.clock.now().millis();
    let known: Option<i64> = on_engine!(app.db.pool(), pool => sqlx::query_scalar(
        "select id from token_family where session_hash = $1 and audience = $2 and expires_at > $3",
    ).bind(session.bytes()).bind(audience.code()).bind(now).fetch_optional(pool).await)?;
    if known.is_none() {
        app.limits.failures_from.take(&origin)?;
        return Err(Error::SignedOut.into());
    }
    Ok(())
}

/// Exchanges a refresh token for the next pair.
///
/// # Errors
/// `SignedOut` for one that is not good, or no longer. One that was good once ends its family. `TooFast` after many
/// failures from one address.
pub async fn refresh(arrival: &Arrival, token: &str, audience: Audience) -> Outcome<Granted> {
    let handle = handle(token).ok_or(Error::SignedOut)?;
    is_known(arrival, hash(handle), audience).await?;
    let next = if audience.rotates() { format!("{PREFIX}{handle}{}", random()) } else { token.to_owned() };
    let (session, shown, good) = (hash(handle), hash(token), hash(&next));
    let from = arrival.address.to_string();
    let change = arrival.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            let connection = tx.connection();
            // The lock first: of two that come with the same token, the second sees what the first has left.
            let text = sql!(connection,
                sqlite: "select id, account_id, refresh_hash, created_at from token_family
                         where session_hash = $1 and audience = $2 and expires_at > $3",
                postgres: "select id, account_id, refresh_hash, created_at from token_family
                           where session_hash = $1 and audience = $2 and expires_at > $3 for update",
            );
            let family: Option<Family> = on_engine!(connection, connection => sqlx::query_as(text)
                .bind(session.bytes()).bind(audience.code()).bind(now).fetch_optional(connection).await)?;
            let family = family.ok_or(Failure::Refused(Error::SignedOut))?;
            let account = AccountId::try_from(family.account_id)
                .map_err(|_| Failure::Internal("a family of tokens is of an invalid account"))?;
            let id = TokenFamilyId::try_from(family.id)
                .map_err(|_| Failure::Internal("a family of tokens has an invalid id"))?;
            if family.refresh_hash.and_then(SessionHash::stored) != Some(shown) {
                end(tx, account, session).await?;
                audit::record(tx, Action::TokenReused, None, Some(account), &from).await?;
                // Refused, and stored all the same.
                return Ok(None);
            }
            on_engine!(tx.connection(), connection => sqlx::query(
                "update token_family set refresh_hash = $2, renewed_at = $3, expires_at = $4 where id = $1",
            )
            .bind(id.get()).bind(good.bytes()).bind(now).bind(audience.ends_at(family.created_at, now))
            .execute(connection).await.map(drop))?;
            Ok(Some((account, id)))
        })
    });
    let renewed = change.await?.ok_or(Failure::Refused(Error::SignedOut))?;
    Ok(granted(&arrival.app, renewed, audience, Some(next)))
}

/// Another access token for a program that still has a good one, where there are no refresh tokens.
///
/// # Errors
/// `SignedOut` if the family has ended meanwhile.
pub async fn prolong(caller: &Caller, audience: Audience) -> Outcome<Granted> {
    let (account, session) = (caller.account, caller.session);
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            let id: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "update token_family
                 set renewed_at = $3,
                     expires_at = case when created_at + $5 < $3 + $4 then created_at + $5 else $3 + $4 end
                 where session_hash = $1 and audience = $2
                 returning id",
            )
            .bind(session.bytes()).bind(audience.code()).bind(now).bind(audience.patience())
            .bind(sessions::LONGEST_DAYS * sessions::DAY)
            .fetch_optional(connection).await)?;
            let id = id.ok_or(Failure::Refused(Error::SignedOut))?;
            id.try_into().map_err(|_| Failure::Internal("a family of tokens has an invalid id"))
        })
    });
    let family = change.await?;
    Ok(granted(&caller.app, (account, family), audience, None))
}

/// Logs a program out: its tokens open nothing any more, and its live connections are closed.
///
/// # Errors
/// `NotFound` where the caller shows no token of a family.
pub async fn log_out(arrival: &Arrival, caller: &Caller) -> Outcome<()> {
    let (account, session, from) = (caller.account, caller.session, arrival.address.to_string());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            if !end(tx, account, session).await? {
                return Err(Error::NotFound.into());
            }
            audit::record(tx, Action::LoggedOut, Some(account), Some(account), &from).await
        })
    });
    change.await
}

/// Ends one family; whether it was there.
async fn end(tx: &mut Tx, account: AccountId, session: SessionHash) -> Outcome<bool> {
    let gone = on_engine!(tx.connection(), connection => sqlx::query(
        "delete from token_family where session_hash = $1 and account_id = $2",
    ).bind(session.bytes()).bind(account.get()).execute(connection).await.map(|done| done.rows_affected()))?;
    if gone > 0 {
        tx.announce(Announcement::SessionEnded(account, session));
    }
    Ok(gone > 0)
}

#[derive(sqlx::FromRow)]
struct Bearer {
    session_hash: Vec<u8>,
    #[sqlx(flatten)]
    viewer: ViewerRow,
}

/// Who acts through a program of this audience that shows `token`; none if it opens nothing.
///
/// # Errors
/// The database's own.
pub async fn bearer(app: &AppState, token: &str, audience: Audience) -> Outcome<Option<Caller>> {
    let now = app.clock.now();
    let Some((account, family)) = signing::verify(&app.keyring, token, audience, now) else {
        return Ok(None);
    };
    let row: Option<Bearer> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select session_hash, account.id, username, display_name, email, phone,
                password_hash is not null as has_password, locale, theme, is_staff, is_premium, busy, status_line
         from token_family join account on account.id = token_family.account_id
         where token_family.id = $1 and account_id = $2 and audience = $3 and expires_at > $4 and deleted_at is null",
    )
    .bind(family.get()).bind(account.get()).bind(audience.code()).bind(now.millis())
    .fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    let session = SessionHash::stored(row.session_hash)
        .ok_or(Failure::Internal("a family of tokens has an invalid hash"))?;
    Ok(Some(Caller { app: app.clone(), account, session, viewer: row.viewer.viewer()? }))
}
