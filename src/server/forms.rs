//! Server functions as plain HTML forms: posting, going somewhere, and coming back with the reason.
//!
//! A browser without JavaScript posts a form and follows a redirect. A refused form goes back to its page with
//! a ticket for what was typed, which is kept here for a moment: nothing of it stands in a URL.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{crypto::hex, pages, state::AppState};
use crate::{error::Error, visit::Flash};

/// Bytes of one form. A character may take twelve in a form, and a message may have 8,000 of them.
pub const MOST_BYTES: usize = 128 * 1024;

/// Bytes of a form that is too large that are still read.
const MOST_FORGOTTEN: usize = 2 * 1024 * 1024;

/// The only kind of body that a server function takes. Anything else a page of another site could send too.
const FORM: &str = "application/x-www-form-urlencoded";

/// The cookie that holds the ticket.
const COOKIE: &str = "salon-flash";

/// How long what was typed is kept.
const KEPT: Duration = Duration::from_secs(120);

/// Forms kept at the same time; beyond it the oldest are forgotten.
const MOST_KEPT: usize = 1_000;

/// Fields of one form that are kept: as many as name people who are brought in at once, and a few.
const MOST_FIELDS: usize = 110;

/// Characters of one field that are kept: a whole message.
const MOST_TYPED: usize = 16_000;

/// What became of a form, until its page is shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    Refused(Flash),
    /// Its server function's endpoint.
    Granted(String),
}

/// Marks a request for which the browser leaves the page.
#[derive(Debug, Clone, Copy)]
struct Left;

/// What became of forms that were sent a moment ago.
#[derive(Debug, Default)]
pub struct Flashes {
    kept: Mutex<HashMap<String, (Instant, Note)>>,
}

impl Flashes {
    /// Keeps it; the ticket for it.
    fn keep(&self, note: Note) -> String {
        let (ticket, now) = (hex(&rand::random::<[u8; 16]>()), Instant::now());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, (since, _)| now.duration_since(*since) < KEPT);
        if kept.len() >= MOST_KEPT {
            let oldest = kept.iter().min_by_key(|(_, (since, _))| *since).map(|(ticket, _)| ticket.clone());
            oldest.map(|ticket| kept.remove(&ticket));
        }
        kept.insert(ticket.clone(), (now, note));
        ticket
    }

    /// Gives it out, once.
    pub fn take(&self, ticket: &str) -> Option<Note> {
        let (since, note) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(ticket)?;
        (since.elapsed() < KEPT).then_some(note)
    }

    /// The ticket that a browser shows.
    pub fn ticket(headers: &HeaderMap) -> Option<String> {
        cookie(headers, COOKIE).map(str::to_owned)
    }
}

/// The cookie of this name that a browser shows.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(found, _)| *found == name).map(|(_, value)| value).next()
}

/// Where the browser goes after this server function: a path of ours, else home.
pub fn go_to(path: &str) {
    leptos_axum::redirect(if is_our_path(path) { path } else { "/" });
}

/// As [`go_to`], and the page says there that the form was granted.
pub fn go_and_tell(path: &str) {
    tell();
    go_to(path);
}

/// The page that a form leads back to says that it was granted. Where the page sent it without being left, it knows.
pub fn tell_if_left() {
    if use_context::<Parts>().is_some_and(|parts| parts.extensions.get::<Left>().is_some()) {
        tell();
    }
}

fn tell() {
    let (parts, app) = (use_context::<Parts>(), use_context::<AppState>());
    if let (Some(parts), Some(app), Some(answer)) = (parts, app, use_context::<ResponseOptions>()) {
        let ticket = app.flashes.keep(Note::Granted(endpoint(&parts.uri)));
        if let Ok(cookie) = HeaderValue::from_str(&ticket_cookie(&app, &ticket)) {
            answer.append_header(header::SET_COOKIE, cookie);
        }
    }
}

/// The last part of a server function's address.
fn endpoint(uri: &Uri) -> String {
    uri.path().rsplit('/').next().unwrap_or_default().to_owned()
}

/// Hands the ticket to the browser.
fn ticket_cookie(app: &AppState, ticket: &str) -> String {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    format!("{COOKIE}={ticket}; Path=/; HttpOnly; SameSite=Lax; Max-Age=120{secure}")
}

/// One slash in front and nothing that a browser could read as another site or as a second header.
pub fn is_our_path(path: &str) -> bool {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && path.len() <= 512 && path.starts_with('/') && !path.starts_with("//")
}

/// Whether an address is a server function's: `/do/…` changes something, `/read/…` does not.
pub fn is_function(path: &str) -> bool {
    path.starts_with("/do/") || path.starts_with("/read/")
}

/// Runs a server function and gives its answer the form that the client understands: redirects for a browser
/// that posted a form, JSON with a true status for everybody else. Other requests pass.
pub async fn answer(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let posted = request.method() == Method::POST;
    let called = is_function(request.uri().path()) && (posted || !request.uri().path().starts_with("/do/"));
    if !called {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let from_form = accepts_html(&parts.headers);
    let endpoint = endpoint(&parts.uri);
    let back = page_of(&app.origins, &parts.headers).unwrap_or("/").to_owned();

    if posted && !is_form(&parts.headers) {
        return pages::failed(&Error::Unsupported);
    }
    let Some(body) = read(body).await else {
        let (response, failure) = (pages::failed(&Error::TooMuch), Some(Error::TooMuch));
        return if from_form {
            back_to_form(&app, response, failure, endpoint, Vec::new(), &back)
        } else {
            response
        };
    };

    let typed = if from_form { typed(&body) } else { Vec::new() };
    if from_form {
        parts.extensions.insert(Left);
    }

    // Leptos would answer a form by itself, with the failure in the URL: to it every client is a program.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (response, failure) = with_true_status(response).await;

    if from_form { back_to_form(&app, response, failure, endpoint, typed, &back) } else { response }
}

/// The bytes of a form; none if they are too many. A little more is read then and forgotten: who still writes when
/// the connection closes may never see the answer.
async fn read(body: Body) -> Option<Vec<u8>> {
    let (mut stream, mut bytes, mut length) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(piece) = stream.next().await {
        let piece = piece.ok()?;
        length += piece.len();
        if length <= MOST_BYTES {
            bytes.extend_from_slice(&piece);
        } else if length > MOST_FORGOTTEN {
            break;
        }
    }
    (length <= MOST_BYTES).then_some(bytes)
}

/// Sends a browser on; if the form was refused, with a ticket for the reason and what was typed.
fn back_to_form(
    app: &AppState,
    answer: Response,
    failure: Option<Error>,
    form: String,
    typed: Vec<(String, String)>,
    back: &str,
) -> Response {
    let note = failure.map(|error| Note::Refused(Flash { form, error, typed }));
    let cookie = note.map(|note| ticket_cookie(app, &app.flashes.keep(note)));
    redirect(&answer, cookie.as_deref(), back)
}

/// Whether a browser asks, that would show the answer to somebody.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM))
}

/// The page that the form stands on: the path of `Referer`, if that is one of ours.
pub fn page_of<'a>(origins: &[String], headers: &'a HeaderMap) -> Option<&'a str> {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ours = origins.iter().find_map(|origin| referer.strip_prefix(origin.as_str()));
    ours.filter(|path| is_our_path(path) && path.parse::<Uri>().is_ok())
}

/// What was typed, for showing it again. Secrets are never kept.
fn typed(body: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(body).filter(|(name, _)| !name.contains("password"));
    pairs.take(MOST_FIELDS).map(|(name, value)| (cut(&name, 40), cut(&value, MOST_TYPED))).collect()
}

fn cut(text: &str, at_most: usize) -> String {
    text.chars().take(at_most).collect()
}

/// Leptos answers every failure with 500 and the error as JSON: the status becomes the error's own.
async fn with_true_status(response: Response) -> (Response, Option<Error>) {
    let status = response.status();
    if status.is_success() || status.is_redirection() {
        return (response, None);
    }
    let (parts, body) = response.into_parts();
    let told = to_bytes(body, MOST_BYTES).await.ok().and_then(|body| serde_json::from_slice(&body).ok());
    // Without an error in it, it is the page for an address that no function has.
    let unknown = if status.is_client_error() { Error::NotFound } else { Error::Unavailable };
    let error = told.unwrap_or(unknown);
    let mut answer = pages::failed(&error);
    // What the session layer or the server function put there goes along, cookies above all.
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        answer.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    (answer, Some(error))
}

/// Sends a browser on with GET (RFC 9110, section 15.4.4): where the function said, else back to the form.
fn redirect(answer: &Response, cookie: Option<&str>, back: &str) -> Response {
    let location = answer.headers().get(header::LOCATION).cloned();
    let location =
        location.or_else(|| HeaderValue::from_str(back).ok()).unwrap_or(HeaderValue::from_static("/"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, location);
    for name in [header::SET_COOKIE, header::RETRY_AFTER] {
        for value in answer.headers().get_all(&name) {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_can_only_be_sent_to_our_own_pages() {
        for path in ["/", "/c/12?before=7", "/friends", "/login?next=%2Fc%2F12"] {
            assert!(is_our_path(path), "{path}");
        }
        for path in [
            "",
            "c/12",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/a b",
            "/é",
        ] {
            assert!(!is_our_path(path), "{path}");
        }
    }

    #[test]
    fn passwords_are_never_kept() {
        let typed = typed(b"username=amina&password=secret&new_password=secret2");
        assert_eq!(typed, [("username".to_owned(), "amina".to_owned())]);
    }

    #[test]
    fn a_ticket_is_good_once() {
        let flashes = Flashes::default();
        let note = Note::Granted("save_name".to_owned());
        let ticket = flashes.keep(note.clone());
        assert_eq!(flashes.take(&ticket), Some(note));
        assert_eq!(flashes.take(&ticket), None);
    }

    #[test]
    fn refused_forms_fill_no_memory() {
        let flashes = Flashes::default();
        let flash = Flash { form: "sign_up".to_owned(), error: Error::Conflict, typed: Vec::new() };
        for _ in 0..MOST_KEPT + 50 {
            flashes.keep(Note::Refused(flash.clone()));
        }
        assert_eq!(flashes.kept.lock().expect("not poisoned").len(), MOST_KEPT);
    }
}
