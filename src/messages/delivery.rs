//! Hands what was written to the server: one message at a time and in order, whatever the screen shows meanwhile.

use std::{future::Future, pin::pin, time::Duration};

use futures_util::future::{Either, select};
use leptos::{prelude::*, task::spawn_local};

use super::{server_fns::send_message, thread::Thread};
use crate::{browser, error::Error, ids::ConversationId};

/// An answer that takes longer is given up. The key makes it safe to try again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends what waits in `thread`. Goes on after the conversation's page is gone; calling it twice sends nothing twice.
pub fn deliver(conversation: ConversationId, thread: ArcRwSignal<Thread>) {
    spawn_local(async move {
        while let Some(next) = thread.try_update(Thread::next_to_send).flatten() {
            let answer = in_time(send_message(conversation, next.key.clone(), next.body)).await;
            thread.update(|thread| match answer {
                Ok(message) => thread.settled(&next.key, message),
                Err(error) => thread.failed(&next.key, error),
            });
        }
    });
}

async fn in_time<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    match select(pin!(answer), browser::after(PATIENCE)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Error::Unavailable),
    }
}
