//! Text messages to telephones: through a gateway of the operator's, or into a file while one develops.
//!
//! What is sent may be a code that opens an account. Nothing of it is logged here, nor the number it goes to, but by the
//! outbox, which is made for that.

mod outbox;
mod termii;

use std::path::Path;

use self::{outbox::Outbox, termii::Termii};
use super::{
    answer::Outcome,
    config::{SmsGateway, SmsSettings},
    phones::Number,
};

/// Whoever sends text messages.
#[derive(Debug)]
pub enum Gateway {
    /// Into the log and a file in the data folder.
    Outbox(Outbox),
    Termii(Box<Termii>),
}

impl Gateway {
    /// The one that is set; none where none is.
    ///
    /// # Errors
    /// If it cannot work with its settings.
    pub fn open(settings: &SmsSettings, data: &Path) -> anyhow::Result<Option<Self>> {
        Ok(match settings.gateway {
            SmsGateway::None => None,
            SmsGateway::Outbox => Some(Self::Outbox(Outbox::open(data))),
            SmsGateway::Termii => Some(Self::Termii(Box::new(Termii::open(settings)?))),
        })
    }

    /// Sends a message. That a gateway has taken it does not mean that it arrives.
    ///
    /// # Errors
    /// `Unavailable` if it was not taken: trying again later may help.
    pub async fn send(&self, to: &Number, text: &str) -> Outcome<()> {
        match self {
            Self::Outbox(outbox) => outbox.send(to, text).await,
            Self::Termii(termii) => termii.send(to, text).await,
        }
    }
}
