//! The quick switcher: a few letters and Enter lead anywhere, from anywhere.
//!
//! What there is to choose is read once for each opening, and what is known of the last one stands there meanwhile; which
//! of it is meant is decided in the browser, so that no letter waits.

use leptos::{ev, html::Dialog, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::{Entry, Goal, LONGEST_TEXT, matching::Index, server_fns::read_places, shortcuts::Shortcut};
use crate::{
    browser::{self, dialog, keyboard},
    conversations::server_fns::OpenConversation,
    error::Error,
    navigation::{Way, use_way},
    text::{Words, use_words},
    ui::form::{Posting, use_posting},
};

/// The links through which the arrows lead.
const LINKS: &str = ".list .conversation-link, .list .channel-link";

/// Those to something unread.
const UNREAD: &str = "[data-unread]";

/// The switcher of this page.
#[derive(Clone, Copy)]
pub struct Switcher {
    pub(super) words: &'static Words,
    pub(super) dialog: NodeRef<Dialog>,
    pub(super) index: RwSignal<Index>,
    pub(super) text: RwSignal<String>,
    /// Which of those that are shown Enter would choose.
    pub(super) chosen: RwSignal<usize>,
    /// Why nothing could be read.
    pub(super) failure: RwSignal<Option<Error>>,
    pub(super) opening: Posting,
    way: StoredValue<Way>,
}

impl Switcher {
    /// Called once, by the frame.
    pub fn provide() {
        provide_context(Self {
            words: use_words(),
            dialog: NodeRef::new(),
            index: RwSignal::new(Index::default()),
            text: RwSignal::new(String::new()),
            chosen: RwSignal::new(0),
            failure: RwSignal::new(None),
            opening: use_posting(OpenConversation::url()),
            way: StoredValue::new(use_way()),
        });
    }

    fn is_open(self) -> bool {
        self.dialog.get_untracked().is_some_and(|window| dialog::is_open(&window))
    }

    /// Opens it, with nothing typed yet, or closes it.
    pub(super) fn toggle(self) {
        if self.is_open() {
            return self.close();
        }
        let Some(window) = self.dialog.get_untracked() else { return };
        browser::empty_field(".switcher-text");
        self.ask("");
        self.failure.set(None);
        self.opening.forget();
        dialog::open(&window);
        spawn_local(async move {
            // The page may be gone when the answer comes, and these signals with it.
            match read_places().await.and_then(|places| places.read()) {
                Ok(places) => drop(self.index.try_set(Index::new(places, self.words))),
                Err(error) => drop(self.failure.try_set(Some(error))),
            }
        });
    }

    pub(super) fn close(self) {
        if let Some(window) = self.dialog.get_untracked() {
            dialog::close(&window);
        }
    }

    /// What is typed is `text` now: the first that it means is chosen.
    pub(super) fn ask(self, text: &str) {
        self.text.set(text.chars().take(LONGEST_TEXT).collect());
        self.chosen.set(0);
    }

    /// Goes there. A talk that is still to be made is made by the form of the page about friends.
    pub(super) fn go(self, entry: &Entry) {
        let way = self.way.get_value();
        match (entry.goal, entry.goal.path()) {
            (Goal::Friend(account), None) => self.opening.send_one(("account", &account.to_string()), way),
            (_, Some(path)) => {
                self.close();
                way.go(&path);
            }
            _ => {}
        }
    }

    /// A key was pressed in the box, while these are shown.
    pub(super) fn pressed(self, event: &ev::KeyboardEvent, found: &[Entry]) {
        let press = keyboard::press(event);
        if press.composing || press.alt || press.control || press.meta || press.shift {
            return;
        }
        let (here, last) = (self.chosen.get_untracked(), found.len().saturating_sub(1));
        match press.key.as_str() {
            "ArrowDown" => self.chosen.set(if here >= last { 0 } else { here + 1 }),
            "ArrowUp" => self.chosen.set(if here == 0 { last } else { here - 1 }),
            "Home" => self.chosen.set(0),
            "End" => self.chosen.set(last),
            "Enter" => found.get(here).into_iter().for_each(|entry| self.go(entry)),
            _ => return,
        }
        event.prevent_default();
        browser::before_paint(|| browser::scroll::show("#switcher-list [aria-selected=true]"));
    }

    /// What a key anywhere asks for. Whether it is taken.
    pub(super) fn heard(self, shortcut: Shortcut) -> bool {
        match shortcut {
            Shortcut::Find => self.toggle(),
            Shortcut::Step { .. } if self.is_open() => return false,
            Shortcut::Step { down, unread } => {
                let wanted = if unread { UNREAD } else { "*" };
                if let Some(path) = browser::neighbour(LINKS, wanted, down) {
                    self.way.get_value().go(&path);
                }
            }
        }
        true
    }
}
