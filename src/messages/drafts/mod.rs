//! What one has begun to write, conversation by conversation and thread by thread: kept in this browser until it is sent, and the same in
//! every tab. It survives reloading, closing, and logging out.

pub mod shelf;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{self, storage},
    ids::{AccountId, ConversationId},
    threads::Spot,
    visit::use_viewer,
};

/// So long after a key what was typed is stored. Leaving the page stores it at once.
const PAUSE: Duration = Duration::from_millis(150);

/// The drafts of the person whose page this is.
#[derive(Clone)]
pub struct Drafts {
    me: Option<AccountId>,
    texts: ArcStoredValue<BTreeMap<Spot, String>>,
    /// Those of which the storage does not know yet.
    unsaved: ArcStoredValue<BTreeSet<Spot>>,
    saves_soon: ArcStoredValue<bool>,
    /// Another number whenever what lists show of them may have changed.
    version: ArcRwSignal<u32>,
    /// Another number whenever another tab may have changed one.
    elsewhere: ArcRwSignal<u32>,
}

impl Drafts {
    /// Called once, at the top of `<App>`.
    pub fn provide() -> Self {
        let drafts = Self {
            me: use_viewer().map(|viewer| viewer.person.id),
            texts: ArcStoredValue::default(),
            unsaved: ArcStoredValue::default(),
            saves_soon: ArcStoredValue::new(false),
            version: ArcRwSignal::new(0),
            elsewhere: ArcRwSignal::new(0),
        };
        provide_context(drafts.clone());
        drafts
    }

    /// The page is alive: takes up what was kept, and keeps up with the other tabs.
    pub fn start(&self) {
        if self.me.is_none() {
            return;
        }
        self.read_all();

        let drafts = self.clone();
        storage::on_change(move |name| drafts.heard(name.as_deref()));
        let drafts = self.clone();
        browser::attention::on_leaving(move || drafts.save());
        // A page that slept has not heard what others changed.
        let drafts = self.clone();
        browser::attention::on_return(move || drafts.read_all());
    }

    /// What has been written for `spot` so far.
    pub fn text_of(&self, spot: Spot) -> String {
        self.texts.with_value(|texts| texts.get(&spot).cloned().unwrap_or_default())
    }

    /// The beginning of what has been written for `conversation`, outside of its threads, for a list.
    pub fn of(&self, conversation: ConversationId) -> Signal<Option<String>> {
        let drafts = self.clone();
        let beginning = Memo::new(move |_| {
            drafts.version.track();
            drafts.texts.with_value(|texts| shelf::beginning(texts.get(&conversation.into())?))
        });
        beginning.into()
    }

    /// To depend on: another number after every change in another tab.
    pub fn elsewhere(&self) -> u32 {
        self.elsewhere.get()
    }

    /// `text` stands in the box now. It is stored in a moment; lists learn of it then.
    pub fn note(&self, spot: Spot, text: &str) {
        if self.me.is_none() || !self.change(spot, text) {
            return;
        }
        self.unsaved.update_value(|unsaved| {
            unsaved.insert(spot);
        });

        let soon = self.saves_soon.try_update_value(|soon| std::mem::replace(soon, true));
        if soon == Some(false) {
            let drafts = self.clone();
            spawn_local(async move {
                browser::after(PAUSE).await;
                drafts.saves_soon.set_value(false);
                drafts.save();
            });
        }
    }

    /// Stores what was typed. What the storage refuses waits for the next time.
    fn save(&self) {
        let (Some(me), unsaved) = (self.me, self.unsaved.get_value()) else { return };
        if unsaved.is_empty() {
            return;
        }
        let refused = unsaved.into_iter().filter(|spot| !store(me, *spot, &self.text_of(*spot)));
        self.unsaved.set_value(refused.collect());
        changed(&self.version);
    }

    /// Another tab has changed what has this name, or everything.
    fn heard(&self, name: Option<&str>) {
        match (name, self.me) {
            (None, _) => self.read_all(),
            (Some(name), Some(me)) if name.starts_with(shelf::PREFIX) => {
                let Some(spot) = shelf::spot(name, me) else { return };
                self.take(spot, name);
                changed(&self.version);
                changed(&self.elsewhere);
            }
            _ => {}
        }
    }

    /// Reads every draft of mine.
    fn read_all(&self) {
        let Some(me) = self.me else { return };
        let mut known: BTreeSet<Spot> = self.texts.with_value(|texts| texts.keys().copied().collect());
        known.extend(storage::keys(shelf::PREFIX).iter().filter_map(|name| shelf::spot(name, me)));
        for spot in known {
            self.take(spot, &shelf::name(me, spot));
        }
        changed(&self.version);
        changed(&self.elsewhere);
    }

    /// Reads one draft. What was typed here and is not stored yet is newer.
    fn take(&self, spot: Spot, name: &str) {
        if self.unsaved.with_value(|unsaved| unsaved.contains(&spot)) {
            return;
        }
        let record = storage::read(name).unwrap_or_default();
        self.change(spot, shelf::text(&record).unwrap_or_default());
    }

    /// Whether that is something new. Nothing but white space is no draft.
    fn change(&self, spot: Spot, text: &str) -> bool {
        let text = if text.trim().is_empty() { "" } else { text };
        let same = self.texts.with_value(|texts| texts.get(&spot).map_or("", String::as_str) == text);
        if !same {
            self.texts.update_value(|texts| {
                texts.insert(spot, text.to_owned());
                texts.retain(|_, text| !text.is_empty());
            });
        }
        !same
    }
}

/// Keeps `text` under my name, or nothing if there is none. Where the storage is full the oldest drafts give way.
fn store(me: AccountId, spot: Spot, text: &str) -> bool {
    let name = shelf::name(me, spot);
    if text.is_empty() {
        storage::remove(&name);
        return true;
    }

    let is_new = storage::read(&name).is_none();
    let record = shelf::record(text, browser::now());
    let stored = storage::write(&name, &record) || {
        make_room(shelf::MOST / 2);
        storage::write(&name, &record)
    };
    if is_new && stored {
        make_room(shelf::MOST);
    }
    stored
}

fn make_room(most: usize) {
    let names = storage::keys(shelf::PREFIX).into_iter();
    let drafts = names.filter_map(|name| Some((shelf::written(&storage::read(&name)?), name)));
    for name in shelf::too_many(drafts.collect(), most) {
        storage::remove(&name);
    }
}

fn changed(version: &ArcRwSignal<u32>) {
    version.update(|version| *version = version.wrapping_add(1));
}

/// The drafts of the person whose page this is.
pub fn use_drafts() -> Drafts {
    expect_context()
}
