//! What surrounds a page on the server: who may see it at all, its headers, and answers that are no page.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

use super::{
    caller::Visitor,
    forms::{self, Flashes, Note},
    phones,
    state::AppState,
};
use crate::{
    error::Error,
    text::Locale,
    visit::{PageStatus, Visit},
};

/// A failure as JSON, with its status, and when to try again.
pub fn failed(error: &Error) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(error)).into_response();
    if let Error::TooFast { retry_in } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_in));
    }
    response
}

/// Sends visitors who are not logged in to the log-in page and remembers where they wanted to go; sends those
/// who are away from it.
pub async fn gate(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let logged_in = request.extensions().get::<Visitor>().is_some_and(|visitor| visitor.caller.is_some());
    let for_strangers = matches!(path, "/login" | "/signup" | "/login/phone" | "/signup/phone");
    let for_people = matches!(
        path,
        "/" | "/friends" | "/find" | "/write" | "/here" | "/saved" | "/activity" | "/reminders" | "/unread"
    ) || ["/settings", "/c/", "/s/", "/groups/", "/spaces/", "/scheduled"]
        .iter()
        .any(|begins| path.starts_with(begins));

    if logged_in && for_strangers {
        return Redirect::to("/").into_response();
    }
    if !logged_in && for_people {
        let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
        let query: String =
            form_urlencoded::Serializer::new(String::new()).append_pair("next", wanted).finish();
        let login = if wanted == "/" { "/login".to_owned() } else { format!("/login?{query}") };
        return Redirect::to(&login).into_response();
    }
    next.run(request).await
}

/// What a page and a server function find in their context.
pub fn provide(app: &AppState) {
    provide_context(app.clone());
    if let Some(visit) = visit(app) {
        provide_context(visit);
    }
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let policy = use_nonce().map(|nonce| content_security_policy(app, &nonce));
    if let Some(policy) = policy.and_then(|policy| HeaderValue::from_str(&policy).ok()) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    provide_context(PageStatus(std::sync::Arc::new(move |status| {
        if let Ok(status) = StatusCode::from_u16(status) {
            response.set_status(status);
        }
    })));
}

/// Who looks, in which language and theme, and what became of the form that led here.
fn visit(app: &AppState) -> Option<Visit> {
    let parts = use_context::<axum::http::request::Parts>()?;
    if forms::is_function(parts.uri.path()) {
        return None;
    }
    let visitor = parts.extensions.get::<Visitor>();
    let viewer = visitor.and_then(|visitor| visitor.caller.as_ref()).map(|caller| caller.viewer.clone());
    let locale = locale_of(&parts, viewer.as_ref().and_then(|viewer| viewer.locale));
    let note = Flashes::ticket(&parts.headers).and_then(|ticket| app.flashes.take(&ticket));
    let (flash, granted) = match note {
        Some(Note::Refused(flash)) => (Some(flash), None),
        Some(Note::Granted(form)) => (None, Some(form)),
        None => (None, None),
    };
    Some(Visit {
        locale,
        theme: viewer.as_ref().map(|viewer| viewer.theme).unwrap_or_default(),
        viewer,
        flash,
        granted,
        by_phone: phones::is_possible(app),
        number: phones::asked_for(app, &parts.headers, parts.uri.path()),
        build: app.build.to_string(),
    })
}

/// The language of the request that is being answered.
pub fn locale() -> Locale {
    let Some(parts) = use_context::<axum::http::request::Parts>() else { return Locale::default() };
    let viewer = parts.extensions.get::<Visitor>().and_then(|visitor| visitor.caller.as_ref());
    locale_of(&parts, viewer.and_then(|caller| caller.viewer.locale))
}

/// The one that was chosen, else the one that the browser asks for.
fn locale_of(parts: &axum::http::request::Parts, chosen: Option<Locale>) -> Locale {
    let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    chosen.unwrap_or_else(|| Locale::negotiate(accepted.unwrap_or_default()))
}

/// What our pages may load and where they may send forms: everything from here, scripts only with the nonce.
fn content_security_policy(app: &AppState, nonce: &str) -> String {
    // While developing, the page listens for new builds on a port of its own.
    let reload = match &app.config.reload_port {
        Some(port) => format!(" ws://127.0.0.1:{port} ws://localhost:{port}"),
        None => String::new(),
    };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; media-src 'self' blob:; \
         connect-src 'self'{reload}; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'; object-src 'none'; report-uri /csp-report"
    )
}

/// Headers that every answer carries, whatever it is.
pub async fn headers(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: &'static str, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    // An answer that is no page of ours loads nothing and is framed by nobody.
    put("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    put("x-content-type-options", "nosniff");
    put("referrer-policy", "same-origin");
    put("cross-origin-opener-policy", "same-origin");
    put("cross-origin-resource-policy", "same-origin");
    put(
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    );
    put("cache-control", "private, no-store");
    if app.config.is_https() {
        put("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    response
}

/// `POST /csp-report`: a browser says that a page of ours tried what its policy forbids. Only that it happened is
/// logged: the report holds addresses.
pub async fn report(
    State(app): State<AppState>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    body: axum::body::Bytes,
) -> Response {
    if let Err(error) = app.limits.reports.take(&visitor.address.into()) {
        return failed(&error);
    }
    tracing::warn!(bytes = body.len(), "a browser reports a violation of the content security policy");
    StatusCode::NO_CONTENT.into_response()
}

/// `GET /health`: whether this server can do its work now.
pub async fn health(State(app): State<AppState>) -> Response {
    let version = env!("CARGO_PKG_VERSION");
    let (status, word) = match app.db.ping().await {
        _ if app.stopping.is_cancelled() => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
        Ok(()) if app.writer.is_broken() => (StatusCode::SERVICE_UNAVAILABLE, "disk failed"),
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "no database")
        }
    };
    (status, Json(serde_json::json!({ "status": word, "version": version }))).into_response()
}

/// What is left of a request that panicked: an answer, and one line in the log.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    tracing::error!("a request panicked");
    let mut response = failed(&Error::Unavailable);
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
