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
    drafts::Drafts,
    ids::ConversationId,
    messages::{
        outbox::Outbox,
        reactions::Reacted,
        thread::{Part, Thread},
    },
    polls::Voted,
    presence::company::Company,
    receipts::signs::Signs,
};

/// Before asking again what was refused or failed.
const PAUSE: Duration = Duration::from_secs(5);

/// Gives `event` to whoever shows what it is about.
pub(super) fn dispatch(
    event: Event,
    threads: &Threads,
    inbox: &Inbox,
    outbox: &Outbox,
    company: &Company,
    signs: &Signs,
    drafts: &Drafts,
) {
    match event {
        Event::Message(message) => {
            outbox.settled_by(&message);
            if message.revision == message.position {
                signs.stopped(message.conversation, message.sender);
            }
            if threads.tell(message.conversation, |thread| {
                thread.arrived((*message).clone());
            }) {
                inbox.changed_in_view();
            } else {
                inbox.changed();
            }
        }
        Event::Resumed { conversation, through, limited } => resumed(threads, conversation, through, limited),
        Event::Changed { what: Topic::Inbox | Topic::Friends | Topic::Activity } => inbox.changed(),
        Event::Read { conversation, position, .. } => {
            threads.tell(conversation, |thread| {
                if thread.spot().thread.is_none() {
                    thread.read_up_to(position);
                }
            });
            inbox.changed();
        }
        Event::Reaction { conversation, message, revision, emoji, count, actor, added } => {
            let part = Part::Reacted(Reacted { emoji, actor, added, count: Some(count) });
            threads.tell(conversation, |thread| {
                thread.part(message, revision, part.clone());
            });
        }
        Event::Replies { conversation, message, revision, replies } => {
            let part = Part::Replies(replies);
            threads.tell(conversation, |thread| {
                thread.part(message, revision, part.clone());
            });
        }
        Event::Vote { conversation, message, revision, counts, voters, actor, chosen } => {
            let part = Part::Voted(Voted { actor, chosen, counts, voters });
            threads.tell(conversation, |thread| {
                thread.part(message, revision, part.clone());
            });
        }
        Event::PollClosed { conversation, message, revision, at } => {
            threads.tell(conversation, |thread| {
                thread.part(message, revision, Part::Closed(at));
            });
        }
        Event::Followed { conversation, follow } => {
            threads.tell(conversation, |thread| thread.followed(follow));
            inbox.changed();
        }
        Event::Retracted { conversation, message, until } => {
            threads.tell(conversation, |thread| thread.retract(message, until.is_some()));
        }
        Event::Left { conversation } => {
            threads.close_for_good(conversation);
            inbox.changed();
        }
        Event::Presence { people, whole } => company.hear(people, whole),
        Event::Receipts { conversation, receipts } => signs.hear(conversation, &receipts),
        Event::Typing { conversation, account, stopped: true } => signs.stopped(conversation, account),
        Event::Typing { conversation, account, stopped: false } => signs.types(conversation, account),
        Event::Error { code: Refusal::TooFast } => ask_later(threads.clone()),

        Event::Changed { what: Topic::Drafts } => drafts.look(),
        // Name, language and theme stand in every page from its start: the next one has the new ones.
        Event::Changed { what: Topic::Settings } => {}
        // A conversation that is gone says so when its page is asked for; a frame that was malformed stays so; and pages may
        // tell what they see.
        Event::Error { code: Refusal::NotFound | Refusal::Malformed | Refusal::Forbidden } => {}
        // The connection itself listens for these, or gives them on.
        Event::Hello { .. } | Event::Pong | Event::Announcement(_) => {}
    }
}

fn resumed(threads: &Threads, conversation: ConversationId, through: i64, limited: bool) {
    for thread in threads.of(conversation) {
        let was_rereading = thread.with_untracked(Thread::wants_reread);
        tell(&thread, |thread| thread.resumed(through, limited));
        if !was_rereading && thread.with_untracked(Thread::wants_reread) {
            reread(threads.clone(), thread);
        }
    }
}

/// Reads anew where the reader is: more was missed than the server sends one by one.
fn reread(threads: Threads, thread: ArcRwSignal<Thread>) {
    spawn_local(async move {
        let (spot, window) = thread.with_untracked(|thread| (thread.spot(), thread.window_to_reread()));
        match conversation(spot.conversation, window, spot.thread).await {
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
