//! Keeping order: who may not come back.

pub mod banning;
pub mod bans_page;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{accounts::Person, invitations::Destination, time::Timestamp};

/// Characters that may say why.
pub const LONGEST_REASON: u32 = 250;

/// The bans of a group or a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bans {
    pub name: String,
    pub place: Destination,
    /// By username; at most [`Bans::PAGE`].
    pub bans: Vec<Ban>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<String>,
}

impl Bans {
    /// People on one page.
    pub const PAGE: usize = 50;
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    pub person: Person,
    /// Why; may be empty.
    pub reason: String,
    /// When it ends by itself.
    pub ends_at: Option<Timestamp>,
}
