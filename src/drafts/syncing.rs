//! The drafts of this page and the server's: what is handed over, what is asked for, and when. Nobody who types waits for it.

use std::{mem, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use litemap::LiteMap;

use super::{
    Changed, Draft, Drafts, Kept,
    server_fns::{read_drafts, save_draft},
    sheet::{Handed, Sheet, Version},
};
use crate::{
    browser, error::Error, ids::ClientKey, messages::delivery::in_time, realtime::back_off, threads::Spot,
    time::Timestamp,
};

/// Milliseconds after the last key at which what was typed is handed to the server. Letting go of the box does it at once.
const PAUSE: i64 = 1_000;

/// Revisions of a minute: those of the server are milliseconds and 12 bits more. So much is asked for again each time,
/// since a change may be seen after a later one where there are several servers.
const OVERLAP: i64 = 60_000 << 12;

/// What is under way between this page and the server.
#[derive(Debug, Default)]
pub struct Errand {
    /// When what was typed is to be handed over.
    due: LiteMap<Spot, Timestamp>,
    /// In a row.
    failures: u32,
    /// All that the server does not have is to be tried again in a while.
    retries: bool,
    /// Somebody asks the server what has changed, and is to ask once more.
    looks: bool,
    again: bool,
    /// The largest revision that was heard of.
    after: i64,
    caught_up: bool,
}

impl Errand {
    /// Whether all that the server has is known.
    pub const fn has_caught_up(&self) -> bool {
        self.caught_up
    }

    /// Notes when `spot` is due. Whether somebody is to wait for that.
    fn puts_off(&mut self, spot: Spot, until: Timestamp) -> bool {
        self.due.insert(spot, until).is_none()
    }

    /// Whether to begin to ask.
    const fn begins(&mut self) -> bool {
        self.again = true;
        !mem::replace(&mut self.looks, true)
    }

    /// Whether to ask, once more or at first.
    const fn goes_on(&mut self) -> bool {
        self.looks = mem::replace(&mut self.again, false);
        self.looks
    }
}

impl Drafts {
    /// There is a connection, or again.
    pub(crate) fn connected(&self) {
        self.errand.update_value(|errand| errand.failures = 0);
        self.look();
        self.push_all();
    }

    /// Asks the server what has changed.
    pub(crate) fn look(&self) {
        if self.errand.try_update_value(Errand::begins) != Some(true) {
            return;
        }
        let drafts = self.clone();
        spawn_local(async move {
            while drafts.errand.try_update_value(Errand::goes_on) == Some(true) {
                // Without an answer the next connection asks again.
                drop(drafts.catch_up().await);
            }
        });
    }

    async fn catch_up(&self) -> Result<(), Error> {
        let mut after = self.errand.with_value(|errand| errand.after) - OVERLAP;
        loop {
            let Changed { drafts, next } = in_time(read_drafts(Some(after), self.me)).await?.read()?;
            let mut is_new = false;
            for draft in &drafts {
                is_new |= self.hear(draft);
            }
            let last = drafts.last().map_or(0, |last| last.revision);
            self.errand.update_value(|errand| {
                errand.after = errand.after.max(last);
                errand.caught_up |= next.is_none();
            });
            if is_new || next.is_none() {
                self.tell();
            }
            let Some(next) = next else { return Ok(()) };
            after = next;
        }
    }

    /// Hands over what was typed once the person pauses.
    pub(super) fn push_soon(&self, spot: Spot) {
        if !self.hands_over() {
            return;
        }
        let until = browser::now().plus(PAUSE);
        if self.errand.try_update_value(|errand| errand.puts_off(spot, until)) != Some(true) {
            return;
        }
        let drafts = self.clone();
        spawn_local(async move {
            while let Some(until) = drafts.errand.with_value(|errand| errand.due.get(&spot).copied()) {
                let left = u64::try_from(until.millis() - browser::now().millis()).unwrap_or(0);
                if left == 0 {
                    return drafts.push(spot);
                }
                browser::after(Duration::from_millis(left)).await;
            }
        });
    }

    /// Hands over at once what is due soon.
    pub(super) fn push_due(&self) {
        let due = self.errand.with_value(|errand| errand.due.keys().copied().collect::<Vec<_>>());
        for spot in due {
            self.push(spot);
        }
    }

    /// Whether anything can be handed over: not before the page is alive.
    fn hands_over(&self) -> bool {
        self.writer.with_value(Option::is_some)
    }

    fn push_all(&self) {
        let unsaved = self.sheets.with_value(|sheets| {
            let unsaved = sheets.iter().filter(|(_, sheet)| sheet.is_unsaved());
            unsaved.map(|(spot, _)| *spot).collect::<Vec<_>>()
        });
        for spot in unsaved {
            self.push(spot);
        }
    }

    /// Hands over what the server does not have, one text after the other.
    pub(super) fn push(&self, spot: Spot) {
        if !self.hands_over() {
            return;
        }
        self.errand.update_value(|errand| {
            errand.due.remove(&spot);
        });
        let drafts = self.clone();
        spawn_local(async move {
            while let Some((handed, writer)) = drafts.hand_over(spot) {
                let Handed { text, over } = handed;
                let kept = save_draft(spot.conversation, spot.thread, text, over, writer, drafts.me);
                let kept = in_time(kept).await.and_then(|kept| kept.read());
                if !drafts.answered(spot, kept) {
                    return;
                }
            }
        });
    }

    /// What to hand over now. Another tab may have done it, or sent it: so the storage is asked first.
    fn hand_over(&self, spot: Spot) -> Option<(Handed, ClientKey)> {
        let writer = self.writer.get_value()?;
        self.save();
        self.take(spot);
        let handed = self.on_sheet(spot, Sheet::hand_over)?;
        self.keep(spot);
        Some((handed, writer))
    }

    /// Whether to try again at once.
    fn answered(&self, spot: Spot, answer: Result<Kept, Error>) -> bool {
        let is_new;
        let goes_on = match answer {
            Ok(Kept::Saved { revision }) => {
                is_new = self.on_sheet(spot, |sheet| sheet.saved(revision));
                let (is_unsaved, is_empty) =
                    self.on_sheet(spot, |sheet| (sheet.is_unsaved(), sheet.text().is_empty()));
                if is_unsaved && !is_empty {
                    self.push_soon(spot);
                }
                is_unsaved && is_empty
            }
            Ok(Kept::Newer { now: Draft { revision, writer, text, .. } }) => {
                let mine = self.writer.with_value(|me| me.as_ref() == Some(&writer));
                is_new = self.on_sheet(spot, |sheet| sheet.refused(Version { revision, text, mine }));
                true
            }
            Err(error) if error.is_passing() => {
                is_new = self.on_sheet(spot, Sheet::lost);
                self.try_later();
                false
            }
            // Whoever is logged in now is another, or nobody.
            Err(Error::SignedOut) => {
                is_new = self.on_sheet(spot, Sheet::lost);
                false
            }
            Err(_) => {
                is_new = self.on_sheet(spot, Sheet::turned_away);
                false
            }
        };
        self.keep(spot);
        if is_new {
            self.tell();
        }
        goes_on
    }

    /// Tries again in a while what the server does not have.
    fn try_later(&self) {
        let begins = self.errand.try_update_value(|errand| {
            errand.failures += 1;
            !mem::replace(&mut errand.retries, true)
        });
        if begins != Some(true) {
            return;
        }
        let wait = back_off::wait(self.errand.with_value(|errand| errand.failures));
        let drafts = self.clone();
        spawn_local(async move {
            browser::after(wait).await;
            drafts.errand.update_value(|errand| errand.retries = false);
            drafts.push_all();
        });
    }
}
