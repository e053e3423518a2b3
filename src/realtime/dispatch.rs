//! Who gets which event; what is open hears them all, see `telling`.

use std::time::Duration;

use leptos::task::spawn_local;

use super::{
    event::{Event, Refusal, Topic},
    threads::Threads,
};
use crate::{
    browser, conversations::inbox::Inbox, drafts::Drafts, messages::outbox::Outbox,
    presence::company::Company, receipts::signs::Signs,
};

/// Before asking again what was refused or failed.
pub(super) const PAUSE: Duration = Duration::from_secs(5);

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
    let is_open = threads.hear(&event);
    match event {
        Event::Message(message) => {
            outbox.settled_by(&message);
            if message.revision == message.position {
                signs.stopped(message.conversation, message.sender);
            }
            if is_open {
                inbox.changed_in_view();
            } else {
                inbox.changed();
            }
        }
        Event::Changed { what: Topic::Inbox | Topic::Friends | Topic::Activity }
        | Event::Read { .. }
        | Event::Followed { .. } => inbox.changed(),
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
        // Only what is open has heard of these.
        Event::Resumed { .. }
        | Event::Reaction { .. }
        | Event::Replies { .. }
        | Event::Vote { .. }
        | Event::PollClosed { .. }
        | Event::Retracted { .. } => {}
        // Name, language and theme stand in every page from its start: the next one has the new ones.
        Event::Changed { what: Topic::Settings } => {}
        // A conversation that is gone says so when its page is asked for; a frame that was malformed stays so; and pages may
        // tell what they see.
        Event::Error { code: Refusal::NotFound | Refusal::Malformed | Refusal::Forbidden } => {}
        // The connection itself listens for these, or gives them on.
        Event::Hello { .. } | Event::Pong | Event::Announcement(_) => {}
    }
}

/// The server took none of what was asked.
fn ask_later(threads: Threads) {
    spawn_local(async move {
        browser::after(PAUSE).await;
        threads.reconnected();
        threads.ring();
    });
}
