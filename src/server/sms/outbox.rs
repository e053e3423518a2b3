//! For development: messages go to the log, and to a file that a test or a person can read.

use std::path::{Path, PathBuf};

use serde_json::json;
use tokio::{fs::OpenOptions, io::AsyncWriteExt};

use crate::{
    error::Error,
    server::{answer::Outcome, phones::Number},
};

/// In the data folder.
const FILE: &str = "sms-outbox.jsonl";

/// Where messages lie that nobody sends.
#[derive(Debug)]
pub struct Outbox {
    path: PathBuf,
}

impl Outbox {
    pub(super) fn open(data: &Path) -> Self {
        let path = data.join(FILE);
        tracing::warn!(
            path = %path.display(),
            "codes for telephones are sent to nobody: they are written to the log and to a file"
        );
        Self { path }
    }

    /// Adds a line to the file: one object with `to` and `text`.
    pub(super) async fn send(&self, to: &Number, text: &str) -> Outcome<()> {
        tracing::info!(to = to.as_str(), text, "a message to a telephone");
        let line = format!("{}\n", json!({ "to": to.as_str(), "text": text }));
        let write = async {
            let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.path).await?;
            file.write_all(line.as_bytes()).await?;
            file.flush().await
        };
        write.await.map_err(|error| {
            tracing::warn!(%error, "the outbox for telephones cannot be written");
            Error::Unavailable.into()
        })
    }
}
