//! The only callers of the browser. Everything here runs in effects and event handlers, never on the server.
//!
//! One file per ability; the functions are plain, so that no caller knows of `web-sys`.

mod clock;
mod field;
mod focus;
mod location;
mod random;
mod timers;

pub mod attention;
pub mod keyboard;
pub mod scroll;
pub mod socket;
pub mod text_box;

pub use clock::{exact_time, local_clock, local_date, local_day, now};
pub use field::empty_field;
pub use focus::focus;
pub use location::{current_path, current_place, leave_to};
pub use random::{client_key, fraction};
pub use timers::{after, before_paint};

/// Writes panics with their place to the console, instead of `unreachable`.
pub fn report_panics() {
    console_error_panic_hook::set_once();
}
