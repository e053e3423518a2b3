//! Chance.

use leptos::prelude::window;

use crate::ids::ClientKey;

/// A new key for a message: 128 bits that nobody can guess. None where the browser has no source of randomness.
pub fn client_key() -> Option<ClientKey> {
    let mut bits = [0; 16];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bits).ok()?;
    Some(ClientKey::from_random(bits))
}

/// A number from 0 up to, and without, `limit`. Guessable: to spread waiting times, never to protect anything.
pub fn below(limit: u32) -> u32 {
    // The fraction is cut off.
    (js_sys::Math::random() * f64::from(limit)) as u32
}
