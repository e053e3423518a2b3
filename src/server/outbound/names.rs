//! Whose addresses a name has.

use std::{io, net::IpAddr};

use async_trait::async_trait;

/// Looks names up. In tests names have the addresses that the test says.
#[async_trait]
pub(super) trait Names: Send + Sync {
    /// All addresses that a name has.
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// As the system does it.
pub(super) struct System;

#[async_trait]
impl Names for System {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        // The port is not looked at, but asked for.
        let found = tokio::net::lookup_host((name, 0)).await?;
        Ok(found.map(|address| address.ip()).collect())
    }
}
