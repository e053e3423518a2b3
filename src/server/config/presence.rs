//! `[salon.presence]`: when people are called idle.

use serde::Deserialize;

/// `[salon.presence]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PresenceSettings {
    /// Somebody who does nothing for so long counts as idle.
    pub idle_seconds: u32,
}

impl Default for PresenceSettings {
    fn default() -> Self {
        Self { idle_seconds: 300 }
    }
}
