//! How many messages that name somebody they have not read: counted, never stored, as all that is unread.

use crate::{
    conversations::{Home, UNREAD_COUNTED, about::Kind, choices::Loudness},
    server::{answer::Outcome, caller::Caller, conversations::loudness, db::on_engine, reading},
};

/// Unread messages that name the caller, in one conversation that has any.
#[derive(sqlx::FromRow)]
struct Row {
    conversation_id: i64,
    space_id: Option<i64>,
    is_channel: bool,
    notify: String,
    mentions: i64,
}

/// Tells in all lines of a home page how many unread messages name the caller, and counts them where the others are not
/// counted. Not in what is silent or hidden, nor in talks that wait to be accepted.
///
/// # Errors
/// The database's own.
pub async fn count(caller: &Caller, home: &mut Home) -> Outcome<()> {
    let now = caller.app.clock.now();
    for row in unread(caller).await? {
        let mentions = reading::counted(row.mentions).min(UNREAD_COUNTED);
        let loudness = loudness(&row.notify, None, now);
        let kind = if row.is_channel { Kind::Channel } else { Kind::Group };
        home.unread += loudness.share(kind, 0, mentions);

        for line in home.conversations.iter_mut().filter(|line| line.id.get() == row.conversation_id) {
            line.mentions = mentions;
        }
        let channels = home.space.iter_mut().flat_map(|space| &mut space.channels);
        for channel in channels.filter(|channel| channel.conversation.get() == row.conversation_id) {
            channel.mentions = mentions;
        }
        for space in home.spaces.iter_mut().filter(|space| Some(space.id.get()) == row.space_id) {
            let more = if loudness == Loudness::Bold { mentions } else { 0 };
            space.unread = UNREAD_COUNTED.min(space.unread + more);
            space.mentions = UNREAD_COUNTED.min(space.mentions + mentions);
        }
    }
    home.unread = home.unread.min(UNREAD_COUNTED);
    Ok(())
}

/// In each conversation of the caller at most a hundred are looked at of those that name them, and of those that turn to
/// everyone; what does both is one. The `+` is for SQLite: those that turn to everyone are to be found by their own index,
/// and not among all that was said outside of threads.
async fn unread(caller: &Caller) -> Outcome<Vec<Row>> {
    Ok(on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select * from (
           select me.conversation_id, channel.space_id, conversation.kind = 'channel' as is_channel, me.notify,
                  (select count(*) from (
                     select * from (
                       select mention.position from mention
                       join message on message.id = mention.message_id and message.thread_id is null
                       where mention.account_id = me.account_id and mention.conversation_id = me.conversation_id
                         and mention.position > me.read_position
                       order by mention.position
                       limit 100
                     ) as named
                     union
                     select * from (
                       select message.position from message
                       where message.conversation_id = me.conversation_id and message.position > me.read_position
                         and message.mentions_all = 1 and +message.thread_id is null and message.sender_id <> me.account_id
                       order by message.position
                       limit 100
                     ) as called
                   ) as mentioned) as mentions
           from participant as me
           join conversation on conversation.id = me.conversation_id
           left join channel on channel.id = conversation.channel_id
           where me.account_id = $1 and me.request is null
             and me.notify <> 'none' and (me.muted_until is null or me.muted_until <= $2)
             and (me.hidden_position is null or exists (
               select 1 from message
               where message.conversation_id = me.conversation_id and message.position > me.hidden_position
                 and message.kind <> 'system' and message.deleted_at is null
             ))
         ) as counted
         where counted.mentions > 0",
    ).bind(caller.account.get()).bind(caller.app.clock.now().millis()).fetch_all(pool).await)?)
}
