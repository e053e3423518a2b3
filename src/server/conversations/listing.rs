//! The list of somebody's conversations, as their home page shows it.

use super::describing::kind;
use crate::{
    conversations::{
        Home, Place as ListPlace, Preview, Summary,
        about::{Kind, Request},
        choices::{Level, Loudness},
    },
    error::Error,
    ids::{AccountId, ConversationId, SpaceId},
    presence::among,
    server::{
        access, activity,
        answer::{Failure, Outcome},
        caller::Caller,
        crypto::Place,
        db::on_engine,
        drafts, friends, mentions, presence, reading, spaces, threads,
    },
    spaces::Space,
    text::action::{Beginning, beginning},
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
    let mut conversations = summaries(caller, behind, "").await?;
    let mut asked = match are_asked(caller).await? {
        true => summaries(caller, None, Request::Pending.code()).await?,
        false => Vec::new(),
    };
    asked.truncate(Home::MOST_ASKED);
    let more = conversations.len() > Home::PAGE;
    conversations.truncate(Home::PAGE);
    mark_present(caller, &mut conversations).await?;
    let next = conversations
        .last()
        .filter(|_| more)
        .map(|last| ListPlace { active_at: last.active_at, id: last.id });
    let unread = reading::unread_in_all(caller).await?;
    let (activity, spaces) = (activity::reading::unread(caller).await?, spaces::lines(caller).await?);
    let mut home = Home { requests, conversations, next, asked, unread, activity, spaces, space };
    mentions::counting::count(caller, &mut home).await?;
    threads::tell_of_news(caller, &mut home).await?;
    drafts::tell(caller, &mut home).await?;
    Ok(home)
}

/// Whether any talk waits for the caller's answer: rarely, so it is asked by the small index before all is read.
async fn are_asked(caller: &Caller) -> Outcome<bool> {
    Ok(on_engine!(caller.app.db.pool(), pool => sqlx::query_scalar(
        "select exists (select 1 from participant where account_id = $1 and request is not null)",
    ).bind(caller.account.get()).fetch_one(pool).await)?)
}

/// Says of the other ones of private talks whether they are here.
async fn mark_present(caller: &Caller, conversations: &mut [Summary]) -> Outcome<()> {
    let with = |line: &Summary| AccountId::try_from(line.face).ok().filter(|_| line.kind == Kind::Direct);
    let others: Vec<AccountId> = conversations.iter().filter_map(with).collect();
    let present = presence::here(caller, &others).await?;
    for line in conversations {
        line.present = with(line).and_then(|other| among(&present, other));
    }
    Ok(())
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
    notify: String,
    muted_until: Option<i64>,
    pinned: i64,
}

/// Conversations that are simply there, or such as `request` says.
async fn summaries(caller: &Caller, behind: Option<ListPlace>, request: &str) -> Outcome<Vec<Summary>> {
    // At most half a page is pinned, so that every further page is behind all of it.
    let (pinned, active_at, id) =
        behind.map_or((2, i64::MAX, i64::MAX), |place| (0, place.active_at.millis(), place.id.get()));
    let now = caller.app.clock.now();
    let rows: Vec<SummaryRow> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.id, conversation.kind, conversation.title, conversation.active_at,
                account.id as with_id, account.display_name, author.display_name as author,
                message.id as message_id, message.sender_id, message.body, message.body_version, message.created_at,
                me.notify, me.muted_until, me.pinned,
                case when me.notify = 'none' or me.muted_until > $6 then 0
                     when conversation.kind = 'direct' then (select count(*) from (
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
             and last.thread_id is null
           order by last.position desc limit 1
         )
         left join account as author on author.id = message.sender_id and conversation.kind <> 'direct'
         where me.account_id = $1 and (conversation.kind <> 'channel' or conversation.id = 1)
           and (me.pinned, conversation.active_at, conversation.id) < ($2, $3, $4)
           and coalesce(me.request, '') = $7 and ($7 = '' or message.id is not null)
           and (me.hidden_position is null or message.position > me.hidden_position)
         order by me.pinned desc, conversation.active_at desc, conversation.id desc
         limit $5",
    )
    .bind(caller.account.get()).bind(pinned).bind(active_at).bind(id).bind(Home::PAGE as i64 + 1)
    .bind(now.millis()).bind(request)
    .fetch_all(pool).await)?;
    rows.into_iter().map(|row| summary(caller, row, now)).collect()
}

fn summary(caller: &Caller, row: SummaryRow, now: Timestamp) -> Outcome<Summary> {
    let broken = |_| Failure::Internal("a list of conversations holds an invalid id");
    let last = match (row.message_id, row.sender_id, row.body, row.body_version, row.created_at) {
        (Some(id), Some(sender), Some(sealed), Some(version), Some(at)) => {
            let text = caller.app.keyring.open(Place { table: "message", id, version }, &sealed);
            // One message that cannot be opened must not take the whole list with it.
            let text =
                text.inspect_err(|failure| tracing::error!(error = %failure, "a preview is left empty"));
            let mine = sender == caller.account.get();
            let Beginning { text, is_action } = beginning(&text.unwrap_or_default(), PREVIEW);
            let author = row.author.filter(|_| !mine);
            Some(Preview { mine, author, text, is_action, at: Timestamp::from_millis(at) })
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
        mentions: 0,
        threads: false,
        present: None,
        loudness: loudness(&row.notify, row.muted_until, now),
        pinned: row.pinned == 1,
        draft: None,
    })
}

/// How what is unread is shown, by what is stored of somebody's choices.
pub fn loudness(notify: &str, muted_until: Option<i64>, now: Timestamp) -> Loudness {
    let level = Level::from_code(notify).unwrap_or_default();
    Loudness::of(level, muted_until.map(Timestamp::from_millis), now)
}
