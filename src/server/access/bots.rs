//! Whose bot it is.

use crate::{
    error::Error,
    ids::AccountId,
    server::{
        accounts::ViewerRow,
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Tx, on_engine, sql},
    },
};

/// Proof that a bot is the caller's.
#[derive(Clone)]
pub struct OwnBot {
    owner: Caller,
    bot: Caller,
}

impl OwnBot {
    /// The person.
    pub const fn owner(&self) -> &Caller {
        &self.owner
    }

    /// The bot, to do something in its name. Its session is the owner's: whatever it begins is shown there.
    pub const fn bot(&self) -> &Caller {
        &self.bot
    }

    pub const fn id(&self) -> AccountId {
        self.bot.account
    }
}

/// Whether a bot is the caller's.
///
/// # Errors
/// `NotFound` for the bots of others, for people, and for what is no account.
pub async fn own_bot(caller: &Caller, bot: AccountId) -> Outcome<OwnBot> {
    let row: Option<ViewerRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select id, username, display_name, email, phone, password_hash is not null as has_password, locale, theme, is_staff,
                is_premium, busy, status_line
         from account where id = $1 and owner_id = $2 and deleted_at is null",
    ).bind(bot.get()).bind(caller.account.get()).fetch_optional(pool).await)?;
    let viewer = row.ok_or(Failure::Refused(Error::NotFound))?.viewer()?;
    let acting = Caller { account: viewer.person.id, viewer, ..caller.clone() };
    Ok(OwnBot { owner: caller.clone(), bot: acting })
}

/// Makes sure of it within a change: the bot stays until it is stored.
///
/// # Errors
/// `NotFound` for a bot that was deleted meanwhile.
pub async fn still_own(tx: &mut Tx, own: &OwnBot) -> Outcome<()> {
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from account where id = $1 and owner_id = $2 and deleted_at is null",
        postgres: "select id from account where id = $1 and owner_id = $2 and deleted_at is null for no key update",
    );
    let found: Option<i64> = on_engine!(connection, connection => sqlx::query_scalar(text)
        .bind(own.id().get()).bind(own.owner.account.get()).fetch_optional(connection).await)?;
    found.map(drop).ok_or(Failure::Refused(Error::NotFound))
}
