//! Who is asking: the only way in. Every page, server function and socket begins here.

use std::{convert::Infallible, net::IpAddr};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{Extensions, HeaderMap, header, request::Parts},
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

/// Where a request comes from.
#[derive(Clone)]
pub struct Arrival {
    pub app: AppState,
    /// A configured proxy taken into account.
    pub address: IpAddr,
    pub user_agent: String,
}

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

impl Arrival {
    fn new(app: AppState, extensions: &Extensions, headers: &HeaderMap) -> Self {
        let peer = extensions.get::<IpAddr>().copied().unwrap_or(IpAddr::from([127, 0, 0, 1]));
        let address = address(peer, headers, &app.config.salon.trusted_proxies);
        Self { app, address, user_agent: text(headers, header::USER_AGENT.as_str()) }
    }
}

impl FromRequestParts<AppState> for Arrival {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Infallible> {
        Ok(Self::new(app.clone(), &parts.extensions, &parts.headers))
    }
}

impl Visitor {
    /// Where their request comes from.
    pub fn arrival(&self) -> Arrival {
        Arrival { app: self.app.clone(), address: self.address, user_agent: self.user_agent.clone() }
    }

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

    /// Somebody who is logged in nowhere, for what is done in their name while nobody asks: a bot's answers. Ending sessions
    /// ends nothing of theirs.
    pub const fn nowhere(app: AppState, viewer: Viewer) -> Self {
        Self { app, account: viewer.person.id, session: SessionHash::from_digest([0; 32]), viewer }
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
    let Arrival { app, address, user_agent } = Arrival::new(app, request.extensions(), request.headers());
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
