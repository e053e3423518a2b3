//! Who may know that somebody is writing in a conversation, and how far they have read it.
//!
//! Knowing is mutual: of two people either both may know it of each other or neither.

use sqlx::QueryBuilder;

use super::{Member, asking_for_rights};
use crate::{
    ids::{AccountId, ConversationId},
    presence::MOST_FOLLOWED,
    server::{
        answer::Outcome,
        db::{Db, Tx, on_engine},
    },
};

/// The others in a conversation of few members, who tell as the member does, and whom no block keeps apart. Of each:
/// whether that is all to be asked, as in a group and among friends; and otherwise whether both have said something.
const ASKED: &str = "select them.account_id,
       conversation.kind <> 'direct' or exists (
         select 1 from friendship
         where user1_id = me.account_id and user2_id = them.account_id and status = 'accepted'
       ) or exists (
         select 1 from friendship
         where user1_id = them.account_id and user2_id = me.account_id and status = 'accepted'
       ) as is_sure,
       conversation.kind = 'direct' and exists (
         select 1 from message where conversation_id = $1 and sender_id = me.account_id
       ) and exists (
         select 1 from message where conversation_id = $1 and sender_id = them.account_id
       ) as have_talked
     from participant as me
     join account as mine on mine.id = me.account_id
     join conversation on conversation.id = me.conversation_id
     join participant as them on them.conversation_id = me.conversation_id and them.account_id <> me.account_id
     join account as theirs on theirs.id = them.account_id
     where me.conversation_id = $1 and me.account_id = $2
       and mine.receipts = 1 and theirs.receipts = 1 and theirs.deleted_at is null
       and me.request is null and them.request is null
       and (select count(*) from (
         select 1 from participant as one where one.conversation_id = $1 limit $3
       ) as counted) < $3
       and not exists (select 1 from block where blocker_id = me.account_id and blocked_id = them.account_id)
       and not exists (select 1 from block where blocker_id = them.account_id and blocked_id = me.account_id)";

type Row = (i64, bool, bool);

/// One more than the members of the largest conversation in which this is told.
const TOO_MANY: i64 = MOST_FOLLOWED as i64 + 1;

/// Those in the conversation who may know what `member` does there, and of whom they may. Nobody in one of more than
/// [`MOST_FOLLOWED`] members.
///
/// # Errors
/// The database's own.
pub async fn confidants(db: &Db, member: &Member) -> Outcome<Vec<AccountId>> {
    let rows: Vec<Row> = on_engine!(db.pool(), pool => sqlx::query_as(ASKED)
        .bind(member.conversation.get()).bind(member.account.get()).bind(TOO_MANY)
        .fetch_all(pool).await)?;
    let rights = match pair(member, &rows) {
        Some(pair) => on_engine!(db.pool(), pool => asking_for_rights!(&pair, pool))?,
        None => Vec::new(),
    };
    Ok(decided(rows, &rights))
}

/// The two of a private talk who are no friends, but have talked: whether they still can is asked.
fn pair(member: &Member, rows: &[Row]) -> Option<[(ConversationId, AccountId); 2]> {
    let (them, ..) = rows.iter().find(|(_, is_sure, have_talked)| !is_sure && *have_talked)?;
    Some([(member.conversation, member.account), (member.conversation, (*them).try_into().ok()?)])
}

/// Whoever has written to a stranger learns nothing of them until they answer, nor once one of the two may not write.
fn decided(rows: Vec<Row>, rights: &[(i64, i64, bool)]) -> Vec<AccountId> {
    let can_talk = rights.len() == 2 && rights.iter().all(|(.., may_write)| *may_write);
    let told = rows.into_iter().filter(|(_, is_sure, have_talked)| *is_sure || *have_talked && can_talk);
    told.filter_map(|(account, ..)| account.try_into().ok()).collect()
}

/// As [`confidants`], as the transaction sees it.
///
/// # Errors
/// The database's own.
pub async fn confidants_within(tx: &mut Tx, member: &Member) -> Outcome<Vec<AccountId>> {
    let rows: Vec<Row> = on_engine!(tx.connection(), connection => sqlx::query_as(ASKED)
        .bind(member.conversation.get()).bind(member.account.get()).bind(TOO_MANY)
        .fetch_all(connection).await)?;
    let rights = match pair(member, &rows) {
        Some(pair) => on_engine!(tx.connection(), connection => asking_for_rights!(&pair, connection))?,
        None => Vec::new(),
    };
    Ok(decided(rows, &rights))
}

/// Those in a group or channel, of any number of members, of whom `member` may know that they have read it up to
/// `position`, each with their names: at most `limit`, from behind the username `after` on.
///
/// # Errors
/// The database's own.
pub async fn readers(
    db: &Db,
    member: &Member,
    position: i64,
    after: &str,
    limit: i64,
) -> Outcome<Vec<(i64, String, String)>> {
    let rows = on_engine!(db.pool(), pool => sqlx::query_as(
        "select theirs.id, theirs.username, theirs.display_name
         from participant as them
         join account as theirs on theirs.id = them.account_id
         join account as mine on mine.id = $2
         join participant as me on me.conversation_id = $1 and me.account_id = $2
         where them.conversation_id = $1 and them.account_id <> $2 and them.seen_position >= $3
           and mine.receipts = 1 and theirs.receipts = 1 and theirs.deleted_at is null and theirs.username > $4
           and not exists (select 1 from block where blocker_id = mine.id and blocked_id = theirs.id)
           and not exists (select 1 from block where blocker_id = theirs.id and blocked_id = mine.id)
         order by theirs.username
         limit $5",
    )
    .bind(member.conversation.get()).bind(member.account.get()).bind(position).bind(after).bind(limit)
    .fetch_all(pool).await)?;
    Ok(rows)
}
