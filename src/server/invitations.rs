//! Making links, following them, ending them: the verbs of `invitations/` and their SQL.

use sha2::{Digest, Sha256};

use super::{
    access,
    answer::{Failure, Outcome},
    caller::Caller,
    conversations::members,
    crypto::Place,
    db::{Tx, on_engine, sql},
    messages::notes::note,
    moderation, spaces,
    state::AppState,
};
use crate::{
    conversations::about::MEMBERS_COUNTED,
    error::{Error, Field, Why},
    ids::{AccountId, ConversationId, InvitationId, SpaceId},
    invitations::{Destination, Invitation, Invitations, Lasts, Link, MOST_INVITATIONS, Token, USES},
    messages::system::SystemNote,
    time::Timestamp,
};

/// What the form names: exactly one of them.
///
/// # Errors
/// `Invalid`.
pub fn named(conversation: Option<ConversationId>, space: Option<SpaceId>) -> Result<Destination, Error> {
    match (conversation, space) {
        (Some(id), None) => Ok(Destination::Group(id)),
        (None, Some(id)) => Ok(Destination::Space(id)),
        _ => Err(Error::invalid(Field::Form, Why::Shape)),
    }
}

fn hash(token: &Token) -> Vec<u8> {
    Sha256::digest(token.as_str().as_bytes()).to_vec()
}

const fn place(id: InvitationId) -> Place {
    Place { table: "invitation", id: id.get(), version: 0 }
}

pub(super) const fn columns(into: Destination) -> (Option<i64>, Option<i64>) {
    match into {
        Destination::Group(id) => (Some(id.get()), None),
        Destination::Space(id) => (None, Some(id.get())),
    }
}

/// Makes a link.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for those who may not invite; `TooMuch`, `TooFast`.
pub async fn create(caller: &Caller, into: Destination, lasts: Lasts, uses: u32) -> Outcome<Link> {
    if !USES.contains(&uses) {
        return Err(Failure::invalid(Field::Form, Why::Shape));
    }
    caller.app.limits.groups.take(&caller.account)?;
    let (me, keyring) = (caller.account, caller.app.keyring.clone());
    let made_by = caller.viewer.person.display_name.clone();
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            access::inviter(tx, me, into).await?;
            let (conversation, space) = columns(into);
            let there: i64 = on_engine!(tx.connection(), connection => sqlx::query_scalar(
                "select count(*) from invitation where conversation_id = $1 or space_id = $2",
            ).bind(conversation).bind(space).fetch_one(connection).await)?;
            if there >= i64::from(MOST_INVITATIONS) {
                return Err(Error::TooMuch.into());
            }
            let (id, token) = (tx.mint.next::<InvitationId>(), Token::from_random(rand::random()));
            let now = tx.now;
            let expires_at = lasts.millis().map(|millis| now.plus(millis));
            let uses_left = (uses > 0).then_some(uses);
            on_engine!(tx.connection(), connection => sqlx::query(
                "insert into invitation
                 (id, token_hash, token, conversation_id, space_id, made_by, created_at, expires_at, uses_left)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(id.get()).bind(hash(&token)).bind(keyring.seal(place(id), token.as_str())?)
            .bind(conversation).bind(space).bind(me.get()).bind(now.millis())
            .bind(expires_at.map(Timestamp::millis)).bind(uses_left.map(i64::from))
            .execute(connection).await.map(drop))?;
            Ok(Link { id, token, made_by, expires_at, uses_left })
        })
    });
    change.await
}

/// Ends a link.
///
/// # Errors
/// `NotFound` for those who may not invite to where it leads, and if there is none.
pub async fn revoke(caller: &Caller, invitation: InvitationId) -> Outcome<()> {
    let me = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let row: Option<(Option<i64>, Option<i64>)> = on_engine!(tx.connection(), connection => sqlx::query_as(
                "select conversation_id, space_id from invitation where id = $1",
            ).bind(invitation.get()).fetch_optional(connection).await)?;
            let into = row.and_then(|(conversation, space)| into(conversation, space));
            let into = into.ok_or(Failure::Refused(Error::NotFound))?;
            access::inviter(tx, me, into).await.map_err(|_| Failure::Refused(Error::NotFound))?;
            on_engine!(tx.connection(), connection => sqlx::query("delete from invitation where id = $1")
                .bind(invitation.get()).execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}

fn into(conversation: Option<i64>, space: Option<i64>) -> Option<Destination> {
    match (conversation, space) {
        (Some(id), None) => id.try_into().ok().map(Destination::Group),
        (None, Some(id)) => id.try_into().ok().map(Destination::Space),
        _ => None,
    }
}

#[derive(sqlx::FromRow)]
struct Found {
    name: Option<String>,
    conversation_id: Option<i64>,
    space_id: Option<i64>,
    made_by: String,
    members: i64,
}

/// Where a link leads.
///
/// # Errors
/// `NotFound` if it leads nowhere, or no longer.
pub async fn look(app: &AppState, token: &Token) -> Outcome<Invitation> {
    let now = app.clock.now().millis();
    let found: Option<Found> = on_engine!(app.db.pool(), pool => sqlx::query_as(
        "select coalesce(space.name, conversation.title) as name, invitation.conversation_id, invitation.space_id,
                account.display_name as made_by,
                (select count(*) from (
                   select 1 from participant where participant.conversation_id = invitation.conversation_id
                   union all
                   select 1 from space_member where space_member.space_id = invitation.space_id
                   limit $3
                 ) as counted) as members
         from invitation
         join account on account.id = invitation.made_by
         left join conversation on conversation.id = invitation.conversation_id
         left join space on space.id = invitation.space_id
         where invitation.token_hash = $1
           and (invitation.expires_at is null or invitation.expires_at > $2)
           and (invitation.uses_left is null or invitation.uses_left > 0)",
    ).bind(hash(token)).bind(now).bind(i64::from(MEMBERS_COUNTED)).fetch_optional(pool).await)?;
    let Found { name: Some(name), conversation_id, space_id, made_by, members } =
        found.ok_or(Failure::Refused(Error::NotFound))?
    else {
        return Err(Error::NotFound.into());
    };
    Ok(Invitation {
        name,
        is_space: space_id.is_some(),
        face: space_id.or(conversation_id).unwrap_or_default(),
        members: u32::try_from(members).unwrap_or(MEMBERS_COUNTED),
        made_by,
    })
}

/// Comes in by a link. Who is in already spends no use of it.
///
/// # Errors
/// `NotFound` if it leads nowhere, or no longer; `TooMuch` for who is in too many spaces.
pub async fn join(caller: &Caller, token: &Token) -> Outcome<Destination> {
    let (me, keyring, hash) = (caller.account, caller.app.keyring.clone(), hash(token));
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            // The place is held first, as by whoever revokes the link: two who each hold what the other wants would
            // wait for each other.
            let into = leads_to(tx, &hash).await?;
            match into {
                Destination::Space(space) => access::hold_space(tx, space).await?,
                Destination::Group(group) => {
                    access::hold(tx, group).await?;
                }
            }
            is_usable(tx, &hash).await?;
            is_welcome(tx, into, me).await?;
            let new = match into {
                Destination::Space(space) => spaces::members::join(tx, space, me).await?,
                Destination::Group(group) => {
                    let new = members::join(tx, group, me).await?;
                    if new {
                        note(tx, &keyring, group, me, SystemNote::Joined).await?;
                    }
                    new
                }
            };
            if new {
                spend(tx, &hash).await?;
            }
            Ok(into)
        })
    });
    change.await
}

/// To whoever is banned the link leads nowhere.
async fn is_welcome(tx: &mut Tx, into: Destination, account: AccountId) -> Outcome<()> {
    if moderation::is_banned(tx, into, account).await? { Err(Error::NotFound.into()) } else { Ok(()) }
}

/// Where a link leads, whether it still does or not.
async fn leads_to(tx: &mut Tx, hash: &[u8]) -> Outcome<Destination> {
    let row: Option<(Option<i64>, Option<i64>)> = on_engine!(tx.connection(), connection =>
        sqlx::query_as("select conversation_id, space_id from invitation where token_hash = $1")
            .bind(hash).fetch_optional(connection).await)?;
    row.and_then(|(conversation, space)| into(conversation, space)).ok_or(Failure::Refused(Error::NotFound))
}

/// Whether a link still leads there; held until the transaction ends, so that its last use is spent once.
async fn is_usable(tx: &mut Tx, hash: &[u8]) -> Outcome<()> {
    let now = tx.now.millis();
    let connection = tx.connection();
    let text = sql!(connection,
        sqlite: "select id from invitation
                 where token_hash = $1 and (expires_at is null or expires_at > $2) and (uses_left is null or uses_left > 0)",
        postgres: "select id from invitation
                   where token_hash = $1 and (expires_at is null or expires_at > $2)
                     and (uses_left is null or uses_left > 0)
                   for update",
    );
    let usable: Option<i64> = on_engine!(connection, connection =>
        sqlx::query_scalar(text).bind(hash).bind(now).fetch_optional(connection).await)?;
    usable.map(drop).ok_or(Failure::Refused(Error::NotFound))
}

async fn spend(tx: &mut Tx, hash: &[u8]) -> Outcome<()> {
    on_engine!(tx.connection(), connection => sqlx::query(
        "update invitation set uses_left = uses_left - 1 where token_hash = $1 and uses_left is not null",
    ).bind(hash).execute(connection).await.map(drop))?;
    Ok(())
}

/// Id, sealed token, who made it, when it ends, and for how many more.
type LinkRow = (i64, Vec<u8>, String, Option<i64>, Option<i64>);

/// The links into a group or a space that still lead there, the latest first.
///
/// # Errors
/// `NotFound` for everyone who is not in it, `Forbidden` for those who may not invite.
pub async fn list(caller: &Caller, into: Destination) -> Outcome<Invitations> {
    access::may_invite(caller, into).await?;
    let (conversation, space) = columns(into);
    let name = name_of(caller, into).await?;
    let rows: Vec<LinkRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select invitation.id, invitation.token, account.display_name, invitation.expires_at, invitation.uses_left
         from invitation
         join account on account.id = invitation.made_by
         where (invitation.conversation_id = $1 or invitation.space_id = $2)
           and (invitation.expires_at is null or invitation.expires_at > $3)
           and (invitation.uses_left is null or invitation.uses_left > 0)
         order by invitation.id desc
         limit $4",
    )
    .bind(conversation).bind(space).bind(caller.app.clock.now().millis()).bind(i64::from(MOST_INVITATIONS))
    .fetch_all(pool).await)?;

    let mut links = Vec::with_capacity(rows.len());
    for (id, sealed, made_by, expires_at, uses_left) in rows {
        let id = id.try_into().map_err(|_| Failure::Internal("an invitation has no valid id"))?;
        let token = caller.app.keyring.open(place(id), &sealed)?;
        links.push(Link {
            id,
            token: token.try_into().map_err(|_| Failure::Internal("an invitation has no valid token"))?,
            made_by,
            expires_at: expires_at.map(Timestamp::from_millis),
            uses_left: uses_left.and_then(|uses| uses.try_into().ok()),
        });
    }
    Ok(Invitations { name, into, links })
}

/// What a group or a space is called.
///
/// # Errors
/// The database's own.
pub(super) async fn name_of(caller: &Caller, into: Destination) -> Outcome<String> {
    let (conversation, space) = columns(into);
    let name: Option<String> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select coalesce((select name from space where id = $2), (select title from conversation where id = $1))",
    ).bind(conversation).bind(space).fetch_one(pool).await)?;
    Ok(name.unwrap_or_default())
}

/// Sweeps links that lead nowhere any more.
///
/// # Errors
/// The database's own.
pub async fn sweep(writer: &super::db::Writer) -> Outcome<()> {
    let change = writer.change(|tx| {
        Box::pin(async move {
            let now = tx.now.millis();
            on_engine!(tx.connection(), connection => sqlx::query(
                "delete from invitation where expires_at <= $1 or uses_left = 0",
            ).bind(now).execute(connection).await.map(drop))?;
            Ok(())
        })
    });
    change.await
}
