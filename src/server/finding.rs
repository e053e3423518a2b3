//! Every place that somebody can go to: the conversations and spaces they are in, and the friends to whom they have not
//! written yet. What is hidden in lists is found here; what the person may not see is not.

use super::{answer::Outcome, caller::Caller, conversations::everyone, db::on_engine, pages};
use crate::{
    finding::{Entry, Goal, LONGEST_TEXT, MOST_ENTRIES, matching::Index},
    ids::{ConversationId, SpaceId},
    spaces::MOST_SPACES,
};

/// All of it: conversations, the last active first, then spaces and friends by name; at most [`MOST_ENTRIES`].
///
/// # Errors
/// The database's own.
pub async fn places(caller: &Caller) -> Outcome<Vec<Entry>> {
    let spaces = spaces(caller).await?;
    let mut places = conversations(caller, MOST_ENTRIES - spaces.len()).await?;
    places.extend(spaces);
    let room = MOST_ENTRIES - places.len();
    places.extend(friends(caller, room).await?);
    Ok(places)
}

/// Those that `text` means best, by the rule that the browser has too.
///
/// # Errors
/// The database's own.
pub async fn found(caller: &Caller, text: &str) -> Outcome<Vec<Entry>> {
    let text: String = text.chars().take(LONGEST_TEXT).collect();
    Ok(Index::new(places(caller).await?, pages::locale().words()).find(&text))
}

/// A conversation as somebody in it finds it.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) with_id: Option<i64>,
    pub(super) username: Option<String>,
    pub(super) display_name: Option<String>,
    pub(super) space: Option<String>,
    pub(super) unread: bool,
}

/// The conversations among them.
///
/// # Errors
/// The database's own.
pub async fn conversations(caller: &Caller, at_most: usize) -> Outcome<Vec<Entry>> {
    let rows: Vec<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, conversation.title,
                account.id as with_id, account.username, account.display_name, space.name as space,
                case when me.notify = 'none' or me.muted_until > $3 then false
                     when conversation.kind = 'direct' then exists (
                       select 1 from message as new
                       where new.conversation_id = me.conversation_id and new.sender_id = account.id
                         and new.position > me.read_position
                         and new.kind <> 'system' and new.thread_id is null and new.deleted_at is null
                     ) else exists (
                       select 1 from message as new
                       where new.conversation_id = me.conversation_id and new.sender_id <> me.account_id
                         and new.position > me.read_position
                         and new.kind <> 'system' and new.thread_id is null and new.deleted_at is null
                       order by new.position
                       limit 1
                     ) end as unread
         from participant as me
         join conversation on conversation.id = me.conversation_id
         left join channel on channel.id = conversation.channel_id
         left join space on space.id = channel.space_id
         left join account on conversation.kind = 'direct' and account.id = (
           select peer.account_id from participant as peer
           where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
           limit 1
         )
         where me.account_id = $1 and me.request is null
         order by conversation.active_at desc, conversation.id desc
         limit $2",
    )
    .bind(caller.account.get()).bind(i64::try_from(at_most).unwrap_or(0)).bind(caller.app.clock.now().millis())
    .fetch_all(pool).await)?;
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// The place that a row is about. None if its id is none.
pub(super) fn entry(row: Row) -> Option<Entry> {
    let id = ConversationId::try_from(row.id).ok()?;
    let goal = match &*row.kind {
        "channel" if row.id == everyone::ROOM => Goal::Everyone(id),
        "direct" => Goal::Talk(id),
        "group" => Goal::Group(id),
        _ => Goal::Channel(id),
    };
    // Whoever has deleted their account is called nothing.
    let is_gone = row.display_name.as_deref() == Some("");
    Some(Entry {
        goal,
        name: row.display_name.or(row.title).unwrap_or_default(),
        beside: row.username.filter(|_| !is_gone).or(row.space).unwrap_or_default(),
        face: row.with_id.unwrap_or(row.id),
        unread: row.unread,
    })
}

async fn spaces(caller: &Caller) -> Outcome<Vec<Entry>> {
    let rows: Vec<(i64, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select space.id, space.name
         from space_member
         join space on space.id = space_member.space_id
         where space_member.account_id = $1
         order by space.name, space.id
         limit $2",
    ).bind(caller.account.get()).bind(i64::from(MOST_SPACES)).fetch_all(pool).await)?;
    let entry = |(id, name): (i64, String)| {
        let goal = Goal::Space(SpaceId::try_from(id).ok()?);
        Some(Entry { goal, name, beside: String::new(), face: id, unread: false })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

/// Friends with whom there is no talk yet.
async fn friends(caller: &Caller, at_most: usize) -> Outcome<Vec<Entry>> {
    let rows: Vec<(i64, String, String)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select account.id, account.username, account.display_name
         from (
           select user2_id as id, user1_id || ':' || user2_id as direct_key
           from friendship where user1_id = $1 and status = 'accepted'
           union all
           select user1_id as id, user1_id || ':' || user2_id as direct_key
           from friendship where user2_id = $1 and status = 'accepted'
         ) as friend
         join account on account.id = friend.id
         where account.deleted_at is null
           and not exists (select 1 from conversation where conversation.direct_key = friend.direct_key)
         order by account.username
         limit $2",
    ).bind(caller.account.get()).bind(i64::try_from(at_most).unwrap_or(0)).fetch_all(pool).await)?;
    let entry = |(id, username, display_name): (i64, String, String)| {
        let goal = Goal::Friend(id.try_into().ok()?);
        Some(Entry { goal, name: display_name, beside: username, face: id, unread: false })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}
