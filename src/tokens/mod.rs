//! Access tokens: what a program shows to act in the name of the person who made it.

pub mod server_fns;
pub mod tokens_page;

use serde::{Deserialize, Serialize};

use crate::{ids::AccessTokenId, time::Timestamp};

/// The address of the page.
pub const TOKENS: &str = "/settings/tokens";

/// Tokens that one account may have at a time.
pub const MOST_TOKENS: u32 = 50;

/// Characters of the name by which its owner knows a token.
pub const LONGEST_NAME: u32 = 50;

/// What a program may do with a token. Never more than its owner may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See what its owner sees, and hear it live.
    Read,
    /// That, and say and change things.
    Write,
}

impl Scope {
    pub const ALL: [Self; 2] = [Self::Read, Self::Write];

    /// As stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    /// The scope of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// A token, as its owner sees it in the list: not the token itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    pub id: AccessTokenId,
    pub name: String,
    pub scope: Scope,
    pub created_at: Timestamp,
    /// When a program last showed it, to some minutes.
    pub used_at: Option<Timestamp>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// The token itself, for some minutes after it was made, and only where that was done.
    pub token: Option<String>,
}

/// The tokens of the viewer, as their page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessTokens {
    /// The latest first; at most [`MOST_TOKENS`].
    pub tokens: Vec<AccessToken>,
}
