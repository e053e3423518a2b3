//! How news arrives: one connection per page, what it brings, and who gets it.

pub mod event;
mod frame;
pub mod connection;
pub mod threads;
mod bell;
mod greeting;
pub mod activity;
pub mod back_off;
mod dispatch;
mod telling;
mod reads;
mod received;
mod sayings;
pub mod banner;
pub mod new_version;

pub use connection::{Realtime, Status, use_realtime};
pub use threads::{Threads, use_threads};
