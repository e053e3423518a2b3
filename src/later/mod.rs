//! What is to come: messages that one wants to be reminded of, and messages that one wants sent at a time.

pub mod moment;
pub mod reminders;
pub mod scheduled;
pub mod when;
pub mod remind_page;
pub mod reminders_page;
pub mod later_page;
pub mod scheduled_page;
pub mod revise_page;
pub mod server_fns;

/// The longest that something may wait (milliseconds): a year, whichever it is.
pub const FURTHEST: i64 = 366 * 86_400_000;
