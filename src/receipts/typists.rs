//! Who is writing in a conversation just now, as far as this page has heard. It is never said for long.

use crate::{ids::AccountId, time::Timestamp};

/// Milliseconds after which somebody of whom nothing more was heard writes no longer.
pub const LASTS: i64 = 5_500;

/// People that are kept of one conversation; as many as are told of each other.
const MOST: usize = 50;

/// Those who write, in the order in which they began, each with when that was heard last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typists(Vec<(AccountId, Timestamp)>);

impl Typists {
    /// `account` writes, as is heard at `now`.
    pub fn heard(&mut self, account: AccountId, now: Timestamp) {
        if let Some((_, heard)) = self.0.iter_mut().find(|(known, _)| *known == account) {
            *heard = now;
        } else if self.0.len() < MOST {
            self.0.push((account, now));
        }
    }

    /// `account` writes no more: they have sent it, or given it up.
    pub fn stopped(&mut self, account: AccountId) {
        self.0.retain(|(known, _)| *known != account);
    }

    /// Forgets those of whom nothing was heard for too long. A clock that was set back keeps nobody.
    pub fn expire(&mut self, now: Timestamp) {
        self.0.retain(|(_, heard)| (0..LASTS).contains(&(now.millis() - heard.millis())));
    }

    /// Who writes, the first to begin first.
    pub fn people(&self) -> Vec<AccountId> {
        self.0.iter().map(|(account, _)| *account).collect()
    }

    /// Whether nobody does.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: i64) -> AccountId {
        number.try_into().expect("an id")
    }

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + millis)
    }

    fn heard(all: &[(i64, i64)]) -> Typists {
        let mut typists = Typists::default();
        all.iter().for_each(|(account, millis)| typists.heard(id(*account), at(*millis)));
        typists
    }

    #[test]
    fn whoever_goes_on_is_kept_and_whoever_does_not_is_forgotten() {
        let mut typists = heard(&[(1, 0), (2, 1_000), (1, 3_000)]);
        typists.expire(at(LASTS - 1));
        assert_eq!(typists.people(), [id(1), id(2)]);
        typists.expire(at(1_000 + LASTS));
        assert_eq!(typists.people(), [id(1)]);
        typists.expire(at(3_000 + LASTS));
        assert!(typists.is_empty());
    }

    #[test]
    fn it_is_over_within_six_seconds_of_the_last_word() {
        const { assert!(LASTS < 6_000) }
    }

    #[test]
    fn who_began_first_stands_first() {
        assert_eq!(heard(&[(2, 0), (1, 10), (2, 20), (3, 30)]).people(), [2, 1, 3].map(id));
    }

    #[test]
    fn who_stops_is_gone_at_once() {
        let mut typists = heard(&[(1, 0), (2, 0)]);
        typists.stopped(id(1));
        typists.stopped(id(9));
        assert_eq!(typists.people(), [id(2)]);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody() {
        let mut typists = heard(&[(1, 60_000)]);
        typists.expire(at(0));
        assert!(typists.is_empty());
    }

    #[test]
    fn however_many_write_few_are_kept() {
        let crowd: Vec<(i64, i64)> = (1..200).map(|number| (number, 0)).collect();
        assert_eq!(heard(&crowd).people().len(), MOST);
    }
}
