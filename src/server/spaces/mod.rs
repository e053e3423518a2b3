//! Spaces: making, showing, naming, handing over, deleting. The verbs of `spaces/` and their SQL.

pub mod channels;
pub mod members;
mod showing;

pub use showing::{lines, of_conversation, show};

use super::{
    access,
    accounts::one_line,
    answer::{Failure, Outcome},
    audit::{self, Action},
    caller::Caller,
    conversations::abandon,
    db::{Announcement, Tx, on_engine},
};
use crate::{
    error::{Field, Why},
    ids::{AccountId, SpaceId},
    realtime::event::{Event, Topic},
    spaces::Rank,
    text::Locale,
};

/// Characters that the name of a space may have.
const LONGEST_NAME: u32 = 80;

/// Makes a space of the caller, with one open channel.
///
/// # Errors
/// `Invalid` for a name that cannot be taken, `TooMuch` for who is in too many, `TooFast`.
pub async fn create(caller: &Caller, name: &str, locale: Locale) -> Outcome<SpaceId> {
    let name = one_line(Field::Name, name, LONGEST_NAME)?;
    caller.app.limits.groups.take(&caller.account)?;

    let (me, first) = (caller.account, locale.words().places().first_channel);
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            members::has_room(tx, me).await?;
            let (id, now) = (tx.mint.next::<SpaceId>(), tx.now.millis());
            on_engine!(tx.connection(), connection => sqlx::query(
                "insert into space (id, name, owner_id, created_at) values ($1, $2, $3, $4)",
            ).bind(id.get()).bind(&name).bind(me.get()).bind(now).execute(connection).await.map(drop))?;
            members::insert(tx, id, me, Rank::Owner).await?;
            channels::insert(tx, id, first, true, &[me]).await?;
            Ok(id)
        })
    });
    change.await
}

/// Says what a space is called.
///
/// # Errors
/// `Invalid`; `NotFound` for everyone who is not in it, `Forbidden` for those who do not run it.
pub async fn rename(caller: &Caller, space: SpaceId, name: &str) -> Outcome<()> {
    let name = one_line(Field::Name, name, LONGEST_NAME)?;
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let admin = access::space_admin(tx, me, space).await?;
            on_engine!(tx.connection(), connection => sqlx::query("update space set name = $2 where id = $1")
                .bind(admin.space().get()).bind(name).execute(connection).await.map(drop))?;
            tell(tx, space).await
        })
    });
    change.await
}

/// Hands a space over to another member, who owns it from then on; the caller becomes an admin. `name` is what the space
/// is called, typed once more.
///
/// # Errors
/// `Invalid` for another name; `NotFound` for everyone who is not in it, or if `heir` is not; `Forbidden` for those who
/// do not own it.
pub async fn hand_over(caller: &Caller, space: SpaceId, heir: AccountId, name: &str) -> Outcome<()> {
    let (me, name) = (caller.account, name.trim().to_owned());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let owner = access::space_owner(tx, me, space).await?;
            is_called(tx, space, &name).await?;
            access::rank(tx, heir, space).await?;
            if heir == me {
                return Ok(());
            }
            members::store_rank(tx, space, me, Rank::Admin).await?;
            members::store_rank(tx, space, heir, Rank::Owner).await?;
            on_engine!(tx.connection(), connection => sqlx::query("update space set owner_id = $2 where id = $1")
                .bind(owner.space().get()).bind(heir.get()).execute(connection).await.map(drop))?;
            channels::let_into_all(tx, space, heir).await?;
            audit::record(tx, Action::OwnershipTransferred, Some(me), Some(heir), "").await?;
            tell(tx, space).await
        })
    });
    change.await
}

/// Deletes a space with its channels and all that was said there; its people stay. `name` is what it is called, typed
/// once more.
///
/// # Errors
/// `Invalid` for another name; `NotFound` for everyone who is not in it, `Forbidden` for those who do not own it.
pub async fn delete(caller: &Caller, space: SpaceId, name: &str) -> Outcome<()> {
    let (me, name) = (caller.account, name.trim().to_owned());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let owner = access::space_owner(tx, me, space).await?;
            is_called(tx, space, &name).await?;
            for conversation in access::hold_channels(tx, space).await? {
                abandon(tx, conversation).await?;
            }
            tell(tx, space).await?;
            on_engine!(tx.connection(), connection => sqlx::query("delete from space where id = $1")
                .bind(owner.space().get()).execute(connection).await.map(drop))?;
            audit::record(tx, Action::SpaceDeleted, Some(me), None, "").await
        })
    });
    change.await
}

async fn is_called(tx: &mut Tx, space: SpaceId, typed: &str) -> Outcome<()> {
    let name: String = on_engine!(tx.connection(), connection => sqlx::query_scalar("select name from space where id = $1")
        .bind(space.get()).fetch_one(connection).await)?;
    if name == typed { Ok(()) } else { Err(Failure::invalid(Field::Name, Why::Wrong)) }
}

/// Has everyone in the space read their lists again.
async fn tell(tx: &mut Tx, space: SpaceId) -> Outcome<()> {
    let people: Vec<i64> = on_engine!(tx.connection(), connection =>
        sqlx::query_scalar("select account_id from space_member where space_id = $1")
            .bind(space.get()).fetch_all(connection).await)?;
    for account in people.into_iter().filter_map(|id| id.try_into().ok()) {
        tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    }
    Ok(())
}
