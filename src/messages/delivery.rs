//! Hands what was written to the server: one message at a time and in order, whatever the screen shows meanwhile.

use std::{future::Future, pin::pin, time::Duration};

use futures_util::future::{Either, select};
use leptos::task::spawn_local;

use super::{
    Message,
    outbox::{Deed, Outbox, Outgoing},
    server_fns::{
        add_reaction, delete_message, edit_message, remove_reaction, restore_message, send_message,
    },
};
use crate::{
    browser,
    error::Error,
    ids::{AccountId, ConversationId},
    polls::server_fns::{add_vote, remove_vote},
};

/// An answer that takes longer is given up. The key makes it safe to try again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends what waits for `conversation`. Goes on after its page is gone; calling it twice sends nothing twice.
pub fn deliver(outbox: Outbox, conversation: ConversationId) {
    spawn_local(async move {
        while let Some(next) = outbox.next(conversation).await {
            let answer = in_time(hand_over(&next, outbox.me())).await;
            if !outbox.answered(&next, answer) {
                return;
            }
        }
    });
}

/// Has it done. The message, where one was said.
async fn hand_over(outgoing: &Outgoing, me: Option<AccountId>) -> Result<Option<Message>, Error> {
    let Outgoing { key, conversation, deed, body, .. } = outgoing.clone();
    match deed {
        Deed::Say | Deed::Reply(_) | Deed::SayIn { .. } => {
            let (to, thread) = (outgoing.deed.answers(), outgoing.deed.thread());
            return send_message(conversation, key, body, me, to, thread).await.map(Some);
        }
        Deed::Edit(message) => edit_message(conversation, message, body, me).await?,
        Deed::Delete(message) => delete_message(conversation, message, me).await?,
        Deed::Restore(message) => restore_message(conversation, message, me).await?,
        Deed::React(message) => add_reaction(conversation, message, body, me).await?,
        Deed::Unreact(message) => remove_reaction(conversation, message, body, me).await?,
        Deed::Vote(message) => add_vote(conversation, message, place(&body), me).await?,
        Deed::Unvote(message) => remove_vote(conversation, message, place(&body), me).await?,
    }
    Ok(None)
}

/// The answer that a vote names. What is no number names none, and is refused like it.
fn place(body: &str) -> u32 {
    body.parse().unwrap_or(u32::MAX)
}

/// The answer, or that there was none in time.
pub async fn in_time<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    match select(pin!(answer), browser::after(PATIENCE)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Error::Unreachable),
    }
}
