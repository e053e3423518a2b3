//! How long to wait before trying again what found nobody there.

use std::time::Duration;

use crate::browser;

/// Milliseconds. The first wait is chosen at random up to this; every failure doubles it.
const FIRST: u32 = 500;

/// Milliseconds.
const LONGEST: u32 = 30_000;

/// The wait after so many `failures` in a row: by chance, so that not all come back at once.
pub fn wait(failures: u32) -> Duration {
    Duration::from_millis(browser::below(longest(failures)).into())
}

/// In milliseconds, how long that is at most.
fn longest(failures: u32) -> u32 {
    FIRST.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1))).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::longest;

    #[test]
    fn waits_double_up_to_half_a_minute() {
        assert_eq!([0, 1, 2, 3, 6].map(longest), [500, 500, 1_000, 2_000, 16_000]);
        assert_eq!([7, 8, 100, u32::MAX].map(longest), [30_000; 4]);
    }
}
