//! Deleting one's own account: out of every group and space, and then for good.
//!
//! What the person said stays where it was said, under no name. Groups and spaces that only they look after are not
//! left behind: those are handed over or deleted first.

use super::{
    credentials::{end_sessions, prove},
    entering::FIRST_PASSWORD,
};
use crate::{
    accounts::Duty,
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId, SpaceId},
    realtime::event::{Event, Topic},
    server::{
        access::{self, OwnBot},
        answer::{Failure, Outcome},
        audit::{self, Action},
        bots,
        caller::{Arrival, Caller},
        conversations,
        db::{Announcement, Tx, on_engine},
        polls, spaces, tokens,
    },
};

/// Groups and spaces that the page names.
const MOST_DUTIES: i64 = 50;

/// Times that somebody may be brought into something new while they are leaving the rest.
const ROUNDS: usize = 10;

/// What the caller or a bot of theirs has to hand over before they can go: groups of which they are the only admin, and
/// spaces of theirs. Groups in which they are alone go with them. At most fifty of each.
///
/// # Errors
/// The database's own.
pub async fn duties(caller: &Caller) -> Outcome<Vec<Duty>> {
    let me = caller.account.get();
    let groups: Vec<(i64, Option<String>)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.title
         from participant as me
         join conversation on conversation.id = me.conversation_id and conversation.kind = 'group'
         where me.account_id in (select id from account where id = $1 or owner_id = $1 and deleted_at is null)
           and me.role = 'admin'
           and exists (
             select 1 from participant as other
             where other.conversation_id = me.conversation_id and other.account_id <> me.account_id
           )
           and not exists (
             select 1 from participant as other
             where other.conversation_id = me.conversation_id and other.account_id <> me.account_id
               and other.role = 'admin'
           )
         order by conversation.id
         limit $2",
    ).bind(me).bind(MOST_DUTIES).fetch_all(pool).await)?;
    let owned: Vec<(i64, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select space.id, space.name
         from space_member
         join space on space.id = space_member.space_id
         where space_member.account_id in (select id from account where id = $1 or owner_id = $1 and deleted_at is null)
           and space_member.role = 'owner'
         order by space.id
         limit $2",
    ).bind(me).bind(MOST_DUTIES).fetch_all(pool).await)?;
    let groups = groups
        .into_iter()
        .map(|(id, name)| Duty { name: name.unwrap_or_default(), path: format!("/c/{id}/people") });
    let owned = owned.into_iter().map(|(id, name)| Duty { name, path: format!("/s/{id}/people") });
    Ok(groups.chain(owned).collect())
}

/// Deletes the caller's account, of which they say the username and the password once more.
///
/// # Errors
/// `Invalid` with the field for another name or password, and as long as there is something to hand over; `TooFast`
/// after many wrong passwords.
pub async fn delete_account(
    arrival: &Arrival,
    caller: &Caller,
    username: &str,
    current: &str,
) -> Outcome<()> {
    if username.trim().trim_start_matches('@') != caller.viewer.person.username {
        return Err(Failure::invalid(Field::Username, Why::Wrong));
    }
    let version = prove(arrival, caller, current).await?;
    if !duties(caller).await?.is_empty() {
        return Err(Failure::invalid(Field::Role, Why::Last));
    }
    let from = arrival.address.to_string();
    for _ in 0..ROUNDS {
        for bot in bots::list(caller).await?.bots {
            match access::own_bot(caller, bot.person.id).await {
                Ok(own) => unless_gone(delete_bot(&own).await)?,
                other => unless_gone(other.map(drop))?,
            }
        }
        match go(caller, caller.account, version, &from).await {
            // They have made another bot meanwhile.
            Err(Failure::Refused(Error::Conflict)) => {}
            outcome => return outcome,
        }
    }
    Err(Error::Conflict.into())
}

/// Deletes a bot, of which its owner has shown that it is theirs.
///
/// # Errors
/// `Invalid` as long as there is something to hand over; `NotFound` if it is gone.
pub async fn delete_bot(own: &OwnBot) -> Outcome<()> {
    if !duties(own.bot()).await?.is_empty() {
        return Err(Failure::invalid(Field::Role, Why::Last));
    }
    match go(own.bot(), own.owner().account, FIRST_PASSWORD, "").await {
        // That is how an account without a password says that it is there no more.
        Err(Failure::Refused(Error::Invalid { field: Field::CurrentPassword, .. })) => {
            Err(Error::NotFound.into())
        }
        outcome => outcome,
    }
}

/// Takes an account out of everything, and then away. `actor`: who wants it so; `from`: the address they do it from.
async fn go(caller: &Caller, actor: AccountId, version: i64, from: &str) -> Outcome<()> {
    for _ in 0..ROUNDS {
        leave_spaces(caller).await?;
        leave_groups(caller).await?;
        polls::withdrawing::withdraw(caller).await?;
        let (account, from) = (caller.account, from.to_owned());
        let change = caller.app.writer.change(move |tx| {
            Box::pin(async move {
                forget(tx, account, version).await?;
                audit::record(tx, Action::AccountDeleted, Some(actor), Some(account), &from).await
            })
        });
        match change.await {
            // Somebody has brought them into something else meanwhile, or they have voted on another screen.
            Err(Failure::Refused(Error::Conflict)) => {}
            outcome => return outcome,
        }
    }
    Err(Error::Conflict.into())
}

/// Space by space, each in a change of its own: everybody else writes in between.
async fn leave_spaces(caller: &Caller) -> Outcome<()> {
    let spaces: Vec<i64> = on_engine!(caller.app.db.pool(), pool =>
        sqlx::query_scalar("select space_id from space_member where account_id = $1")
            .bind(caller.account.get()).fetch_all(pool).await)?;
    for space in spaces.into_iter().filter_map(|id| SpaceId::try_from(id).ok()) {
        unless_gone(spaces::members::leave(caller, space).await)?;
    }
    Ok(())
}

async fn leave_groups(caller: &Caller) -> Outcome<()> {
    let groups: Vec<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select me.conversation_id from participant as me
         join conversation on conversation.id = me.conversation_id and conversation.kind = 'group'
         where me.account_id = $1",
    ).bind(caller.account.get()).fetch_all(pool).await)?;
    for group in groups.into_iter().filter_map(|id| ConversationId::try_from(id).ok()) {
        unless_gone(conversations::members::go(caller, group).await)?;
    }
    Ok(())
}

/// Who was let go meanwhile has left as well.
fn unless_gone(left: Outcome<()>) -> Outcome<()> {
    match left {
        Err(Failure::Refused(Error::NotFound)) => Ok(()),
        outcome => outcome,
    }
}

/// Takes everything away that says who somebody was.
async fn forget(tx: &mut Tx, account: AccountId, version: i64) -> Outcome<()> {
    let (me, now) = (account.get(), tx.now.millis());
    // The row first: whoever brings them into something from here on waits for it, and then finds no friend.
    let nobody = format!("~{account}");
    let forgotten = on_engine!(tx.connection(), connection => sqlx::query(
        "update account
         set username = $2, display_name = '', email = '', email_key = $2, phone = null, password_hash = null,
             password_version = password_version + 1, locale = null, status_line = '', busy = 0,
             seen_by = 'nobody', takes_requests = 0, is_listed = 0, who_may_write = 'acquaintances', updated_at = $3, deleted_at = $3
         where id = $1 and password_version = $4 and deleted_at is null",
    ).bind(me).bind(&nobody).bind(now).bind(version).execute(connection).await.map(|done| done.rows_affected()))?;
    if forgotten == 0 {
        return Err(Failure::invalid(Field::CurrentPassword, Why::Wrong));
    }
    let (groups, spaces, votes, bots): (bool, bool, bool, bool) = on_engine!(tx.connection(), connection => sqlx::query_as(
        "select exists (
                  select 1 from participant
                  join conversation on conversation.id = participant.conversation_id and conversation.kind = 'group'
                  where participant.account_id = $1
                ),
                exists (select 1 from space_member where account_id = $1),
                exists (select 1 from poll_vote where account_id = $1),
                exists (select 1 from account where owner_id = $1 and deleted_at is null)",
    ).bind(me).fetch_one(connection).await)?;
    if groups || spaces || votes || bots {
        return Err(Error::Conflict.into());
    }
    leave_the_rest(tx, account).await?;
    forget_ties(tx, account).await?;
    end_sessions(tx, account, None).await
}

/// The room for everyone is nobody's to look after; private talks stay to be read by the other.
async fn leave_the_rest(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let left: Vec<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "delete from participant
         where account_id = $1 and conversation_id in (select id from conversation where kind = 'channel')
         returning conversation_id",
    ).bind(account.get()).fetch_all(connection).await)?;
    for conversation in left.into_iter().filter_map(|id| id.try_into().ok()) {
        tx.announce(Announcement::Left(conversation, account));
    }
    Ok(())
}

/// Friends, requests, blocks, bans, the invitations and tokens they made, and what was told to them.
async fn forget_ties(tx: &mut Tx, account: AccountId) -> Outcome<()> {
    let me = account.get();
    let knew: Vec<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
        "delete from friendship where user1_id = $1 or user2_id = $1 returning user1_id, user2_id",
    ).bind(me).fetch_all(connection).await)?;
    tokens::revoke_all(tx, account).await?;
    for statement in [
        "delete from block where blocker_id = $1 or blocked_id = $1",
        "delete from ban where account_id = $1",
        "delete from invitation where made_by = $1",
        "delete from activity where account_id = $1",
        "delete from thread_follow where account_id = $1",
        "delete from saved where account_id = $1",
        "delete from reminder where account_id = $1",
        "delete from scheduled where account_id = $1",
        "delete from draft where account_id = $1",
        "delete from webhook where bot_id = $1",
        "delete from incoming_webhook where bot_id = $1",
    ] {
        on_engine!(tx.connection(), connection =>
            sqlx::query(statement).bind(me).execute(connection).await.map(drop))?;
    }
    tx.announce(Announcement::Acquainted(account));
    for (one, other) in knew {
        let other = if one == me { other } else { one };
        if let Ok(other) = other.try_into() {
            tx.announce(Announcement::Account(other, Event::Changed { what: Topic::Friends }));
        }
    }
    Ok(())
}
