//! What every part of the server has at hand.

use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    clock::Clock,
    config::Config,
    crypto::Keyring,
    db::{Db, Writer},
    forms::Flashes,
    limits::Limits,
    mint::Mint,
    outbound::Outbound,
    passwords::Passwords,
    realtime::hub::Hub,
    sessions::Sessions,
    sms::Gateway,
};

/// Cheap to clone: handles only.
#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub leptos: LeptosOptions,
    /// Which build this is, as browsers are told.
    pub build: Arc<str>,
    pub clock: Clock,
    pub mint: Mint,
    pub db: Db,
    pub writer: Writer,
    pub keyring: Keyring,
    pub passwords: Passwords,
    pub sessions: Sessions,
    pub limits: Arc<Limits>,
    pub flashes: Arc<Flashes>,
    pub hub: Arc<Hub>,
    /// Wakes what makes deletions true that can be undone for a moment.
    pub retractions: Arc<Notify>,
    /// Wakes what does things when they are due.
    pub later: Arc<Notify>,
    /// Wakes what tells webhooks, which otherwise hears when something is said.
    pub webhooks: Arc<Notify>,
    /// Live connections, which outlast the HTTP request that opened them.
    pub sockets: TaskTracker,
    /// What browsers call this server: scheme, host and port of every address that is ours.
    pub origins: Arc<[String]>,
    /// Who sends codes to telephones; none where nobody does, and there is no logging in by phone.
    pub sms: Option<Arc<Gateway>>,
    /// Calls addresses that people have typed.
    pub outbound: Arc<Outbound>,
    /// Cancelled when the server begins to go.
    pub stopping: CancellationToken,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(app: &AppState) -> Self {
        app.leptos.clone()
    }
}
