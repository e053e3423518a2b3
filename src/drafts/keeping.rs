//! The drafts of this page: what stands in the boxes, what the browser keeps of it, and the same in every tab.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use litemap::LiteMap;

use super::{
    Draft,
    sheet::{Sheet, Version},
    shelf,
    syncing::Errand,
};
use crate::{
    browser::{self, storage},
    ids::{AccountId, ClientKey, ConversationId},
    sorted::SortedSet,
    threads::Spot,
    visit::use_viewer,
};

/// So long after a key what was typed is stored. Leaving the page stores it at once.
const PAUSE: Duration = Duration::from_millis(150);

/// Where this browser keeps the name by which it knows its own drafts again.
const WRITER: &str = "salon-writer";

/// The drafts of the person whose page this is.
#[derive(Clone)]
pub struct Drafts {
    pub(super) me: Option<AccountId>,
    /// This browser. None before the page is alive, and where there is no randomness.
    pub(super) writer: ArcStoredValue<Option<ClientKey>>,
    pub(super) sheets: ArcStoredValue<LiteMap<Spot, Sheet>>,
    pub(super) errand: ArcStoredValue<Errand>,
    /// Those that stand in the storage: what was written in this browser, and nothing else.
    stored: ArcStoredValue<SortedSet<Spot>>,
    /// Those of which the storage does not know yet.
    unsaved: ArcStoredValue<SortedSet<Spot>>,
    saves_soon: ArcStoredValue<bool>,
    /// Another number whenever what lists show of them may have changed.
    version: ArcRwSignal<u32>,
    /// Another number whenever one may have changed that nobody has typed here.
    elsewhere: ArcRwSignal<u32>,
}

impl Drafts {
    /// Called once, at the top of `<App>`.
    pub fn provide() -> Self {
        let drafts = Self {
            me: use_viewer().map(|viewer| viewer.person.id),
            writer: ArcStoredValue::new(None),
            sheets: ArcStoredValue::default(),
            errand: ArcStoredValue::default(),
            stored: ArcStoredValue::default(),
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
        self.writer.set_value(writer());
        self.read_all();

        let drafts = self.clone();
        storage::on_change(move |name| drafts.heard_of(name.as_deref()));
        let drafts = self.clone();
        browser::attention::on_leaving(move || {
            drafts.save();
            drafts.push_due();
        });
        // A page that slept has not heard what others changed.
        let drafts = self.clone();
        browser::attention::on_return(move || drafts.read_all());
    }

    /// What has been written for `spot` so far.
    pub fn text_of(&self, spot: Spot) -> String {
        self.sheets
            .with_value(|sheets| sheets.get(&spot).map(|sheet| sheet.text().to_owned()).unwrap_or_default())
    }

    /// The beginning of what has been written for `conversation`, outside of its threads, for a list. As long as it is not
    /// known here, as the `page` has it.
    pub fn of(&self, conversation: ConversationId, page: Option<String>) -> Signal<Option<String>> {
        let drafts = self.clone();
        let beginning = Memo::new(move |_| {
            drafts.version.track();
            let here = drafts.sheets.with_value(|sheets| {
                let sheet = sheets.get(&conversation.into()).filter(|sheet| sheet.is_known())?;
                Some(shelf::beginning(sheet.text()))
            });
            let is_all = drafts.errand.with_value(Errand::has_caught_up);
            here.unwrap_or_else(|| page.clone().filter(|_| !is_all))
        });
        beginning.into()
    }

    /// To depend on: another number after every change that nobody has typed here.
    pub fn elsewhere(&self) -> u32 {
        self.elsewhere.get()
    }

    /// What is to stand in the box of a page that came with the draft `page`, and in which `typed` stands. Whoever has begun
    /// to type before the page came to life loses neither the one nor the other.
    pub fn take_up(&self, spot: Spot, page: Option<&Draft>, typed: &str) -> String {
        if self.me.is_some() && page.is_some_and(|draft| self.hear(draft)) {
            changed(&self.version);
        }
        let shown = page.map_or("", |draft| &*draft.text);
        let draft = self.text_of(spot);
        if typed == shown { draft } else { shelf::taken_up(&draft, typed) }
    }

    /// `text` stands in the box now. It is stored in a moment, when lists learn of it, and handed to the server a little
    /// later; that nothing stands there any more at once. Nothing but white space is no draft.
    pub fn note(&self, spot: Spot, text: &str) {
        let text = if text.trim().is_empty() { "" } else { text };
        if self.me.is_none() || !self.on_sheet(spot, |sheet| sheet.typed(text)) {
            return;
        }
        self.save_soon(spot);
        if text.is_empty() { self.push(spot) } else { self.push_soon(spot) }
    }

    /// The keyboard is in the box: what comes from elsewhere waits.
    pub fn hold(&self, spot: Spot) {
        self.on_sheet(spot, Sheet::hold);
    }

    /// The keyboard has left the box: what waits is taken in, and the server learns at once what was typed.
    pub fn release(&self, spot: Spot) {
        let is_new = self.on_sheet(spot, Sheet::release);
        self.keep(spot);
        if is_new {
            self.tell();
        }
        self.push(spot);
    }

    pub(super) fn on_sheet<T>(&self, spot: Spot, act: impl FnOnce(&mut Sheet) -> T) -> T {
        let mut sheets = self.sheets.write_value();
        act(sheets.entry(spot).or_default())
    }

    /// The server has this. Whether another text stands here now.
    pub(super) fn hear(&self, draft: &Draft) -> bool {
        let Draft { revision, writer, text, .. } = draft.clone();
        let mine = self.writer.with_value(|me| me.as_ref() == Some(&writer));
        if self.stored.with_value(|stored| stored.contains(&draft.spot())) {
            // Another tab may have gone on.
            self.take(draft.spot());
        }
        let is_new = self.on_sheet(draft.spot(), |sheet| sheet.heard(Version { revision, text, mine }));
        self.keep(draft.spot());
        if self.on_sheet(draft.spot(), |sheet| sheet.is_unsaved()) {
            self.push_soon(draft.spot());
        }
        is_new
    }

    /// Some may have changed that nobody has typed here.
    pub(super) fn tell(&self) {
        changed(&self.version);
        changed(&self.elsewhere);
    }

    fn save_soon(&self, spot: Spot) {
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
    pub(super) fn save(&self) {
        let unsaved = self.unsaved.get_value();
        if unsaved.is_empty() {
            return;
        }
        let refused = unsaved.into_iter().filter(|spot| !self.store(*spot));
        self.unsaved.set_value(refused.collect());
        changed(&self.version);
    }

    /// Stores the new state of one. What was written elsewhere, and not here, is not left behind in this browser.
    pub(super) fn keep(&self, spot: Spot) {
        let is_clean = self.on_sheet(spot, |sheet| !sheet.is_dirty());
        let is_stored = self.stored.with_value(|stored| stored.contains(&spot));
        if (is_stored || !is_clean) && !self.store(spot) {
            self.save_soon(spot);
        }
    }

    /// Whether the storage has it as it is now. Where it is full the oldest drafts give way.
    fn store(&self, spot: Spot) -> bool {
        let Some(me) = self.me else { return true };
        let name = shelf::name(me, spot);
        let record = self.on_sheet(spot, |sheet| {
            let is_over = sheet.text().is_empty() && !sheet.is_dirty();
            let record = || shelf::record(browser::now(), sheet.text(), sheet.revision(), sheet.is_dirty());
            (!is_over).then(record)
        });
        let Some(record) = record else {
            storage::remove(&name);
            self.stored.update_value(|stored| {
                stored.remove(&spot);
            });
            return true;
        };

        let is_new = storage::read(&name).is_none();
        let stored = storage::write(&name, &record) || {
            make_room(shelf::MOST / 2);
            storage::write(&name, &record)
        };
        if is_new && stored {
            make_room(shelf::MOST);
        }
        if stored {
            self.stored.update_value(|stored| {
                stored.insert(spot);
            });
        }
        stored
    }

    /// Another tab has changed what has this name, or everything.
    fn heard_of(&self, name: Option<&str>) {
        match (name, self.me) {
            (None, _) => self.read_all(),
            (Some(name), Some(me)) if name.starts_with(shelf::PREFIX) => {
                let Some(spot) = shelf::spot(name, me) else { return };
                self.take(spot);
                self.tell();
            }
            _ => {}
        }
    }

    /// Reads every draft of mine.
    fn read_all(&self) {
        let Some(me) = self.me else { return };
        let mut known = self.stored.get_value();
        known.extend(storage::keys(shelf::PREFIX).iter().filter_map(|name| shelf::spot(name, me)));
        for spot in known {
            self.take(spot);
        }
        self.tell();
    }

    /// Reads one draft. What was typed here and is not stored yet is newer.
    pub(super) fn take(&self, spot: Spot) {
        let Some(me) = self.me else { return };
        if self.unsaved.with_value(|unsaved| unsaved.contains(&spot)) {
            return;
        }
        let record = storage::read(&shelf::name(me, spot));
        if let Some((text, revision, dirty)) = record.as_deref().and_then(shelf::read) {
            self.stored.update_value(|stored| {
                stored.insert(spot);
            });
            self.on_sheet(spot, |sheet| {
                let whole = (shelf::cut(sheet.text()) == text).then(|| sheet.text().to_owned());
                sheet.adopt(whole.as_deref().unwrap_or(text), revision, dirty)
            });
        } else if self.stored.try_update_value(|stored| stored.remove(&spot)) == Some(true) {
            self.on_sheet(spot, Sheet::forgotten);
        }
    }
}

/// What this browser is called from now on.
fn writer() -> Option<ClientKey> {
    let known = storage::read(WRITER).and_then(|known| ClientKey::try_from(known).ok());
    known.or_else(|| {
        let new = browser::client_key()?;
        storage::write(WRITER, new.as_str());
        Some(new)
    })
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
