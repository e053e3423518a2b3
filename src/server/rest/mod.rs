//! The public API, `/api/v1`: the verbs of the pages, for programs that show an access token.
//!
//! Handlers translate and call the same verbs; rights are asked in `access/`, as for everybody. What a program is told is
//! described here and in the documents beside it, not by the types that Salon's own pages exchange: those may change with
//! every release, these only under another number.

mod body;
mod conversations;
mod cursor;
mod friends;
mod live;
mod me;
mod members;
mod messages;
mod openapi;
mod problem;
mod program;
mod reactions;
mod reference;
mod schemas;
mod spaces;
mod staff;
mod tokens;

use axum::{
    Json, Router,
    http::{Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::{
    program::token as bearer_token,
    schemas::{Id, Name, ShortEmail, ShortName, Text},
};

use self::problem::Problem;
use super::{dialects, state::AppState};

/// Where it begins. Another number stands for another contract.
const ROOT: &str = "/api/v1";

/// What is said over live connections, as `AsyncAPI` 3.0. Written by hand; tests hold it against what is spoken.
const LIVE: &str = include_str!("../../../docs/api/asyncapi.json");

/// Every route of the API, and of the dialects where they are switched on. A route that is not described cannot be added
/// here.
fn described(with_dialects: bool) -> OpenApiRouter<AppState> {
    let api = OpenApiRouter::new()
        .routes(routes!(tokens::log_in))
        .routes(routes!(tokens::refresh))
        .routes(routes!(tokens::log_out))
        .routes(routes!(me::me))
        .routes(routes!(spaces::list))
        .routes(routes!(spaces::one))
        .routes(routes!(conversations::list, conversations::open))
        .routes(routes!(conversations::one, conversations::describe))
        .routes(routes!(conversations::read))
        .routes(routes!(friends::list))
        .routes(routes!(friends::requests, friends::ask))
        .routes(routes!(friends::accept, friends::remove))
        .routes(routes!(members::gather))
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::set_role, members::remove))
        .routes(routes!(messages::list, messages::send))
        .routes(routes!(messages::one, messages::edit, messages::delete))
        .routes(routes!(reactions::add, reactions::remove))
        .routes(routes!(staff::list))
        .routes(routes!(staff::change))
        .routes(routes!(staff::announce))
        .routes(routes!(live::open));
    let described = OpenApiRouter::with_openapi(openapi::Described::openapi()).nest(ROOT, api);
    if with_dialects { described.merge(dialects::described()) } else { described }
}

/// The API, with its description at `openapi.json` and on two pages, that of live connections at `asyncapi.json`, and the
/// dialects. Whatever else is asked for below its root is no page either.
pub fn router(app: &AppState) -> Router<AppState> {
    let with_dialects = app.config.salon.dialects;
    let (router, mut document) = described(with_dialects).split_for_parts();
    openapi::complete(&mut document);
    let document = Json(document);
    router
        .route(&format!("{ROOT}/openapi.json"), get(async move || document.clone()))
        .route(&format!("{ROOT}/asyncapi.json"), get(async || ([(CONTENT_TYPE, "application/json")], LIVE)))
        .route("/docs", get(reference::docs))
        .route("/redoc", get(reference::redoc))
        .route(ROOT, any(async || Problem::NOT_FOUND))
        .route(&format!("{ROOT}/"), any(async || Problem::NOT_FOUND))
        .route(&format!("{ROOT}/{{*rest}}"), any(async || Problem::NOT_FOUND))
        .merge(if with_dialects { dialects::rest(app) } else { Router::new() })
        .method_not_allowed_fallback(no_such_method)
}

/// Each in its own form.
async fn no_such_method(uri: Uri) -> Response {
    if dialects::is_dialect(uri.path()) {
        dialects::no_such_method()
    } else {
        Problem::METHOD.into_response()
    }
}

/// Whether a path is answered by the API: its failures are for programs, whoever asks.
pub fn is_api(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        || dialects::is_dialect(path)
}
