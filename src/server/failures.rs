//! Failures as a browser shows them: one small page without a script, in the visitor's language, with a way out.
//! Programs, our own pages among them, get JSON.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use leptos::{config::LeptosOptions, prelude::*};

use super::{forms, rest, state::AppState};
use crate::{
    error::{Error, Field, Why},
    text::{Locale, Words},
};

/// What the page may load: our stylesheet, and what that names.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// What goes along from the answer that the page replaces.
const KEPT: [header::HeaderName; 3] = [header::SET_COOKIE, header::RETRY_AFTER, header::ALLOW];

/// What is needed to show a failure when nothing else works any more.
#[derive(Debug, Clone)]
pub struct FailurePages {
    /// The address of the stylesheet.
    style: Arc<str>,
    origins: Arc<[String]>,
}

/// Who sees the failure.
struct Reader {
    locale: Locale,
    /// Where trying again leads: what was asked for, or the page of the form that was sent.
    again: Option<String>,
}

/// Answers a browser that would see a bare failure with a page.
pub async fn show(State(pages): State<FailurePages>, request: Request, next: Next) -> Response {
    let reader = pages.reader(&request);
    let response = next.run(request).await;
    match reader {
        Some(reader) if is_bare(&response) => page(&pages, &reader, &response),
        _ => response,
    }
}

/// Whether it is a failure that is no page of ours.
fn is_bare(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let failed = response.status().is_client_error() || response.status().is_server_error();
    failed && !kind.is_some_and(|kind| kind.starts_with("text/html"))
}

impl FailurePages {
    pub fn new(app: &AppState) -> Self {
        Self { style: stylesheet(&app.leptos).into(), origins: app.origins.clone() }
    }

    /// None if a program asks. `/health` and the API are for programs, whoever asks.
    fn reader(&self, request: &Request) -> Option<Reader> {
        let headers = request.headers();
        let path = request.uri().path();
        if !forms::accepts_html(headers) || path == "/health" || rest::is_api(path) {
            return None;
        }
        let asked = request.uri().path_and_query().map(|path| path.as_str());
        let is_page = matches!(*request.method(), Method::GET | Method::HEAD);
        let again = if is_page { asked } else { forms::page_of(&self.origins, headers) };
        Some(Reader {
            locale: Locale::negotiate(text(headers, &header::ACCEPT_LANGUAGE)),
            again: again.filter(|path| forms::is_our_path(path)).map(str::to_owned),
        })
    }
}

/// The built stylesheet's address; its name holds a hash if files are hashed.
pub fn stylesheet(options: &LeptosOptions) -> String {
    let folder = std::env::current_exe().ok().and_then(|path| path.parent().map(ToOwned::to_owned));
    let hashes = folder.filter(|_| options.hash_files).map(|folder| folder.join(options.hash_file.as_ref()));
    let hashes = hashes.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let hash = hashes.lines().find_map(|line| line.trim().strip_prefix("css:")).map(str::trim);
    let hash = hash.map(|hash| format!(".{hash}")).unwrap_or_default();
    format!("/{}/{}{hash}.css", options.site_pkg_dir, options.output_name)
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn page(pages: &FailurePages, reader: &Reader, failed: &Response) -> Response {
    let told = Told::of(failed, reader.locale.words());
    let mut response = Response::new(html(pages, reader, told).into());
    *response.status_mut() = failed.status();
    let headers = response.headers_mut();
    for name in KEPT {
        for value in failed.headers().get_all(&name) {
            headers.append(name.clone(), value.clone());
        }
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// What the page says, and whether trying again may help.
struct Told {
    title: &'static str,
    text: String,
    may_help: bool,
}

impl Told {
    fn of(failed: &Response, words: &'static Words) -> Self {
        let status = failed.status();
        let retry_in = text(failed.headers(), &header::RETRY_AFTER).parse().unwrap_or(1);
        let (title, error, may_help) = match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
                return Self {
                    title: words.not_found_title,
                    text: words.not_found.to_owned(),
                    may_help: false,
                };
            }
            StatusCode::FORBIDDEN => {
                return Self { title: words.refused_title, text: words.not_ours.to_owned(), may_help: true };
            }
            StatusCode::UNAUTHORIZED => (words.refused_title, Error::SignedOut, false),
            StatusCode::PAYLOAD_TOO_LARGE => (words.refused_title, Error::TooMuch, true),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (words.refused_title, Error::Unsupported, false),
            StatusCode::TOO_MANY_REQUESTS => (words.refused_title, Error::TooFast { retry_in }, true),
            StatusCode::REQUEST_TIMEOUT => (words.unavailable_title, Error::Unavailable, true),
            status if status.is_server_error() => (words.unavailable_title, Error::Unavailable, true),
            _ => (words.refused_title, Error::invalid(Field::Form, Why::Shape), true),
        };
        Self { title, text: words.sentence(&error), may_help }
    }
}

fn html(pages: &FailurePages, reader: &Reader, told: Told) -> String {
    let words = reader.locale.words();
    let again = reader.again.clone().filter(|_| told.may_help);

    let page = view! {
        <html lang=reader.locale.code() data-theme="system">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <title>{format!("{} · Salon", told.title)}</title>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=pages.style.to_string()/>
            </head>
            <body>
                <main id="main" class="threshold">
                    <div class="empty">
                        <h1>{told.title}</h1>
                        <p>{told.text}</p>
                        {again.map(|path| view! {
                            <a class="button button--primary" href=path>{words.try_again}</a>
                        })}
                        <a class="button" href="/">{words.back_home}</a>
                    </div>
                </main>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", page.to_html())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::{Router, body::Body, middleware::from_fn_with_state, routing::get};
    use tower::{ServiceBuilder, ServiceExt};
    use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

    use super::*;
    use crate::server::pages;

    /// A server on which everything fails, behind the layers of the real one.
    fn failing() -> Router {
        let shown = FailurePages {
            style: "/pkg/salon.css".into(),
            origins: ["http://salon.example".to_owned()].into(),
        };
        async fn panics() -> &'static str {
            panic!("as asked")
        }
        async fn never() -> &'static str {
            std::future::pending().await
        }
        async fn too_fast() -> Response {
            pages::failed(&Error::TooFast { retry_in: 42 })
        }
        Router::new()
            .route("/panics", get(panics).post(panics))
            .route("/never", get(never))
            .route("/too-fast", get(too_fast))
            .layer(
                ServiceBuilder::new()
                    .layer(from_fn_with_state(shown, show))
                    .layer(CatchPanicLayer::custom(pages::panicked))
                    .layer(TimeoutLayer::with_status_code(
                        StatusCode::REQUEST_TIMEOUT,
                        Duration::from_millis(20),
                    )),
            )
    }

    async fn asks(request: axum::http::request::Builder) -> (u16, HeaderMap, String) {
        let request = request.body(Body::empty()).expect("a request");
        let response = failing().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 100_000).await.expect("a body");
        (parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&body).into_owned())
    }

    fn browser(path: &str, language: &str) -> axum::http::request::Builder {
        Request::get(path).header("accept", "text/html,*/*;q=0.8").header("accept-language", language)
    }

    #[tokio::test]
    async fn a_browser_sees_a_page_in_its_language_with_a_way_out() {
        for (path, status) in [("/panics", 500), ("/never", 408), ("/too-fast", 429), ("/nothing", 404)] {
            for (language, home) in [("fr-CA", "Retour à l’accueil"), ("en", "Back to home")] {
                let (answered, headers, page) = asks(browser(path, language)).await;
                assert_eq!(answered, status, "{path}");
                assert_eq!(headers["content-type"], "text/html; charset=utf-8");
                assert!(page.starts_with("<!DOCTYPE html><html lang=\""), "{page}");
                assert!(page.contains("href=\"/pkg/salon.css\"") && page.contains(home), "{page}");
                assert!(!page.contains("<script") && !page.contains("{\"error\""), "{page}");
            }
        }
        let (_, headers, page) = asks(browser("/too-fast", "en")).await;
        assert_eq!(headers["retry-after"], "42");
        assert!(page.contains("42 seconds") && page.contains("href=\"/too-fast\""), "{page}");
    }

    #[tokio::test]
    async fn a_program_gets_what_it_can_read() {
        for accept in ["application/json", "*/*", ""] {
            let request = Request::get("/panics").header("accept", accept);
            let (status, headers, body) = asks(request).await;
            assert_eq!((status, body.as_str()), (500, "{\"error\":\"unavailable\"}"));
            assert_eq!(headers["content-type"], "application/json");
        }
    }

    #[tokio::test]
    async fn after_a_form_one_goes_back_to_its_page_if_it_is_ours() {
        for (referer, leads_back) in
            [("http://salon.example/friends", true), ("http://evil.example/friends", false), ("", false)]
        {
            let form = Request::post("/panics").header("accept", "text/html").header("referer", referer);
            let (_, _, page) = asks(form).await;
            assert_eq!(page.contains("href=\"/friends\""), leads_back, "{page}");
        }
    }
}
