//! The copy of the outbox that outlasts the page, and that all tabs share.

use leptos::{prelude::*, task::spawn_local};

use super::{Outbox, Outgoing, Queue, deliver};
use crate::{
    border::reading,
    browser::{database, tabs},
    ids::{AccountId, ClientKey, ConversationId},
    sorted::SortedSet,
};

impl Outbox {
    /// Keeps what was just written, and only then begins to deliver it: the server must not have a text that this
    /// browser could forget to have sent.
    pub(super) fn keep_first(&self, outgoing: Outgoing) {
        let kept = self.put(&outgoing);
        let outbox = self.clone();
        spawn_local(async move {
            let stored = kept.await;
            outbox.queue.write_untracked().kept(&outgoing.key, stored);
            deliver(outbox, outgoing.conversation);
        });
    }

    /// Keeps the new state of what is kept already.
    pub(super) fn keep(&self, outgoing: &Outgoing) {
        let kept = self.put(outgoing);
        spawn_local(async move {
            // If not: the state of before is kept, and the server will say again what it said.
            kept.await;
        });
    }

    /// Keeps `key` no longer. The other tabs are told if they cannot know.
    pub(super) fn forget(&self, key: &ClientKey, tell: bool) {
        let forgotten = database::delete(&self.address(key));
        spawn_local(async move {
            forgotten.await;
            if tell {
                tabs::tell();
            }
        });
    }

    /// Whether anything of mine is kept.
    pub(super) async fn has_something_kept(&self) -> bool {
        database::all(&self.shelf()).await.is_some_and(|texts| !texts.is_empty())
    }

    /// Everything of mine that is kept. None where nothing can be.
    pub(super) async fn kept(&self) -> Option<Vec<Outgoing>> {
        let texts = database::all(&self.shelf()).await?;
        // A newer Salon may have kept what this page cannot read: it stays for the next one.
        Some(texts.iter().filter_map(|text| reading::read(text).ok()).collect())
    }

    /// Looks what other tabs have sent or deleted meanwhile, and what they wrote in `conversation`, which may have to
    /// go first. Gives back what this look can tell about.
    pub(super) async fn look(&self, conversation: Option<ConversationId>) -> SortedSet<ClientKey> {
        let known = self.queue.with_untracked(Queue::known);
        if let Some(found) = self.kept().await {
            self.queue.maybe_update(|queue| {
                let forgot = queue.forget_absent(&known, &found);
                let here = found.into_iter().filter(|outgoing| Some(outgoing.conversation) == conversation);
                queue.adopt(here.collect()) || forgot
            });
        }
        known
    }

    fn put(&self, outgoing: &Outgoing) -> impl Future<Output = bool> + use<> {
        let text = serde_json::to_string(outgoing).expect("a text has only names, numbers and strings");
        database::put(&self.address(&outgoing.key), &text)
    }

    fn address(&self, key: &ClientKey) -> String {
        self.shelf() + key.as_str()
    }

    /// Where the texts of this account are kept, apart from those of others who use this browser.
    fn shelf(&self) -> String {
        format!("{}/", self.me.map_or(0, AccountId::get))
    }
}
