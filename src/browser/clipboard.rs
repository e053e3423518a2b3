//! What can be pasted elsewhere.

use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Puts `text` on the clipboard. To be called from an event of the person's: browsers refuse it otherwise.
pub fn copy(text: String) {
    // Over plain http from another machine browsers have no such clipboard, whatever the types say.
    let navigator = JsValue::from(window().navigator());
    if !js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|found| found.is_object())
    {
        return copy_by_selecting(&text);
    }
    spawn_local(async move {
        if JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_err() {
            copy_by_selecting(&text);
        }
    });
}

/// The old way: what is selected in a box is copied.
fn copy_by_selecting(text: &str) {
    let document = document();
    let area =
        document.create_element("textarea").ok().and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok());
    let (Some(area), Some(body)) = (area, document.body()) else { return };
    let before =
        document.active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());

    area.set_value(text);
    area.set_class_name("visually-hidden");
    if body.append_child(&area).is_ok() {
        area.select();
        // There is no third way.
        let _ = document.unchecked_into::<HtmlDocument>().exec_command("copy");
        area.remove();
    }
    if let Some(before) = before {
        let _ = before.focus();
    }
}
