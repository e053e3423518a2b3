//! What stands in a text area.

use web_sys::HtmlTextAreaElement;

/// What was typed into it, also before the page came to life.
pub fn typed(area: &HtmlTextAreaElement) -> String {
    area.value()
}
