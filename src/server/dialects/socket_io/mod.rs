//! Socket.IO, for the documents that speak it: the real protocol, over `WebSockets` and long polls, on the hub that every live
//! connection hears.
//!
//! Whoever connects shows a token of that document. Cookies count for nothing here, so that pages of other sites cannot
//! connect in anybody's name; addresses are looked at for no token.

mod door;
mod run;

pub use door::router;

use serde_json::Value;

use super::refusal::Refusal;
use crate::{
    realtime::event::Event,
    server::{realtime::stay::Stay, tokens::families::Audience},
};

/// What a document calls Salon's news, and what its programs say. There is one for each connection.
pub trait Dialect: Default + Send + Sync + 'static {
    /// Whose tokens open it.
    const AUDIENCE: Audience;

    /// Where it is served.
    const PATH: &'static str;

    /// An event in the words of the document; nothing for what it has none for.
    fn told(&mut self, stay: &mut Stay, event: Event) -> impl Future<Output = Vec<Told>> + Send;

    /// Takes what a program says: the name of its event, and a scalar or some of them by name.
    ///
    /// # Errors
    /// Why it was not taken; the program is told by `error`.
    fn hear(
        &mut self,
        stay: &mut Stay,
        event: &str,
        said: Value,
    ) -> impl Future<Output = Result<Answer, Refusal>> + Send;
}

/// An event for a program.
#[derive(Debug)]
pub struct Told {
    pub event: &'static str,
    pub data: Value,
}

/// What follows from what a program has said.
#[derive(Debug, Default)]
pub struct Answer {
    /// For whoever asked for an acknowledgement.
    pub acknowledged: Value,
    pub told: Vec<Told>,
}

impl Answer {
    /// Only for whoever asked for it.
    pub fn acknowledge(value: Value) -> Self {
        Self { acknowledged: value, told: Vec::new() }
    }

    /// The same as an event, and for whoever asked for an acknowledgement.
    pub fn tell(event: &'static str, data: Value) -> Self {
        Self { acknowledged: data.clone(), told: vec![Told { event, data }] }
    }
}
