//! Why a request was refused, as programs of the documents are told.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    error::{Error, Field, Why},
    server::answer::Failure,
    text::Locale,
};

/// What programs get in place of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    status: StatusCode,
    code: &'static str,
    detail: String,
    retry_in: Option<u32>,
}

/// The document that is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DialectRefusal)]
pub struct Told {
    /// A sentence, for people.
    detail: String,
    /// Stable, for programs.
    error: &'static str,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), retry_in: None }
    }

    /// What was sent is not of the shape that is expected.
    pub fn shape(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail)
    }

    /// There is no such method at an address.
    pub fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", "There is no such method here.")
    }

    /// Not readable at all.
    pub fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "The body cannot be read.")
    }

    /// Nobody sends codes to telephones here.
    pub fn no_gateway() -> Self {
        const WHY: &str =
            "This server sends no codes to telephones: whoever runs it sets a gateway below [salon.sms].";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "no_gateway", WHY)
    }

    /// The same with 400 in place of 422, as some documents have it.
    #[must_use]
    pub fn bad_request(mut self) -> Self {
        if self.status == StatusCode::UNPROCESSABLE_ENTITY {
            self.status = StatusCode::BAD_REQUEST;
        }
        self
    }

    /// The same with 401 in place of 403, as one document has it.
    #[must_use]
    pub fn unauthorized(mut self) -> Self {
        if self.status == StatusCode::FORBIDDEN {
            self.status = StatusCode::UNAUTHORIZED;
        }
        self
    }

    /// For people.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// For programs.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = match error {
            Error::SignedOut | Error::WrongLogin => "unauthorized",
            Error::NotFound => "not_found",
            Error::Forbidden => "forbidden",
            Error::Invalid { field: Field::Code, why: Why::Wrong } => "wrong_code",
            Error::Invalid { .. } => "invalid",
            Error::Taken { .. } => "taken",
            Error::Conflict => "conflict",
            Error::TooMuch => "too_much",
            Error::Unsupported => "unsupported",
            Error::TooFast { .. } => "too_fast",
            Error::Unreachable | Error::Unavailable => "unavailable",
        };
        let detail = match &error {
            Error::SignedOut => "Show a token that is valid.".to_owned(),
            error => Locale::En.words().sentence(error),
        };
        let retry_in = match error {
            Error::TooFast { retry_in } => Some(retry_in),
            _ => None,
        };
        Self { retry_in, ..Self::new(status, code, detail) }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Error::from(failure).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self { status, code, detail, retry_in } = self;
        let mut response = (status, Json(Told { detail, error: code })).into_response();
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(retry_in) = retry_in {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_in));
        }
        response
    }
}
