//! The documents that Salon grew from: what was written for them finds everything where it was.

mod garrix;
pub mod messagerie;
mod securisee;
mod vaultroom;
