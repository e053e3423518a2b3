//! The one way in which Salon calls addresses that people have typed.
//!
//! Whoever may type an address could otherwise have the server call what only the server reaches: its own machine, its
//! network, the cloud's metadata. So a name is looked up once, every address it has is looked at, and the connection
//! goes to those very addresses. Nothing is kept from one call to the next, and nothing of a call outlives it. Off,
//! unless the operator says otherwise. No redirects, no cookies, no proxy, no compression.

mod addresses;
mod names;
mod target;

use std::{
    convert::Infallible,
    future::{self, ready},
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    Request,
    body::Bytes,
    client::conn::http1::{self, Connection},
};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::legacy::connect::{HttpConnector, dns::Name},
    rt::TokioIo,
};
use rustls::{ClientConfig, client::Resumption};
use tokio::net::TcpStream;
use tower::{ServiceExt, service_fn};

use self::names::{Names, System};
use super::config::Reach;

pub use target::{NoTarget, Target};

/// From looking up the name to the last byte of the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes of an answer's body.
const LONGEST_ANSWER: usize = 512 * 1024;

/// Bytes of the lines in front of it.
const LONGEST_HEAD: usize = 32 * 1024;

/// Where the internet serves http and https. Others may be anything: mail, databases.
const PORTS: [u16; 2] = [80, 443];

/// To the machine that answers, perhaps through TLS.
type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Calls others.
pub struct Outbound {
    reach: Reach,
    /// Those that may be called on the internet.
    ports: Vec<u16>,
    names: Box<dyn Names>,
    tls: Arc<ClientConfig>,
    patience: Duration,
}

/// What was answered, whether it is a yes or a no.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub content_type: Option<String>,
    pub body: Bytes,
}

/// Why there is no answer. Says nothing of what stood in one, of the addresses that a name has, or of whether there is
/// such a name: it may be one that only this server's network knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this server calls nobody")]
    Off,
    #[error("it is not on the internet, or not on the usual port")]
    Forbidden,
    #[error("it cannot be reached, or its certificate is not valid")]
    Unreachable,
    #[error("it does not answer in time")]
    TooSlow,
    #[error("it answers with a redirect, which is not followed")]
    Redirect,
    #[error("it answers with too much")]
    TooLong,
    #[error("it breaks off, or does not speak HTTP")]
    Unreadable,
}

impl Outbound {
    /// # Errors
    /// If there is no TLS to be had.
    pub fn open(reach: Reach) -> anyhow::Result<Self> {
        // Named here: a second one among the dependencies would leave the choice open until the first call.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_webpki_roots()
            .with_no_client_auth();
        // Else who is called twice could tell that it was by the same server.
        tls.resumption = Resumption::disabled();
        Ok(Self { reach, ports: PORTS.into(), names: Box::new(System), tls: tls.into(), patience: PATIENCE })
    }

    /// Whether anybody is called at all.
    pub fn reaches_out(&self) -> bool {
        self.reach != Reach::Nowhere
    }

    /// Whether a target may be called at all, as far as one can tell by the look of it.
    ///
    /// # Errors
    /// `Off` or `Forbidden`.
    pub fn check(&self, target: &Target) -> Result<(), Refused> {
        match self.reach {
            Reach::Nowhere => Err(Refused::Off),
            Reach::Anywhere => Ok(()),
            Reach::Internet if !self.ports.contains(&target.port()) => Err(Refused::Forbidden),
            Reach::Internet if target.literal().is_some_and(|at| !addresses::is_public(at)) => {
                Err(Refused::Forbidden)
            }
            Reach::Internet => Ok(()),
        }
    }

    /// Posts a body. Headers are sent as given; the host and the body's length are added.
    ///
    /// # Errors
    /// If there is no whole answer.
    pub async fn post(&self, target: &Target, headers: HeaderMap, body: Bytes) -> Result<Answer, Refused> {
        self.check(target)?;
        let mut request = Request::post(target.path()).body(Full::new(body)).expect("a path that was parsed");
        *request.headers_mut() = headers;
        request.headers_mut().insert(header::HOST, target.authority().clone());

        let posted = tokio::time::timeout(self.patience, async {
            let addresses = self.addresses(target).await?;
            let stream = self.connect(target, addresses).await?;
            exchange(stream, request).await
        });
        posted.await.unwrap_or(Err(Refused::TooSlow))
    }

    /// Where a target is, if all of it may be called: a name with one address outside and one inside is a trap.
    async fn addresses(&self, target: &Target) -> Result<Vec<IpAddr>, Refused> {
        let addresses = match target.literal() {
            Some(address) => vec![address],
            None => self.names.addresses(target.host()).await.map_err(|_| Refused::Unreachable)?,
        };
        let are_allowed = match self.reach {
            Reach::Nowhere => false,
            Reach::Internet => addresses.iter().copied().all(addresses::is_public),
            Reach::Anywhere => true,
        };
        (are_allowed && !addresses.is_empty()).then_some(addresses).ok_or(Refused::Unreachable)
    }

    /// Connects to one of these addresses, and no other.
    async fn connect(&self, target: &Target, addresses: Vec<IpAddr>) -> Result<Stream, Refused> {
        let pinned: Vec<SocketAddr> =
            addresses.into_iter().map(|address| (address, target.port()).into()).collect();
        // Whoever asks for a name again gets what was looked at. An address in place of a name is not asked for, and is
        // the one that was looked at too.
        let names = service_fn(move |_: Name| ready(Ok::<_, io::Error>(pinned.clone().into_iter())));
        let mut connector = HttpConnector::new_with_resolver(names);
        connector.enforce_http(false);
        // Shared out among the addresses, so that a dead one leaves time for the next.
        connector.set_connect_timeout(Some(self.patience));
        let connector = HttpsConnector::from((connector, self.tls.clone()));
        connector.oneshot(target.uri().clone()).await.map_err(|_| Refused::Unreachable)
    }
}

/// Asks once and reads the answer. The connection is driven here, and not by a task: it ends with the call.
async fn exchange(stream: Stream, request: Request<Full<Bytes>>) -> Result<Answer, Refused> {
    let shaken = http1::Builder::new().max_buf_size(LONGEST_HEAD).handshake(stream).await;
    let (mut sender, connection) = shaken.map_err(|_| Refused::Unreadable)?;
    let asking = async {
        let response = sender.send_request(request).await.map_err(|_| Refused::Unreadable)?;
        let status = response.status();
        if status.is_redirection() {
            return Err(Refused::Redirect);
        }
        let content_type = response.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = Limited::new(response.into_body(), LONGEST_ANSWER).collect().await;
        let body = body.map_err(|error| match error.is::<LengthLimitError>() {
            true => Refused::TooLong,
            false => Refused::Unreadable,
        })?;
        Ok(Answer { status, content_type, body: body.to_bytes() })
    };
    tokio::select! {
        answer = asking => answer,
        never = drive(connection) => match never {},
    }
}

/// Moves bytes. What went wrong is told to whoever waits for the answer, who may still have some of it to read.
async fn drive(connection: Connection<Stream, Full<Bytes>>) -> Infallible {
    drop(connection.await);
    future::pending().await
}

#[cfg(test)]
mod tests;
