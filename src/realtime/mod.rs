//! How news arrives: one connection per page, what it brings, and who gets it.

pub mod event;
pub mod connection;
pub mod threads;
mod bell;
mod dispatch;
pub mod banner;

pub use connection::{Realtime, Status, use_realtime};
pub use threads::{Threads, use_threads};
