//! Tells of people who come and go, and keeps up who may know of whom.
//!
//! The roster is held while its news is queued, so that two changes of one person are told in their order.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::Notify;

use super::hub::{Hub, Seat};
use crate::{
    ids::AccountId,
    presence::{Present, State, Status},
    realtime::event::Event,
    server::presence::roster::{News, Roster},
};

/// Whoever comes back within this time has not been gone: they have only loaded a page anew.
const LINGER: Duration = Duration::from_secs(3);

/// People in one frame, each with a line of up to 80 characters: far below the largest frame.
const MOST_IN_FRAME: usize = 100;

/// Who is here, and of whom it is to be asked again who may know of them.
#[derive(Debug, Default)]
pub struct Attendance {
    roster: Mutex<Roster>,
    doubts: Mutex<BTreeSet<AccountId>>,
    doubted: Notify,
}

impl Attendance {
    fn roster(&self) -> MutexGuard<'_, Roster> {
        self.roster.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn doubts(&self) -> MutexGuard<'_, BTreeSet<AccountId>> {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Hub {
    /// The turn to give to [`Hub::acquaint`], taken before it is read who may know of whom.
    pub fn turn(&self) -> u64 {
        self.attendance.roster().turn()
    }

    /// Takes over what was read of somebody since the turn `since`, and tells those who are concerned. With
    /// `greeting`, their own screens are told of everyone, whatever they were told before.
    pub fn acquaint(
        &self,
        account: AccountId,
        since: u64,
        status: Status,
        others: &[AccountId],
        greeting: bool,
    ) {
        let mut roster = self.attendance.roster();
        let acquainted = roster.acquaint(account, since, status, others);
        let theirs = match acquainted {
            Some((news, theirs)) => {
                news.iter().for_each(|news| self.tell(news));
                theirs
            }
            None => Vec::new(),
        };
        if greeting {
            self.tell_of(account, &roster.all(account), true);
        } else if !theirs.is_empty() {
            self.tell_of(account, &theirs, false);
        }
    }

    /// Whoever may know of somebody is to be asked again, and is told nothing until then.
    pub fn doubt(&self, account: AccountId) {
        if self.attendance.roster().doubt(account) {
            self.attendance.doubts().insert(account);
            self.attendance.doubted.notify_one();
        }
    }

    /// Waits for somebody of whom it is to be asked again who may know of them.
    pub async fn doubted(&self) -> AccountId {
        loop {
            if let Some(account) = self.attendance.doubts().pop_first() {
                return account;
            }
            self.attendance.doubted.notified().await;
        }
    }

    /// Whether somebody is here; who may know is for the caller to ask.
    pub fn state_of(&self, account: AccountId) -> State {
        self.attendance.roster().state(account)
    }

    /// Tells those who know of somebody once more that they are here. It is the first to go where a queue is full.
    pub fn affirm(&self, account: AccountId) {
        let mut roster = self.attendance.roster();
        if let Some(News { to, people }) = roster.affirm(account) {
            self.tell_passing(&to, &Event::Presence { people, whole: false });
        }
    }

    /// Those who are here, at most so many; who may know is for the caller to ask.
    pub fn here(&self, most: usize) -> Vec<AccountId> {
        self.attendance.roster().here(most)
    }

    pub(super) fn describe(&self, account: AccountId, status: Status) {
        let mut roster = self.attendance.roster();
        let news = roster.describe(account, status);
        news.iter().for_each(|news| self.tell(news));
    }

    fn tell(&self, news: &News) {
        self.tell_accounts(&news.to, &Event::Presence { people: news.people.clone(), whole: false });
    }

    fn tell_of(&self, account: AccountId, people: &[Present], whole: bool) {
        let first = people.len().min(MOST_IN_FRAME);
        let (first, more) = people.split_at(first);
        self.tell_accounts(&[account], &Event::Presence { people: first.to_vec(), whole });
        for people in more.chunks(MOST_IN_FRAME) {
            self.tell_accounts(&[account], &Event::Presence { people: people.to_vec(), whole: false });
        }
    }
}

impl Seat {
    /// Says whether somebody is active at this connection.
    pub fn is_active(&self, active: bool) {
        let mut roster = self.hub.attendance.roster();
        let news = roster.seat(self.account, self.id, active);
        news.iter().for_each(|news| self.hub.tell(news));
    }

    /// The connection is over. If it was the last one its person is gone too, unless they come back at once.
    pub(super) fn depart(&self) {
        let mut roster = self.hub.attendance.roster();
        let (news, last) = roster.unseat(self.account, self.id);
        news.iter().for_each(|news| self.hub.tell(news));
        drop(roster);
        if !last {
            return;
        }
        let (hub, account) = (self.hub.clone(), self.account);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(async move {
                tokio::time::sleep(LINGER).await;
                hub.is_gone(account);
            })),
            // The server itself is going.
            Err(_) => hub.is_gone(account),
        }
    }
}

impl Hub {
    fn is_gone(self: &Arc<Self>, account: AccountId) {
        let mut roster = self.attendance.roster();
        let news = roster.leave(account);
        news.iter().for_each(|news| self.tell(news));
    }
}
