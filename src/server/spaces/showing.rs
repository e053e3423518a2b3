//! Spaces as their members see them.

use crate::{
    conversations::about::MEMBERS_COUNTED,
    ids::{ConversationId, SpaceId},
    server::{access::SpaceMember, answer::Outcome, caller::Caller, db::on_engine, reading},
    spaces::{ChannelLine, MOST_CHANNELS, MOST_SPACES, Space, SpaceLine},
};

/// The spaces of the caller, by name.
///
/// # Errors
/// The database's own.
pub async fn lines(caller: &Caller) -> Outcome<Vec<SpaceLine>> {
    let rows: Vec<(i64, String, bool)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select space.id, space.name, exists (
           select 1
           from channel
           join conversation on conversation.channel_id = channel.id
           join participant as me on me.conversation_id = conversation.id and me.account_id = $1
           where channel.space_id = space.id and exists (
             select 1 from message
             where message.conversation_id = conversation.id and message.position > me.read_position
               and message.sender_id <> $1
               and message.kind <> 'system' and message.thread_id is null and message.deleted_at is null
           )
         ) as unread
         from space_member
         join space on space.id = space_member.space_id
         where space_member.account_id = $1
         order by space.name, space.id
         limit $2",
    ).bind(caller.account.get()).bind(i64::from(MOST_SPACES)).fetch_all(pool).await)?;
    let line =
        |(id, name, unread): (i64, String, bool)| Some(SpaceLine { id: id.try_into().ok()?, name, unread });
    Ok(rows.into_iter().filter_map(line).collect())
}

/// A space with the channels that the member may see.
///
/// # Errors
/// The database's own.
pub async fn show(caller: &Caller, member: &SpaceMember) -> Outcome<Space> {
    let (name, members): (String, i64) = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select space.name, (select count(*) from (
           select 1 from space_member as one where one.space_id = space.id limit $2
         ) as counted)
         from space where space.id = $1",
    ).bind(member.space().get()).bind(i64::from(MEMBERS_COUNTED)).fetch_one(pool).await)?;
    let rows: Vec<(i64, String, i64, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, coalesce(conversation.title, ''), channel.is_open,
                (select count(*) from (
                   select 1 from message as new
                   where new.conversation_id = conversation.id and new.sender_id <> me.account_id
                     and new.position > me.read_position
                     and new.kind <> 'system' and new.thread_id is null and new.deleted_at is null
                   order by new.position
                   limit 100
                 ) as counted) as unread
         from channel
         join conversation on conversation.channel_id = channel.id
         join participant as me on me.conversation_id = conversation.id and me.account_id = $2
         where channel.space_id = $1
         order by channel.place, channel.id
         limit $3",
    )
    .bind(member.space().get()).bind(member.account().get()).bind(i64::from(MOST_CHANNELS))
    .fetch_all(pool).await)?;
    let line = |(id, name, is_open, unread): (i64, String, i64, i64)| {
        let conversation = id.try_into().ok()?;
        Some(ChannelLine { conversation, name, is_open: is_open == 1, unread: reading::counted(unread) })
    };
    Ok(Space {
        id: member.space(),
        name,
        rank: member.rank(),
        members: u32::try_from(members).unwrap_or(MEMBERS_COUNTED),
        channels: rows.into_iter().filter_map(line).collect(),
    })
}

/// The space whose channel a conversation is, if it is one.
///
/// # Errors
/// The database's own.
pub async fn of_conversation(caller: &Caller, conversation: ConversationId) -> Outcome<Option<SpaceId>> {
    let id: Option<i64> = on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select channel.space_id
         from conversation
         join channel on channel.id = conversation.channel_id
         where conversation.id = $1",
    ).bind(conversation.get()).fetch_optional(pool).await)?;
    Ok(id.and_then(|id| id.try_into().ok()))
}
