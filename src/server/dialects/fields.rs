//! What a request carries: named fields, however they are written. The documents' own clients disagree about that.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, header},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use crate::error::Error;

/// Fields that one request may have.
const MOST_FIELDS: usize = 32;

/// Characters of a file's name; the rest of a longer one goes.
const LONGEST_FILE_NAME: usize = 255;

/// A file among the fields of a form.
#[derive(Debug, Deserialize)]
pub struct Upload {
    pub name: String,
    /// None where it is no text in UTF-8.
    pub text: Option<String>,
}

/// The fields of a body: JSON, or a form of either kind. With `QUERY`, a request without a body may have them behind the
/// question mark instead: never for what is secret, since addresses end up in logs.
pub struct Fields<T, const QUERY: bool = false>(pub T);

impl<S: Send + Sync, T: DeserializeOwned, const QUERY: bool> FromRequest<S> for Fields<T, QUERY> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let fields = read(request, state, QUERY).await?;
        let read = serde_json::from_value(Value::Object(fields));
        read.map(Self).map_err(|error| Refusal::shape(format!("The request is not as described: {error}.")))
    }
}

/// What kind of body it is, without its parameters.
fn kind(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.and_then(|kind| kind.split(';').next()).map(|kind| kind.trim().to_ascii_lowercase())
}

/// Whether a program has written it, and no form.
pub fn is_json(headers: &HeaderMap) -> bool {
    kind(headers).as_deref() == Some("application/json")
}

async fn read<S: Send + Sync>(
    request: Request,
    state: &S,
    query: bool,
) -> Result<Map<String, Value>, Refusal> {
    let kind = kind(request.headers());
    let asked = request.uri().query().filter(|_| query).map(pairs).transpose()?;
    match kind.as_deref() {
        Some("multipart/form-data") => parts(request, state).await,
        Some("application/json") => object(&bytes(request, state).await?),
        Some("application/x-www-form-urlencoded") => {
            let body = bytes(request, state).await?;
            pairs(str::from_utf8(&body).map_err(|_| Refusal::malformed())?)
        }
        kind => match asked {
            Some(asked) if bytes(request, state).await?.is_empty() => Ok(asked),
            None if kind.is_none() => Ok(Map::new()),
            _ => Err(Error::Unsupported.into()),
        },
    }
}

async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    Bytes::from_request(request, state).await.map_err(|_| Error::TooMuch.into())
}

fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Refusal::shape("The request is not as described: an object is expected.")),
        Err(_) => Err(Refusal::malformed()),
    }
}

fn pairs(text: &str) -> Result<Map<String, Value>, Refusal> {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        add(&mut fields, name.into_owned(), value.into_owned())?;
    }
    Ok(fields)
}

async fn parts<S: Send + Sync>(request: Request, state: &S) -> Result<Map<String, Value>, Refusal> {
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| Refusal::malformed())?;
    let mut fields = Map::new();
    // Each is bounded by what a body may have.
    while let Some(part) = parts.next_field().await.map_err(|_| Refusal::malformed())? {
        let Some(name) = part.name().map(str::to_owned) else { return Err(Refusal::malformed()) };
        let file = part.file_name().map(|file| file.chars().take(LONGEST_FILE_NAME).collect::<String>());
        let bytes = part.bytes().await.map_err(|_| Error::TooMuch)?;
        let text = String::from_utf8(bytes.into());
        match file {
            Some(file) => insert(&mut fields, name, json!({ "name": file, "text": text.ok() }))?,
            None => add(&mut fields, name, text.map_err(|_| Refusal::malformed())?)?,
        }
    }
    Ok(fields)
}

/// In a form, an empty field is one that was not filled in.
fn add(fields: &mut Map<String, Value>, name: String, value: String) -> Result<(), Refusal> {
    if value.is_empty() { Ok(()) } else { insert(fields, name, Value::String(value)) }
}

fn insert(fields: &mut Map<String, Value>, name: String, value: Value) -> Result<(), Refusal> {
    if fields.len() >= MOST_FIELDS {
        return Err(Error::TooMuch.into());
    }
    fields.insert(name, value);
    Ok(())
}
