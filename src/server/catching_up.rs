//! What is unread of somebody's, and marking it read at once: the verbs and their SQL.

use super::{
    access::{self, Member},
    answer::{Failure, Outcome},
    caller::Caller,
    conversations::members,
    db::{Announcement, Tx, on_engine},
    finding,
    friends::blocks,
    messages, reading,
};
use crate::{
    catching_up::{Sweep, UNDONE_WITHIN, UnreadPlace, Unreads},
    error::Error,
    finding::{Entry, Goal, MOST_ENTRIES},
    ids::{AccountId, ConversationId},
    messages::Message,
    realtime::event::{Event, Topic},
    time::Timestamp,
};

/// Messages in which those are looked for that are shown of one conversation: one's own may stand between.
const LOOKED_THROUGH: usize = 30;

/// Conversations of which one's own screens are told one by one; beyond, they read their lists again and no more.
const TOLD_APART: usize = 50;

/// A page of what is unread: of what the caller wants to hear of, the last active first.
///
/// # Errors
/// The database's own; `Seal` if a message cannot be opened.
pub async fn unread(caller: &Caller, after: Option<ConversationId>) -> Outcome<Unreads> {
    let mut entries = finding::conversations(caller, MOST_ENTRIES).await?;
    entries.retain(|entry| entry.unread);
    // Where the page before ended may have been read meanwhile: then it begins at the top again.
    let ended = entries.iter().position(|entry| after.is_some() && entry.goal.conversation() == after);
    entries.drain(..ended.map_or(0, |place| place + 1));
    let more = entries.len() > Unreads::PAGE;
    entries.truncate(Unreads::PAGE);
    let next = entries.last().filter(|_| more).and_then(|last| last.goal.conversation());

    let mut places = Vec::with_capacity(entries.len());
    for entry in entries {
        places.extend(place(caller, entry).await?);
    }
    let (blocked, undo) = (blocks::of(caller).await?, undoable(caller).await?);
    Ok(Unreads { places, next, blocked, undo })
}

/// None if it was read meanwhile, or is no conversation of the caller's any more.
async fn place(caller: &Caller, entry: Entry) -> Outcome<Option<UnreadPlace>> {
    let Some(conversation) = entry.goal.conversation() else { return Ok(None) };
    let member = match access::member(caller, conversation).await {
        Ok(member) => member,
        Err(Failure::Refused(Error::NotFound)) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let with = match entry.goal {
        Goal::Talk(_) => AccountId::try_from(entry.face).ok(),
        _ => None,
    };
    let (read, head) = positions(caller, &member).await?;
    let unread = reading::unread(caller, &member, with, read).await?;
    let Some(first) = unread.first else { return Ok(None) };

    let part = messages::around(caller, &member, None, first, 0, LOOKED_THROUGH).await?;
    let theirs = |message: &Message| message.is_said() && message.sender != caller.account;
    let messages: Vec<Message> = part.messages.into_iter().filter(theirs).take(Unreads::SHOWN).collect();
    let senders: Vec<AccountId> = messages.iter().map(|message| message.sender).collect();
    let people = members::named(caller, &member, &senders).await?;
    Ok(Some(UnreadPlace { entry, conversation, count: unread.count, messages, people, head }))
}

/// How far the member has read, and how far the conversation goes.
async fn positions(caller: &Caller, member: &Member) -> Outcome<(i64, i64)> {
    Ok(on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select me.read_position, conversation.head
         from participant as me
         join conversation on conversation.id = me.conversation_id
         where me.conversation_id = $1 and me.account_id = $2",
    ).bind(member.conversation().get()).bind(member.account().get()).fetch_one(pool).await)?)
}

/// The last time that everything was marked read at once, if it can still be undone.
async fn undoable(caller: &Caller) -> Outcome<Option<Sweep>> {
    let since = caller.app.clock.now().plus(-UNDONE_WITHIN);
    let last: Option<(i64, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select swept_at, count(*) from participant
         where account_id = $1 and swept_at > $2
         group by swept_at
         order by swept_at desc
         limit 1",
    ).bind(caller.account.get()).bind(since.millis()).fetch_optional(pool).await)?;
    Ok(last
        .map(|(at, count)| Sweep { at: Timestamp::from_millis(at), conversations: reading::counted(count) }))
}

/// Marks everything read, wherever the caller is. Others are not told: it was done with, and not read.
///
/// # Errors
/// The database's own; `TooFast`.
pub async fn mark_all_read(caller: &Caller) -> Outcome<Sweep> {
    caller.app.limits.frames.take(&caller.account)?;
    let account = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let at = tx.now;
            let moved: Vec<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
                "update participant
                 set swept_at = $2, swept_from = read_position,
                     read_position = (select head from conversation where id = participant.conversation_id)
                 where account_id = $1 and request is null
                   and read_position < (select head from conversation where id = participant.conversation_id)
                 returning conversation_id, read_position",
            ).bind(account.get()).bind(at.millis()).fetch_all(connection).await)?;
            tell(tx, account, &moved);
            Ok(Sweep { at, conversations: u32::try_from(moved.len()).unwrap_or(u32::MAX) })
        })
    });
    change.await
}

/// Takes back what was marked read at once, except where the caller has read on, or marked something unread, since.
///
/// # Errors
/// The database's own; `Conflict` if it is too late, `TooFast`.
pub async fn undo_all_read(caller: &Caller, at: Timestamp) -> Outcome<()> {
    caller.app.limits.frames.take(&caller.account)?;
    if at.millis() <= caller.app.clock.now().plus(-UNDONE_WITHIN).millis() {
        return Err(Error::Conflict.into());
    }
    let account = caller.account;
    let change = caller.app.writer.change(move |tx| {
        Box::pin(async move {
            let moved: Vec<(i64, i64)> = on_engine!(tx.connection(), connection => sqlx::query_as(
                "update participant
                 set read_position = swept_from, swept_at = null, swept_from = null
                 where account_id = $1 and swept_at = $2
                 returning conversation_id, read_position",
            ).bind(account.get()).bind(at.millis()).fetch_all(connection).await)?;
            tell(tx, account, &moved);
            Ok(())
        })
    });
    change.await
}

/// Tells the account's own screens.
fn tell(tx: &mut Tx, account: AccountId, moved: &[(i64, i64)]) {
    for (conversation, position) in moved.iter().take(TOLD_APART) {
        if let Ok(conversation) = ConversationId::try_from(*conversation) {
            let read = Event::Read { conversation, account, position: *position };
            tx.announce(Announcement::Account(account, read));
        }
    }
    if !moved.is_empty() {
        tx.announce(Announcement::Account(account, Event::Changed { what: Topic::Inbox }));
    }
}
