//! Makes identifiers: 53 bits of time, node and counter, always larger than the one before.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use super::clock::Clock;
use crate::{
    ids::{LARGEST, NotAnId},
    time::Timestamp,
};

/// 2026-01-01T00:00:00Z. 41 bits of milliseconds from here last until 2095.
const EPOCH: i64 = 1_767_225_600_000;

/// 16 nodes may write to one database.
const NODE_BITS: u32 = 4;

/// 256 identifiers in a millisecond; a burst beyond borrows from the next one.
const COUNTER_BITS: u32 = 8;

/// The one source of new identifiers of this node.
#[derive(Debug, Clone)]
pub struct Mint {
    clock: Clock,
    node: i64,
    /// Milliseconds and counter of the last identifier.
    last: Arc<AtomicI64>,
}

impl Mint {
    /// `newest` is the largest identifier in the store: what is made from now on is larger,
    /// even if the clock was set back while the server was down.
    pub fn new(clock: Clock, node: u8, newest: i64) -> Self {
        let node = i64::from(node) & ((1 << NODE_BITS) - 1);
        let last = (newest >> (NODE_BITS + COUNTER_BITS)) << COUNTER_BITS | ((1 << COUNTER_BITS) - 1);
        let last = if newest == 0 { 0 } else { last };
        Self { clock, node, last: Arc::new(AtomicI64::new(last)) }
    }

    /// A new identifier of any kind.
    ///
    /// # Panics
    /// In the year 2095.
    pub fn next<Id: TryFrom<i64, Error = NotAnId>>(&self) -> Id {
        let now = (self.clock.now().millis() - EPOCH).max(1) << COUNTER_BITS;
        let step = |last: i64| Some(now.max(last + 1));
        let before = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step).unwrap_or_default();
        let ticket = now.max(before + 1);

        let millis = ticket >> COUNTER_BITS;
        let counter = ticket & ((1 << COUNTER_BITS) - 1);
        let number = millis << (NODE_BITS + COUNTER_BITS) | self.node << COUNTER_BITS | counter;
        debug_assert!(number <= LARGEST);
        Id::try_from(number).expect("53 bits last until 2095")
    }
}

/// The smallest number that an identifier of a moment may have.
pub fn first_at(moment: Timestamp) -> i64 {
    let millis = moment.millis().saturating_sub(EPOCH).clamp(0, LARGEST >> (NODE_BITS + COUNTER_BITS));
    millis << (NODE_BITS + COUNTER_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::MessageId;

    const NOW: i64 = EPOCH + 1_000_000;

    #[test]
    fn every_id_is_larger_than_the_one_before_however_many_in_a_millisecond() {
        let mint = Mint::new(Clock::at(Timestamp::from_millis(NOW)), 3, 0);
        let mut before: MessageId = mint.next();
        for _ in 0..1_000 {
            let id: MessageId = mint.next();
            assert!(id > before);
            before = id;
        }
    }

    #[test]
    fn a_moment_begins_with_its_first_id() {
        let id: MessageId = Mint::new(Clock::at(Timestamp::from_millis(NOW)), 0, 0).next();
        let (now, next) = (Timestamp::from_millis(NOW), Timestamp::from_millis(NOW + 1));
        assert!(first_at(now) <= id.get() && id.get() < first_at(next));
        assert_eq!(first_at(Timestamp::from_millis(i64::MIN)), 0);
        assert!(first_at(Timestamp::from_millis(i64::MAX)) <= LARGEST);
    }

    #[test]
    fn a_clock_that_goes_back_makes_no_id_twice() {
        let clock = Clock::at(Timestamp::from_millis(NOW));
        let newest: MessageId = Mint::new(clock.clone(), 0, 0).next();
        clock.set(Timestamp::from_millis(NOW - 3_600_000));
        for node in [0, 15] {
            let id: MessageId = Mint::new(clock.clone(), node, newest.get()).next();
            assert!(id > newest, "node {node}");
        }
    }

    #[test]
    fn two_nodes_never_make_the_same() {
        let clock = Clock::at(Timestamp::from_millis(NOW));
        let (one, two) = (Mint::new(clock.clone(), 1, 0), Mint::new(clock, 2, 0));
        let ids: std::collections::BTreeSet<MessageId> =
            (0..500).flat_map(|_| [one.next::<MessageId>(), two.next::<MessageId>()]).collect();
        assert_eq!(ids.len(), 1_000);
    }
}
