//! What can go wrong, in kinds that a person can act on. The sentences are in `text/`.
//!
//! Both sides: the server answers with one of these, the browser shows it. Nothing internal travels in it.

use leptos::server_fn::{codec::JsonEncoding, error::FromServerFnError, error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// The answer to a request that was not granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum Error {
    /// Nobody is logged in, or no longer.
    #[error("signed out")]
    SignedOut,
    /// Name and password do not belong together. Says nothing about which of them is wrong.
    #[error("wrong login")]
    WrongLogin,
    /// It does not exist, or the asker must not learn that it does.
    #[error("not found")]
    NotFound,
    /// The asker knows of it and still may not.
    #[error("forbidden")]
    Forbidden,
    /// Something that was typed cannot be taken.
    #[error("invalid {field:?}: {why:?}")]
    Invalid { field: Field, why: Why },
    /// Somebody has this name or address already.
    #[error("taken: {field:?}")]
    Taken { field: Field },
    /// It contradicts what is stored.
    #[error("conflict")]
    Conflict,
    /// More bytes than are taken.
    #[error("too much")]
    TooMuch,
    /// Not a kind of content that is taken here.
    #[error("unsupported")]
    Unsupported,
    /// Too often. Try again after so many seconds.
    #[error("too fast, retry in {retry_in} s")]
    TooFast { retry_in: u32 },
    /// Our fault, or the network's; trying again may help.
    #[error("unavailable")]
    Unavailable,
}

/// What the person filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Username,
    DisplayName,
    Email,
    Password,
    /// A username or an address that should name somebody else.
    Person,
    Body,
    Locale,
    Theme,
    /// The form as a whole: a part is missing or has the wrong shape.
    Form,
}

/// Why it cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Missing,
    TooShort {
        at_least: u32,
    },
    TooLong {
        at_most: u32,
    },
    /// Holds characters that are not allowed there.
    Characters,
    /// Not written like an address, a number, …
    Shape,
    /// Kept for Salon itself.
    Reserved,
    /// Among the first that anyone would guess.
    Guessable,
    /// Nobody has this name.
    Unknown,
    /// It is the asker's own.
    Yourself,
}

impl Error {
    /// The HTTP status of this answer.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut | Self::WrongLogin => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Taken { .. } | Self::Conflict => 409,
            Self::TooMuch => 413,
            Self::Unsupported => 415,
            Self::Invalid { .. } => 422,
            Self::TooFast { .. } => 429,
            Self::Unavailable => 503,
        }
    }

    /// The field beside which this belongs, if there is one.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Invalid { field, .. } | Self::Taken { field } => Some(*field),
            _ => None,
        }
    }

    /// Shorthand for a field that cannot be taken.
    pub const fn invalid(field: Field, why: Why) -> Self {
        Self::Invalid { field, why }
    }
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(failure: ServerFnErrorErr) -> Self {
        match failure {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::invalid(Field::Form, Why::Shape),
            _ => Self::Unavailable,
        }
    }
}
