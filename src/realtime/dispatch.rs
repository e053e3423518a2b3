//! Who gets which event: the only `match` on them.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{
    event::{Event, Refusal, Topic},
    threads::{Threads, tell},
};
use crate::{
    browser,
    conversations::{inbox::Inbox, server_fns::conversation},
    ids::ConversationId,
    messages::{outbox::Outbox, thread::Thread},
};

/// Before asking again what was refused or failed.
const PAUSE: Duration = Duration::from_secs(5);

/// Gives `event` to whoever shows what it is about.
pub(super) fn dispatch(event: Event, threads: &Threads, inbox: &Inbox, outbox: &Outbox) {
    match event {
        Event::Message(message) => {
            outbox.settled_by(&message);
            if let Some(thread) = threads.get(message.conversation) {
                thread.update(|thread| {
                    thread.arrived(message);
                });
                inbox.changed_in_view();
            } else {
                inbox.changed();
            }
        }
        Event::Resumed { conversation, through, limited } => resumed(threads, conversation, through, limited),
        Event::Changed { what: Topic::Inbox | Topic::Friends } => inbox.changed(),
        Event::Read { conversation, position, .. } => {
            if let Some(thread) = threads.get(conversation) {
                thread.update(|thread| thread.read_up_to(position));
            }
            inbox.changed();
        }
        Event::Left { conversation } => {
            threads.close_for_good(conversation);
            inbox.changed();
        }
        Event::Error { code: Refusal::TooFast } => ask_later(threads.clone()),

        // Name, language and theme stand in every page from its start: the next one has the new ones.
        Event::Changed { what: Topic::Settings } => {}
        // A conversation that is gone says so when its page is asked for; a frame that was malformed stays so.
        Event::Error { code: Refusal::NotFound | Refusal::Malformed } => {}
        // The connection itself listens for these.
        Event::Hello { .. } | Event::Pong => {}
    }
}

fn resumed(threads: &Threads, conversation: ConversationId, through: i64, limited: bool) {
    let Some(thread) = threads.get(conversation) else { return };

    let was_rereading = thread.with_untracked(Thread::wants_reread);
    tell(&thread, |thread| thread.resumed(through, limited));
    if !was_rereading && thread.with_untracked(Thread::wants_reread) {
        reread(threads.clone(), conversation, thread);
    }
}

/// Reads anew where the reader is: more was missed than the server sends one by one.
fn reread(threads: Threads, id: ConversationId, thread: ArcRwSignal<Thread>) {
    spawn_local(async move {
        match conversation(id, thread.with_untracked(Thread::window_to_reread)).await {
            Ok(page) => thread.update(|thread| thread.reread(&page)),
            Err(_) => {
                browser::after(PAUSE).await;
                tell(&thread, Thread::not_reread);
            }
        }
        threads.ring();
    });
}

/// The server took none of what was asked.
fn ask_later(threads: Threads) {
    spawn_local(async move {
        browser::after(PAUSE).await;
        threads.reconnected();
        threads.ring();
    });
}
