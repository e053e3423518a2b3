//! How news leaves the server: who listens, and one connection.

pub mod attendance;
pub mod hub;
pub mod outbox;
pub mod reads;
pub mod resume;
pub mod stay;
pub mod handshake;
pub mod salon;
pub mod socket;
