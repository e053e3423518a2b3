//! What a conversation is, as one member sees it.

use super::everyone;
use crate::{
    conversations::about::{About, Kind, MEMBERS_COUNTED, Request, Role},
    error::Error,
    server::{
        access::{self, Member, Right},
        answer::{Failure, Outcome},
        caller::Caller,
        db::on_engine,
    },
    spaces::Rank,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    kind: String,
    title: Option<String>,
    topic: String,
    slow: i64,
    role: String,
    with_id: Option<i64>,
    username: Option<String>,
    display_name: Option<String>,
    members: i64,
    space_id: Option<i64>,
    is_open: Option<i64>,
    rank: Option<String>,
    request: Option<String>,
}

/// What the conversation is now.
///
/// # Errors
/// `NotFound` if the member is gone from it meanwhile.
pub async fn about(caller: &Caller, member: &Member) -> Outcome<About> {
    let row: Option<Row> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, conversation.title, conversation.topic, conversation.slow, me.role,
                account.id as with_id, account.username, account.display_name,
                (select count(*) from (
                   select 1 from participant as one where one.conversation_id = $1 limit $3
                 ) as counted) as members,
                channel.space_id, channel.is_open, space_member.role as rank, me.request
         from conversation
         join participant as me on me.conversation_id = conversation.id and me.account_id = $2
         left join channel on channel.id = conversation.channel_id
         left join space_member on space_member.space_id = channel.space_id and space_member.account_id = $2
         left join account on conversation.kind = 'direct' and account.id = (
           select peer.account_id from participant as peer
           where peer.conversation_id = conversation.id and peer.account_id <> $2
           limit 1
         )
         where conversation.id = $1",
    )
    .bind(member.conversation().get()).bind(member.account().get()).bind(i64::from(MEMBERS_COUNTED))
    .fetch_optional(pool).await)?;
    let row = row.ok_or(Failure::Refused(Error::NotFound))?;
    let broken = Failure::Internal("a conversation is of no known kind");
    let kind = kind(row.id, &row.kind).ok_or(broken)?;
    let rank = row.rank.as_deref().and_then(Rank::from_code);
    let runs_it = rank.is_some_and(Rank::runs_it);
    let role = if runs_it { Role::Admin } else { Role::from_code(&row.role).unwrap_or(Role::Member) };
    let may_moderate = match kind {
        Kind::Group => role == Role::Admin,
        Kind::Channel => rank.is_some_and(Rank::keeps_order),
        Kind::Direct | Kind::Everyone => false,
    };
    Ok(About {
        kind,
        face: row.with_id.unwrap_or(row.id),
        // Whoever has deleted their account is called nothing.
        handle: row.username.filter(|_| row.display_name.as_ref().is_some_and(|name| !name.is_empty())),
        name: row.display_name.or(row.title).unwrap_or_default(),
        topic: row.topic,
        space: row.space_id.and_then(|id| id.try_into().ok()),
        is_open: row.is_open == Some(1),
        members: u32::try_from(row.members).unwrap_or(MEMBERS_COUNTED),
        role,
        request: row.request.as_deref().and_then(Request::from_code),
        may_write: access::right(caller, member).await? == Right::Write,
        may_moderate,
        slow: u32::try_from(row.slow).unwrap_or(0),
    })
}

/// The kind of a conversation as it is stored.
pub(super) fn kind(id: i64, stored: &str) -> Option<Kind> {
    match stored {
        "channel" if id == everyone::ROOM => Some(Kind::Everyone),
        "direct" => Some(Kind::Direct),
        "group" => Some(Kind::Group),
        "channel" => Some(Kind::Channel),
        _ => None,
    }
}
