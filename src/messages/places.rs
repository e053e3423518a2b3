//! Where the reader stood in each conversation and thread, for whoever goes back to it through the browser's history.

use leptos::prelude::*;
use litemap::LiteMap;

use super::pane::{Pane, message_of};
use crate::{
    browser::{history, scroll::Place},
    conversations::window::Window,
    ids::MessageId,
    threads::Spot,
};

/// Conversations whose place is remembered; beyond them the one with the lowest id is forgotten.
const MOST: usize = 100;

/// The places of this page.
#[derive(Clone, Default)]
pub struct Places {
    kept: ArcStoredValue<LiteMap<Spot, Place>>,
    /// Where messages stand that addresses have named, as far as that was in threads.
    threads: ArcStoredValue<LiteMap<MessageId, Spot>>,
    /// Where the next conversation opens, once it has been read.
    next: ArcStoredValue<Option<(Spot, Place)>>,
}

impl Places {
    /// Called once, at the top of `<App>` and before the router, which listens to the same steps.
    pub fn provide() {
        history::watch();
        provide_context(Self::default());
    }

    /// The reader leaves `spot` at `place`, or at its end.
    pub fn keep(&self, spot: Spot, place: Option<Place>) {
        self.kept.update_value(|places| {
            match place {
                Some(place) => drop(places.insert(spot, place)),
                None => drop(places.remove(&spot)),
            }
            if places.len() > MOST {
                lose_first(places);
            }
        });
    }

    /// The window to read for a reader who comes to `spot` by going back or forward: around where they stood.
    /// Others go on where `window` says.
    pub fn window(&self, spot: Spot, window: Window) -> Window {
        let spot = match window {
            Window::Around(message) => {
                self.threads.with_value(|threads| threads.get(&message).copied()).unwrap_or(spot)
            }
            _ => spot,
        };
        let kept = || self.kept.with_value(|kept| kept.get(&spot).cloned());
        let place = history::took_a_step().then(kept).flatten();
        let message = place.as_ref().and_then(|place| message_of(place.id()));
        self.next.set_value(place.map(|place| (spot, place)));
        message.map_or(window, Window::Around)
    }

    /// The address of `message` has led to `spot`.
    pub fn led(&self, message: MessageId, spot: Spot) {
        self.threads.update_value(|threads| {
            threads.insert(message, spot);
            if threads.len() > MOST {
                lose_first(threads);
            }
        });
    }

    /// Where `spot`, which was read, opens in `pane`, if the reader was there before.
    pub fn arrive(&self, spot: Spot, pane: Pane) -> Option<Place> {
        let is_it = |next: &mut Option<(Spot, Place)>| next.take_if(|(of, _)| *of == spot);
        let (_, place) = self.next.try_update_value(is_it).flatten()?;
        match message_of(place.id()) {
            Some(message) => Some(place.by(pane.element_id(message))),
            None => Some(place),
        }
    }
}

/// The places of this page.
pub fn use_places() -> Places {
    expect_context()
}

/// Lets go of one of them, to stay within [`MOST`]; it does not matter which.
fn lose_first<K: Copy + Ord, V>(map: &mut LiteMap<K, V>) {
    let first = map.first().map(|(key, _)| *key);
    first.map(|first| map.remove(&first));
}
