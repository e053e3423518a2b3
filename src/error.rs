//! What can go wrong, in kinds that a person can act on. The sentences are in `text/`.
//!
//! Both sides: the server answers with one of these, the browser shows it. Nothing internal travels in it.

use leptos::server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::border::Json;

/// The answer to a request that was not granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case", try_from = "Flat")]
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
    /// No answer came: the network is down, or the server.
    #[error("unreachable")]
    Unreachable,
    /// Our fault; trying again may help.
    #[error("unavailable")]
    Unavailable,
}

/// An error as it is read: with every field that some error has. Left to itself, serde would first read it as a
/// value of any shape, with code that the browser would have to download.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Flat {
    error: String,
    field: Option<Field>,
    why: Option<Why>,
    retry_in: Option<u32>,
}

/// What was given names no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an error of Salon's")]
struct NotAnError;

impl TryFrom<Flat> for Error {
    type Error = NotAnError;

    fn try_from(flat: Flat) -> Result<Self, NotAnError> {
        Ok(match flat.error.as_str() {
            "signed_out" => Self::SignedOut,
            "wrong_login" => Self::WrongLogin,
            "not_found" => Self::NotFound,
            "forbidden" => Self::Forbidden,
            "invalid" => Self::Invalid { field: given(flat.field)?, why: given(flat.why)? },
            "taken" => Self::Taken { field: given(flat.field)? },
            "conflict" => Self::Conflict,
            "too_much" => Self::TooMuch,
            "unsupported" => Self::Unsupported,
            "too_fast" => Self::TooFast { retry_in: given(flat.retry_in)? },
            "unreachable" => Self::Unreachable,
            "unavailable" => Self::Unavailable,
            _ => return Err(NotAnError),
        })
    }
}

fn given<T>(field: Option<T>) -> Result<T, NotAnError> {
    field.ok_or(NotAnError)
}

/// What the person filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Username,
    DisplayName,
    Email,
    Password,
    /// The one in use, asked for before something about the account is changed.
    CurrentPassword,
    Phone,
    /// That was sent to it.
    Code,
    /// A username or an address that should name somebody else.
    Person,
    Body,
    /// What a group is called.
    Name,
    /// What it is for.
    Topic,
    /// Who is to be brought in.
    People,
    /// Where something is to be said.
    Places,
    /// What somebody is in a group.
    Role,
    /// What somebody is in a space.
    Rank,
    /// When something is to be.
    Moment,
    /// What one notes for oneself.
    Note,
    /// Those that wait.
    Reminders,
    Scheduled,
    /// Why somebody may not come back.
    Reason,
    /// What somebody says of themselves.
    Status,
    /// A sign below a message.
    Emoji,
    /// What a poll asks.
    Question,
    /// All that may be answered to it.
    Answers,
    /// One of these.
    Answer,
    /// The poll as a whole.
    Poll,
    /// The conversations that stand first in one's list.
    Pins,
    Locale,
    Theme,
    /// What a start of the server prints for whoever looks after it.
    Token,
    /// By which one comes into a group or a space.
    Link,
    /// Of a receiver of webhooks.
    Address,
    /// What is looked for.
    Term,
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
    /// Not the right one.
    Wrong,
    /// Nobody has this name.
    Unknown,
    /// It is the asker's own.
    Yourself,
    /// It is over.
    Past,
    /// Longer ahead than anything waits.
    TooFar,
    /// May not come back.
    Banned,
    /// Without it nobody would be left to look after the rest.
    Last,
    /// The name of a bot ends with [`crate::bots::ENDS_WITH`].
    Ending,
}

impl Error {
    /// Whether asking once more, in a while, may be answered otherwise.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::TooFast { .. } | Self::Unreachable | Self::Unavailable)
    }

    /// The HTTP status of this answer.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut | Self::WrongLogin | Self::Invalid { field: Field::Code, why: Why::Wrong } => 401,
            // Whoever does not show the current password may not.
            Self::Forbidden | Self::Invalid { field: Field::CurrentPassword, .. } => 403,
            Self::NotFound => 404,
            Self::Taken { .. } | Self::Conflict | Self::Invalid { why: Why::Last, .. } => 409,
            Self::TooMuch => 413,
            Self::Unsupported => 415,
            Self::Invalid { .. } => 422,
            Self::TooFast { .. } => 429,
            Self::Unavailable | Self::Unreachable => 503,
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

/// How an error goes over the wire: as JSON, like everything, and read as everything is.
#[derive(Debug)]
pub struct AsJson;

impl ContentType for AsJson {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for AsJson {
    const FORMAT_TYPE: Format = JsonEncoding::FORMAT_TYPE;
}

impl Encodes<Error> for AsJson {
    type Error = Error;

    fn encode(error: &Error) -> Result<Bytes, Error> {
        Ok(Json::of(error).into_text().into())
    }
}

impl Decodes<Error> for AsJson {
    type Error = Error;

    fn decode(bytes: Bytes) -> Result<Error, Error> {
        str::from_utf8(&bytes).map_or(Err(Error::Unavailable), |text| Json::from_text(text.to_owned()).read())
    }
}

impl FromServerFnError for Error {
    type Encoder = AsJson;

    fn from_server_fn_error(failure: ServerFnErrorErr) -> Self {
        match failure {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::invalid(Field::Form, Why::Shape),
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            _ => Self::Unavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows `error`, so that none is forgotten: the compiler asks for the next one here.
    const fn after(error: &Error) -> Option<Error> {
        Some(match error {
            Error::SignedOut => Error::WrongLogin,
            Error::WrongLogin => Error::NotFound,
            Error::NotFound => Error::Forbidden,
            Error::Forbidden => Error::invalid(Field::Body, Why::TooLong { at_most: 8_000 }),
            Error::Invalid { .. } => Error::Taken { field: Field::Username },
            Error::Taken { .. } => Error::Conflict,
            Error::Conflict => Error::TooMuch,
            Error::TooMuch => Error::Unsupported,
            Error::Unsupported => Error::TooFast { retry_in: 7 },
            Error::TooFast { .. } => Error::Unreachable,
            Error::Unreachable => Error::Unavailable,
            Error::Unavailable => return None,
        })
    }

    #[test]
    fn every_error_is_read_as_it_was_written() {
        let mut next = Some(Error::SignedOut);
        while let Some(error) = next {
            let text = serde_json::to_string(&error).expect("an error can be written");
            assert_eq!(serde_json::from_str::<Error>(&text).ok(), Some(error.clone()), "{text}");
            next = after(&error);
        }
    }

    #[test]
    fn what_names_no_error_is_none() {
        for text in ["{}", "null", r#"{"error":"tired"}"#, r#"{"error":"invalid","field":"body"}"#] {
            assert!(serde_json::from_str::<Error>(text).is_err(), "{text}");
        }
    }
}
