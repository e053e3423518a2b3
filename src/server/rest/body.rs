//! What a request carries: read strictly, and refused in words that help whoever writes the program.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{header, request::Parts},
};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use utoipa::IntoParams;

use super::{problem::Problem, schemas::Cursor};
use crate::error::Error;

/// A body of JSON.
pub struct Body<T>(pub T);

/// The ids in an address. What is no id names nothing.
pub struct Ids<T>(pub T);

/// What follows the question mark.
pub struct Asked<T>(pub T);

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// What the page before named as `next`.
    #[param(value_type = Cursor, inline, required = false)]
    pub cursor: Option<String>,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
        if !kind.is_some_and(|kind| kind.eq_ignore_ascii_case("application/json")) {
            return Err(Error::Unsupported.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Error::TooMuch)?;
        let refused = |error: serde_json::Error| match error.is_data() {
            true => Problem::Shape(error.to_string()),
            false => Problem::Malformed,
        };
        // A list of the right length would be taken for the fields in their order.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            serde_json::from_slice::<IgnoredAny>(&bytes).map_err(refused)?;
            return Err(Problem::Shape("an object is expected".to_owned()));
        }
        serde_json::from_slice(&bytes).map(Self).map_err(refused)
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let ids = Path::<T>::from_request_parts(parts, state).await;
        ids.map(|Path(ids)| Self(ids)).map_err(|_| Problem::NOT_FOUND)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let asked = Query::<T>::from_request_parts(parts, state).await;
        asked.map(|Query(asked)| Self(asked)).map_err(|refused| Problem::Shape(refused.body_text()))
    }
}
