//! Salon: instant messaging that people run on their own machine.
//!
//! Written once and compiled twice: with feature `ssr` this is the server, with `hydrate` the part that
//! runs in the browser. The map of the house, in reading order:

// The type of a view names everything in it, and views are nested.
#![recursion_limit = "256"]

// The alphabet.
pub mod ids;
pub mod time;
pub mod error;
pub mod border;
pub mod sorted;

// What Salon is about, each noun with its types, its border and its screens.
pub mod accounts;
pub mod friends;
pub mod presence;
pub mod conversations;
pub mod spaces;
pub mod invitations;
pub mod moderation;
pub mod messages;
pub mod threads;
pub mod staff;
pub mod tokens;
pub mod bots;
pub mod webhooks;
pub mod drafts;
pub mod receipts;
pub mod mentions;
pub mod commands;
pub mod activity;
pub mod later;
pub mod polls;
pub mod finding;
pub mod catching_up;

// How news arrives in the browser.
pub mod realtime;

// The words, the furniture, and the only callers of the browser.
pub mod text;
pub mod ui;
pub mod browser;

// The page around it all: who looks at it, and what they see.
pub mod visit;
pub mod asking;
pub mod navigation;
pub mod frame;
pub mod parts;
pub mod app;

// Everything that never leaves the server, behind the one gate.
#[cfg(feature = "ssr")]
pub mod server;

/// Called by the page once the browser has loaded this module: brings the rendered page to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    browser::report_panics();
    wasm_bindgen_futures::spawn_local(async {
        // All at once: what is heard in the meantime would not be what the server drew.
        parts::arrived().await;
        leptos::mount::hydrate_body(app::App);
        parts::look_ahead().await;
    });
}
