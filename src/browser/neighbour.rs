//! The links that stand before and behind the one to the page that is shown.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Where the next link leads among those that `links` finds, going down or up from the one to this page; the next that
/// `wanted` matches. Where none leads to this page, the first or the last. None at the ends.
pub fn neighbour(links: &str, wanted: &str, down: bool) -> Option<String> {
    let found = document().query_selector_all(links).ok()?;
    let mut all: Vec<Element> =
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect();
    if !down {
        all.reverse();
    }
    let here = all.iter().position(|link| link.matches("[aria-current=page]") == Ok(true));
    let beyond = all.into_iter().skip(here.map_or(0, |here| here + 1));
    beyond.filter(|link| link.matches(wanted) == Ok(true)).find_map(|link| link.get_attribute("href"))
}
