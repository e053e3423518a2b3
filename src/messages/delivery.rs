//! Hands what was written to the server: one message at a time and in order, whatever the screen shows meanwhile.

use std::{future::Future, pin::pin, time::Duration};

use futures_util::future::{Either, select};
use leptos::task::spawn_local;

use super::{outbox::Outbox, server_fns::send_message};
use crate::{browser, error::Error, ids::ConversationId};

/// An answer that takes longer is given up. The key makes it safe to try again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends what waits for `conversation`. Goes on after its page is gone; calling it twice sends nothing twice.
pub fn deliver(outbox: Outbox, conversation: ConversationId) {
    spawn_local(async move {
        while let Some(next) = outbox.next(conversation).await {
            let sending = send_message(conversation, next.key.clone(), next.body.clone(), outbox.me());
            let answer = in_time(sending).await;
            if !outbox.answered(&next, answer) {
                return;
            }
        }
    });
}

async fn in_time<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    match select(pin!(answer), browser::after(PATIENCE)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Error::Unreachable),
    }
}
