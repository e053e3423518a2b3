//! A list that is one stop for the Tab key, and in which the arrow keys go from element to element.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// Where to go in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Previous,
    Next,
    First,
    Last,
}

/// Moves the keyboard among the elements of `area` that `selector` finds. From outside of them every step leads to the
/// last, except the first.
pub fn step(area: &Element, selector: &str, step: Step) {
    let Ok(found) = area.query_selector_all(selector) else { return };
    let Some(last) = found.length().checked_sub(1) else { return };
    let holder = document().active_element();
    let here = (0..=last).find(|index| {
        let element = found.get(*index);
        holder.as_ref().zip(element).is_some_and(|(holder, element)| element.contains(Some(holder)))
    });
    let index = match (step, here) {
        (Step::First, _) => 0,
        (Step::Last, _) | (_, None) => last,
        (Step::Previous, Some(here)) => here.saturating_sub(1),
        (Step::Next, Some(here)) => (here + 1).min(last),
    };
    if let Some(element) = found.get(index).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // It fails only for elements that cannot have the keyboard, and then it stays where it was.
        let _ = element.focus();
    }
}

/// The id of the element that `selector` finds around where `event` happened.
pub fn around(event: &Event, selector: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    Some(target.closest(selector).ok()??.id())
}

/// Whether `event` happened on `area` itself or on an element that `selector` finds, and not on something within.
pub fn is_on(event: &Event, area: &Element, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target == *area || target.matches(selector) == Ok(true))
}

/// The text beside the button where `event` happened, if that is one that copies: the whole of the `pre` in the same
/// `.code`.
pub fn code_to_copy(event: &Event) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let code = target.closest(".code-copy").ok()??.closest(".code").ok()??;
    code.query_selector("pre").ok()??.text_content()
}
