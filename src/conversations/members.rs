//! Who is in a conversation, and how people are chosen for one.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::about::{About, Role};
use crate::{accounts::Person, ids::AccountId, presence::Present};

/// A part of the people of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    pub about: About,
    /// Admins first, and then by username; at most [`Members::PAGE`].
    pub people: Vec<Line>,
    /// What the viewer may know of these, where there is anything to say.
    pub present: Vec<Present>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<(Role, String)>,
}

impl Members {
    /// People on one page.
    pub const PAGE: usize = 50;
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub person: Person,
    pub role: Role,
}

/// Several accounts, written in one field: `12,34`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Accounts(pub Vec<AccountId>);

/// What was given names no accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a list of accounts")]
pub struct NoAccounts;

/// Accounts that one field may name.
const MOST: usize = 100;

impl fmt::Display for Accounts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, account) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(formatter, "{comma}{account}")?;
        }
        Ok(())
    }
}

impl FromStr for Accounts {
    type Err = NoAccounts;

    fn from_str(text: &str) -> Result<Self, NoAccounts> {
        let written = text.split(',').filter(|one| !one.is_empty());
        let accounts: Vec<AccountId> =
            written.take(MOST + 1).map(str::parse).collect::<Result<_, _>>().map_err(|_| NoAccounts)?;
        if accounts.len() > MOST { Err(NoAccounts) } else { Ok(Self(accounts)) }
    }
}

impl TryFrom<String> for Accounts {
    type Error = NoAccounts;

    fn try_from(text: String) -> Result<Self, NoAccounts> {
        text.parse()
    }
}

impl From<Accounts> for String {
    fn from(accounts: Accounts) -> Self {
        accounts.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_as_they_are_written() {
        let one = |id: i64| AccountId::try_from(id).expect("an id");
        for accounts in [vec![], vec![one(7)], vec![one(7), one(9)]] {
            assert_eq!(Accounts(accounts.clone()).to_string().parse(), Ok(Accounts(accounts)));
        }
        for text in ["x", "7,x", "0", "7 9"] {
            assert_eq!(text.parse::<Accounts>(), Err(NoAccounts), "{text}");
        }
        assert_eq!(["7"; 101].join(",").parse::<Accounts>(), Err(NoAccounts));
    }
}
