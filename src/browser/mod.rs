//! The only callers of the browser. Everything here runs in effects and event handlers, never on the server.
//!
//! One file per ability; the functions are plain, so that no caller knows of `web-sys`.

mod badge;
mod clock;
mod field;
mod focus;
mod location;
mod neighbour;
mod random;
mod timers;
mod viewport;

pub mod activity;
pub mod attention;
pub mod clipboard;
pub mod database;
pub mod dialog;
pub mod history;
pub mod http;
pub mod keyboard;
pub mod media;
pub mod roving;
pub mod scroll;
pub mod socket;
pub mod storage;
pub mod tabs;
pub mod text_box;

pub use badge::show_unread;
pub use clock::{days_to_monday, exact_time, local_clock, local_date, local_day, moment_of, morning_in, now};
pub use field::{choose, empty_field, field_text};
pub use focus::{click, focus, focus_if_lost, focus_or, keep_focus};
pub use location::{address_of, current_path, has_moved, leave_to, part_of_page, reload};
pub use neighbour::neighbour;
pub use random::{below, client_key};
pub use timers::{after, before_paint};
pub use viewport::follow_keyboard;

/// Writes panics with their place to the console, instead of `unreachable`.
pub fn report_panics() {
    console_error_panic_hook::set_once();
}
