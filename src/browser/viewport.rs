//! How much of the screen is left to the page once a keyboard covers its foot.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlElement;

/// Where the style reads it.
const LEFT: &str = "--viewport";

/// From now on the style knows the height that is left. Only where the keyboard covers the page and does not make
/// it smaller by itself; a page that is enlarged with two fingers is left alone.
pub fn follow_keyboard() {
    let Some(viewport) = window().visual_viewport() else { return };
    let fit = Closure::<dyn Fn()>::new(fit);
    // It is refused only for listeners that are no functions.
    let _ = viewport.add_event_listener_with_callback("resize", fit.as_ref().unchecked_ref());
    // As long as the page lives.
    fit.forget();
}

fn fit() {
    let Some(viewport) = window().visual_viewport() else { return };
    let root = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let (Some(root), Some(height)) = (root, window().inner_height().ok().and_then(|height| height.as_f64()))
    else {
        return;
    };

    // Whole CSS pixels, far below 2^31.
    let (left, all) = (viewport.height() as i32, height as i32);
    let style = root.style();
    if left < all && viewport.scale() <= 1.0 {
        let _ = style.set_property(LEFT, &format!("{left}px"));
        // The browser has moved the page so that the box is in sight; it now is by itself.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    } else {
        let _ = style.remove_property(LEFT);
    }
}
