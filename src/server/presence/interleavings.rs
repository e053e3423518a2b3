//! Whoever comes, goes, falls asleep or falls out with whom, and however late that is read: in the end everyone sees
//! those whom they may, as they are, and at no time anything of anybody else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;

use super::roster::{News, Roster};
use crate::{
    ids::AccountId,
    presence::{Present, State, Status},
};

const PEOPLE: i64 = 4;

#[derive(Debug, Clone)]
enum Step {
    Sit {
        who: i64,
        seat: u64,
        active: bool,
    },
    Rise {
        who: i64,
        seat: u64,
    },
    /// The time is up after which somebody without a connection is gone.
    Leave {
        who: i64,
    },
    Describe {
        who: i64,
        busy: bool,
    },
    /// The two may know of each other from now on, or no longer.
    Tie {
        one: i64,
        other: i64,
        tied: bool,
    },
    /// Reads who may know of somebody, without saying so yet.
    Read {
        who: i64,
    },
    /// Says the first thing that was read.
    Say,
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 1..=PEOPLE;
    prop_oneof![
        4 => (who(), 0..2_u64, any::<bool>()).prop_map(|(who, seat, active)| Step::Sit { who, seat, active }),
        3 => (who(), 0..2_u64).prop_map(|(who, seat)| Step::Rise { who, seat }),
        2 => who().prop_map(|who| Step::Leave { who }),
        1 => (who(), any::<bool>()).prop_map(|(who, busy)| Step::Describe { who, busy }),
        4 => (who(), who(), any::<bool>()).prop_map(|(one, other, tied)| Step::Tie { one, other, tied }),
        4 => who().prop_map(|who| Step::Read { who }),
        6 => Just(Step::Say),
    ]
}

fn id(who: i64) -> AccountId {
    who.try_into().expect("an id")
}

/// What was read of somebody, in which turn.
struct Reading {
    who: i64,
    since: u64,
    status: Status,
    others: Vec<AccountId>,
}

/// The server, the rows, and what everyone's screens show.
#[derive(Default)]
struct World {
    roster: Roster,
    seats: BTreeSet<(i64, u64)>,
    present: BTreeSet<i64>,
    ties: BTreeSet<(i64, i64)>,
    statuses: BTreeMap<i64, Status>,
    read: Vec<Reading>,
    doubted: BTreeSet<i64>,
    screens: HashMap<(AccountId, AccountId), State>,
}

impl World {
    fn are_tied(&self, one: i64, other: i64) -> bool {
        self.ties.contains(&(one.min(other), one.max(other)))
    }

    fn show(&mut self, to: AccountId, present: &Present) {
        let tied = self.are_tied(to.get(), present.account.get());
        assert!(tied || present.state == State::Offline, "{to} hears of {present:?}");
        self.screens.insert((to, present.account), present.state);
    }

    fn tell(&mut self, news: impl IntoIterator<Item = News>) {
        for News { to, people } in news {
            for (to, present) in to.iter().flat_map(|to| people.iter().map(move |present| (*to, present))) {
                self.show(to, present);
            }
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Sit { who, seat, active } => {
                self.seats.insert((who, seat));
                let news = self.roster.seat(id(who), seat, active);
                self.tell(news);
                if self.present.insert(who) {
                    // Whoever arrives is asked about.
                    self.doubted.insert(who);
                }
            }
            Step::Rise { who, seat } => {
                self.seats.remove(&(who, seat));
                let (news, _) = self.roster.unseat(id(who), seat);
                self.tell(news);
            }
            Step::Leave { who } => {
                let news = self.roster.leave(id(who));
                self.tell(news);
                if !self.seats.iter().any(|(sits, _)| *sits == who) {
                    self.present.remove(&who);
                    // Their screens are gone with them.
                    self.screens.retain(|(to, _), _| *to != id(who));
                }
            }
            Step::Describe { who, busy } => {
                let status = Status { busy, line: String::new() };
                self.statuses.insert(who, status.clone());
                let news = self.roster.describe(id(who), status);
                self.tell(news);
            }
            Step::Tie { one, other, .. } if one == other => {}
            Step::Tie { one, other, tied } => {
                let pair = (one.min(other), one.max(other));
                if tied {
                    self.ties.insert(pair);
                } else {
                    self.ties.remove(&pair);
                }
                if self.roster.doubt(id(one)) {
                    self.doubted.insert(one);
                }
            }
            Step::Read { who } => self.reads(who),
            Step::Say => {
                if !self.read.is_empty() {
                    let reading = self.read.remove(0);
                    self.say(reading);
                }
            }
        }
    }

    fn reads(&mut self, who: i64) {
        let others =
            (1..=PEOPLE).filter(|other| *other != who && self.are_tied(who, *other)).map(id).collect();
        let status = self.statuses.get(&who).cloned().unwrap_or_default();
        self.read.push(Reading { who, since: self.roster.turn(), status, others });
    }

    fn say(&mut self, Reading { who, since, status, others }: Reading) {
        let Some((news, theirs)) = self.roster.acquaint(id(who), since, status, &others) else { return };
        self.tell(news);
        for present in theirs {
            self.show(id(who), &present);
        }
    }

    /// Everything that is under way comes to its end.
    fn settle(&mut self) {
        while !self.read.is_empty() {
            self.take(Step::Say);
        }
        while let Some(who) = self.doubted.pop_first() {
            self.reads(who);
            self.take(Step::Say);
        }
        for who in 1..=PEOPLE {
            self.take(Step::Leave { who });
        }
    }

    fn state(&self, who: i64) -> State {
        if self.present.contains(&who) { self.roster.state(id(who)) } else { State::Offline }
    }

    fn check(&self) {
        for viewer in &self.present {
            for other in (1..=PEOPLE).filter(|other| other != viewer) {
                let right = if self.are_tied(*viewer, other) { self.state(other) } else { State::Offline };
                let shown = self.screens.get(&(id(*viewer), id(other))).copied().unwrap_or_default();
                assert_eq!(shown, right, "{viewer} looks at {other}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn everyone_sees_those_whom_they_may_and_nobody_else(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::default();
        for step in steps {
            world.take(step);
        }
        world.settle();
        world.check();
    }
}

#[test]
fn a_person_with_two_screens_goes_once() {
    let mut roster = Roster::default();
    let [amina, bruno] = [id(1), id(2)];
    roster.seat(amina, 1, true);
    roster.seat(bruno, 2, true);
    roster.seat(bruno, 3, false);
    let turn = roster.turn();
    roster.acquaint(amina, turn, Status::default(), &[bruno]);

    assert_eq!(roster.unseat(bruno, 3), (None, false));
    assert_eq!(roster.unseat(bruno, 2), (None, true));
    let gone = Present { account: bruno, state: State::Offline, line: String::new() };
    assert_eq!(roster.leave(bruno), Some(News { to: vec![amina], people: vec![gone] }));
    assert_eq!(roster.leave(bruno), None);
}

#[test]
fn whoever_comes_back_at_once_has_not_been_gone() {
    let mut roster = Roster::default();
    let [amina, bruno] = [id(1), id(2)];
    roster.seat(amina, 1, true);
    roster.seat(bruno, 2, true);
    let turn = roster.turn();
    roster.acquaint(amina, turn, Status::default(), &[bruno]);

    assert_eq!(roster.unseat(bruno, 2), (None, true));
    assert_eq!(roster.seat(bruno, 3, true), None);
    assert_eq!(roster.leave(bruno), None);
    assert_eq!(roster.state(bruno), State::Online);
}
