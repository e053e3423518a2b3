//! Why a request was refused, as programs are told: problem details (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{error::Error, server::answer::Failure, text::Locale};

/// What programs get in place of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// What the verbs refuse.
    Refused(Error),
    /// The body is no JSON.
    Malformed,
    /// The body is JSON, and not of the shape that is described. The reason is for whoever writes the program.
    Shape(String),
    /// A cursor that was not made for this list and this person.
    Cursor,
    /// The token does not allow it.
    Scope,
    /// There is no such method here.
    Method,
}

/// The document that is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Details {
    /// Always `about:blank`: the `code` says more than the status.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    status: u16,
    /// Stable, for programs: `signed_out`, `wrong_login`, `not_found`, `forbidden`, `invalid`, `taken`, `conflict`, `too_much`,
    /// `unsupported`, `too_fast`, `unavailable`, `malformed`, `shape`, `cursor`, `scope` or `method`.
    code: &'static str,
    /// What it is about, in a sentence, for people.
    detail: String,
    /// What was wrong, where the code is `invalid` or `taken`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    field: Option<serde_json::Value>,
    /// Seconds after which it may be tried again, where the code is `too_fast`.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_in: Option<u32>,
}

impl Problem {
    pub const NOT_FOUND: Self = Self::Refused(Error::NotFound);
    pub const METHOD: Self = Self::Method;

    fn status(&self) -> StatusCode {
        match self {
            Self::Refused(error) => {
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Shape(_) | Self::Cursor => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Scope => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Refused(Error::SignedOut) => "signed_out",
            Self::Refused(Error::WrongLogin) => "wrong_login",
            Self::Refused(Error::NotFound) => "not_found",
            Self::Refused(Error::Forbidden) => "forbidden",
            Self::Refused(Error::Invalid { .. }) => "invalid",
            Self::Refused(Error::Taken { .. }) => "taken",
            Self::Refused(Error::Conflict) => "conflict",
            Self::Refused(Error::TooMuch) => "too_much",
            Self::Refused(Error::Unsupported) => "unsupported",
            Self::Refused(Error::TooFast { .. }) => "too_fast",
            Self::Refused(Error::Unreachable | Error::Unavailable) => "unavailable",
            Self::Malformed => "malformed",
            Self::Shape(_) => "shape",
            Self::Cursor => "cursor",
            Self::Scope => "scope",
            Self::Method => "method",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Refused(Error::SignedOut) => "Show an access token that is valid.".to_owned(),
            Self::Refused(error) => Locale::En.words().sentence(error),
            Self::Malformed => "The body is not JSON.".to_owned(),
            Self::Shape(why) => format!("The request is not as described: {why}."),
            Self::Cursor => "The cursor was not made for this list and this person.".to_owned(),
            Self::Scope => "The access token allows to read only.".to_owned(),
            Self::Method => "There is no such method here.".to_owned(),
        }
    }

    /// What a client shows to be let in (RFC 6750, section 3).
    const fn challenge(&self) -> Option<&'static str> {
        match self {
            Self::Refused(Error::SignedOut) => Some("Bearer realm=\"salon\""),
            Self::Scope => Some("Bearer realm=\"salon\", error=\"insufficient_scope\", scope=\"write\""),
            _ => None,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let (field, retry_in) = match &self {
            Self::Refused(Error::Invalid { field, .. } | Error::Taken { field }) => {
                (serde_json::to_value(field).ok(), None)
            }
            Self::Refused(Error::TooFast { retry_in }) => (None, Some(*retry_in)),
            _ => (None, None),
        };
        let details = Details {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            code: self.code(),
            detail: self.detail(),
            field,
            retry_in,
        };
        let mut response = (status, Json(details)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(challenge) = self.challenge() {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(retry_in) = retry_in {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_in));
        }
        response
    }
}

/// How the description names it.
pub type Described = Details;
