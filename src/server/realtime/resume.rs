//! What somebody missed: the answer to `resume`, read from the rows.

use std::collections::VecDeque;

use axum::extract::ws::Utf8Bytes;

use super::hub::encode;
use crate::{
    error::Error,
    ids::ConversationId,
    realtime::event::{Event, MOST_MISSED, Refusal},
    server::{
        access,
        answer::{Failure, Outcome},
        caller::Caller,
        messages, receipts,
    },
};

/// Bytes that one conversation brings back at most. Beyond it reading the page anew is cheaper for both sides.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The frames that bring a client up to date in a conversation: what has changed since `number`, then up to which
/// number that is everything.
///
/// # Errors
/// The database's own.
pub async fn missed(
    caller: &Caller,
    conversation: ConversationId,
    number: i64,
) -> Outcome<VecDeque<Utf8Bytes>> {
    let member = match access::member(caller, conversation).await {
        Ok(member) => member,
        Err(Failure::Refused(Error::NotFound)) => {
            return Ok(encode(&Event::Error { code: Refusal::NotFound }).into_iter().collect());
        }
        Err(failure) => return Err(failure),
    };
    // The counter first: whatever comes after it is announced to this connection, which listens already.
    let through = messages::head(caller, &member).await?;
    let missed = messages::changed_since(caller, &member, number.max(0), MOST_MISSED + 1).await?;
    let too_many = missed.len() > MOST_MISSED;
    let mut frames: VecDeque<_> =
        missed.into_iter().filter_map(|message| encode(&Event::Message(Box::new(message)))).collect();

    let limited = too_many || frames.iter().map(|frame| frame.len()).sum::<usize>() > MOST_BYTES;
    if limited {
        frames.clear();
    }
    frames.extend(encode(&Event::Resumed { conversation, through, limited }));
    let receipts = receipts::of(caller, &member).await?;
    if !receipts.is_empty() {
        frames.extend(encode(&Event::Receipts { conversation, receipts }));
    }
    Ok(frames)
}
