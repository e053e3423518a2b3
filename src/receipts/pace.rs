//! When others are told that one is writing: seldom, and that it is over at once.

use crate::time::Timestamp;

/// Milliseconds between two times that it is said. Those who hear it believe it for somewhat longer than that.
const PAUSE: i64 = 3_000;

/// What was said of one text that is being written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    /// When it was said last that it is being written; none since it was said to be over.
    told_at: Option<Timestamp>,
}

impl Pace {
    /// Something was typed, and stands there. Whether that is to be said.
    pub fn typed(&mut self, now: Timestamp) -> bool {
        let is_due = self.told_at.is_none_or(|told| !(0..PAUSE).contains(&(now.millis() - told.millis())));
        if is_due {
            self.told_at = Some(now);
        }
        is_due
    }

    /// Nothing stands there any more: it was sent, or deleted. Whether that is to be said.
    pub const fn cleared(&mut self) -> bool {
        self.told_at.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + millis)
    }

    #[test]
    fn ten_seconds_of_typing_are_four_words() {
        let mut pace = Pace::default();
        let said = (0..10_000).step_by(100).filter(|millis| pace.typed(at(*millis))).count();
        assert_eq!(said, 4);
    }

    #[test]
    fn the_end_is_said_once_and_only_of_what_was_said() {
        let mut pace = Pace::default();
        assert!(!pace.cleared());
        assert!(pace.typed(at(0)) && pace.cleared() && !pace.cleared());
        assert!(pace.typed(at(10)), "who begins anew is heard at once");
    }

    #[test]
    fn a_clock_that_is_set_back_silences_nobody() {
        let mut pace = Pace::default();
        assert!(pace.typed(at(60_000)) && pace.typed(at(0)));
    }
}
