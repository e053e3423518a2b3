//! Who you are: the account, and what others see of it.

pub mod email_page;
pub mod login_page;
pub mod next;
pub mod password_page;
pub mod server_fns;
pub mod settings_page;
pub mod signup_page;

use serde::{Deserialize, Serialize};

use crate::{ids::AccountId, text::Locale};

/// Characters that a password must have.
pub const PASSWORD_AT_LEAST: u32 = 12;

/// What anyone who may see an account sees of it. Never the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: AccountId,
    /// Unique, lower-case: how the person is found.
    pub username: String,
    /// Free: how the person is called.
    pub display_name: String,
}

/// The person whose page this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub person: Person,
    /// Shown to nobody else.
    pub email: String,
    pub locale: Option<Locale>,
    pub theme: Theme,
}

/// Light, dark, or as the person's system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As stored, sent, and written into the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}
