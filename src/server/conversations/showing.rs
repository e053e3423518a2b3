//! One conversation, as its page shows it: a part of its messages, and what of it is unread.

use std::collections::BTreeSet;

use super::members;
use crate::{
    conversations::{Conversation, about::Kind, window::Window},
    error::Error,
    ids::{AccountId, ClientKey},
    messages::{Message, unread::Unread},
    server::{
        access::Member,
        answer::{Failure, Outcome},
        caller::Caller,
        db::on_engine,
        messages::{self, Part},
        reading,
    },
};

/// Messages that a page shows above the first unread one, to remember what it was about.
const BEFORE_UNREAD: usize = 10;

/// Messages that a page shows above the one it was asked for.
const BEFORE_ONE: usize = Conversation::PAGE / 2;

/// A conversation with the part of its messages that `window` names.
///
/// # Errors
/// `NotFound` if it is gone meanwhile, or if the message that was asked for is not in it.
pub async fn show(caller: &Caller, member: &Member, window: Window) -> Outcome<Conversation> {
    // The counter first: what is posted while the messages are read is asked for again from here.
    let (head, read) = state(caller, member).await?;
    let about = super::about(caller, member).await?;
    let with = (about.kind == Kind::Direct).then(|| AccountId::try_from(about.face).ok()).flatten();
    let unread = reading::unread(caller, member, with, read).await?;
    let Part { messages, older, newer } = part(caller, member, window, unread).await?;
    let named: BTreeSet<AccountId> =
        messages.iter().flat_map(Message::people).chain([member.account()]).chain(with).collect();
    let people = members::named(caller, member, &named.into_iter().collect::<Vec<_>>()).await?;

    Ok(Conversation {
        id: member.conversation(),
        about,
        people,
        head,
        messages,
        older,
        newer,
        read,
        unread: unread.count,
        first_unread: unread.first,
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

async fn part(caller: &Caller, member: &Member, window: Window, unread: Unread) -> Outcome<Part> {
    const PAGE: usize = Conversation::PAGE;
    match window {
        Window::Unread => first_unread(caller, member, unread).await,
        Window::Latest => messages::around(caller, member, i64::MAX, PAGE, 0).await,
        Window::Before(position) => messages::around(caller, member, position, PAGE, 0).await,
        Window::After(position) => {
            messages::around(caller, member, position.saturating_add(1), 0, PAGE).await
        }
        Window::Around(message) => {
            let position = messages::position(caller, member, message).await?;
            messages::around(caller, member, position, BEFORE_ONE, PAGE - BEFORE_ONE).await
        }
    }
}

/// The newest page, unless what is unread begins before it.
async fn first_unread(caller: &Caller, member: &Member, unread: Unread) -> Outcome<Part> {
    const PAGE: usize = Conversation::PAGE;
    if (unread.count as usize) <= PAGE {
        let latest = messages::around(caller, member, i64::MAX, PAGE, 0).await?;
        let begins = latest.messages.first().map_or(i64::MAX, |first| first.position);
        if unread.first.is_none_or(|first| first >= begins) {
            return Ok(latest);
        }
    }
    let first = unread.first.unwrap_or(i64::MAX);
    messages::around(caller, member, first, BEFORE_UNREAD, PAGE - BEFORE_UNREAD).await
}
