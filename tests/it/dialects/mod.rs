//! The documents that Salon grew from: what was written for them finds everything where it was.

mod garrix;
mod securisee;
mod vaultroom;
