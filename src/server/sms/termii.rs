//! Termii's messaging API: `POST /api/sms/send` (developers.termii.com/messaging-api).

use std::{fmt, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, StatusCode, body::Bytes, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    error::Error,
    server::{
        answer::Outcome,
        config::{ApiKey, SmsSettings},
        phones::Number,
    },
};

/// From the first byte to the last: somebody looks at a form meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of an answer.
const LONGEST_ANSWER: usize = 16 * 1024;

/// Somebody's account with Termii. Redirects are not followed: the key goes where it was meant to.
pub struct Termii {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    address: http::Uri,
    key: ApiKey,
    sender: String,
    channel: &'static str,
}

/// Of an answer that a message was taken, what is looked at.
#[derive(Deserialize)]
struct Taken {
    message_id: Option<serde_json::Value>,
}

/// Why a message was not taken. Says nothing of what it was.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("it does not answer in time")]
    TooSlow,
    #[error("it cannot be reached: {0}")]
    Unreachable(#[from] hyper_util::client::legacy::Error),
    #[error("it breaks off, or says too much")]
    Unreadable,
    #[error("it answers with {0}")]
    Status(StatusCode),
    #[error("it does not say that it has taken the message")]
    Unsure,
}

impl Termii {
    /// # Errors
    /// If the address is none.
    pub(super) fn open(settings: &SmsSettings) -> anyhow::Result<Self> {
        let key = settings.api_key.clone().ok_or_else(|| anyhow::anyhow!("Termii wants an API key"))?;
        // Named here: a second one among the dependencies would leave the choice open until the first request.
        let provider = rustls::crypto::ring::default_provider();
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)?
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            address: settings.base_url.below("/api/sms/send").parse()?,
            key,
            sender: settings.sender.clone(),
            channel: settings.channel.code(),
        })
    }

    /// Hands a message over.
    pub(super) async fn send(&self, to: &Number, text: &str) -> Outcome<()> {
        let sent = tokio::time::timeout(PATIENCE, self.post(to, text)).await;
        sent.unwrap_or(Err(Refused::TooSlow)).map_err(|refused| {
            tracing::warn!(%refused, "the gateway has not taken a message to a telephone");
            Error::Unavailable.into()
        })
    }

    async fn post(&self, to: &Number, text: &str) -> Result<(), Refused> {
        let message = json!({
            "api_key": self.key.reveal(),
            "to": to.digits(),
            "from": self.sender,
            "sms": text,
            "type": "plain",
            "channel": self.channel,
        });
        let request = Request::post(self.address.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .body(Full::from(message.to_string()))
            .expect("an address that was parsed, and headers of ours");

        let response = self.client.request(request).await?;
        if !response.status().is_success() {
            return Err(Refused::Status(response.status()));
        }
        let answer = Limited::new(response.into_body(), LONGEST_ANSWER).collect().await;
        let answer = answer.map_err(|_| Refused::Unreadable)?.to_bytes();
        let taken: Taken = serde_json::from_slice(&answer).map_err(|_| Refused::Unsure)?;
        taken.message_id.filter(|id| !id.is_null()).map(drop).ok_or(Refused::Unsure)
    }
}

impl fmt::Debug for Termii {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Termii").field("address", &self.address).finish_non_exhaustive()
    }
}
