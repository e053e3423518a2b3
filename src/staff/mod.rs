//! Those who look after a whole Salon: who they are, whom they look after, and what they tell everybody.

pub mod announcements;
pub mod claim_page;
pub mod server_fns;
pub mod staff_page;

use serde::{Deserialize, Serialize};

use crate::{accounts::Person, time::Timestamp};

/// The page of those who are staff.
pub const STAFF: &str = "/staff";

/// Characters that everybody may be told at a time.
pub const LONGEST_ANNOUNCEMENT: u32 = 1_000;

/// Accounts, as staff see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// By username; at most [`Accounts::PAGE`].
    pub accounts: Vec<Account>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<String>,
}

impl Accounts {
    /// Accounts on one page.
    pub const PAGE: u32 = 50;
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub person: Person,
    pub is_staff: bool,
    pub is_premium: bool,
    pub since: Timestamp,
}

/// What everybody who is here is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Who tells it.
    pub from: Person,
    pub text: String,
    pub at: Timestamp,
}
