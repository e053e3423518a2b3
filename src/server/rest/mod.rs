//! The public API, `/api/v1`: the verbs of the pages, for programs that show an access token.
//!
//! Handlers translate and call the same verbs; rights are asked in `access/`, as for everybody. What a program is told is
//! described here and in the documents beside it, not by the types that Salon's own pages exchange: those may change with
//! every release, these only under another number.

mod accounts;
mod activity;
mod attention;
mod bans;
mod blocks;
mod body;
mod bots;
mod channels;
mod conversations;
mod cursor;
mod drafts;
mod etag;
mod friends;
mod invitations;
mod later;
mod live;
mod me;
mod members;
mod messages;
mod moment;
mod openapi;
mod pace;
mod pins;
mod polls;
mod presence;
mod problem;
mod program;
mod reactions;
mod reference;
mod schemas;
mod search;
mod space_members;
mod spaces;
mod staff;
mod threads;
mod tokens;
mod webhooks;

use axum::{
    Json, Router,
    http::{Uri, header::CONTENT_TYPE},
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::{
    messages::Message,
    program::token as bearer_token,
    schemas::{Day, Id, Name, ShortEmail, ShortName, Term, Text},
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
    let single = OpenApiRouter::new()
        .routes(routes!(me::me, me::change, accounts::delete))
        .routes(routes!(spaces::one, spaces::rename, spaces::delete))
        .routes(routes!(conversations::one, conversations::describe, channels::delete))
        .routes(routes!(messages::one, messages::edit, messages::delete))
        .layer(from_fn(etag::tag));
    let api = OpenApiRouter::new()
        .routes(routes!(tokens::log_in))
        .routes(routes!(tokens::refresh))
        .routes(routes!(tokens::log_out))
        .merge(single)
        .merge(people())
        .merge(places())
        .merge(talks())
        .merge(own())
        .merge(upkeep())
        .merge(programs())
        .routes(routes!(live::open))
        .layer(from_fn(pace::tell));
    let described = OpenApiRouter::with_openapi(openapi::Described::openapi()).nest(ROOT, api);
    if with_dialects { described.merge(dialects::described()) } else { described }
}

/// Accounts, and what is between them.
fn people() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(accounts::create))
        .routes(routes!(accounts::change_email))
        .routes(routes!(accounts::change_password))
        .routes(routes!(me::say))
        .routes(routes!(blocks::privacy, blocks::choose_privacy))
        .routes(routes!(friends::list))
        .routes(routes!(friends::requests, friends::ask))
        .routes(routes!(friends::accept, friends::remove))
        .routes(routes!(blocks::list))
        .routes(routes!(blocks::block, blocks::unblock))
        .routes(routes!(presence::list))
        .routes(routes!(presence::one))
}

/// Spaces and groups, and who is in them.
fn places() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(spaces::list, spaces::create))
        .routes(routes!(spaces::hand_over))
        .routes(routes!(channels::create))
        .routes(routes!(channels::shift))
        .routes(routes!(space_members::list))
        .routes(routes!(space_members::set_rank, space_members::remove))
        .routes(routes!(members::gather))
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::set_role, members::remove))
        .routes(routes!(bans::of_space))
        .routes(routes!(bans::from_space, bans::lift_in_space))
        .routes(routes!(bans::of_group))
        .routes(routes!(bans::from_group, bans::lift_in_group))
        .routes(routes!(invitations::of_space, invitations::into_space))
        .routes(routes!(invitations::of_group, invitations::into_group))
        .routes(routes!(invitations::revoke))
        .routes(routes!(invitations::look))
        .routes(routes!(invitations::join))
}

/// Conversations, and what is said there.
fn talks() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(conversations::list, conversations::open))
        .routes(routes!(conversations::read))
        .routes(routes!(conversations::unread))
        .routes(routes!(conversations::slow))
        .routes(routes!(attention::requests))
        .routes(routes!(attention::accept, attention::decline))
        .routes(routes!(attention::show, attention::choose))
        .routes(routes!(messages::list, messages::send))
        .routes(routes!(reactions::add, reactions::remove))
        .routes(routes!(polls::ask))
        .routes(routes!(polls::who, polls::vote, polls::take_back))
        .routes(routes!(polls::close))
        .routes(routes!(pins::list))
        .routes(routes!(pins::pin, pins::unpin))
        .routes(routes!(pins::saved))
        .routes(routes!(pins::save, pins::forget))
        .routes(routes!(threads::follow, threads::unfollow))
        .routes(routes!(threads::read))
        .routes(routes!(threads::versions))
        .routes(routes!(threads::forward))
        .routes(routes!(search::search))
}

/// What is one's own: what concerns one, what one has begun to write, and what waits for its time.
fn own() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(activity::list))
        .routes(routes!(activity::unread))
        .routes(routes!(activity::read))
        .routes(routes!(drafts::list))
        .routes(routes!(drafts::one, drafts::keep, drafts::forget))
        .routes(routes!(later::reminders))
        .routes(routes!(later::remind, later::forget))
        .routes(routes!(later::waiting))
        .routes(routes!(later::schedule))
        .routes(routes!(later::one, later::revise, later::cancel))
        .routes(routes!(later::send_now))
}

/// Accounts by which programs talk, and the addresses by which they do.
fn programs() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(bots::list, bots::create))
        .routes(routes!(bots::one, bots::delete))
        .routes(routes!(bots::renew))
        .routes(routes!(bots::join))
        .routes(routes!(webhooks::list, webhooks::create))
        .routes(routes!(webhooks::remove))
        .routes(routes!(webhooks::resume))
        .routes(routes!(webhooks::list_incoming, webhooks::create_incoming))
        .routes(routes!(webhooks::remove_incoming))
        .routes(routes!(webhooks::say))
}

/// Looking after the Salon.
fn upkeep() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(staff::list))
        .routes(routes!(staff::change))
        .routes(routes!(staff::announce))
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
