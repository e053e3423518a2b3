//! Where the reader stands in the timeline: at its end, and then new messages keep them there, or further up,
//! and then nothing moves under their eyes.

use leptos::{html::Div, prelude::*};

use super::{
    pane::{self, Pane, use_pane},
    places::use_places,
};
use crate::{
    browser::{
        self,
        scroll::{self, Align, Place},
    },
    ids::MessageId,
    threads::Spot,
};

/// What can hold the view where it is: the messages.
const HOLDS: &str = ".message[id]";

/// The reader's place in one timeline.
#[derive(Clone, Copy)]
pub struct Reading {
    pane: Pane,
    area: NodeRef<Div>,
    /// What stands at the upper edge; nothing at the end, where the area holds still by itself.
    place: StoredValue<Option<Place>>,
    /// The view is about to be put right: until then, where it stands says nothing about the reader.
    settling: StoredValue<bool>,
    at_end: RwSignal<bool>,
    above_divider: RwSignal<bool>,
    /// Changes whenever somebody wants to see the newest message.
    wanted: RwSignal<u32>,
}

/// Where a timeline opens.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// At its end.
    End,
    /// With the first unread message in view.
    Divider,
    /// At a message that the address names.
    Message(MessageId),
    /// Where the reader stood before.
    Again(Place),
}

impl Reading {
    /// A timeline in the pane around rests at its end until [`Reading::open`] is called.
    pub fn new() -> Self {
        Self {
            pane: use_pane(),
            area: NodeRef::new(),
            place: StoredValue::new(None),
            settling: StoredValue::new(false),
            at_end: RwSignal::new(true),
            above_divider: RwSignal::new(false),
            wanted: RwSignal::new(0),
        }
    }

    /// The element that scrolls.
    pub const fn area(self) -> NodeRef<Div> {
        self.area
    }

    /// Whether the end is in view, or nearly.
    pub fn is_at_end(self) -> Signal<bool> {
        self.at_end.into()
    }

    /// Whether the divider lies above what is in view.
    pub fn is_below_divider(self) -> Signal<bool> {
        self.above_divider.into()
    }

    /// The page is alive, or what is shown has been read anew: goes to where it opens.
    pub fn open(self, opening: Opening) {
        browser::before_paint(move || {
            let Some(area) = self.area.try_get_untracked().flatten() else { return };
            match opening {
                Opening::End => scroll::to_end(&area),
                Opening::Divider => drop(scroll::to_element(self.pane.ids().divider, Align::Start)),
                Opening::Message(message) => {
                    let _ = scroll::to_element(&self.pane.element_id(message), Align::Middle);
                }
                Opening::Again(place) => drop(place.restore(&area)),
            }
            self.remember();
        });
    }

    /// The reader scrolled: remembers where the view stands now.
    pub fn look(self) {
        if self.settling.try_get_value() == Some(false) {
            self.remember();
        }
    }

    fn remember(self) {
        let Some(area) = self.area.try_get_untracked().flatten() else { return };
        let at_end = scroll::is_at_end(&area);
        self.place.set_value(if at_end { None } else { scroll::place(&area, HOLDS) });
        set_if_other(self.at_end, at_end);
        set_if_other(self.above_divider, scroll::is_above(&area, self.pane.ids().divider).unwrap_or(false));
    }

    /// What is shown, or the room for it, has changed: whoever stood at the end still does, and whoever stood further
    /// up still sees the same.
    pub fn settle(self) {
        self.settling.set_value(true);
        browser::before_paint(move || {
            self.settling.try_set_value(false);
            let Some(area) = self.area.try_get_untracked().flatten() else { return };
            let restored = self.place.with_value(|place| place.as_ref().map(|place| place.restore(&area)));
            if restored.is_none() {
                scroll::to_end(&area);
            }
            self.remember();
        });
    }

    /// Goes to the newest message, wherever the reader stood: whoever watches [`Reading::wanted`] sees to it.
    pub fn go_to_end(self) {
        self.wanted.update(|wanted| *wanted = wanted.wrapping_add(1));
    }

    /// To depend on: another number whenever the newest message is to be shown.
    pub fn wanted(self) -> u32 {
        self.wanted.get()
    }

    /// Shows the end of what is held.
    pub fn show_end(self) {
        self.place.set_value(None);
        self.settle();
    }

    /// The message at the upper edge of what is in view. None at the end.
    pub fn top(self) -> Option<MessageId> {
        self.place
            .try_with_value(|place| place.as_ref().and_then(|place| pane::message_of(place.id())))
            .flatten()
    }

    /// Keeps the place for whoever comes back to `spot`.
    pub fn keep_for(self, spot: Spot) {
        let places = use_places();
        on_cleanup(move || {
            if let Some(place) = self.place.try_get_value() {
                places.keep(spot, place);
            }
        });
    }

    /// Whether what comes before the oldest message shown will soon be in view.
    pub fn is_near_beginning(self) -> bool {
        self.area.try_get_untracked().flatten().is_some_and(|area| scroll::is_near_beginning(&area))
    }

    /// Whether what comes behind the newest message shown will soon be in view.
    pub fn is_near_end(self) -> bool {
        self.area.try_get_untracked().flatten().is_some_and(|area| scroll::is_near_end(&area))
    }
}

/// Whoever depends on it is not woken by the same again: scrolling says it many times a second.
fn set_if_other(signal: RwSignal<bool>, value: bool) {
    if signal.try_get_untracked().is_some_and(|before| before != value) {
        signal.set(value);
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self::new()
    }
}
