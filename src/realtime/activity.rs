//! When the server is told that somebody is active at this page: seldom, and at once when they come back.

use crate::time::Timestamp;

/// The server is told so many times before it would call somebody idle.
const TIMES: i64 = 5;

/// What is known of the person at this page. Times are milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Activity {
    active_at: i64,
    told_at: i64,
    /// After so long without any sign the server calls them idle.
    idle_after: i64,
}

impl Activity {
    /// Somebody has opened the page.
    pub const fn new(now: Timestamp) -> Self {
        Self { active_at: now.millis(), told_at: 0, idle_after: i64::MAX }
    }

    /// The page connects; whether somebody is there. `idle_after` is known from the last connection.
    pub const fn connects(&mut self, now: Timestamp) -> bool {
        let there = now.millis().saturating_sub(self.active_at) < self.idle_after;
        // Whoever comes back to a page that has connected as idle is told of at once.
        self.told_at = if there { now.millis() } else { 0 };
        there
    }

    /// The server has said after how many seconds somebody counts as idle.
    pub fn counts_from(&mut self, seconds: u32) {
        self.idle_after = i64::from(seconds) * 1_000;
    }

    /// There was a sign of somebody. Whether the server should be told.
    pub const fn noticed(&mut self, now: Timestamp) -> bool {
        self.active_at = now.millis();
        self.is_due(now)
    }

    /// Whether to tell the server now, which it is then.
    pub const fn tell(&mut self, now: Timestamp) -> bool {
        let tells = self.active_at > self.told_at && self.is_due(now);
        if tells {
            self.told_at = now.millis();
        }
        tells
    }

    const fn is_due(&self, now: Timestamp) -> bool {
        now.millis().saturating_sub(self.told_at) >= self.idle_after / TIMES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    fn connected() -> Activity {
        let mut activity = Activity::new(at(1_000));
        assert!(activity.connects(at(1_000)));
        activity.counts_from(300);
        activity
    }

    #[test]
    fn the_server_is_told_once_a_minute_at_most() {
        let mut activity = connected();
        assert!(!activity.noticed(at(1_030)) && !activity.tell(at(1_030)));
        assert!(activity.noticed(at(1_060)) && activity.tell(at(1_060)));
        assert!(!activity.tell(at(1_130)), "nothing has happened since");
        assert!(activity.noticed(at(1_500)) && activity.tell(at(1_500)), "who comes back is told of at once");
    }

    #[test]
    fn a_page_that_nobody_uses_connects_again_as_idle() {
        let mut activity = connected();
        activity.noticed(at(1_100));
        assert!(activity.connects(at(1_399)));
        assert!(!activity.connects(at(1_400)));
        assert!(activity.noticed(at(1_401)), "and somebody who is back is told of");
    }
}
