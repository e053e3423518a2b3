//! `[salon.webhooks]`: which addresses Salon calls because somebody typed them.

use clap::ValueEnum;
use serde::Deserialize;

/// `[salon.webhooks]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookSettings {
    pub reach: Reach,
}

/// How far calls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// Nobody is called.
    #[default]
    Nowhere,
    /// Public addresses, on ports 80 and 443
    Internet,
    /// This machine and its network too, on any port: whoever may make webhooks can then reach what stands there
    Anywhere,
}
