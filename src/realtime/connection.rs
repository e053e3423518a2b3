//! Stays connected: opens the socket, asks for what was missed, notices when nobody answers, and tries again.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::future::{Either, select};
use leptos::{prelude::*, task::spawn_local};

use super::{
    bell::Bell,
    dispatch::dispatch,
    event::{Command, Event, SUBPROTOCOL},
    threads::{Threads, use_threads},
};
use crate::{
    browser::{
        self,
        socket::{Arrival, Socket},
    },
    conversations::inbox::{Inbox, use_inbox},
    ids::AccountId,
    time::Timestamp,
    visit::use_viewer,
};

/// The server has this long to say hello.
const GREETING: Duration = Duration::from_secs(10);

/// After so long without any frame the server is asked whether it is there.
const SILENCE: Duration = Duration::from_secs(25);

/// It has so long to answer: 60 s of silence in all.
const ANSWER: Duration = Duration::from_secs(35);

/// The first wait before another try is chosen at random up to this; every failure doubles it.
const FIRST_WAIT: Duration = Duration::from_millis(500);

const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Milliseconds after which a connection that ended counts as one that worked.
const WORKED: i64 = 10_000;

/// The close code by which the server says that nobody is logged in any more.
const LOGGED_OUT: u16 = 4401;

/// What is known of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// For the first time.
    Connecting,
    Open,
    /// Since then, however often it was tried again.
    Down {
        since: Timestamp,
    },
}

/// The live connection of this page.
#[derive(Clone)]
pub struct Realtime {
    me: Option<AccountId>,
    status: ArcRwSignal<Status>,
    threads: Threads,
    inbox: Inbox,
    bell: Bell,
    started: Arc<AtomicBool>,
}

/// How a connection ended.
enum Ended {
    Lost,
    LoggedOut,
    /// Somebody else is logged in now, in another tab: this page shows what is not theirs.
    NotMine,
}

/// What comes next, on an open connection.
enum Turn {
    Arrived(Arrival),
    Rung,
    Silence,
}

impl Realtime {
    /// Called once, at the top of `<App>`, when it is known who looks and where news goes. Connects nothing yet.
    pub fn provide() -> Self {
        let (threads, inbox) = (use_threads(), use_inbox());
        let me = use_viewer().map(|viewer| viewer.person.id);

        let status = ArcRwSignal::new(Status::Connecting);
        let realtime = Self { me, status, bell: threads.bell(), threads, inbox, started: Arc::default() };
        provide_context(realtime.clone());
        realtime
    }

    /// What is known now; tracked.
    pub fn status(&self) -> Status {
        self.status.get()
    }

    pub(super) fn status_untracked(&self) -> Status {
        self.status.get_untracked()
    }

    /// Connects, and stays connected as long as the page lives. In the browser only; once is enough, and for
    /// somebody who is not logged in there is nothing to do.
    pub fn start(&self) {
        let Some(me) = self.me else { return };
        if self.started.swap(true, Ordering::Relaxed) {
            return;
        }
        let bell = self.bell.clone();
        browser::attention::on_return(move || bell.ring());
        spawn_local(self.clone().stay_connected(me));
    }

    async fn stay_connected(self, me: AccountId) {
        let mut failures = 0;
        loop {
            let begun = browser::now();
            match self.connect(me).await {
                Ended::Lost => {}
                Ended::LoggedOut | Ended::NotMine => {
                    // The server knows who is there now, and sends those who are nobody to log in and back.
                    return browser::leave_to(&browser::current_path());
                }
            }

            let ended = browser::now();
            if !matches!(self.status_untracked(), Status::Down { .. }) {
                self.status.set(Status::Down { since: ended });
            }
            failures = if ended.millis() - begun.millis() > WORKED { 0 } else { failures + 1 };
            let wait = browser::after(back_off(failures, browser::fraction()));
            select(pin!(self.bell.rung()), wait).await;
        }
    }

    /// One connection, from hello to its end.
    async fn connect(&self, me: AccountId) -> Ended {
        let Some(mut socket) = Socket::open("/ws", SUBPROTOCOL) else { return Ended::Lost };
        if let Err(ended) = greeted(&mut socket, me).await {
            return ended;
        }
        self.status.set(Status::Open);
        self.threads.reconnected();
        // What changed while nobody listened was not announced to this page.
        self.inbox.changed();

        let mut asked = false;
        loop {
            self.ask_for_what_is_missing(&mut socket).await;
            match self.turn(&mut socket, if asked { ANSWER } else { SILENCE }).await {
                Turn::Arrived(Arrival::Frame(frame)) => {
                    asked = false;
                    self.hear(&frame);
                }
                Turn::Arrived(Arrival::Closed(code)) => return Ended::from(code),
                Turn::Silence if asked => return Ended::Lost,
                // After a sleep or a change of network the line may be dead, and only asking finds out.
                Turn::Silence | Turn::Rung => {
                    asked = true;
                    say(&mut socket, &Command::Ping {}).await;
                }
            }
        }
    }

    async fn ask_for_what_is_missing(&self, socket: &mut Socket) {
        let conversations = self.threads.ask();
        if !conversations.is_empty() {
            say(socket, &Command::Resume { conversations }).await;
        }
    }

    async fn turn(&self, socket: &mut Socket, patience: Duration) -> Turn {
        let bell = pin!(self.bell.rung());
        let arrival = pin!(socket.next());
        match select(arrival, select(bell, browser::after(patience))).await {
            Either::Left((arrival, _)) => Turn::Arrived(arrival),
            Either::Right((Either::Left(_), _)) => Turn::Rung,
            Either::Right((Either::Right(_), _)) => Turn::Silence,
        }
    }

    fn hear(&self, frame: &str) {
        // A newer server may say what this page does not know. If it had a number, the hole will show.
        if let Ok(event) = serde_json::from_str::<Event>(frame) {
            dispatch(event, &self.threads, &self.inbox);
        }
    }
}

/// Waits until the server has said hello to `me`.
async fn greeted(socket: &mut Socket, me: AccountId) -> Result<(), Ended> {
    let arrival = pin!(socket.next());
    let Either::Left((arrival, _)) = select(arrival, browser::after(GREETING)).await else {
        return Err(Ended::Lost);
    };
    match arrival {
        Arrival::Closed(code) => Err(Ended::from(code)),
        Arrival::Frame(frame) => match serde_json::from_str(&frame) {
            Ok(Event::Hello { account, .. }) if account == me => Ok(()),
            Ok(Event::Hello { .. }) => Err(Ended::NotMine),
            _ => Err(Ended::Lost),
        },
    }
}

async fn say(socket: &mut Socket, command: &Command) {
    let frame = serde_json::to_string(command).expect("a command has only names and numbers");
    socket.send(frame).await;
}

/// How long to wait after so many `failures` in a row: a `fraction` (0 to 1) of a time that doubles.
fn back_off(failures: u32, fraction: f64) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    doubled.min(LONGEST_WAIT).mul_f64(fraction.clamp(0.0, 1.0))
}

impl From<u16> for Ended {
    fn from(code: u16) -> Self {
        if code == LOGGED_OUT { Self::LoggedOut } else { Self::Lost }
    }
}

/// The live connection of this page.
pub fn use_realtime() -> Realtime {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_half_a_minute_and_are_spread() {
        let longest = |failures| back_off(failures, 1.0).as_millis();
        assert_eq!([0, 1, 2, 3, 6].map(longest), [500, 500, 1_000, 2_000, 16_000]);
        assert_eq!([7, 8, 100, u32::MAX].map(longest), [30_000; 4]);
        assert_eq!(back_off(3, 0.25), Duration::from_millis(500));
    }
}
