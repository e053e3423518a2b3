//! Who is here, and who may know of whom: in memory, at this node, and lost without harm.
//!
//! Knowing is mutual: of two people either both may know of each other or neither. Who may is decided in
//! `access::people` and only kept here, among those who are here. Where that may have changed, nothing more is told
//! between the people concerned until it has been asked again: [`Roster::doubt`], then [`Roster::acquaint`].
//!
//! Nothing here sends anything: what is to be told is returned, and told in the order of the calls.

use std::collections::{HashMap, HashSet};

use crate::{
    ids::AccountId,
    presence::{Present, State, Status},
};

/// Everyone who is here.
#[derive(Debug, Default)]
pub struct Roster {
    people: HashMap<AccountId, Here>,
    /// Counts what is not as it may have been read before.
    turn: u64,
}

#[derive(Debug, Default)]
struct Here {
    /// Their connections, each with whether somebody is active there. None while it is not sure that they are gone.
    seats: HashMap<u64, bool>,
    status: Status,
    /// Who else is here and may know of them.
    known: HashSet<AccountId>,
    /// Those of whom this is being asked again.
    doubted: HashSet<AccountId>,
    /// The last turn in which it was doubted who they may know of.
    doubted_at: u64,
    /// The last turn in which they said something else of themselves.
    described_at: u64,
    told: State,
}

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub to: Vec<AccountId>,
    pub people: Vec<Present>,
}

impl Here {
    fn state(&self) -> State {
        match self.seats.values().copied().reduce(|one, other| one || other) {
            None => self.told,
            Some(_) if self.status.busy => State::Busy,
            Some(true) => State::Online,
            Some(false) => State::Idle,
        }
    }

    fn present(&self, account: AccountId) -> Present {
        Present { account, state: self.state(), line: self.status.line.clone() }
    }
}

fn gone(account: AccountId) -> Present {
    Present { account, state: State::Offline, line: String::new() }
}

impl Roster {
    /// The turn now: to be taken before it is read who may know of whom, and given to [`Roster::acquaint`].
    pub const fn turn(&self) -> u64 {
        self.turn
    }

    /// A connection has come, or whether somebody is active at it has changed.
    pub fn seat(&mut self, account: AccountId, seat: u64, active: bool) -> Option<News> {
        if !self.people.contains_key(&account) {
            // What was read of others before may be wrong about them.
            self.turn += 1;
        }
        let turn = self.turn;
        let new = || Here { doubted_at: turn, ..Here::default() };
        self.people.entry(account).or_insert_with(new).seats.insert(seat, active);
        self.retell(account)
    }

    /// A connection has gone. What is to be told, and whether it was the last one: then they count as here until
    /// [`Roster::leave`], for they may only be going from one page to the next.
    pub fn unseat(&mut self, account: AccountId, seat: u64) -> (Option<News>, bool) {
        let Some(here) = self.people.get_mut(&account) else { return (None, false) };
        here.seats.remove(&seat);
        let last = here.seats.is_empty();
        (self.retell(account), last)
    }

    /// Whoever has no connection any more is gone.
    pub fn leave(&mut self, account: AccountId) -> Option<News> {
        if !self.people.get(&account)?.seats.is_empty() {
            return None;
        }
        let here = self.people.remove(&account)?;
        let to: Vec<AccountId> = here.known.union(&here.doubted).copied().collect();
        for other in &to {
            self.untie(*other, account);
        }
        Some(News { to, people: vec![gone(account)] })
    }

    /// They say something else of themselves.
    pub fn describe(&mut self, account: AccountId, status: Status) -> Option<News> {
        self.turn += 1;
        let turn = self.turn;
        let here = self.people.get_mut(&account)?;
        here.described_at = turn;
        let same = here.status == status;
        here.status = status;
        if same { None } else { self.tell(account) }
    }

    /// Who may know of them may have changed: nobody learns anything more of them, nor they of anybody, until that has
    /// been asked again.
    pub fn doubt(&mut self, account: AccountId) -> bool {
        self.turn += 1;
        let turn = self.turn;
        let Some(here) = self.people.get_mut(&account) else { return false };
        here.doubted_at = turn;
        let known = std::mem::take(&mut here.known);
        here.doubted.extend(&known);
        for other in known {
            if let Some(there) = self.people.get_mut(&other) {
                there.known.remove(&account);
                there.doubted.insert(account);
            }
        }
        true
    }

    /// They are what they were, which is told once more to those who know.
    pub fn affirm(&mut self, account: AccountId) -> Option<News> {
        self.tell(account)
    }

    /// Takes over what they say of themselves, and who may know of them, as read since the turn `since`. What the
    /// others are to be told, and then what they are; none where it has been doubted since: it is being asked again.
    pub fn acquaint(
        &mut self,
        account: AccountId,
        since: u64,
        status: Status,
        others: &[AccountId],
    ) -> Option<(Vec<News>, Vec<Present>)> {
        let mut here = self.people.remove(&account)?;
        if here.doubted_at > since {
            self.people.insert(account, here);
            return None;
        }
        let others: HashSet<AccountId> = others.iter().copied().collect();
        let mut news = Vec::new();
        let mut theirs = Vec::new();

        let before: Vec<AccountId> = here.known.union(&here.doubted).copied().collect();
        let is_sure = |other: &AccountId, people: &HashMap<AccountId, Here>| {
            people.get(other).is_some_and(|there| there.doubted_at <= since)
        };
        let lost: Vec<AccountId> = before
            .into_iter()
            .filter(|other| !others.contains(other) && is_sure(other, &self.people))
            .collect();
        for other in &lost {
            here.known.remove(other);
            here.doubted.remove(other);
            self.untie(*other, account);
            theirs.push(gone(*other));
        }
        if !lost.is_empty() {
            news.push(News { to: lost, people: vec![gone(account)] });
        }

        let changed = here.status != status && here.described_at <= since;
        if changed {
            here.status = status;
        }
        let mut tell = Vec::new();
        for other in others {
            let Some(there) = self.people.get_mut(&other).filter(|there| there.doubted_at <= since) else {
                continue;
            };
            here.doubted.remove(&other);
            there.doubted.remove(&account);
            let new = here.known.insert(other);
            there.known.insert(account);
            if new {
                theirs.push(there.present(other));
            }
            if new || changed {
                tell.push(other);
            }
        }
        here.told = here.state();
        if !tell.is_empty() {
            news.push(News { to: tell, people: vec![here.present(account)] });
        }
        self.people.insert(account, here);
        Some((news, theirs))
    }

    /// Everyone of whom they may know.
    pub fn all(&self, account: AccountId) -> Vec<Present> {
        let Some(here) = self.people.get(&account) else { return Vec::new() };
        here.known.iter().filter_map(|other| Some(self.people.get(other)?.present(*other))).collect()
    }

    /// Those who are here, whoever asks: at most so many.
    pub fn here(&self, most: usize) -> Vec<AccountId> {
        self.people.keys().copied().take(most).collect()
    }

    /// Whether somebody is here, whoever asks.
    pub fn state(&self, account: AccountId) -> State {
        self.people.get(&account).map_or(State::Offline, Here::state)
    }

    fn untie(&mut self, account: AccountId, from: AccountId) {
        if let Some(here) = self.people.get_mut(&account) {
            here.known.remove(&from);
            here.doubted.remove(&from);
        }
    }

    fn retell(&mut self, account: AccountId) -> Option<News> {
        let here = self.people.get(&account)?;
        if here.state() == here.told { None } else { self.tell(account) }
    }

    fn tell(&mut self, account: AccountId) -> Option<News> {
        let here = self.people.get_mut(&account)?;
        here.told = here.state();
        let to: Vec<AccountId> = here.known.iter().copied().collect();
        (!to.is_empty()).then(|| News { to, people: vec![here.present(account)] })
    }
}
