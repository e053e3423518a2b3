//! Every URL and every layer, on one screen.

use std::{path::Path, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
    routing::{any, get, post},
};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, services::ServeDir,
    set_header::SetResponseHeaderLayer, timeout::TimeoutLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite, cookie::time::Duration as Days};

use super::{
    caller, dialects, failures, forms, leftovers, origin, pages, realtime::handshake, rendering, rest,
    sessions, state::AppState,
};
use crate::app::{App, shell};

/// For a whole request, its body included.
const LONGEST: Duration = Duration::from_secs(30);

/// Everything that this server answers.
pub fn router(app: &AppState) -> Router {
    let context = {
        let app = app.clone();
        move || pages::provide(&app)
    };
    let page = {
        let options = app.leptos.clone();
        move || shell(options.clone())
    };
    rendering::prepare();
    // Once and before the first request: the list is made by running the application without one.
    let routes = generate_route_list(App);

    let people = Router::new()
        .route("/ws", any(handshake::open))
        .route("/csp-report", post(pages::report))
        .leptos_routes_with_context(app, routes, context.clone(), page.clone())
        .fallback(render_app_async_with_context(context, page))
        .layer(
            // From the outside in.
            ServiceBuilder::new()
                .layer(from_fn_with_state(app.clone(), origin::only_ours))
                .layer(session_layer(app))
                .layer(from_fn_with_state(app.clone(), caller::identify))
                .layer(from_fn_with_state(app.clone(), forms::answer))
                .layer(from_fn(pages::gate))
                .layer(from_fn(rendering::in_one_task)),
        )
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest));

    files(app, people.with_state(app.clone()))
        .merge(rest::router(app).with_state(app.clone()))
        .merge(Router::new().route("/health", get(pages::health)).with_state(app.clone()))
        .layer(
            // From the outside in.
            ServiceBuilder::new()
                .layer(from_fn(log))
                .layer(from_fn(leftovers::announce))
                .layer(from_fn_with_state(app.clone(), pages::headers))
                .layer(from_fn_with_state(failures::FailurePages::new(app), failures::show))
                .layer(CatchPanicLayer::custom(pages::panicked))
                .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST))
                .layer(DefaultBodyLimit::max(forms::MOST_BYTES)),
        )
}

/// The built site beside the pages: each file and folder at its top has an address of its own.
fn files(app: &AppState, mut router: Router) -> Router {
    let root = Path::new(app.leptos.site_root.as_ref());
    let hashed = if app.leptos.hash_files { "public, max-age=31536000, immutable" } else { "no-store" };
    let Ok(entries) = root.read_dir() else {
        tracing::warn!(site = %root.display(), "there is no built site here: pages come without style and script");
        return router;
    };
    for entry in entries.flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let Some(name) = name.to_str().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz")) else {
            continue;
        };
        let kept = if name == &*app.leptos.site_pkg_dir { hashed } else { "public, max-age=86400" };
        let kept = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        if path.is_dir() {
            let folder = ServeDir::new(&path)
                .precompressed_br()
                .precompressed_gzip()
                .append_index_html_on_directories(false);
            router =
                router.nest_service(&format!("/{name}"), ServiceBuilder::new().layer(kept).service(folder));
        } else {
            let file = tower_http::services::ServeFile::new(&path).precompressed_br().precompressed_gzip();
            router =
                router.route_service(&format!("/{name}"), ServiceBuilder::new().layer(kept).service(file));
        }
    }
    router
}

/// Our cookie: unreadable for scripts, and over https bound to this very host.
fn session_layer(app: &AppState) -> SessionManagerLayer<sessions::Sessions> {
    let https = app.config.is_https();
    SessionManagerLayer::new(app.sessions.clone())
        .with_name(if https { "__Host-salon" } else { "salon" })
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_always_save(false)
        .with_expiry(Expiry::OnInactivity(Days::days(sessions::IDLE_DAYS)))
}

/// What follows is as good as a password.
const HOOKS: &str = "/api/v1/hooks/";

/// One line for each request: what, how it ended, how long. Never the query, a header or a body.
async fn log(request: Request, next: Next) -> Response {
    // What stands in an invitation's address opens a place, and some documents have tokens in addresses: nobody is to read
    // them in a log.
    let path = match request.uri().path() {
        path if path.starts_with("/invite/") => "/invite/…".to_owned(),
        path if path.starts_with(HOOKS) => format!("{HOOKS}…"),
        path => dialects::logged(path).unwrap_or(path).to_owned(),
    };
    let (method, begun) = (request.method().clone(), std::time::Instant::now());
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis());
    // As a debug string, so that nothing in a path can write lines or colours of its own.
    tracing::debug!(%method, ?path, status, ms, "answered");
    response
}
