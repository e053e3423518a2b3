//! What was said in talks of two and in the room for everyone, across all of them: for documents whose lists are not of one
//! conversation.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::{MessageRow, open};
use crate::{
    ids::{AccountId, ConversationId, MessageId},
    messages::Message,
    server::{
        access::{self, Member},
        answer::Outcome,
        caller::Caller,
        conversations::{direct, everyone, parties::Parties},
        db::on_engine,
        mint,
    },
    time::Timestamp,
};

/// Messages among which those of one of two are looked for.
const MOST_WALKED: i64 = 1_000;
/// By how much a clock may have been wrong (milliseconds), so that what was said then is found by its moment.
const ASTRAY: i64 = 86_400_000;

/// Conversations that are looked through, those that were last active.
const MOST_TALKS: i64 = 50;

/// The newest messages that the caller has said or been told, before `before`: at most `limit`, the oldest first.
///
/// # Errors
/// The database's own; `Seal`.
pub async fn all(
    caller: &Caller,
    before: Option<MessageId>,
    limit: usize,
) -> Outcome<Vec<(Message, Parties)>> {
    // Which first, and then what: a page is not to hold all that might be on it.
    let mut found = Vec::new();
    for (conversation, parties) in talks(caller).await? {
        let ids = newest(caller, conversation, before, limit).await?;
        found.extend(ids.into_iter().map(|id| (id, conversation, parties)));
    }
    gathered(caller, found, limit).await
}

/// As [`all`], of what was said from one moment to another, both included.
///
/// # Errors
/// As [`all`].
pub async fn between(
    caller: &Caller,
    (from, to): (Timestamp, Timestamp),
    before: Option<MessageId>,
    limit: usize,
) -> Outcome<Vec<(Message, Parties)>> {
    let before = before.map_or(i64::MAX, MessageId::get);
    let mut found = Vec::new();
    for (conversation, parties) in talks(caller).await? {
        // Ids are in the order of time, as far as clocks are: they bound what is looked at, and the moment decides.
        let ids: Vec<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
            "select id from message
             where conversation_id = $1 and id < $2 and id >= $3 and thread_id is null and deleted_at is null
               and kind in ('text', 'forwarded') and created_at >= $4 and created_at <= $5
             order by id desc
             limit $6",
        )
        .bind(conversation.get()).bind(before.min(mint::first_at(to.plus(ASTRAY))))
        .bind(mint::first_at(from.plus(-ASTRAY))).bind(from.millis()).bind(to.millis()).bind(limit as i64)
        .fetch_all(pool).await)?;
        found.extend(ids.into_iter().map(|id| (id, conversation, parties)));
    }
    gathered(caller, found, limit).await
}

/// The caller's talks of two and the room for everyone, those that were last active first.
///
/// # Errors
/// The database's own.
pub(super) async fn talks(caller: &Caller) -> Outcome<Vec<(ConversationId, Parties)>> {
    let talks: Vec<(i64, Option<String>)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, direct_key
         from participant as me
         join conversation on conversation.id = me.conversation_id
         where me.account_id = $1 and (conversation.kind = 'direct' or conversation.id = $2)
         order by active_at desc
         limit $3",
    ).bind(caller.account.get()).bind(everyone::ROOM).bind(MOST_TALKS).fetch_all(pool).await)?;
    let talk = |(id, key): (i64, Option<String>)| {
        let conversation = ConversationId::try_from(id).ok()?;
        Some((conversation, Parties::stored(conversation, key.as_deref())?))
    };
    Ok(talks.into_iter().filter_map(talk).collect())
}

/// All conversations that the caller is in, groups and channels too, those that were last active first. Talks that a stranger
/// asks for count once they are accepted.
///
/// # Errors
/// The database's own.
pub(super) async fn places(caller: &Caller) -> Outcome<Vec<ConversationId>> {
    let ids: Vec<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select conversation.id
         from participant as me
         join conversation on conversation.id = me.conversation_id
         where me.account_id = $1 and me.request is null
         order by active_at desc
         limit $2",
    ).bind(caller.account.get()).bind(MOST_TALKS).fetch_all(pool).await)?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).collect())
}

/// The newest of what was found, opened: at most `limit`, the oldest first.
async fn gathered(
    caller: &Caller,
    mut found: Vec<(i64, ConversationId, Parties)>,
    limit: usize,
) -> Outcome<Vec<(Message, Parties)>> {
    found.sort_unstable_by_key(|(id, ..)| -id);
    found.truncate(limit);

    let ids: Vec<i64> = found.iter().map(|(id, ..)| *id).collect();
    let mut rows = rows(caller, &ids).await?;
    let mut said = Vec::with_capacity(found.len());
    let mut members: Vec<Member> = Vec::new();
    for (id, conversation, parties) in found.into_iter().rev() {
        let Some(row) = rows.remove(&id) else { continue };
        let known = members.iter().find(|member| member.conversation() == conversation).copied();
        let member = match known {
            Some(member) => member,
            None => {
                let member = access::member(caller, conversation).await?;
                members.push(member);
                member
            }
        };
        said.push((open(caller, &member, row)?, parties));
    }
    Ok(said)
}

/// The newest messages of the caller's talk with `other`, before `before`: at most `limit`, the oldest first.
///
/// # Errors
/// The database's own; `Seal`.
pub async fn with(
    caller: &Caller,
    other: AccountId,
    before: Option<MessageId>,
    limit: usize,
) -> Outcome<Vec<Message>> {
    let Some(talk) = direct::find(caller, other).await? else { return Ok(Vec::new()) };
    let member = access::member(caller, talk).await?;
    let ids = newest(caller, talk, before, limit).await?;
    let mut rows = rows(caller, &ids).await?;
    let said = ids.into_iter().rev().filter_map(|id| rows.remove(&id));
    said.map(|row| open(caller, &member, row)).collect()
}

/// What one of the two said in the talk of the caller and `other`, before `before`: at most `limit`, the oldest first. Looked
/// for among the [`MOST_WALKED`] newest there.
///
/// # Errors
/// The database's own; `Seal`.
pub async fn said_by(
    caller: &Caller,
    other: AccountId,
    sender: AccountId,
    before: Option<MessageId>,
    limit: usize,
) -> Outcome<Vec<Message>> {
    let Some(talk) = direct::find(caller, other).await? else { return Ok(Vec::new()) };
    let member = access::member(caller, talk).await?;
    let ids: Vec<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select id from (
           select id, sender_id from message
           where conversation_id = $1 and id < $2 and thread_id is null and deleted_at is null
             and kind in ('text', 'forwarded')
           order by id desc
           limit $3
         ) as recent
         where sender_id = $4
         order by id desc
         limit $5",
    )
    .bind(talk.get()).bind(before.map_or(i64::MAX, MessageId::get)).bind(MOST_WALKED).bind(sender.get())
    .bind(limit as i64)
    .fetch_all(pool).await)?;
    let mut rows = rows(caller, &ids).await?;
    let said = ids.into_iter().rev().filter_map(|id| rows.remove(&id));
    said.map(|row| open(caller, &member, row)).collect()
}

/// The newest message that `sender` said in a conversation of the caller's, up to a position; none if it is not among the
/// [`MOST_WALKED`] before that.
///
/// # Errors
/// `NotFound` if the caller is not in it.
pub async fn newest_of(
    caller: &Caller,
    conversation: ConversationId,
    sender: AccountId,
    position: i64,
) -> Outcome<Option<MessageId>> {
    access::member(caller, conversation).await?;
    let id: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select id from (
           select id, sender_id, position from message
           where conversation_id = $1 and position <= $2 and thread_id is null and deleted_at is null
             and kind in ('text', 'forwarded')
           order by position desc
           limit $3
         ) as recent
         where sender_id = $4
         order by position desc
         limit 1",
    )
    .bind(conversation.get()).bind(position).bind(MOST_WALKED).bind(sender.get())
    .fetch_optional(pool).await)?;
    Ok(id.and_then(|id| id.try_into().ok()))
}

/// Which messages were said there and not deleted, the newest first.
async fn newest(
    caller: &Caller,
    conversation: ConversationId,
    before: Option<MessageId>,
    limit: usize,
) -> Outcome<Vec<i64>> {
    Ok(on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select id from message
         where conversation_id = $1 and id < $2 and thread_id is null and deleted_at is null
           and kind in ('text', 'forwarded')
         order by id desc
         limit $3",
    )
    .bind(conversation.get()).bind(before.map_or(i64::MAX, MessageId::get)).bind(limit as i64)
    .fetch_all(pool).await)?)
}

/// Messages by their ids, still sealed.
pub(super) async fn rows(caller: &Caller, ids: &[i64]) -> Outcome<HashMap<i64, MessageRow>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<MessageRow> = on_engine!(caller.app.db.pool(), pool => {
        let mut query = QueryBuilder::new(concat!("select ", columns!(), " from message where id in ("));
        let mut wanted = query.separated(", ");
        for id in ids {
            wanted.push_bind(id);
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
