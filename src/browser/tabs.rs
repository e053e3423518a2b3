//! The other tabs in which this browser shows Salon.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::BroadcastChannel;

const NAME: &str = "salon";

thread_local! {
    /// One for speaking and hearing: a channel does not hear itself.
    static CHANNEL: RefCell<Option<BroadcastChannel>> = RefCell::new(BroadcastChannel::new(NAME).ok());
}

/// Tells the other tabs that what they share has changed.
pub fn tell() {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            // Without an answer to wait for, nothing can be done about a failure either.
            let _ = channel.post_message(&JsValue::NULL);
        }
    });
}

/// Calls `act` when another tab told so, as long as the page lives. There is one listener.
pub fn on_told(act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act).into_js_value();
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(act.unchecked_ref()));
        }
    });
}
