//! The list of somebody's conversations, as their home page shows it.

use super::describing::kind;
use crate::{
    conversations::{Home, Place as ListPlace, Preview, Summary},
    error::Error,
    ids::{ConversationId, SpaceId},
    server::{
        access,
        answer::{Failure, Outcome},
        caller::Caller,
        crypto::Place,
        db::on_engine,
        friends, reading, spaces,
    },
    spaces::Space,
    text::markdown,
    time::Timestamp,
};

/// Characters of a message that a list shows.
const PREVIEW: usize = 80;

/// What the caller's home page shows, from behind a place on; with a space, or the one whose channel the conversation
/// `at` is.
///
/// # Errors
/// The database's own.
pub async fn home(
    caller: &Caller,
    behind: Option<ListPlace>,
    space: Option<SpaceId>,
    at: Option<ConversationId>,
) -> Outcome<Home> {
    let space = match (space, at) {
        (Some(space), _) => Some(space),
        (None, Some(at)) => spaces::of_conversation(caller, at).await?,
        (None, None) => None,
    };
    let space = match space {
        Some(space) => shown(caller, space).await?,
        None => None,
    };
    let requests = friends::requests(caller).await?;
    let mut conversations = summaries(caller, behind).await?;
    let more = conversations.len() > Home::PAGE;
    conversations.truncate(Home::PAGE);
    let next = conversations
        .last()
        .filter(|_| more)
        .map(|last| ListPlace { active_at: last.active_at, id: last.id });
    let unread = reading::unread_in_all(caller).await?;
    Ok(Home { requests, conversations, next, unread, spaces: spaces::lines(caller).await?, space })
}

/// A space, if the caller is in it.
async fn shown(caller: &Caller, space: SpaceId) -> Outcome<Option<Space>> {
    match access::space_member(caller, space).await {
        Ok(member) => spaces::show(caller, &member).await.map(Some),
        Err(Failure::Refused(Error::NotFound)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: i64,
    kind: String,
    title: Option<String>,
    active_at: i64,
    with_id: Option<i64>,
    display_name: Option<String>,
    author: Option<String>,
    message_id: Option<i64>,
    sender_id: Option<i64>,
    body: Option<Vec<u8>>,
    body_version: Option<i64>,
    created_at: Option<i64>,
    unread: i64,
}

async fn summaries(caller: &Caller, behind: Option<ListPlace>) -> Outcome<Vec<Summary>> {
    let (active_at, id) =
        behind.map_or((i64::MAX, i64::MAX), |place| (place.active_at.millis(), place.id.get()));
    let rows: Vec<SummaryRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, conversation.title, conversation.active_at,
                account.id as with_id, account.display_name, author.display_name as author,
                message.id as message_id, message.sender_id, message.body, message.body_version, message.created_at,
                case conversation.kind when 'direct' then (select count(*) from (
                   select 1 from message as new
                   where new.conversation_id = me.conversation_id and new.sender_id = account.id
                     and new.position > me.read_position
                     and new.kind <> 'system' and new.thread_id is null and new.deleted_at is null
                   limit 100
                 ) as counted) else (select count(*) from (
                   select 1 from message as new
                   where new.conversation_id = me.conversation_id and new.sender_id <> me.account_id
                     and new.position > me.read_position
                     and new.kind <> 'system' and new.thread_id is null and new.deleted_at is null
                   order by new.position
                   limit 100
                 ) as counted) end as unread
         from participant as me
         join conversation on conversation.id = me.conversation_id
         left join account on conversation.kind = 'direct' and account.id = (
           select peer.account_id from participant as peer
           where peer.conversation_id = me.conversation_id and peer.account_id <> me.account_id
           limit 1
         )
         left join message on message.id = (
           select last.id from message as last
           where last.conversation_id = conversation.id and last.deleted_at is null and last.kind <> 'system'
           order by last.position desc limit 1
         )
         left join account as author on author.id = message.sender_id and conversation.kind <> 'direct'
         where me.account_id = $1 and (conversation.kind <> 'channel' or conversation.id = 1)
           and (conversation.active_at, conversation.id) < ($2, $3)
         order by conversation.active_at desc, conversation.id desc
         limit $4",
    )
    .bind(caller.account.get()).bind(active_at).bind(id).bind(Home::PAGE as i64 + 1)
    .fetch_all(pool).await)?;
    rows.into_iter().map(|row| summary(caller, row)).collect()
}

fn summary(caller: &Caller, row: SummaryRow) -> Outcome<Summary> {
    let broken = |_| Failure::Internal("a list of conversations holds an invalid id");
    let last = match (row.message_id, row.sender_id, row.body, row.body_version, row.created_at) {
        (Some(id), Some(sender), Some(sealed), Some(version), Some(at)) => {
            let text = caller.app.keyring.open(Place { table: "message", id, version }, &sealed);
            // One message that cannot be opened must not take the whole list with it.
            let text =
                text.inspect_err(|failure| tracing::error!(error = %failure, "a preview is left empty"));
            let mine = sender == caller.account.get();
            let text = markdown::plain(&text.unwrap_or_default(), PREVIEW);
            let author = row.author.filter(|_| !mine);
            Some(Preview { mine, author, text, at: Timestamp::from_millis(at) })
        }
        _ => None,
    };
    Ok(Summary {
        id: row.id.try_into().map_err(broken)?,
        kind: kind(row.id, &row.kind).ok_or(Failure::Internal("a conversation is of no known kind"))?,
        name: row.display_name.or(row.title).unwrap_or_default(),
        face: row.with_id.unwrap_or(row.id),
        active_at: Timestamp::from_millis(row.active_at),
        last,
        unread: reading::counted(row.unread),
    })
}
