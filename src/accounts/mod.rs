//! Who you are: the account, and what others see of it.

pub mod deletion_page;
pub mod email_page;
pub mod login_page;
pub mod next;
pub mod password_page;
pub mod phones;
pub mod server_fns;
pub mod settings_page;
pub mod signup_page;

use serde::{Deserialize, Serialize};

use crate::{
    ids::AccountId,
    presence::Status,
    text::{Locale, Words},
};

/// Characters that a password must have.
pub const PASSWORD_AT_LEAST: u32 = 12;

/// What anyone who may see an account sees of it. Never the address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    pub id: AccountId,
    /// Unique, lower-case: how the person is found.
    pub username: String,
    /// Free: how the person is called. Empty for an account that was deleted.
    pub display_name: String,
}

impl Person {
    /// How the person is called, in the words of the page.
    pub fn called(&self, words: &Words) -> String {
        named(&self.display_name, words)
    }
}

/// A display name in the words of the page: an account that was deleted has none.
pub fn named(display_name: &str, words: &Words) -> String {
    if display_name.is_empty() { words.deleted_account.to_owned() } else { display_name.to_owned() }
}

/// The person whose page this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub person: Person,
    /// Shown to nobody else.
    pub email: String,
    /// The number that they log in with, if they do.
    pub phone: Option<String>,
    /// Who has none shows a code that is sent to their telephone in its place.
    pub has_password: bool,
    pub locale: Option<Locale>,
    pub theme: Theme,
    /// They look after this Salon.
    pub is_staff: bool,
    /// They have the premium pass.
    pub is_premium: bool,
    /// What they say of themselves.
    pub status: Status,
}

/// Something that its owner has to hand over before they can go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    pub name: String,
    /// The address of the page where that is done.
    pub path: String,
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
