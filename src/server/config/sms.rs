//! `[salon.sms]`: how codes come to telephones.

use std::{fmt, net::IpAddr};

use anyhow::ensure;
use clap::ValueEnum;
use http::Uri;
use serde::Deserialize;

/// `[salon.sms]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmsSettings {
    pub gateway: SmsGateway,
    /// Where the gateway's API begins.
    pub base_url: BaseUrl,
    /// What opens it.
    pub api_key: Option<ApiKey>,
    /// Who the messages are from, as registered with the gateway.
    pub sender: String,
    /// Which way they take.
    pub channel: Channel,
}

/// Who sends text messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum SmsGateway {
    /// Nobody: there is no logging in by phone.
    #[default]
    None,
    /// They go to the log and a file, for development.
    Outbox,
    Termii,
}

/// What Termii calls its routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// For codes, as Termii advises: it reaches numbers that take no advertisements too.
    #[default]
    Dnd,
    Generic,
}

impl Channel {
    /// As Termii writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dnd => "dnd",
            Self::Generic => "generic",
        }
    }
}

/// Opens an API that costs money. Never printed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct ApiKey(String);

impl ApiKey {
    /// As the gateway wants it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKey")
    }
}

impl std::str::FromStr for ApiKey {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// Where an API begins: over https, or on this machine. Without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(String);

impl BaseUrl {
    /// What stands below it; `path` begins with a slash.
    pub fn below(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim_end_matches('/');
        let uri = text.parse::<Uri>().ok();
        let host = uri.as_ref().and_then(Uri::host).unwrap_or_default().trim_matches(['[', ']']);
        let is_near =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let is_safe = text.starts_with("https://") || is_near && text.starts_with("http://");
        match !host.is_empty() && is_safe && !text.contains(['@', '?', '#']) {
            true => Ok(Self(text.to_owned())),
            false => Err("a base URL is https://HOST, or http:// on this machine".to_owned()),
        }
    }
}

impl std::str::FromStr for BaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.to_owned().try_into()
    }
}

/// What the command line and the environment say of it.
#[derive(Debug, Clone, Default)]
pub struct SmsOverrides {
    pub gateway: Option<SmsGateway>,
    pub base_url: Option<BaseUrl>,
    pub api_key: Option<ApiKey>,
    pub sender: Option<String>,
    pub channel: Option<Channel>,
}

impl SmsOverrides {
    /// Wins over the file.
    pub(super) fn over(self, file: SmsSettings) -> SmsSettings {
        SmsSettings {
            gateway: self.gateway.unwrap_or(file.gateway),
            base_url: self.base_url.unwrap_or(file.base_url),
            api_key: self.api_key.or(file.api_key),
            sender: self.sender.unwrap_or(file.sender),
            channel: self.channel.unwrap_or(file.channel),
        }
    }
}

impl SmsSettings {
    /// Whether a gateway can work with them.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        if self.gateway != SmsGateway::Termii {
            return Ok(());
        }
        let has_key = self.api_key.as_ref().is_some_and(|key| !key.0.trim().is_empty());
        ensure!(has_key, "Termii wants an API key: set api_key below [salon.sms], or TERMII_API_KEY");
        let is_sender = (3..=11).contains(&self.sender.len())
            && self.sender.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -".contains(&byte));
        ensure!(is_sender, "the sender below [salon.sms] is a name of 3 to 11 letters and digits");
        Ok(())
    }
}

impl Default for SmsSettings {
    fn default() -> Self {
        Self {
            gateway: SmsGateway::default(),
            base_url: BaseUrl("https://v3.api.termii.com".to_owned()),
            api_key: None,
            sender: "Salon".to_owned(),
            channel: Channel::default(),
        }
    }
}
