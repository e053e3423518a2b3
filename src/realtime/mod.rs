//! How news arrives: one connection per page, what it brings, and who gets it.

pub mod event;
mod frame;
pub mod connection;
pub mod threads;
mod bell;
pub mod back_off;
mod dispatch;
mod reads;
pub mod banner;
pub mod new_version;

pub use connection::{Realtime, Status, use_realtime};
pub use threads::{Threads, use_threads};
