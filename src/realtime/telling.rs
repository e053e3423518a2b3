//! What the open threads make of events. Only what opens a thread has this code: a page without one need not download it.

use leptos::{prelude::*, task::spawn_local};

use super::{
    dispatch::PAUSE,
    event::Event,
    threads::{Threads, tell},
};
use crate::{
    browser,
    conversations::server_fns::conversation,
    ids::ConversationId,
    messages::{
        reactions::Reacted,
        thread::{Part, Thread},
    },
    polls::Voted,
};

/// Tells all that is open of it. Whether it is of a conversation of which something is open.
pub(super) fn tell_of(threads: &Threads, event: &Event) -> bool {
    match event {
        Event::Message(message) => threads.tell(message.conversation, |thread| {
            thread.arrived((**message).clone());
        }),
        Event::Resumed { conversation, through, limited } => {
            resumed(threads, *conversation, *through, *limited);
            true
        }
        Event::Read { conversation, position, .. } => threads.tell(*conversation, |thread| {
            if thread.spot().thread.is_none() {
                thread.read_up_to(*position);
            }
        }),
        Event::Reaction { conversation, message, revision, emoji, count, actor, added } => {
            let (emoji, count) = (emoji.clone(), Some(*count));
            let part = Part::Reacted(Reacted { emoji, actor: *actor, added: *added, count });
            threads.tell(*conversation, |thread| {
                thread.part(*message, *revision, part.clone());
            })
        }
        Event::Replies { conversation, message, revision, replies } => {
            threads.tell(*conversation, |thread| {
                thread.part(*message, *revision, Part::Replies(*replies));
            })
        }
        Event::Vote { conversation, message, revision, counts, voters, actor, chosen } => {
            let (counts, chosen) = (counts.clone(), chosen.clone());
            let part = Part::Voted(Voted { actor: *actor, chosen, counts, voters: *voters });
            threads.tell(*conversation, |thread| {
                thread.part(*message, *revision, part.clone());
            })
        }
        Event::PollClosed { conversation, message, revision, at } => threads.tell(*conversation, |thread| {
            thread.part(*message, *revision, Part::Closed(*at));
        }),
        Event::Followed { conversation, follow } => {
            threads.tell(*conversation, |thread| thread.followed(*follow))
        }
        Event::Retracted { conversation, message, until } => {
            threads.tell(*conversation, |thread| thread.retract(*message, until.is_some()))
        }
        _ => false,
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
