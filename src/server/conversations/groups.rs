//! Groups: made with a name and some friends, called and described by their admins.

use sqlx::QueryBuilder;

use super::members::{self, Brought};
use crate::{
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId},
    messages::system::SystemNote,
    realtime::event::{Event, Topic},
    server::{
        access,
        accounts::one_line,
        activity,
        answer::Outcome,
        caller::Caller,
        db::{Announcement, Tx, on_engine},
        messages::notes::note,
    },
};

/// Characters that the name of a group may have.
const LONGEST_NAME: u32 = 80;

/// Characters that may say what it is for.
const LONGEST_TOPIC: u32 = 250;

/// Makes a group of the caller, who is its admin, and friends of theirs: `people`, and those with these `usernames`.
///
/// # Errors
/// `Invalid` for a name that cannot be taken, without anybody else in it, or for somebody who is no friend; `TooMuch`
/// for too many at once; `TooFast`.
pub async fn create(
    caller: &Caller,
    name: &str,
    people: Vec<AccountId>,
    usernames: &str,
) -> Outcome<ConversationId> {
    let name = one_line(Field::Name, name, LONGEST_NAME)?;
    let brought = Brought::of(people, usernames)?;
    caller.app.limits.groups.take(&caller.account)?;

    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let people = members::friends_of(tx, me, brought).await?;
            let id = insert(tx, &name).await?;
            join(tx, id, &[me], "admin").await?;
            join(tx, id, &people, "member").await?;
            activity::added(tx, me, id, &people).await?;
            note(tx, &keyring, id, me, SystemNote::Created { name }).await?;
            Ok(id)
        })
    });
    change.await
}

async fn insert(tx: &mut Tx, name: &str) -> Outcome<ConversationId> {
    let (id, now) = (tx.mint.next::<ConversationId>(), tx.now.millis());
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into conversation (id, kind, title, active_at, created_at) values ($1, 'group', $2, $3, $3)",
    ).bind(id.get()).bind(name).bind(now).execute(connection).await.map(drop))?;
    Ok(id)
}

/// Brings `people` in, who are not there yet, and has them hear what happens from here on.
///
/// # Errors
/// The database's own.
pub async fn join(
    tx: &mut Tx,
    conversation: ConversationId,
    people: &[AccountId],
    role: &'static str,
) -> Outcome<()> {
    let now = tx.now.millis();
    on_engine!(tx.connection(), connection => {
        let mut query =
            QueryBuilder::new("insert into participant (conversation_id, account_id, role, joined_at) ");
        query.push_values(people, |mut row, account| {
            row.push_bind(conversation.get()).push_bind(account.get()).push_bind(role).push_bind(now);
        });
        query.build().execute(connection).await.map(drop)
    })?;
    for account in people {
        tx.announce(Announcement::Joined(conversation, *account));
        tx.announce(Announcement::Account(*account, Event::Changed { what: Topic::Inbox }));
    }
    Ok(())
}

/// Says what the group is called, or leaves it its name, and what it is for. What stays as it was is not told.
///
/// # Errors
/// `Invalid`; `NotFound` for everyone who is not in it, `Forbidden` for plain members; `TooFast`.
pub async fn describe(
    caller: &Caller,
    conversation: ConversationId,
    name: Option<&str>,
    topic: &str,
) -> Outcome<()> {
    let name = name.map(|name| one_line(Field::Name, name, LONGEST_NAME)).transpose()?;
    let topic = match topic.trim() {
        "" => String::new(),
        topic => one_line(Field::Topic, topic, LONGEST_TOPIC)?,
    };
    // Each may become a message for everyone.
    caller.app.limits.sends.take(&caller.account)?;
    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let admin = access::admin(tx, me, conversation).await?;
            let before: (String, String) = on_engine!(tx.connection(), connection => sqlx::query_as(
                "select coalesce(title, ''), topic from conversation where id = $1",
            ).bind(admin.conversation().get()).fetch_one(connection).await)?;
            let name = name.unwrap_or_else(|| before.0.clone());
            if before == (name.clone(), topic.clone()) {
                return Ok(());
            }
            on_engine!(tx.connection(), connection => sqlx::query(
                "update conversation set title = $2, topic = $3 where id = $1",
            ).bind(admin.conversation().get()).bind(&name).bind(&topic).execute(connection).await.map(drop))?;
            if before.0 != name {
                note(tx, &keyring, conversation, me, SystemNote::Renamed { name }).await?;
            }
            if before.1 != topic {
                note(tx, &keyring, conversation, me, SystemNote::TopicChanged { topic }).await?;
            }
            Ok(())
        })
    });
    change.await
}

/// Whether nobody would be left to look after the group if `account` were no admin.
///
/// # Errors
/// `Invalid` if so.
pub(super) async fn keeps_an_admin(
    tx: &mut Tx,
    conversation: ConversationId,
    without: AccountId,
) -> Outcome<()> {
    let other: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select account_id from participant
         where conversation_id = $1 and role = 'admin' and account_id <> $2
         limit 1",
    ).bind(conversation.get()).bind(without.get()).fetch_optional(connection).await)?;
    other.map(drop).ok_or(Error::invalid(Field::Role, Why::Last).into())
}
