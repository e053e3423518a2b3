//! Making access tokens, showing whose they are, ending them: the verbs of `tokens/` and their SQL.

pub mod families;
mod signing;

use sha2::{Digest, Sha256};

use super::{
    accounts::{ViewerRow, one_line},
    answer::{Failure, Outcome},
    caller::Caller,
    crypto::{Keyring, Place},
    db::{Announcement, Tx, on_engine},
    sessions::SessionHash,
    state::AppState,
};
use crate::{
    error::{Error, Field},
    ids::{AccessTokenId, AccountId, ClientKey},
    invitations::Lasts,
    time::Timestamp,
    tokens::{AccessToken, AccessTokens, LONGEST_NAME, MOST_TOKENS, Scope},
};

/// What every token begins with, so that one that was published by mistake can be found.
const PREFIX: &str = "salon_";

/// Bytes of a token: the prefix, and 256 random bits.
const LENGTH: usize = PREFIX.len() + 44;

/// How long a new token is shown where it was made (milliseconds).
const SHOWN: i64 = 10 * 60_000;

/// That a token was used is written at most so often (milliseconds), however often it is.
const USED_PAUSE: i64 = 5 * 60_000;

const fn place(id: AccessTokenId) -> Place {
    Place { table: "access_token", id: id.get(), version: 0 }
}

/// As a token stands in its row, and in place of a session.
fn hash(token: &str) -> SessionHash {
    SessionHash::from_digest(Sha256::digest(token.as_bytes()).into())
}

/// A token that is about to be stored.
#[derive(Debug, Clone)]
pub struct Fresh {
    token: String,
    made_in: SessionHash,
}

impl Fresh {
    /// One that is shown in the caller's session.
    pub fn new(caller: &Caller) -> Self {
        let halves: [ClientKey; 2] = [(); 2].map(|()| ClientKey::from_random(rand::random()));
        Self { token: format!("{PREFIX}{}{}", halves[0], halves[1]), made_in: caller.session }
    }

    /// Stores it as a token of `account`, called `name`.
    ///
    /// # Errors
    /// The database's own.
    pub async fn store(
        &self,
        tx: &mut Tx,
        keyring: &Keyring,
        account: AccountId,
        (name, scope, lasts): (&str, Scope, Lasts),
    ) -> Outcome<()> {
        let (id, now): (AccessTokenId, i64) = (tx.mint.next(), tx.now.millis());
        on_engine!(tx.connection(), connection => sqlx::query(
            "insert into access_token
             (id, account_id, token_hash, name, scope, created_at, expires_at, token, made_in)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id.get()).bind(account.get()).bind(hash(&self.token).bytes()).bind(name).bind(scope.code()).bind(now)
        .bind(lasts.millis().map(|millis| now + millis)).bind(keyring.seal(place(id), &self.token)?)
        .bind(self.made_in.bytes())
        .execute(connection).await.map(drop))?;
        Ok(())
    }
}

/// Makes a token for a program of the caller's.
///
/// # Errors
/// `Invalid` for a name that cannot be seen or is too long; `TooMuch` for who has [`MOST_TOKENS`] already; `TooFast`.
pub async fn create(caller: &Caller, name: &str, scope: Scope, lasts: Lasts) -> Outcome<()> {
    let name = one_line(Field::Name, name, LONGEST_NAME)?;
    caller.app.limits.groups.take(&caller.account)?;
    let (me, fresh, keyring) = (caller.account, Fresh::new(caller), caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            // What was to be seen was seen by now.
            on_engine!(tx.connection(), connection => sqlx::query(
                "update access_token set token = null where account_id = $1 and created_at <= $2 and token is not null",
            ).bind(me.get()).bind(now - SHOWN).execute(connection).await.map(drop))?;
            let there: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "select count(*) from access_token where account_id = $1 and (expires_at is null or expires_at > $2)",
            ).bind(me.get()).bind(now).fetch_one(connection).await)?;
            if there >= i64::from(MOST_TOKENS) {
                return Err(Error::TooMuch.into());
            }
            fresh.store(tx, &keyring, me, (&name, scope, lasts)).await
        })
    });
    change.await
}

/// Ends every token of an account: live connections that they opened are closed.
///
/// # Errors
/// The database's own.
pub async fn revoke_all(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let gone: Vec<Vec<u8>> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "delete from access_token where account_id = $1 returning token_hash",
    ).bind(account.get()).fetch_all(connection).await)?;
    for hash in gone.into_iter().filter_map(SessionHash::stored) {
        tx.announce(Announcement::SessionEnded(account, hash));
    }
    Ok(())
}

/// Ends a token: live connections that it opened are closed.
///
/// # Errors
/// `NotFound` if the caller has no such token.
pub async fn revoke(caller: &Caller, token: AccessTokenId) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let gone: Option<Vec<u8>> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "delete from access_token where id = $1 and account_id = $2 returning token_hash",
            ).bind(token.get()).bind(me.get()).fetch_optional(connection).await)?;
            let hash = gone.and_then(SessionHash::stored).ok_or(Failure::Refused(Error::NotFound))?;
            tx.announce(Announcement::SessionEnded(me, hash));
            Ok(())
        })
    });
    change.await
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    scope: String,
    created_at: i64,
    used_at: Option<i64>,
    expires_at: Option<i64>,
    token: Option<Vec<u8>>,
}

/// The caller's tokens that still open anything.
///
/// # Errors
/// The database's own; `Seal` if one that is to be shown cannot be opened.
pub async fn list(caller: &Caller) -> Outcome<AccessTokens> {
    let now = caller.app.clock.now().millis();
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select id, name, scope, created_at, used_at, expires_at,
                case when created_at > $3 and made_in = $4 then token end as token
         from access_token
         where account_id = $1 and (expires_at is null or expires_at > $2)
         order by id desc
         limit $5",
    )
    .bind(caller.account.get()).bind(now).bind(now - SHOWN).bind(caller.session.bytes())
    .bind(i64::from(MOST_TOKENS))
    .fetch_all(pool).await)?;
    let token = |row: Row| {
        let id = row.id.try_into().map_err(|_| Failure::Internal("a token has an invalid id"))?;
        let scope = Scope::from_code(&row.scope).ok_or(Failure::Internal("a token has an unknown scope"))?;
        let token = row.token.map(|sealed| caller.app.keyring.open(place(id), &sealed)).transpose()?;
        Ok(AccessToken {
            id,
            name: row.name,
            scope,
            created_at: Timestamp::from_millis(row.created_at),
            used_at: row.used_at.map(Timestamp::from_millis),
            expires_at: row.expires_at.map(Timestamp::from_millis),
            token,
        })
    };
    Ok(AccessTokens { tokens: rows.into_iter().map(token).collect::<Outcome<_>>()? })
}

#[derive(sqlx::FromRow)]
struct Bearer {
    token_id: i64,
    scope: String,
    used_at: Option<i64>,
    #[sqlx(flatten)]
    viewer: ViewerRow,
}

/// Who acts through a program that shows `token`, and what it may do; none if it opens nothing.
///
/// # Errors
/// The database's own.
pub async fn bearer(app: &AppState, token: &str) -> Outcome<Option<(Caller, Scope)>> {
    if token.len() != LENGTH || !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let (hash, now) = (hash(token), app.clock.now());
    let row: Option<Bearer> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select access_token.id as token_id, scope, used_at,
                account.id, username, display_name, email, phone, password_hash is not null as has_password, locale,
                theme, is_staff, is_premium, busy, status_line
         from access_token join account on account.id = access_token.account_id
         where token_hash = $1 and (expires_at is null or expires_at > $2) and deleted_at is null",
    ).bind(hash.bytes()).bind(now.millis()).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    let scope = Scope::from_code(&row.scope).ok_or(Failure::Internal("a token has an unknown scope"))?;
    if row.used_at.is_none_or(|used| now.millis() - used > USED_PAUSE) {
        note_use(app, row.token_id, now).await?;
    }
    let viewer = row.viewer.viewer()?;
    Ok(Some((Caller { app: app.clone(), account: viewer.person.id, session: hash, viewer }, scope)))
}

/// It is in use: whoever made it has it, and it need not be shown any more.
async fn note_use(app: &AppState, token: i64, now: Timestamp) -> Outcome<()> {
    let change = app.writer.change(move |tx| {
        Box::pin(async move {
            on_engine!(tx.connection(), connection => sqlx::query(
                "update access_token set used_at = $2, token = null where id = $1",
            ).bind(token).bind(now.millis()).execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}
