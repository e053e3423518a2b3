//! Where a scrolled area stands. All lengths in CSS pixels.

use web_sys::Element;

/// So near to the end a reader counts as being there.
const NEAR: i32 = 100;

/// Whether the end of `area` is in view, or nearly.
pub fn is_at_end(area: &Element) -> bool {
    below(area) - area.client_height() <= NEAR
}

/// Shows the end of `area`.
pub fn to_end(area: &Element) {
    area.set_scroll_top(area.scroll_height());
}

/// How much of `area` lies below the upper edge of what is in view: growth above does not change it.
pub fn below(area: &Element) -> i32 {
    area.scroll_height() - area.scroll_top()
}

/// Shows what was in view when [`below`] was measured.
pub fn restore(area: &Element, below: i32) {
    area.set_scroll_top(area.scroll_height() - below);
}
