//! What time it is. Tests hold the hands.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::time::Timestamp;

/// The server's clock.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Milliseconds if the hands are held, else none.
    held: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The system's.
    pub const fn system() -> Self {
        Self { held: None }
    }

    /// One that stands still until it is set.
    pub fn at(moment: Timestamp) -> Self {
        Self { held: Some(Arc::new(AtomicI64::new(moment.millis()))) }
    }

    /// Moves the hands of a clock made by [`Clock::at`]; the system's is not ours to move.
    pub fn set(&self, moment: Timestamp) {
        if let Some(held) = &self.held {
            held.store(moment.millis(), Ordering::Relaxed);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Timestamp {
        if let Some(held) = &self.held {
            return Timestamp::from_millis(held.load(Ordering::Relaxed));
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// How long it is until a moment (milliseconds); nothing if it has passed.
    pub fn until(&self, at: i64) -> Duration {
        Duration::from_millis(u64::try_from(at.saturating_sub(self.now().millis())).unwrap_or(0))
    }
}
