//! What a tab, or the icon of an installed Salon, shows from afar.

use js_sys::{Function, Promise, Reflect};
use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Shows that so much is unread; nothing any more at 0.
pub fn show_unread(count: u32) {
    let icon = if count == 0 { "/icon.svg" } else { "/icon-unread.svg" };
    if let Ok(Some(link)) = document().query_selector("link[rel=icon]") {
        // Only an attribute with a name that is none could be refused.
        let _ = link.set_attribute("href", icon);
    }
    badge(count);
}

/// Not every browser has badges, and only an installed Salon shows one.
fn badge(count: u32) {
    let navigator = window().navigator();
    let Ok(set) = Reflect::get(&navigator, &JsValue::from_str("setAppBadge")) else { return };
    let Some(set) = set.dyn_ref::<Function>() else { return };
    // A count of 0 clears it (Badging API, section 5).
    let Ok(answer) = set.call1(&navigator, &JsValue::from(count)) else { return };
    if let Ok(promise) = answer.dyn_into::<Promise>() {
        spawn_local(async move {
            // Refused where it is not allowed: then there is no badge.
            let _ = JsFuture::from(promise).await;
        });
    }
}
