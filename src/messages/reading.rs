//! Where the reader stands in the timeline: at its end, and then new messages keep them there, or further up,
//! and then nothing moves under their eyes.

use leptos::{html::Div, prelude::*};

use crate::{browser, ids::MessageId};

/// The reader's place in one timeline.
#[derive(Clone, Copy)]
pub struct Reading {
    area: NodeRef<Div>,
    at_end: StoredValue<bool>,
}

impl Reading {
    /// A timeline opens at its end.
    pub fn new() -> Self {
        Self { area: NodeRef::new(), at_end: StoredValue::new(true) }
    }

    /// The element that scrolls.
    pub const fn area(self) -> NodeRef<Div> {
        self.area
    }

    /// The page is alive: its address may have opened it at a certain message.
    pub fn begin(self) {
        let place = browser::current_place();
        if place.is_some_and(|place| names_a_message(&place)) {
            self.at_end.set_value(false);
        }
    }

    /// The reader scrolled.
    pub fn moved(self) {
        if let Some(area) = self.area.try_get_untracked().flatten() {
            self.at_end.set_value(browser::scroll::is_at_end(&area));
        }
    }

    /// The timeline has grown, or its room has shrunk: whoever stood at the end still does.
    pub fn follow(self) {
        browser::before_paint(move || {
            let area = self.area.try_get_untracked().flatten();
            if let Some(area) = area.filter(|_| self.at_end.try_get_value() == Some(true)) {
                browser::scroll::to_end(&area);
            }
        });
    }

    /// Goes to the end, wherever the reader stood.
    pub fn go_to_end(self) {
        self.at_end.set_value(true);
        self.follow();
    }

    /// Lets the timeline `grow` at its beginning while what is in view stays there.
    pub fn keep_while(self, grow: impl FnOnce()) {
        let below = self.area.try_get_untracked().flatten().map(|area| browser::scroll::below(&area));
        grow();
        browser::before_paint(move || {
            if let Some((area, below)) = self.area.try_get_untracked().flatten().zip(below) {
                browser::scroll::restore(&area, below);
            }
        });
    }
}

/// The ids of messages on the page are `m` and their number.
fn names_a_message(place: &str) -> bool {
    place.strip_prefix('m').is_some_and(|id| id.parse::<MessageId>().is_ok())
}

impl Default for Reading {
    fn default() -> Self {
        Self::new()
    }
}
