//! One conversation, as its page shows it: a part of its messages, and what of it is unread.

use std::collections::BTreeSet;

use super::members;
use crate::{
    conversations::{Conversation, about::Kind, window::Window},
    error::Error,
    ids::{AccountId, ClientKey, MessageId},
    messages::{Message, unread::Unread},
    server::{
        access::Member,
        answer::{Failure, Outcome},
        caller::Caller,
        db::on_engine,
        drafts,
        friends::blocks,
        messages::{self, Part},
        presence, reading, receipts, threads,
    },
};

/// Messages that a page shows above the first unread one, to remember what it was about.
const BEFORE_UNREAD: usize = 10;

/// Messages that a page shows above the one it was asked for.
const BEFORE_ONE: usize = Conversation::PAGE / 2;

/// A conversation with the part of its messages that `window` names: of a thread, if one is given or if the message that is
/// asked for was said in one.
///
/// # Errors
/// `NotFound` if it is gone meanwhile, if the message that was asked for is not in it, or is no head of a thread.
pub async fn show(
    caller: &Caller,
    member: &Member,
    window: Window,
    thread: Option<MessageId>,
) -> Outcome<Conversation> {
    // The counter first: what is posted while the messages are read is asked for again from here.
    let (head, read) = state(caller, member).await?;
    let at = Asked::of(caller, member, window, thread).await?;
    let (thread, followed) = match at.thread {
        Some(root) => Some(threads::open(caller, member, root).await?).unzip(),
        None => (None, None),
    };
    let root = thread.as_ref().map(|thread| thread.root.id);
    let about = super::about(caller, member).await?;
    let with = (about.kind == Kind::Direct).then(|| AccountId::try_from(about.face).ok()).flatten();
    let read = followed.unwrap_or(read);
    let unread = match root {
        Some(root) => threads::unread(caller, member, root, read).await?,
        None => reading::unread(caller, member, with, read).await?,
    };
    let Part { mut messages, older, newer } = at.part(caller, member, unread).await?;
    if older.is_none()
        && let Some(thread) = &thread
    {
        messages.insert(0, thread.root.clone());
    }
    let follows = match root {
        Some(_) => Vec::new(),
        None => {
            threads::of(caller, member, &messages.iter().map(|message| message.id).collect::<Vec<_>>())
                .await?
        }
    };
    let quotes = messages::quoting::of(caller, member, &messages).await?;
    let quoted = quotes.iter().map(|quote| quote.sender);
    let named: BTreeSet<AccountId> = messages
        .iter()
        .flat_map(Message::people)
        .chain(quoted)
        .chain([member.account()])
        .chain(with)
        .collect();
    let people = members::named(caller, member, &named.into_iter().collect::<Vec<_>>()).await?;

    let retracted = messages::retracting::of(caller, member).await?;
    let blocked = if about.kind == Kind::Direct { Vec::new() } else { blocks::of(caller).await? };
    let present = presence::of(caller, with.as_slice()).await?.pop();

    Ok(Conversation {
        id: member.conversation(),
        about,
        present,
        blocked,
        people,
        head,
        messages,
        quotes,
        thread,
        follows,
        retracted,
        older,
        newer,
        read,
        unread: unread.count,
        first_unread: unread.first,
        // How far others have read is told of the room.
        receipts: if root.is_some() { Vec::new() } else { receipts::of(caller, member).await? },
        draft: drafts::of(caller, member, root).await?,
        key: ClientKey::from_random(rand::random()),
        characters: caller.app.config.limits.message_characters,
    })
}

/// The counter, and how far the member has read.
async fn state(caller: &Caller, member: &Member) -> Outcome<(i64, i64)> {
    let row: Option<(i64, i64)> = on_engine!(caller.app.db.pool(), pool => sqlx::query_as(
        "select conversation.head, me.read_position
         from conversation
         join participant as me on me.conversation_id = conversation.id and me.account_id = $2
         where conversation.id = $1",
    ).bind(member.conversation().get()).bind(member.account().get()).fetch_optional(pool).await)?;
    row.ok_or(Failure::Refused(Error::NotFound))
}

/// Which part of which thread, or of the room, is to be shown.
struct Asked {
    window: Window,
    thread: Option<MessageId>,
    /// Where the message stands that was asked for.
    position: i64,
}

impl Asked {
    async fn of(
        caller: &Caller,
        member: &Member,
        window: Window,
        thread: Option<MessageId>,
    ) -> Outcome<Self> {
        let Window::Around(message) = window else { return Ok(Self { window, thread, position: 0 }) };
        let (position, said_in) = messages::standing(caller, member, message).await?;
        // The head of a thread stands in the room, and at the beginning of its thread.
        let is_head = said_in.is_none() && thread == Some(message);
        if thread.is_some_and(|thread| said_in != Some(thread)) && !is_head {
            return Err(Error::NotFound.into());
        }
        Ok(Self { window, thread: said_in.or(thread), position })
    }

    async fn part(&self, caller: &Caller, member: &Member, unread: Unread) -> Outcome<Part> {
        const PAGE: usize = Conversation::PAGE;
        let (position, before, from) = match self.window {
            Window::Unread => return self.first_unread(caller, member, unread).await,
            Window::Latest => (i64::MAX, PAGE, 0),
            Window::Before(position) => (position, PAGE, 0),
            Window::After(position) => (position.saturating_add(1), 0, PAGE),
            Window::Around(_) => (self.position, BEFORE_ONE, PAGE - BEFORE_ONE),
        };
        messages::around(caller, member, self.thread, position, before, from).await
    }

    /// The newest page, unless what is unread begins before it.
    async fn first_unread(&self, caller: &Caller, member: &Member, unread: Unread) -> Outcome<Part> {
        const PAGE: usize = Conversation::PAGE;
        if (unread.count as usize) <= PAGE {
            let latest = messages::around(caller, member, self.thread, i64::MAX, PAGE, 0).await?;
            let begins = latest.messages.first().map_or(i64::MAX, |first| first.position);
            if unread.first.is_none_or(|first| first >= begins) {
                return Ok(latest);
            }
        }
        let first = unread.first.unwrap_or(i64::MAX);
        messages::around(caller, member, self.thread, first, BEFORE_UNREAD, PAGE - BEFORE_UNREAD).await
    }
}
