//! Spaces as their members see them.

use crate::{
    conversations::about::MEMBERS_COUNTED,
    ids::{ConversationId, SpaceId},
    server::{
        access::SpaceMember, answer::Outcome, caller::Caller, conversations::loudness, db::on_engine, reading,
    },
    spaces::{ChannelLine, MOST_CHANNELS, MOST_SPACES, Space, SpaceLine},
    time::Timestamp,
};

/// The spaces of the caller, by name. Who is named in them is told by `mentions`.
///
/// # Errors
/// The database's own.
pub async fn lines(caller: &Caller) -> Outcome<Vec<SpaceLine>> {
    let rows: Vec<(i64, String, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select space.id, space.name, (select count(*) from (
           select 1
           from channel
           join conversation on conversation.channel_id = channel.id
           join participant as me on me.conversation_id = conversation.id and me.account_id = $1
           join message on message.conversation_id = me.conversation_id and message.position > me.read_position
             and message.sender_id <> $1
             and message.kind <> 'system' and message.thread_id is null and message.deleted_at is null
           where channel.space_id = space.id
             and me.notify = 'all' and (me.muted_until is null or me.muted_until <= $3)
             and (me.hidden_position is null or message.position > me.hidden_position)
           limit 100
         ) as counted) as unread
         from space_member
         join space on space.id = space_member.space_id
         where space_member.account_id = $1
         order by space.name, space.id
         limit $2",
    )
    .bind(caller.account.get()).bind(i64::from(MOST_SPACES)).bind(caller.app.clock.now().millis())
    .fetch_all(pool).await)?;
    let line = |(id, name, unread): (i64, String, i64)| {
        Some(SpaceLine { id: id.try_into().ok()?, name, unread: reading::counted(unread), mentions: 0 })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

/// A space with the channels that the member may see. Who is named in them is told by `mentions`.
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
    let now = caller.app.clock.now();
    let rows: Vec<ChannelRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, coalesce(conversation.title, '') as title, channel.is_open,
                me.notify, me.muted_until, me.pinned,
                case when me.notify = 'none' or me.muted_until > $4 then 0 else (select count(*) from (
                   select 1 from message as new
                   where new.conversation_id = conversation.id and new.sender_id <> me.account_id
                     and new.position > me.read_position
                     and new.kind <> 'system' and new.thread_id is null and new.deleted_at is null
                   order by new.position
                   limit 100
                 ) as counted) end as unread
         from channel
         join conversation on conversation.channel_id = channel.id
         join participant as me on me.conversation_id = conversation.id and me.account_id = $2
         where channel.space_id = $1 and (me.hidden_position is null or exists (
           select 1 from message
           where message.conversation_id = me.conversation_id and message.position > me.hidden_position
             and message.kind <> 'system' and message.deleted_at is null
         ))
         order by me.pinned desc, channel.place, channel.id
         limit $3",
    )
    .bind(member.space().get()).bind(member.account().get()).bind(i64::from(MOST_CHANNELS)).bind(now.millis())
    .fetch_all(pool).await)?;
    Ok(Space {
        id: member.space(),
        name,
        rank: member.rank(),
        members: u32::try_from(members).unwrap_or(MEMBERS_COUNTED),
        channels: rows.into_iter().filter_map(|row| row.line(now)).collect(),
    })
}

#[derive(sqlx::FromRow)]
struct ChannelRow {
    id: i64,
    title: String,
    is_open: i64,
    notify: String,
    muted_until: Option<i64>,
    pinned: i64,
    unread: i64,
}

impl ChannelRow {
    fn line(self, now: Timestamp) -> Option<ChannelLine> {
        Some(ChannelLine {
            conversation: self.id.try_into().ok()?,
            name: self.title,
            is_open: self.is_open == 1,
            unread: reading::counted(self.unread),
            mentions: 0,
            threads: false,
            loudness: loudness(&self.notify, self.muted_until, now),
            pinned: self.pinned == 1,
        })
    }
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
