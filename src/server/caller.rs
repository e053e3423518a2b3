//! Who is asking: the only way in. Every page, server function and socket begins here.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use leptos::prelude::use_context;
use tower_sessions::Session;

use super::{
    accounts,
    answer::{Failure, Outcome},
    sessions::{SessionHash, key},
    state::AppState,
};
use crate::{accounts::Viewer, error::Error, ids::AccountId};

/// A session's row is written at most so often (milliseconds), however often its person clicks.
const SEEN_PAUSE: i64 = 5 * 60_000;

/// Somebody at the door, logged in or not.
#[derive(Clone)]
pub struct Visitor {
    pub app: AppState,
    pub session: Session,
    /// Where the request came from, a configured proxy taken into account.
    pub address: IpAddr,
    pub user_agent: String,
    pub caller: Option<Caller>,
}

/// Somebody who is logged in. Verbs take this and so cannot be called for nobody.
#[derive(Clone)]
pub struct Caller {
    pub app: AppState,
    pub account: AccountId,
    pub session: SessionHash,
    pub viewer: Viewer,
}

impl Visitor {
    /// The visitor of the server function or page that is running.
    ///
    /// # Errors
    /// `Unavailable` outside a request, which cannot happen.
    pub fn current() -> Result<Self, Error> {
        use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Self>().cloned())
            .ok_or(Error::Unavailable)
    }
}

impl Caller {
    /// The caller of the server function that is running.
    ///
    /// # Errors
    /// `SignedOut`.
    pub fn current() -> Result<Self, Error> {
        Visitor::current()?.caller.ok_or(Error::SignedOut)
    }

    /// As [`Caller::current`], if it is `account`, where the page knows who it was: what one person did offline is not
    /// done in the name of another who uses the same browser.
    ///
    /// # Errors
    /// `SignedOut` if it is somebody else, or nobody.
    pub fn current_as(account: Option<AccountId>) -> Result<Self, Error> {
        let caller = Self::current()?;
        if account.is_some_and(|account| account != caller.account) {
            return Err(Error::SignedOut);
        }
        Ok(caller)
    }
}

/// Finds out who asks, once for each request, and notes it in the request's extensions.
pub async fn identify(
    State(app): State<AppState>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<IpAddr>().copied().unwrap_or(IpAddr::from([127, 0, 0, 1]));
    let address = address(peer, request.headers(), &app.config.salon.trusted_proxies);
    let user_agent = text(request.headers(), header::USER_AGENT.as_str());
    let caller = match find(&app, &session).await {
        Ok(caller) => caller,
        Err(failure) => return super::pages::failed(&Error::from(failure)),
    };
    request.extensions_mut().insert(Visitor { app, session, address, user_agent, caller });
    next.run(request).await
}

async fn find(app: &AppState, session: &Session) -> Outcome<Option<Caller>> {
    let broken = |_| Failure::Internal("a session could not be read");
    let Some(id) = session.id() else { return Ok(None) };
    let (hash, now) = (SessionHash::of(&id), app.clock.now());
    let Some((viewer, seen)) = accounts::viewer(&app.db, hash, now).await? else {
        // Finding it gone, the session layer takes the cookie back.
        session.load().await.map_err(broken)?;
        return Ok(None);
    };
    if now.millis() - seen.millis() > SEEN_PAUSE {
        session.insert(key::SEEN, now.millis()).await.map_err(broken)?;
    }
    Ok(Some(Caller { app: app.clone(), account: viewer.person.id, session: hash, viewer }))
}

/// The address of whoever asks. `X-Forwarded-For` counts only as far as proxies wrote it that we trust.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let forwarded = text(headers, "x-forwarded-for");
    let mut address = peer.to_canonical();
    for hop in forwarded.rsplit(',') {
        if !trusted.contains(&address) {
            break;
        }
        let Ok(before) = hop.trim().parse::<IpAddr>() else { break };
        address = before.to_canonical();
    }
    address
}

/// A header as text of at most 200 characters; empty if there is none.
fn text(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_addresses_count_only_from_a_trusted_proxy() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.1, 203.0.113.9".parse().expect("a header"));

        assert_eq!(address(ip("192.0.2.1"), &headers, &[]), ip("192.0.2.1"));
        assert_eq!(address(ip("192.0.2.1"), &headers, &[ip("192.0.2.1")]), ip("203.0.113.9"));
        let both = [ip("192.0.2.1"), ip("203.0.113.9")];
        assert_eq!(address(ip("192.0.2.1"), &headers, &both), ip("198.51.100.1"));

        headers.insert("x-forwarded-for", "nonsense".parse().expect("a header"));
        assert_eq!(address(ip("192.0.2.1"), &headers, &both), ip("192.0.2.1"));
    }
}
