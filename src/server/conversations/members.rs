//! Who is in a group: brought in, let go, leaving, made admin.

use std::collections::BTreeSet;

use sqlx::QueryBuilder;

use super::{
    abandoning::abandon,
    groups::{join as let_in, keeps_an_admin},
};
use crate::{
    accounts::Person,
    conversations::{
        about::{Kind, Role},
        members::{Line, Members},
    },
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId, SpaceId},
    invitations::Destination,
    messages::system::SystemNote,
    realtime::event::{Event, Topic},
    server::{
        access::{self, Held, Member},
        accounts, activity,
        answer::{Failure, Outcome},
        caller::Caller,
        db::{Announcement, Tx, on_engine},
        friends,
        messages::notes::note,
        moderation, presence,
    },
};

/// People that may be brought in at once.
const MOST_BROUGHT: usize = 100;

/// Bytes of the usernames that may be typed at once.
const MOST_TYPED: usize = 4_000;

/// Who is to be brought in: by number, and by name.
#[derive(Debug, Clone)]
pub(super) struct Brought {
    people: BTreeSet<AccountId>,
    usernames: Vec<String>,
}

impl Brought {
    /// # Errors
    /// `TooMuch`; `Invalid` if it is nobody.
    pub(super) fn of(people: Vec<AccountId>, usernames: &str) -> Outcome<Self> {
        if usernames.len() > MOST_TYPED {
            return Err(Error::TooMuch.into());
        }
        let separators = |c: char| c.is_whitespace() || c == ',' || c == ';';
        let usernames = usernames
            .split(separators)
            .map(|name| name.trim_start_matches('@'))
            .filter(|name| !name.is_empty());
        let brought =
            Self { people: people.into_iter().collect(), usernames: usernames.map(str::to_owned).collect() };
        match brought.people.len() + brought.usernames.len() {
            0 => Err(Failure::invalid(Field::People, Why::Missing)),
            1..=MOST_BROUGHT => Ok(brought),
            _ => Err(Error::TooMuch.into()),
        }
    }
}

/// The accounts of those who are `brought`, all of them friends of `me`. Who is no friend and who does not exist are
/// answered alike.
///
/// # Errors
/// `Invalid`.
pub(super) async fn friends_of(tx: &mut Tx, me: AccountId, brought: Brought) -> Outcome<Vec<AccountId>> {
    let mut people = brought.people;
    for name in brought.usernames {
        let found = accounts::find(tx, &name).await?;
        people.insert(found.ok_or(Failure::invalid(Field::People, Why::Unknown))?);
    }
    for person in &people {
        access::friendship(tx, me, *person).await.map_err(unknown)?;
    }
    Ok(people.into_iter().collect())
}

/// The accounts of those who are `brought`, all of them in the space.
async fn members_of(tx: &mut Tx, space: SpaceId, brought: Brought) -> Outcome<Vec<AccountId>> {
    let mut people = brought.people;
    for name in brought.usernames {
        let found = accounts::find(tx, &name).await?;
        people.insert(found.ok_or(Failure::invalid(Field::People, Why::Unknown))?);
    }
    for person in &people {
        access::rank(tx, *person, space).await.map_err(unknown)?;
    }
    Ok(people.into_iter().collect())
}

/// Who may not be brought in and who does not exist are answered alike.
fn unknown(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(_) => Failure::invalid(Field::People, Why::Unknown),
        other => other,
    }
}

/// Lets somebody into a group, which the transaction must hold. Whether they are new there.
///
/// # Errors
/// The database's own.
pub async fn join(tx: &mut Tx, conversation: ConversationId, account: AccountId) -> Outcome<bool> {
    if among(tx, conversation, &[account]).await?.contains(&account) {
        return Ok(false);
    }
    let_in(tx, conversation, &[account], "member").await?;
    Ok(true)
}

/// Brings friends of the caller into a group, or members of a space into a private channel; who is there already stays
/// as they are.
///
/// # Errors
/// As for a new group; `NotFound` for everyone who is not in it, `Forbidden` for plain members, `Conflict` for an open
/// channel, where everyone is.
pub async fn add(
    caller: &Caller,
    conversation: ConversationId,
    people: Vec<AccountId>,
    usernames: &str,
) -> Outcome<()> {
    let brought = Brought::of(people, usernames)?;
    caller.app.limits.sends.take(&caller.account)?;
    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let admin = access::admin(tx, me, conversation).await?;
            let people = match admin.held() {
                Held::Group => friends_of(tx, me, brought).await?,
                Held::Channel { space, is_open: false } => members_of(tx, space, brought).await?,
                Held::Channel { is_open: true, .. } => return Err(Error::Conflict.into()),
            };
            let there = among(tx, admin.conversation(), &people).await?;
            let new: Vec<AccountId> = people.into_iter().filter(|person| !there.contains(person)).collect();
            if new.is_empty() {
                return Ok(());
            }
            if admin.held() == Held::Group {
                for person in &new {
                    if moderation::is_banned(tx, Destination::Group(conversation), *person).await? {
                        return Err(Failure::invalid(Field::People, Why::Banned));
                    }
                }
            }
            let_in(tx, conversation, &new, "member").await?;
            activity::added(tx, me, conversation, &new).await?;
            note(tx, &keyring, conversation, me, SystemNote::Added { people: new }).await
        })
    });
    change.await
}

/// Those of `people` who are in the conversation.
async fn among(
    tx: &mut Tx,
    conversation: ConversationId,
    people: &[AccountId],
) -> Outcome<BTreeSet<AccountId>> {
    let rows: Vec<i64> = on_engine!(tx.connection(), connection => {
        let mut query = QueryBuilder::new("select account_id from participant where conversation_id = ");
        query.push_bind(conversation.get()).push(" and account_id in (");
        let mut ids = query.separated(", ");
        for person in people {
            ids.push_bind(person.get());
        }
        query.push(")");
        query.build_query_scalar().fetch_all(connection).await
    })?;
    Ok(rows.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

/// Lets a member of a group or of a private channel go. An admin must be made a member first, and those who run a space
/// are in all its channels.
///
/// # Errors
/// `NotFound` for everyone who is not in it, or if `person` is not; `Forbidden` for plain members, and about admins;
/// `Conflict` for an open channel.
pub async fn remove(caller: &Caller, conversation: ConversationId, person: AccountId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let admin = access::admin(tx, me, conversation).await?;
            let role = access::role(tx, person, conversation).await?;
            let stays = match admin.held() {
                Held::Group => role == Role::Admin,
                Held::Channel { space, is_open: false } => access::rank(tx, person, space).await?.runs_it(),
                Held::Channel { is_open: true, .. } => return Err(Error::Conflict.into()),
            };
            if stays {
                return Err(Error::Forbidden.into());
            }
            part(tx, conversation, person).await?;
            note(tx, &keyring, conversation, me, SystemNote::Removed { person }).await
        })
    });
    change.await
}

/// Leaves a group or a private channel.
///
/// # Errors
/// `Invalid` for the last admin of a group as long as there are others; `Forbidden` for those who run the space of a
/// channel; `Conflict` for an open channel; `NotFound` for everyone who is not in it.
pub async fn leave(caller: &Caller, conversation: ConversationId) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    go(caller, conversation).await
}

/// As [`leave`], however often.
///
/// # Errors
/// As [`leave`].
pub async fn go(caller: &Caller, conversation: ConversationId) -> Outcome<()> {
    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let held = access::hold(tx, conversation).await?;
            let role = access::role(tx, me, conversation).await?;
            let alone = is_alone(tx, conversation, me).await?;
            match held {
                Held::Group if role == Role::Admin && !alone => keeps_an_admin(tx, conversation, me).await?,
                Held::Group => {}
                Held::Channel { is_open: true, .. } => return Err(Error::Conflict.into()),
                Held::Channel { space, .. } if access::rank(tx, me, space).await?.runs_it() => {
                    return Err(Error::Forbidden.into());
                }
                Held::Channel { .. } => {}
            }
            if alone {
                return abandon(tx, conversation).await;
            }
            part(tx, conversation, me).await?;
            note(tx, &keyring, conversation, me, SystemNote::Left).await
        })
    });
    change.await
}

async fn is_alone(tx: &mut Tx, conversation: ConversationId, account: AccountId) -> Outcome<bool> {
    let other: Option<i64> = on_engine!(tx.connection(), connection => sqlx::query_scalar(
        "select account_id from participant where conversation_id = $1 and account_id <> $2 limit 1",
    ).bind(conversation.get()).bind(account.get()).fetch_optional(connection).await)?;
    Ok(other.is_none())
}

/// Takes somebody out of a conversation, which the transaction must hold; from here on they hear nothing more.
///
/// # Errors
/// The database's own.
pub async fn part(tx: &mut Tx, conversation: ConversationId, account: AccountId) -> Outcome<()> {
    let now = tx.now.millis();
    on_engine!(tx.connection(), connection => sqlx::query(
        "insert into departure (conversation_id, account_id, left_at) values ($1, $2, $3)
         on conflict (conversation_id, account_id) do update set left_at = excluded.left_at",
    ).bind(conversation.get()).bind(account.get()).bind(now).execute(connection).await.map(drop))?;
    on_engine!(tx.connection(), connection => sqlx::query(
        "delete from participant where conversation_id = $1 and account_id = $2",
    ).bind(conversation.get()).bind(account.get()).execute(connection).await.map(drop))?;
    tx.announce(Announcement::Left(conversation, account));
    tx.announce(Announcement::Account(account, Event::Left { conversation }));
    tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    Ok(())
}

/// Makes somebody an admin, or a plain member again. The same once more changes nothing.
///
/// # Errors
/// `Invalid` for the last admin; `NotFound` for everyone who is not in it, or if `person` is not; `Forbidden` for plain
/// members; `Conflict` for a channel, where ranks are the space's.
pub async fn set_role(
    caller: &Caller,
    conversation: ConversationId,
    person: AccountId,
    role: Role,
) -> Outcome<()> {
    caller.app.limits.sends.take(&caller.account)?;
    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            if access::admin(tx, me, conversation).await?.held() != Held::Group {
                return Err(Error::Conflict.into());
            }
            if access::role(tx, person, conversation).await? == role {
                return Ok(());
            }
            let told = match role {
                Role::Admin => SystemNote::Promoted { person },
                Role::Member => {
                    keeps_an_admin(tx, conversation, person).await?;
                    SystemNote::Demoted { person }
                }
            };
            on_engine!(tx.connection(), connection => sqlx::query(
                "update participant set role = $3 where conversation_id = $1 and account_id = $2",
            ).bind(conversation.get()).bind(person.get()).bind(role.code()).execute(connection).await.map(drop))?;
            note(tx, &keyring, conversation, me, told).await
        })
    });
    change.await
}

/// Who is in a conversation, admins first and then by username, from behind the `after`th on.
///
/// # Errors
/// `Forbidden` where everyone is.
pub async fn list(caller: &Caller, member: &Member, after: Option<(Role, String)>) -> Outcome<Members> {
    let about = super::about(caller, member).await?;
    if about.kind == Kind::Everyone {
        // A list of all accounts is for nobody.
        return Err(Error::Forbidden.into());
    }
    // PostgreSQL takes no NUL in a text; no username holds one.
    let (role, username) =
        after.map_or(("", String::new()), |(role, name)| (role.code(), name.replace('\0', "")));
    let mut rows: Vec<(i64, String, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name, participant.role
         from participant
         join account on account.id = participant.account_id
         where participant.conversation_id = $1 and (participant.role, account.username) > ($2, $3)
         order by participant.role, account.username
         limit $4",
    )
    .bind(member.conversation().get()).bind(role).bind(username).bind(Members::PAGE as i64 + 1)
    .fetch_all(pool).await)?;

    let more = rows.len() > Members::PAGE;
    rows.truncate(Members::PAGE);
    let line = |(id, username, display_name, role): (i64, String, String, String)| {
        let person = Person { id: id.try_into().ok()?, username, display_name };
        Some(Line { person, role: Role::from_code(&role)? })
    };
    let people: Vec<Line> = rows.into_iter().filter_map(line).collect();
    let next = people.last().filter(|_| more).map(|last| (last.role, last.person.username.clone()));
    let shown: Vec<AccountId> = people.iter().map(|line| line.person.id).collect();
    let present = presence::of(caller, &shown).await?;
    Ok(Members { about, people, present, next })
}

/// Those of `wanted` who are in the conversation or were once.
///
/// # Errors
/// The database's own.
pub async fn named(caller: &Caller, member: &Member, wanted: &[AccountId]) -> Outcome<Vec<Person>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new("select id, username, display_name from account where id in (");
        let mut ids = query.separated(", ");
        for account in wanted {
            ids.push_bind(account.get());
        }
        // Everybody is in the room for everyone: there only those who spoke up are named.
        query.push(") and (exists (select 1 from message where sender_id = account.id and conversation_id = 1 and 1 = ");
        query.push_bind(member.conversation().get());
        query.push(") or exists (select 1 from participant where account_id = account.id");
        query.push(" and conversation_id <> 1 and conversation_id = ");
        query.push_bind(member.conversation().get());
        query.push(") or exists (select 1 from departure where account_id = account.id and conversation_id = ");
        query.push_bind(member.conversation().get());
        query.push("))");
        query.build_query_as().fetch_all(pool).await
    })?;
    Ok(friends::people(rows))
}
