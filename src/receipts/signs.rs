//! What this page has heard of the others in its conversations.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use litemap::LiteMap;

use super::{
    Receipt,
    marks::Marks,
    typists::{LASTS, Typists},
};
use crate::{
    browser,
    ids::{AccountId, ConversationId},
};

/// The signs that the others give, by conversation.
#[derive(Clone)]
pub struct Signs {
    typists: ArcRwSignal<LiteMap<ConversationId, Typists>>,
    /// Of the conversations that were opened on this page.
    marks: ArcRwSignal<LiteMap<ConversationId, Marks>>,
}

impl Signs {
    /// Called once, at the top of `<App>`.
    pub fn provide() -> Self {
        let signs =
            Self { typists: ArcRwSignal::new(LiteMap::new()), marks: ArcRwSignal::new(LiteMap::new()) };
        provide_context(signs.clone());
        signs
    }

    /// `account` is writing in `conversation`. In the browser only: it watches the time.
    pub fn types(&self, conversation: ConversationId, account: AccountId) {
        self.typists.update(|all| all.entry(conversation).or_default().heard(account, browser::now()));
        let typists = self.typists.clone();
        spawn_local(async move {
            browser::after(Duration::from_millis(LASTS.unsigned_abs())).await;
            typists.update(|all| {
                all.iter_mut().for_each(|(_, typists)| typists.expire(browser::now()));
                all.retain(|_, typists| !typists.is_empty());
            });
        });
    }

    /// `account` is writing there no more.
    pub fn stopped(&self, conversation: ConversationId, account: AccountId) {
        let is_known = |all: &LiteMap<_, Typists>| {
            all.get(&conversation).is_some_and(|it| it.people().contains(&account))
        };
        if self.typists.with_untracked(is_known) {
            self.typists.update(|all| {
                all.entry(conversation).or_default().stopped(account);
            });
        }
    }

    /// A page about `conversation` says how far the others have received and read it. What came live meanwhile is said
    /// again when the page asks for what it missed.
    pub fn open(&self, conversation: ConversationId, receipts: &[Receipt]) {
        self.marks.update(|all| {
            all.insert(conversation, Marks::new(receipts));
        });
    }

    /// Some of the others have received or read more of `conversation`.
    pub fn hear(&self, conversation: ConversationId, receipts: &[Receipt]) {
        self.marks.update(|all| {
            if let Some(marks) = all.get_mut(&conversation) {
                receipts.iter().for_each(|receipt| marks.hear(*receipt));
            }
        });
    }

    /// How far the others have received and read `conversation`.
    pub fn marks(&self, conversation: ConversationId) -> Memo<Marks> {
        let marks = self.marks.clone();
        Memo::new(move |_| marks.with(|all| all.get(&conversation).cloned().unwrap_or_default()))
    }

    /// Who is writing in `conversation`.
    pub fn typists(&self, conversation: ConversationId) -> Memo<Vec<AccountId>> {
        let typists = self.typists.clone();
        Memo::new(move |_| {
            typists.with(|all| all.get(&conversation).map(Typists::people).unwrap_or_default())
        })
    }
}

/// The signs that this page has heard.
pub fn use_signs() -> Signs {
    expect_context()
}
