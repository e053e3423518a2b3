//! Making bots, and what their owners do with them: the verbs of `bots/` and their SQL.

use super::{
    access::{self, OwnBot},
    accounts::{self, Newcomer},
    answer::{Failure, Outcome},
    caller::Caller,
    db::on_engine,
    invitations, tokens,
    webhooks::{incoming, outgoing},
};
use crate::{
    accounts::Person,
    bots::{Bot, Bots, Details, ENDS_WITH, MOST_BOTS, MOST_PLACES, Place},
    error::{Error, Field, Why},
    finding::Goal,
    ids::AccountId,
    invitations::{Destination, Lasts, Token},
    server::{finding, state::AppState},
    time::Timestamp,
    tokens::Scope,
};

/// What the token of a bot is called in the list of its tokens, which nobody sees.
const TOKEN: (&str, Scope, Lasts) = ("bot", Scope::Write, Lasts::Always);

/// Makes a bot of the caller's, and a friend of theirs; and its token.
///
/// # Errors
/// `Invalid` and `Taken` with the field, `TooMuch` for who has [`MOST_BOTS`] already, `TooFast`.
pub async fn create(caller: &Caller, name: &str, username: &str) -> Outcome<AccountId> {
    let name = accounts::display_name(name)?;
    let username = accounts::username(username)?;
    if !username.ends_with(ENDS_WITH) {
        return Err(Failure::invalid(Field::Username, Why::Ending));
    }
    caller.app.limits.groups.take(&caller.account)?;
    let (me, token, keyring) = (caller.account, tokens::Fresh::new(caller), caller.app.keyring.clone());
    let newcomer = Newcomer::bot(me, name, username);
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            accounts::hold(tx, me).await?;
            let owned: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "select count(*) from account where owner_id = $1 and deleted_at is null",
            ).bind(me.get()).fetch_one(connection).await)?;
            if owned >= i64::from(MOST_BOTS) {
                return Err(Error::TooMuch.into());
            }
            let bot = newcomer.enter(tx).await?;
            super::friends::befriend(tx, me, bot).await?;
            token.store(tx, &keyring, bot, TOKEN).await?;
            Ok(bot)
        })
    });
    change.await
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    username: String,
    display_name: String,
    created_at: i64,
}

impl Row {
    fn bot(self) -> Outcome<Bot> {
        let id = self.id.try_into().map_err(|_| Failure::Internal("a bot has an invalid id"))?;
        let person = Person { id, username: self.username, display_name: self.display_name };
        Ok(Bot { person, created_at: Timestamp::from_millis(self.created_at) })
    }
}

/// The caller's bots.
///
/// # Errors
/// The database's own.
pub async fn list(caller: &Caller) -> Outcome<Bots> {
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, created_at from account
         where owner_id = $1 and deleted_at is null
         order by id desc
         limit $2",
    ).bind(caller.account.get()).bind(i64::from(MOST_BOTS)).fetch_all(pool).await)?;
    Ok(Bots { bots: rows.into_iter().map(Row::bot).collect::<Outcome<_>>()? })
}

/// One of them, with all that belongs to it.
///
/// # Errors
/// The database's own; `Seal` if something that is to be shown cannot be opened.
pub async fn details(own: &OwnBot) -> Outcome<Details> {
    let row: Option<Row> = on_engine!(own.owner().app.db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, created_at from account where id = $1 and deleted_at is null",
    ).bind(own.id().get()).fetch_optional(pool).await)?;
    let bot = row.ok_or(Failure::Refused(Error::NotFound))?.bot()?;
    let token = tokens::list(own.bot()).await?.tokens.into_iter().find_map(|token| token.token);
    let places = places(own.bot()).await?;
    Ok(Details {
        bot,
        token,
        outgoing: outgoing::list(own, &places).await?,
        incoming: incoming::list(own, &places).await?,
        places,
        calls_out: own.owner().app.outbound.reaches_out(),
    })
}

/// The conversations that a bot is in.
///
/// # Errors
/// The database's own.
pub async fn places(bot: &Caller) -> Outcome<Vec<Place>> {
    let entries = finding::conversations(bot, MOST_PLACES).await?;
    let words = crate::text::Locale::default().words();
    let place = |entry: crate::finding::Entry| {
        let id = match entry.goal {
            Goal::Everyone(id) | Goal::Talk(id) | Goal::Group(id) | Goal::Channel(id) => id,
            _ => return None,
        };
        let name = entry.called(words);
        let name = if entry.beside.is_empty() { name } else { format!("{name} ({})", entry.beside) };
        Some(Place { id, name })
    };
    Ok(entries.into_iter().filter_map(place).collect())
}

/// Gives a bot another token; those before open nothing any more.
///
/// # Errors
/// `NotFound` for a bot that was deleted meanwhile; `TooFast`.
pub async fn renew_token(own: &OwnBot) -> Outcome<()> {
    let owner = own.owner();
    owner.app.limits.groups.take(&owner.account)?;
    let (token, own) = (tokens::Fresh::new(owner), own.clone());
    let change = owner.app.writer.change(move |tx| {
        Box::pin(async move {
            access::still_own(tx, &own).await?;
            tokens::revoke_all(tx, own.id()).await?;
            token.store(tx, &own.owner().app.keyring, own.id(), TOKEN).await
        })
    });
    change.await
}

/// Lets a bot into where an invitation leads: its token, or the address that ends with it.
///
/// # Errors
/// `Invalid` for what is no invitation; as for people who join.
pub async fn join(own: &OwnBot, link: &str) -> Outcome<Destination> {
    let token = link.trim().rsplit('/').next().unwrap_or_default();
    let token = Token::try_from(token.to_owned()).map_err(|_| Error::invalid(Field::Link, Why::Shape))?;
    match invitations::join(own.bot(), &token).await {
        Err(Failure::Refused(Error::NotFound)) => Err(Failure::invalid(Field::Link, Why::Unknown)),
        joined => joined,
    }
}

/// Deletes a bot, with its token and its webhooks. What it has said stays, under no name.
///
/// # Errors
/// `Invalid` as long as it has to hand over a group or a space; `NotFound` if it is gone already.
pub async fn delete(own: &OwnBot) -> Outcome<()> {
    accounts::delete_bot(own).await
}

/// A bot by its account, to act in its name where nobody is logged in; none if it is gone.
///
/// # Errors
/// The database's own.
pub async fn acting(app: &AppState, bot: AccountId) -> Outcome<Option<Caller>> {
    let row: Option<accounts::ViewerRow> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, email, phone, password_hash is not null as has_password, locale, theme, is_staff,
                is_premium, busy, status_line
         from account where id = $1 and owner_id is not null and deleted_at is null",
    ).bind(bot.get()).fetch_optional(pool).await)?;
    row.map(|row| Ok(Caller::nowhere(app.clone(), row.viewer()?))).transpose()
}
