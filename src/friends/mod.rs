//! Who you know: requests and friendships.

pub mod blocking;
pub mod friends_page;
pub mod person_row;
pub mod privacy;
pub mod privacy_page;
pub mod requests;
pub mod server_fns;

use serde::{Deserialize, Serialize};

use crate::{accounts::Person, presence::Present};

/// A page of the people somebody knows or may come to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Friends {
    /// They asked and wait for an answer, the newest first; at most [`Friends::PAGE`].
    pub incoming: Vec<Person>,
    /// Asked, not answered yet, the newest first; at most [`Friends::PAGE`].
    pub outgoing: Vec<Person>,
    /// By username; at most [`Friends::PAGE`].
    pub friends: Vec<Person>,
    /// What the viewer may know of these, where there is anything to say.
    pub present: Vec<Present>,
    /// The last username of this page if there are more friends behind it.
    pub next: Option<String>,
}

impl Friends {
    /// People in one list of one page.
    pub const PAGE: usize = 100;
}
