//! What somebody missed: the answer to `resume`, read from the rows.

use std::collections::{BTreeMap, VecDeque};

use axum::extract::ws::Utf8Bytes;

use super::hub::encode;
use crate::{
    ids::ConversationId,
    realtime::event::{Event, MOST_MISSED, Refusal},
    server::{
        access::{self, Member},
        answer::Outcome,
        caller::Caller,
        messages,
    },
};

/// The frames that bring a client up to date in each conversation, from its number on.
///
/// # Errors
/// The database's own.
pub async fn missed(caller: &Caller, cursors: BTreeMap<ConversationId, i64>) -> Outcome<VecDeque<Utf8Bytes>> {
    let wanted: Vec<ConversationId> = cursors.keys().copied().collect();
    let members = access::memberships(caller, &wanted).await?;
    let mut events = Vec::new();
    for (conversation, number) in cursors {
        match members.iter().find(|member| member.conversation() == conversation) {
            Some(member) => catch_up(caller, member, number, &mut events).await?,
            None => events.push(Event::Error { code: Refusal::NotFound }),
        }
    }
    Ok(events.iter().filter_map(encode).collect())
}

/// What has changed since a number, then up to which number that is everything.
async fn catch_up(caller: &Caller, member: &Member, number: i64, events: &mut Vec<Event>) -> Outcome<()> {
    let conversation = member.conversation();
    // The counter first: whatever comes after it is announced to this connection, which listens already.
    let through = messages::head(caller, member).await?;
    let missed = messages::changed_since(caller, member, number.max(0), MOST_MISSED + 1).await?;
    let limited = missed.len() > MOST_MISSED;
    if !limited {
        events.extend(missed.into_iter().map(Event::Message));
    }
    events.push(Event::Resumed { conversation, through, limited });
    Ok(())
}
