//! The quick switcher: a few letters and Enter lead anywhere, from anywhere.
//!
//! What stands around every page opens its window and hears its keys. What finds something comes with the part in which
//! one talks, see `search`: whoever is sooner types into a box that looks the same, and nothing they typed is lost.

use leptos::{
    html::{Dialog, Input},
    prelude::*,
    task::spawn_local,
};

use super::shortcuts::Shortcut;
use crate::{
    browser::{self, dialog},
    error::Error,
    navigation::{Way, use_way},
    parts,
    text::{Words, use_words},
};

/// The links through which the arrows lead.
const LINKS: &str = ".list .conversation-link, .list .channel-link";

/// Those to something unread.
const UNREAD: &str = "[data-unread]";

/// Draws the inside of the window.
pub type Draw = fn(Switcher) -> AnyView;

/// The switcher of this page.
#[derive(Clone, Copy)]
pub struct Switcher {
    pub(super) words: &'static Words,
    pub(super) dialog: NodeRef<Dialog>,
    /// Where one types.
    pub(super) field: NodeRef<Input>,
    /// How often it was opened.
    pub(super) openings: RwSignal<u32>,
    /// What finds something, once it is here.
    pub(super) search: RwSignal<Option<Draw>>,
    /// Why nothing can be found.
    pub(super) failure: RwSignal<Option<Error>>,
    pub(super) way: StoredValue<Way>,
}

impl Switcher {
    /// Called once, by the frame.
    pub fn provide() {
        provide_context(Self {
            words: use_words(),
            dialog: NodeRef::new(),
            field: NodeRef::new(),
            openings: RwSignal::new(0),
            search: RwSignal::new(None),
            failure: RwSignal::new(None),
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
        self.failure.set(None);
        dialog::open(&window);
        self.openings.update(|openings| *openings += 1);
        spawn_local(async move {
            // The page may be gone when it comes, and these signals with it.
            match parts::search().await {
                Ok(_) if self.search.try_get_untracked().flatten().is_some() => {}
                Ok(draw) => {
                    self.failure.try_set(None);
                    self.search.try_set(Some(draw));
                }
                Err(error) => drop(self.failure.try_set(Some(error))),
            }
        });
    }

    pub(super) fn close(self) {
        if let Some(window) = self.dialog.get_untracked() {
            dialog::close(&window);
        }
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
