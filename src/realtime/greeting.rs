//! The first frame of a connection, in which the server says who it takes the page for.

use std::{pin::pin, time::Duration};

use futures_util::future::{Either, select};

use super::{connection::Ended, event::Event};
use crate::{
    browser::{
        self,
        socket::{Arrival, Socket},
    },
    ids::AccountId,
};

/// The server has this long to say hello.
const GREETING: Duration = Duration::from_secs(10);

/// What the server says of itself.
pub(super) struct Greeting {
    pub(super) build: String,
    /// Seconds.
    pub(super) idle_after: u32,
}

/// Waits until the server has said hello to `me`.
pub(super) async fn greeted(socket: &mut Socket, me: AccountId) -> Result<Greeting, Ended> {
    let arrival = pin!(socket.next());
    let Either::Left((arrival, _)) = select(arrival, browser::after(GREETING)).await else {
        return Err(Ended::Lost);
    };
    match arrival {
        Arrival::Closed(code) => Err(Ended::from(code)),
        Arrival::Frame(frame) => match Event::read(&frame) {
            Some(Event::Hello { account, version, idle_after }) if account == me => {
                Ok(Greeting { build: version, idle_after })
            }
            Some(Event::Hello { .. }) => Err(Ended::NotMine),
            _ => Err(Ended::Lost),
        },
    }
}
