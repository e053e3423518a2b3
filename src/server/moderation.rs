//! Keeping order: the verbs of `moderation/` and their SQL.

use super::{
    access::{self, Held},
    accounts::one_line,
    answer::{Failure, Outcome},
    audit::{self, Action},
    caller::Caller,
    conversations::members as group_members,
    db::{Tx, on_engine},
    invitations,
    messages::notes::note,
    spaces::members as space_members,
};
use crate::{
    accounts::Person,
    conversations::about::Role,
    error::{Error, Field},
    ids::AccountId,
    invitations::{Destination, Lasts},
    messages::system::SystemNote,
    moderation::{Ban, Bans, LONGEST_REASON},
    spaces::Rank,
    time::Timestamp,
};

/// Lets somebody go who may not come back as long as it lasts. Where they are banned already, this ban counts.
///
/// # Errors
/// `NotFound` for everyone who is not there, or if `person` is not; `Forbidden` about those who do not rank lower;
/// `Invalid` for a reason that cannot be taken.
pub async fn ban(
    caller: &Caller,
    place: Destination,
    person: AccountId,
    reason: &str,
    lasts: Lasts,
) -> Outcome<()> {
    let reason = match reason.trim() {
        "" => String::new(),
        reason => one_line(Field::Reason, reason, LONGEST_REASON)?,
    };
    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            match place {
                Destination::Group(group) => {
                    if access::admin(tx, me, group).await?.held() != Held::Group {
                        return Err(Error::NotFound.into());
                    }
                    if access::role(tx, person, group).await? == Role::Admin {
                        return Err(Error::Forbidden.into());
                    }
                    group_members::part(tx, group, person).await?;
                    note(tx, &keyring, group, me, SystemNote::Removed { person }).await?;
                }
                Destination::Space(space) => {
                    access::hold_space(tx, space).await?;
                    let mine = access::rank(tx, me, space).await?;
                    let theirs = access::rank(tx, person, space).await?;
                    if mine == Rank::Member || !mine.outranks(theirs) {
                        return Err(Error::Forbidden.into());
                    }
                    space_members::part(tx, space, person).await?;
                }
            }
            store(tx, place, me, person, &reason, lasts).await?;
            audit::record(tx, Action::Banned, Some(me), Some(person), "").await
        })
    });
    change.await
}

async fn store(
    tx: &mut Tx,
    place: Destination,
    by: AccountId,
    person: AccountId,
    reason: &str,
    lasts: Lasts,
) -> Outcome<()> {
    remove(tx, place, person).await?;
    let (group, space) = invitations::columns(place);
    let now = tx.now.millis();
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into ban (conversation_id, space_id, account_id, banned_by, reason, created_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(group).bind(space).bind(person.get()).bind(by.get()).bind(reason).bind(now)
    .bind(lasts.millis().map(|millis| now + millis))
    .execute(connection).await.map(drop))?;
    Ok(())
}

async fn remove(tx: &mut Tx, place: Destination, person: AccountId) -> Outcome<u64> {
    let (group, space) = invitations::columns(place);
    Ok(on_engine!(tx.connection(), connection => sqlx::query(
        "delete from ban where (conversation_id = $1 or space_id = $2) and account_id = $3",
    ).bind(group).bind(space).bind(person.get()).execute(connection).await.map(|done| done.rows_affected()))?)
}

/// Lifts a ban.
///
/// # Errors
/// `NotFound` for everyone who is not there, and if there is none; `Forbidden` for plain members.
pub async fn lift(caller: &Caller, place: Destination, person: AccountId) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::inviter(tx, me, place).await?;
            if remove(tx, place, person).await? == 0 {
                return Err(Error::NotFound.into());
            }
            audit::record(tx, Action::BanLifted, Some(me), Some(person), "").await
        })
    });
    change.await
}

/// Whether somebody may not come in now. The place must be held.
///
/// # Errors
/// The database's own.
pub async fn is_banned(tx: &mut Tx, place: Destination, person: AccountId) -> Outcome<bool> {
    let (group, space) = invitations::columns(place);
    let now = tx.now.millis();
    let found: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select account_id from ban
         where (conversation_id = $1 or space_id = $2) and account_id = $3 and (ends_at is null or ends_at > $4)
         limit 1",
    ).bind(group).bind(space).bind(person.get()).bind(now).fetch_optional(connection).await)?;
    Ok(found.is_some())
}

/// Id, username, display name, why, and until when.
type Row = (i64, String, String, String, Option<i64>);

/// The bans that hold now, by username, from behind `after` on.
///
/// # Errors
/// `NotFound` for everyone who is not there, `Forbidden` for plain members.
pub async fn list(caller: &Caller, place: Destination, after: Option<&str>) -> Outcome<Bans> {
    access::may_invite(caller, place).await?;
    let (group, space) = invitations::columns(place);
    // PostgreSQL takes no NUL in a text; no username holds one.
    let after = after.unwrap_or_default().replace('\0', "");
    let mut rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name, ban.reason, ban.ends_at
         from ban
         join account on account.id = ban.account_id
         where (ban.conversation_id = $1 or ban.space_id = $2) and (ban.ends_at is null or ban.ends_at > $3)
           and account.username > $4
         order by account.username
         limit $5",
    )
    .bind(group).bind(space).bind(caller.app.clock.now().millis()).bind(after).bind(Bans::PAGE as i64 + 1)
    .fetch_all(pool).await)?;
    let more = rows.len() > Bans::PAGE;
    rows.truncate(Bans::PAGE);
    let ban = |(id, username, display_name, reason, ends_at): Row| {
        let id = id.try_into().map_err(|_| Failure::Internal("an account has no valid id"))?;
        let person = Person { id, username, display_name };
        Ok(Ban { person, reason, ends_at: ends_at.map(Timestamp::from_millis) })
    };
    let bans = rows.into_iter().map(ban).collect::<Outcome<Vec<Ban>>>()?;
    let next = bans.last().filter(|_| more).map(|last| last.person.username.clone());
    Ok(Bans { name: invitations::name_of(caller, place).await?, place, bans, next })
}
