//! One draft as one browser has it: what stands there, and what the server knows of it. Plain Rust: no signals, no
//! browser, no clock.
//!
//! A text that the server has follows it. One that was typed here since stands, and is handed over on top of what the server
//! has by then. If another browser has written something else meanwhile, both texts are kept, one below the other. While
//! somebody writes here, nothing is changed under their fingers: it waits until they have let go.

use super::shelf::taken_up;

/// What stands in one box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    text: String,
    /// That of the server's draft which this text followed or was written over; 0: of none.
    revision: i64,
    /// The server does not have it.
    dirty: bool,
    /// The keyboard is in the box.
    held: bool,
    /// What the server has, until it can be taken in.
    waits: Option<Version>,
    under_way: Option<Handed>,
    /// The server has refused the text: it is handed over again once it is another.
    refused: bool,
}

/// A draft as the server has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub revision: i64,
    /// Empty if it was sent or taken away.
    pub text: String,
    /// Whether it came from this browser.
    pub mine: bool,
}

/// A text to hand to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    pub text: String,
    /// The revision that it is written over.
    pub over: i64,
}

impl Sheet {
    /// As it was kept.
    pub fn kept(text: String, revision: i64, dirty: bool) -> Self {
        Self { text, revision, dirty, ..Self::default() }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// Whether the server does not have it.
    pub const fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// Whether anything is known of it here.
    pub const fn is_known(&self) -> bool {
        self.revision > 0 || self.dirty
    }

    /// Whether the server has yet to learn of it.
    pub const fn is_unsaved(&self) -> bool {
        self.dirty && !self.refused
    }

    /// The person has typed or cleared it. Whether it is another text now.
    pub fn typed(&mut self, text: &str) -> bool {
        if self.text == text {
            return false;
        }
        text.clone_into(&mut self.text);
        self.dirty = true;
        self.refused = false;
        self.settle();
        true
    }

    /// Another tab of this browser has stored this. Where the keyboard is, what stands is newer.
    pub fn adopt(&mut self, text: &str, revision: i64, dirty: bool) -> bool {
        if self.held {
            return false;
        }
        let is_new = self.text != text;
        text.clone_into(&mut self.text);
        (self.revision, self.dirty) = (revision, dirty);
        self.refused &= !is_new;
        self.settle() || is_new
    }

    /// This browser keeps it no more. What the server did not have was sent or taken away in another tab; of the rest the
    /// server tells.
    pub fn forgotten(&mut self) {
        if self.dirty && !self.held {
            self.text.clear();
            self.dirty = false;
            self.settle();
        }
    }

    /// The keyboard is in the box.
    pub const fn hold(&mut self) {
        self.held = true;
    }

    /// The keyboard has left the box. Whether another text stands there now.
    pub fn release(&mut self) -> bool {
        self.held = false;
        self.settle()
    }

    /// The server has this. Whether another text stands here now.
    pub fn heard(&mut self, version: Version) -> bool {
        let known = self.waits.as_ref().map_or(self.revision, |waits| waits.revision.max(self.revision));
        if version.revision <= known {
            return false;
        }
        self.waits = Some(version);
        self.settle()
    }

    /// Takes in what waits, if it can be now. Whether another text stands here.
    fn settle(&mut self) -> bool {
        // Only the answer says whether that came before or behind what was handed over.
        if self.under_way.is_some() {
            return false;
        }
        let Some(Version { revision, text, mine }) = self.waits.take() else { return false };
        if text == self.text {
            self.follow(revision, false);
            return false;
        }
        if self.dirty && (text.is_empty() || mine) {
            self.follow(revision, true);
            return false;
        }
        if self.held {
            self.waits = Some(Version { revision, text, mine });
            return false;
        }
        let whole = if self.dirty { taken_up(&text, &self.text) } else { text.clone() };
        self.follow(revision, whole != text);
        let is_new = whole != self.text;
        self.text = whole;
        is_new
    }

    const fn follow(&mut self, revision: i64, dirty: bool) {
        self.revision = revision;
        self.dirty = dirty;
        self.refused = false;
    }

    /// What to hand to the server now, if there is something: one at a time.
    pub fn hand_over(&mut self) -> Option<Handed> {
        if !self.is_unsaved() || self.under_way.is_some() || self.waits.is_some() {
            return None;
        }
        self.under_way = Some(Handed { text: self.text.clone(), over: self.revision });
        self.under_way.clone()
    }

    /// The server keeps what was handed over, under this revision. Whether another text stands here now.
    pub fn saved(&mut self, revision: i64) -> bool {
        let Some(handed) = self.under_way.take() else { return false };
        if revision > self.revision {
            self.follow(revision, handed.text != self.text);
            self.waits = self.waits.take().filter(|waits| waits.revision > revision);
        }
        self.settle()
    }

    /// The server has something else. Whether another text stands here now.
    pub fn refused(&mut self, now: Version) -> bool {
        let Some(handed) = self.under_way.take() else { return false };
        if handed.over == self.revision && now.revision < self.revision {
            // It has forgotten what it had: what it says now counts.
            self.revision = 0;
        }
        self.heard(now) || self.settle()
    }

    /// No answer came: whether the server has it is not known. Whether another text stands here now.
    pub fn lost(&mut self) -> bool {
        self.under_way = None;
        self.settle()
    }

    /// The server will not take this text. Whether another stands here now.
    pub fn turned_away(&mut self) -> bool {
        if let Some(handed) = self.under_way.take() {
            self.refused = handed.text == self.text;
        }
        self.settle()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(revision: i64, text: &str, mine: bool) -> Version {
        Version { revision, text: text.to_owned(), mine }
    }

    #[test]
    fn what_the_server_has_is_followed() {
        let mut sheet = Sheet::default();
        assert!(sheet.heard(version(1, "a", false)));
        assert!(sheet.heard(version(3, "c", false)));
        assert!(!sheet.heard(version(2, "b", false)));
        assert_eq!((sheet.text(), sheet.is_unsaved()), ("c", false));
    }

    #[test]
    fn what_was_typed_stands_and_goes_on_top() {
        let mut sheet = Sheet::default();
        sheet.typed("mine");
        assert!(sheet.heard(version(1, "theirs", false)));
        assert_eq!(sheet.text(), "theirs\nmine");
        let handed = sheet.hand_over().expect("there is something new");
        assert_eq!((&*handed.text, handed.over), ("theirs\nmine", 1));
        assert_eq!(sheet.hand_over(), None);
        sheet.saved(2);
        assert!(!sheet.is_unsaved());
    }

    #[test]
    fn nothing_changes_under_the_fingers() {
        let mut sheet = Sheet::default();
        sheet.hold();
        sheet.typed("mine");
        assert!(!sheet.heard(version(1, "theirs", false)));
        sheet.typed("mine too");
        assert_eq!(sheet.hand_over(), None);
        assert!(sheet.release());
        assert_eq!(sheet.text(), "theirs\nmine too");
    }

    #[test]
    fn what_was_sent_here_does_not_come_back() {
        let mut sheet = Sheet::default();
        sheet.typed("Hel");
        sheet.hand_over();
        sheet.typed("Hello");
        // No answer; and then it was sent.
        sheet.lost();
        sheet.typed("");
        assert!(!sheet.heard(version(1, "Hel", true)));
        let handed = sheet.hand_over().expect("the server has yet to learn of it");
        assert_eq!((&*handed.text, handed.over), ("", 1));
    }

    #[test]
    fn what_was_sent_elsewhere_does_not_come_back() {
        let mut sheet = Sheet::default();
        sheet.typed("Hello");
        sheet.hand_over();
        // The news is faster than the answer.
        assert!(!sheet.heard(version(2, "", false)));
        assert!(sheet.saved(1));
        assert_eq!((sheet.text(), sheet.is_unsaved()), ("", false));
    }

    #[test]
    fn what_cannot_be_kept_is_not_tried_again_until_it_changes() {
        let mut sheet = Sheet::default();
        sheet.typed("far too long");
        sheet.hand_over();
        sheet.turned_away();
        assert_eq!(sheet.hand_over(), None);
        sheet.typed("short");
        assert!(sheet.hand_over().is_some());
    }

    #[test]
    fn a_server_that_has_forgotten_is_told_again() {
        let mut sheet = Sheet::kept("old".to_owned(), 9, false);
        sheet.typed("new");
        sheet.hand_over();
        sheet.refused(version(4, "", false));
        assert_eq!(sheet.hand_over().map(|handed| handed.over), Some(4));
    }
}
