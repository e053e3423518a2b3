//! What I wrote and the server has not confirmed: kept until it has, whatever page is shown meanwhile, and beyond the
//! end of the page where the browser can keep it.

pub mod queue;
mod keeping;

#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod tests;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};

pub use queue::{Deed, Outgoing, Queue, Sending};

use self::queue::Then;
use super::{Message, delivery::deliver, system::SystemNote, thread::Thread};
use crate::{
    browser::{self, tabs},
    error::Error,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    parts,
    realtime::{Threads, back_off, use_threads},
    visit::{self, use_viewer},
};

/// Milliseconds, and as many more at most, before the texts of other tabs are taken over: a tab that is still there
/// has sent its own by then.
const COURTESY: u32 = 1_000;

/// For the frame that tells everybody what was done.
const FRAME: Duration = Duration::from_millis(1_500);

/// The outbox of this page. Only what talks begins its work: a page from which nothing waits to be sent need not download
/// the code for it.
#[derive(Clone)]
pub struct Outbox {
    queue: ArcRwSignal<Queue>,
    threads: Threads,
    me: Option<AccountId>,
    begun: Arc<AtomicBool>,
    /// What begins is on its way.
    comes: Arc<AtomicBool>,
    /// What it makes of news, once it has begun.
    work: ArcStoredValue<Option<Work>>,
}

type Work = fn(&Outbox, &News<'_>);

/// What concerns all that waits.
enum News<'a> {
    /// There is a connection again, or somebody looks.
    Returned,
    /// A message came in.
    Said(&'a Message),
}

impl Outbox {
    /// Called once, at the top of `<App>`, when it is known where answers go.
    pub fn provide() -> Self {
        let me = use_viewer().map(|viewer| viewer.person.id);
        let outbox = Self {
            queue: ArcRwSignal::default(),
            threads: use_threads(),
            me,
            begun: Arc::default(),
            comes: Arc::default(),
            work: ArcStoredValue::new(None),
        };
        provide_context(outbox.clone());
        outbox
    }

    /// Begins to work if an earlier page has left something behind. In the browser only.
    pub(crate) fn start(&self) {
        if self.me.is_none() {
            return;
        }
        let outbox = self.clone();
        spawn_local(async move {
            if outbox.has_something_kept().await && !outbox.comes.swap(true, Ordering::Relaxed) {
                parts::begin(outbox).await;
            }
        });
    }

    /// There is a connection again, or somebody looks: whatever waits is tried at once.
    pub(crate) fn returned(&self) {
        if let Some(work) = self.work.get_value() {
            return work(self, &News::Returned);
        }
        // What tabs that are gone have left.
        let outbox = self.clone();
        spawn_local(async move {
            courtesy().await;
            outbox.start();
        });
    }

    /// A message came in, which may settle something that waits, or let it go sooner.
    pub fn settled_by(&self, message: &Message) {
        if let Some(work) = self.work.get_value() {
            work(self, &News::Said(message));
        }
    }

    /// Takes over what earlier pages could not send, and begins to deliver. Until then everything waits. In the browser
    /// only; once more does nothing.
    pub fn begin(&self) {
        if self.me.is_none() || self.begun.swap(true, Ordering::Relaxed) {
            return;
        }
        self.work.set_value(Some(Self::hear));
        let outbox = self.clone();
        tabs::on_told(move || {
            let outbox = outbox.clone();
            spawn_local(async move { drop(outbox.look(None).await) });
        });

        let outbox = self.clone();
        spawn_local(async move {
            let left = outbox.kept().await.unwrap_or_default();
            let written = outbox.queue.write().take_over(left);
            for outgoing in written {
                outbox.keep_first(outgoing);
            }
            outbox.deliver_all();
        });
    }

    /// Takes something that I said or did, and begins to deliver it; a `body` must be one that may be sent. False where
    /// the browser has no randomness for its key, or too much waits already: then nothing is taken.
    pub fn take(&self, conversation: ConversationId, deed: Deed, body: String) -> bool {
        self.begin();
        let Some(key) = browser::client_key() else { return false };
        let added = self.queue.write().add(key, conversation, deed, body, browser::now());
        let Some(outgoing) = added else { return false };
        if self.queue.with_untracked(Queue::is_ready) {
            self.keep_first(outgoing);
        }
        true
    }

    /// Brings back a message of mine that I deleted: here, if the server does not know yet, else there.
    pub fn restore(&self, conversation: ConversationId, message: MessageId) {
        let taken_back = self.queue.write().take_back_deletion(message);
        match taken_back {
            Some(key) => self.forget(&key, true),
            None => drop(self.take(conversation, Deed::Restore(message), String::new())),
        }
    }

    /// What a message of mine is to say once all that waits is done.
    pub fn text_of(&self, conversation: ConversationId, message: MessageId) -> Option<String> {
        self.queue.with_untracked(|queue| {
            let edits = queue.of(conversation).filter(|waits| waits.deed == Deed::Edit(message));
            edits.last().map(|edit| edit.body.clone())
        })
    }

    /// What waits in `conversation`, in the order of writing; tracked.
    pub fn of(&self, conversation: ConversationId) -> Vec<Outgoing> {
        self.queue.with(|queue| queue.of(conversation).cloned().collect())
    }

    /// Tries a failed text again.
    pub fn retry(&self, conversation: ConversationId, key: &ClientKey) {
        let retried = self.queue.write().retry(key);
        if let Some(outgoing) = retried {
            self.keep(&outgoing);
            deliver(self.clone(), conversation);
        }
    }

    /// Forgets a text that failed, in all tabs.
    pub fn delete(&self, key: &ClientKey) {
        let waited = self.queue.write().delete(key);
        if waited {
            self.forget(key, true);
        }
    }

    fn hear(&self, news: &News<'_>) {
        match news {
            News::Returned => self.try_all(),
            News::Said(message) => self.said(message),
        }
    }

    /// If `message` is mine, it no longer waits, and if it says how often one may write, I try again. Keys are unique per
    /// sender only, so somebody else's message never settles mine.
    fn said(&self, message: &Message) {
        if Some(message.sender) == self.me && self.settled(&message.key) {
            deliver(self.clone(), message.conversation);
        }
        if message.deleted.is_some() {
            let mut over = Vec::new();
            self.queue.maybe_update(|queue| {
                over = queue.let_go_of(message.id);
                !over.is_empty()
            });
            for key in over {
                self.forget(&key, true);
            }
        }
        // Who waits for their turn may have it sooner now.
        if let Some(SystemNote::Slowed { .. }) = message.note {
            self.queue.write_untracked().wake_all();
            deliver(self.clone(), message.conversation);
        }
    }

    fn try_all(&self) {
        self.queue.write_untracked().wake_all();
        self.deliver_all();

        // What tabs that are gone have left.
        let outbox = self.clone();
        spawn_local(async move {
            courtesy().await;
            let left = outbox.kept().await.unwrap_or_default();
            outbox.queue.maybe_update(|queue| queue.adopt(left));
            outbox.deliver_all();
        });
    }

    /// The text to hand to the server now.
    pub(super) async fn next(&self, conversation: ConversationId) -> Option<Outgoing> {
        if !self.queue.with_untracked(|queue| queue.has_next(conversation)) {
            return None;
        }
        let known = self.look(Some(conversation)).await;
        self.queue.write_untracked().next(conversation, &known)
    }

    /// What became of a text that was handed over. Whether the next one may follow at once.
    pub(super) fn answered(&self, sent: &Outgoing, answer: Result<Option<Message>, Error>) -> bool {
        match answer {
            Ok(message) => {
                // Shown as said before it is shown as waiting no more, so that it is never absent.
                self.threads.tell(sent.conversation, |thread| done(thread, sent, message.clone()));
                match sent.deed {
                    Deed::Edit(_) | Deed::React(_) | Deed::Unreact(_) | Deed::Vote(_) | Deed::Unvote(_) => {
                        self.confirmed(&sent.key);
                    }
                    _ => drop(self.settled(&sent.key)),
                }
                if !sent.deed.says() {
                    // No frame tells the other tabs that this is done.
                    tabs::tell();
                }
                true
            }
            Err(error) => self.refused(sent, error),
        }
    }

    /// Who writes here.
    pub(super) const fn me(&self) -> Option<AccountId> {
        self.me
    }

    fn refused(&self, sent: &Outgoing, error: Error) -> bool {
        let at_least = if let Error::TooFast { retry_in } = error { retry_in } else { 0 };
        let then = self.queue.write().refused(sent.conversation, &sent.key, error);
        match then {
            Then::GoOn => true,
            Then::Failed(outgoing) => {
                self.keep(&outgoing);
                true
            }
            Then::Wait(failures) => {
                self.try_later(sent.conversation, failures, Duration::from_secs(at_least.into()));
                false
            }
            Then::LogIn => {
                visit::go_to_log_in();
                false
            }
        }
    }

    fn try_later(&self, conversation: ConversationId, failures: u32, at_least: Duration) {
        let outbox = self.clone();
        spawn_local(async move {
            browser::after(at_least + back_off::wait(failures)).await;
            outbox.queue.write_untracked().wake(conversation, failures);
            deliver(outbox, conversation);
        });
    }

    fn deliver_all(&self) {
        let waiting = self.queue.with_untracked(Queue::conversations);
        for conversation in waiting {
            deliver(self.clone(), conversation);
        }
    }

    /// The server has done it: shown as done until the frame that says so has come.
    fn confirmed(&self, key: &ClientKey) {
        if !self.queue.write().confirmed(key) {
            return;
        }
        self.forget(key, false);
        let (outbox, key) = (self.clone(), key.clone());
        spawn_local(async move {
            browser::after(FRAME).await;
            outbox.queue.maybe_update(|queue| queue.delete(&key));
        });
    }

    /// Whether it waited here.
    fn settled(&self, key: &ClientKey) -> bool {
        let waited = self.queue.write().settled(key);
        if waited {
            // The other tabs hear of it as this one did.
            self.forget(key, false);
        }
        waited
    }
}

/// Until a tab that is still there has sent what it has.
async fn courtesy() {
    browser::after(Duration::from_millis((COURTESY + browser::below(COURTESY)).into())).await;
}

/// What the server has confirmed stands in the thread from now on. Of other deeds a frame tells, which has the number
/// that says what came first.
fn done(thread: &mut Thread, sent: &Outgoing, message: Option<Message>) {
    match sent.deed {
        Deed::Say | Deed::Reply(_) | Deed::SayIn { .. } => {
            if let Some(message) = message {
                thread.said(message);
            }
        }
        Deed::Delete(message) => thread.retract(message, true),
        Deed::Restore(message) => thread.retract(message, false),
        Deed::Edit(_) | Deed::React(_) | Deed::Unreact(_) | Deed::Vote(_) | Deed::Unvote(_) => {}
    }
}

/// The outbox of this page.
pub fn use_outbox() -> Outbox {
    expect_context()
}
