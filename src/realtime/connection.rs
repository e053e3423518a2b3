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
    activity::Activity,
    back_off,
    bell::Bell,
    dispatch::dispatch,
    event::{Command, Event, SUBPROTOCOL},
    greeting::{Greeting, greeted},
    sayings::Sayings,
    threads::{Threads, use_threads},
};
use crate::{
    browser::{
        self,
        socket::{Arrival, Socket},
    },
    conversations::{
        about::Kind,
        inbox::{Inbox, use_inbox},
    },
    drafts::{Drafts, use_drafts},
    ids::{AccountId, ConversationId},
    messages::{
        Message,
        outbox::{Outbox, use_outbox},
        thread::Thread,
    },
    presence::company::{Company, use_company},
    receipts::signs::{Signs, use_signs},
    staff::announcements::{Announcements, use_announcements},
    time::Timestamp,
    visit::{use_viewer, use_visit},
};

/// After so long without any frame the server is asked whether it is there.
const SILENCE: Duration = Duration::from_secs(25);

/// It has so long to answer: 60 s of silence in all.
const ANSWER: Duration = Duration::from_secs(35);

/// The same where there is a reason to doubt, as after a sleep: somebody may be looking at a page that is dead.
const QUICK_ANSWER: Duration = Duration::from_secs(5);

/// Between two times that the server is told what was read.
const READ_PAUSE: Duration = Duration::from_millis(400);

/// Before the server is told what has come.
const RECEIVED_PAUSE: Duration = Duration::from_millis(500);

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
    /// Since then, however often it was tried again; and when it is tried next, if that is not just now.
    Down {
        since: Timestamp,
        retry_at: Timestamp,
    },
}

/// The live connection of this page.
#[derive(Clone)]
pub struct Realtime {
    me: Option<AccountId>,
    status: ArcRwSignal<Status>,
    threads: Threads,
    inbox: Inbox,
    outbox: Outbox,
    company: Company,
    signs: Signs,
    drafts: Drafts,
    announcements: Announcements,
    activity: ArcStoredValue<Option<Activity>>,
    sayings: ArcStoredValue<Sayings>,
    bell: Bell,
    /// Rings when there is a reason to try again, or to doubt the connection.
    again: Bell,
    /// The build that this page is of.
    build: Arc<str>,
    outdated: ArcRwSignal<bool>,
    started: Arc<AtomicBool>,
}

/// How a connection ended.
pub(super) enum Ended {
    Lost,
    LoggedOut,
    /// Somebody else is logged in now, in another tab: this page shows what is not theirs.
    NotMine,
}

/// What comes next, on an open connection.
enum Turn {
    Arrived(Arrival),
    /// There is something to say.
    Rung,
    /// The connection is to be doubted.
    Doubt,
    Silence,
}

impl Realtime {
    /// Called once, at the top of `<App>`, when it is known who looks and where news goes. Connects nothing yet.
    pub fn provide() -> Self {
        let (threads, inbox, outbox) = (use_threads(), use_inbox(), use_outbox());
        let me = use_viewer().map(|viewer| viewer.person.id);

        let status = ArcRwSignal::new(Status::Connecting);
        let realtime = Self {
            me,
            status,
            bell: threads.bell(),
            again: Bell::default(),
            build: use_visit().build.into(),
            outdated: ArcRwSignal::new(false),
            threads,
            inbox,
            outbox,
            company: use_company(),
            signs: use_signs(),
            drafts: use_drafts(),
            announcements: use_announcements(),
            activity: ArcStoredValue::new(None),
            sayings: ArcStoredValue::default(),
            started: Arc::default(),
        };
        provide_context(realtime.clone());
        realtime
    }

    /// What is known now; tracked.
    pub fn status(&self) -> Status {
        self.status.get()
    }

    /// Whether the server is of another build than this page; tracked.
    pub fn is_outdated(&self) -> bool {
        self.outdated.get()
    }

    /// Tries again now.
    pub fn retry(&self) {
        self.again.ring();
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
        self.outbox.start();
        self.activity.set_value(Some(Activity::new(browser::now())));
        let here = self.clone();
        browser::activity::on_activity(move || here.is_active());
        let (again, outbox) = (self.again.clone(), self.outbox.clone());
        browser::attention::on_return(move || {
            again.ring();
            outbox.returned();
        });
        spawn_local(self.clone().stay_connected(me));
    }

    /// Somebody does something at this page: the server is told, if it is time to.
    fn is_active(&self) {
        let due = self.of_activity(|activity| activity.noticed(browser::now()));
        if due && self.status_untracked() == Status::Open {
            self.bell.ring();
        }
    }

    /// Tells the server that the person has read `conversation` up to `position`: soon, and at the next hello if there
    /// is no connection.
    pub fn read(&self, conversation: ConversationId, position: i64) {
        self.sayings.update_value(|sayings| sayings.reads.add(conversation, position));
        if self.sayings.try_update_value(|sayings| sayings.reads.begins_to_ring()) == Some(true) {
            spawn_local(self.clone().ring_for_reads());
        }
    }

    /// Tells the others in `conversation` that the person is writing, or no longer. Without a connection nobody is
    /// told: later it is not so any more.
    pub fn types(&self, conversation: ConversationId, stopped: bool) {
        if self.status_untracked() == Status::Open {
            self.sayings.update_value(|sayings| sayings.types(conversation, stopped));
            self.bell.ring();
        }
    }

    async fn ring_for_reads(self) {
        loop {
            let connected = || self.status_untracked() == Status::Open;
            if connected() {
                self.bell.ring();
            }
            browser::after(READ_PAUSE).await;
            if self.sayings.try_update_value(|sayings| sayings.reads.rings_on(connected())) != Some(true) {
                return;
            }
        }
    }

    /// Tells the server in a while that `message` has come, where its sender may be told so: in a private talk. What is
    /// looked at is read soon, which says more.
    fn receive(&self, message: &Message) {
        let Message { conversation, sender, position, .. } = *message;
        let is_talk =
            |thread: ArcRwSignal<Thread>| thread.with_untracked(|thread| thread.about().kind == Kind::Direct);
        let is_news = Some(sender) != self.me && message.is_said() && message.revision == position;
        if !is_news
            || self.threads.is_looked_at(conversation)
            || !self.threads.of(conversation).into_iter().all(is_talk)
        {
            return;
        }
        let begins = self.sayings.try_update_value(|sayings| sayings.received.add(conversation, position));
        if begins == Some(true) {
            let here = self.clone();
            spawn_local(async move {
                browser::after(RECEIVED_PAUSE).await;
                if here.sayings.try_update_value(|sayings| sayings.received.is_due()) == Some(true) {
                    here.bell.ring();
                }
            });
        }
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
            let since = match self.status_untracked() {
                Status::Down { since, .. } => since,
                Status::Connecting => begun,
                Status::Open => ended,
            };
            failures = if ended.millis() - begun.millis() > WORKED { 0 } else { failures + 1 };
            let wait = back_off::wait(failures);
            self.status.set(Status::Down { since, retry_at: ended.plus(wait.as_millis() as i64) });
            select(pin!(self.again.rung()), browser::after(wait)).await;
        }
    }

    /// One connection, from hello to its end.
    async fn connect(&self, me: AccountId) -> Ended {
        let there = self.of_activity(|activity| activity.connects(browser::now()));
        let path = if there { "/ws" } else { "/ws?idle=true" };
        let Some(mut socket) = Socket::open(path, SUBPROTOCOL) else { return Ended::Lost };
        let Greeting { build, idle_after } = match greeted(&mut socket, me).await {
            Ok(greeting) => greeting,
            Err(ended) => return ended,
        };
        self.outdated.set(build != *self.build);
        self.of_activity(|activity| {
            activity.counts_from(idle_after);
            true
        });
        self.status.set(Status::Open);
        self.threads.reconnected();
        self.sayings.update_value(Sayings::reconnected);
        // What changed while nobody listened was not announced to this page.
        self.inbox.changed();
        self.outbox.returned();
        self.drafts.connected();

        // When an answer must have come, if one is awaited.
        let mut answer_by = None;
        loop {
            self.ask_for_what_is_missing(&mut socket).await;
            self.say_what_waits(&mut socket).await;
            if self.of_activity(|activity| activity.tell(browser::now())) {
                say(&mut socket, &Command::Activity {}).await;
            }
            match self.turn(&mut socket, answer_by.map_or(SILENCE, until)).await {
                Turn::Arrived(Arrival::Frame(frame)) => {
                    answer_by = None;
                    self.hear(&frame);
                }
                Turn::Arrived(Arrival::Closed(code)) => return Ended::from(code),
                Turn::Silence if answer_by.is_some() => return Ended::Lost,
                // After a sleep or a change of network the line may be dead, and only asking finds out.
                turn => {
                    let patience = if matches!(turn, Turn::Doubt) { QUICK_ANSWER } else { ANSWER };
                    let by = browser::now().plus(patience.as_millis() as i64);
                    // Asking again gives no more time.
                    answer_by = Some(answer_by.map_or(by, |before: Timestamp| before.min(by)));
                    say(&mut socket, &Command::Ping {}).await;
                }
            }
        }
    }

    fn of_activity(&self, ask: impl FnOnce(&mut Activity) -> bool) -> bool {
        self.activity.try_update_value(|activity| activity.as_mut().is_some_and(ask)).unwrap_or_default()
    }

    async fn ask_for_what_is_missing(&self, socket: &mut Socket) {
        let conversations = self.threads.ask();
        if !conversations.is_empty() {
            let conversations = conversations.into_iter().collect();
            say(socket, &Command::Resume { conversations }).await;
        }
    }

    async fn say_what_waits(&self, socket: &mut Socket) {
        for command in self.sayings.try_update_value(Sayings::say).unwrap_or_default() {
            say(socket, &command).await;
        }
    }

    async fn turn(&self, socket: &mut Socket, patience: Duration) -> Turn {
        let (bell, again) = (pin!(self.bell.rung()), pin!(self.again.rung()));
        let rung = select(again, select(bell, browser::after(patience)));
        match select(pin!(socket.next()), rung).await {
            Either::Left((arrival, _)) => Turn::Arrived(arrival),
            Either::Right((Either::Left(_), _)) => Turn::Doubt,
            Either::Right((Either::Right((Either::Left(_), _)), _)) => Turn::Rung,
            Either::Right((Either::Right((Either::Right(_), _)), _)) => Turn::Silence,
        }
    }

    fn hear(&self, frame: &str) {
        // A newer server may say what this page does not know. If it had a number, the hole will show.
        if let Some(event) = Event::read(frame) {
            self.sayings.update_value(|sayings| sayings.hear(&event));
            self.announcements.hear(&event);
            if let Event::Message(message) = &event {
                self.receive(message);
            }
            dispatch(
                event,
                &self.threads,
                &self.inbox,
                &self.outbox,
                &self.company,
                &self.signs,
                &self.drafts,
            );
        }
    }
}

fn until(moment: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(moment.millis() - browser::now().millis()).unwrap_or(0))
}

async fn say(socket: &mut Socket, command: &Command) {
    let frame = serde_json::to_string(command).expect("a command has only names and numbers");
    socket.send(frame).await;
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
