//! Where a scrolled area stands. All lengths in CSS pixels.
//!
//! The area lies the other way round (`flex-direction: column-reverse` around one child): its end is where it rests,
//! with the scroll position 0, so that it opens there without a script and stays there while it grows.

use leptos::prelude::{WindowListenerHandle, document, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// So near to the end a reader counts as being there.
const NEAR: i32 = 100;

/// Who comes within so many heights of the area to what is not loaded soon sees it.
const SOON: i32 = 2;

/// An element and how far below the upper edge of the area it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    id: String,
    offset: f64,
}

/// Whether the end of `area` is in view, or nearly.
pub fn is_at_end(area: &Element) -> bool {
    -area.scroll_top() <= NEAR
}

/// Whether the beginning of what `area` holds is close.
pub fn is_near_beginning(area: &Element) -> bool {
    area.scroll_height() + area.scroll_top() - area.client_height() < SOON * area.client_height()
}

/// Whether the end of what `area` holds is close.
pub fn is_near_end(area: &Element) -> bool {
    -area.scroll_top() < SOON * area.client_height()
}

/// Shows the end of `area`.
pub fn to_end(area: &Element) {
    area.set_scroll_top(0);
}

/// Brings the first element that `selector` finds into view, by no more than that needs.
pub fn show(selector: &str) {
    if let Some(element) = document().query_selector(selector).ok().flatten() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The first element in view among those that `selector` finds, which follow each other from top to bottom.
pub fn place(area: &Element, selector: &str) -> Option<Place> {
    let edge = area.get_bounding_client_rect().top();
    let found = area.query_selector_all(selector).ok()?;
    let element = |index| found.get(index)?.dyn_into::<Element>().ok();

    // Those above the edge come first, so halving finds the first that is not.
    let (mut from, mut to) = (0, found.length());
    while from < to {
        let middle = from.midpoint(to);
        if element(middle)?.get_bounding_client_rect().bottom() > edge {
            to = middle
        } else {
            from = middle + 1
        }
    }
    let first = element(from)?;
    Some(Place { id: first.id(), offset: first.get_bounding_client_rect().top() - edge })
}

impl Place {
    /// Shows this place again, wherever it has moved. False if its element is gone.
    pub fn restore(&self, area: &Element) -> bool {
        let Some(element) = document().get_element_by_id(&self.id) else { return false };
        let offset = element.get_bounding_client_rect().top() - area.get_bounding_client_rect().top();
        area.scroll_by_with_x_and_y(0.0, offset - self.offset);
        true
    }

    /// The id of its element.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The same place by another element, which has the `id` and stands for the same.
    pub fn by(self, id: String) -> Self {
        Self { id, ..self }
    }
}

/// Where the element `id` comes to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the upper edge.
    Start,
    Middle,
    /// Not at all if it is in view already, else by the shortest way.
    Nearest,
}

/// Brings the element `id` into view. False if there is none.
pub fn to_element(id: &str, align: Align) -> bool {
    let Some(element) = document().get_element_by_id(id) else { return false };
    let options = ScrollIntoViewOptions::new();
    options.set_block(match align {
        Align::Start => ScrollLogicalPosition::Start,
        Align::Middle => ScrollLogicalPosition::Center,
        Align::Nearest => ScrollLogicalPosition::Nearest,
    });
    element.scroll_into_view_with_scroll_into_view_options(&options);
    true
}

/// Whether the element `id` begins above what `area` shows. None if there is no such element.
pub fn is_above(area: &Element, id: &str) -> Option<bool> {
    let element = document().get_element_by_id(id)?;
    Some(element.get_bounding_client_rect().bottom() < area.get_bounding_client_rect().top())
}

/// How far the element that holds the keyboard or pointer lies below the beginning of its positioned ancestor.
pub fn top_of(id: &str) -> Option<i32> {
    let element = document().get_element_by_id(id)?.dyn_into::<HtmlElement>().ok()?;
    Some(element.offset_top())
}

/// Calls `act` whenever the window has another size, until the handle is removed.
pub fn on_resize(act: impl Fn() + 'static) -> WindowListenerHandle {
    window_event_listener_untyped("resize", move |_| act())
}
