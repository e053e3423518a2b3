//! Moments: integer milliseconds, always UTC. What people read is written in the browser, in their own zone.
//!
//! Reading the clock is `server/clock.rs`' and `browser/`'s work, so that tests can move time by hand.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// A date of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
}

impl Timestamp {
    const DAY: i64 = 86_400_000;

    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same moment, so many milliseconds later.
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// The UTC date. After Howard Hinnant's `civil_from_days` (chrono-Compatible Low-Level Date Algorithms).
    pub const fn date(self) -> Date {
        let days = self.0.div_euclid(Self::DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        Date { year, month, day: day_of_year - (153 * shifted + 2) / 5 + 1 }
    }

    /// When a day begins in UTC; none if there is no such day. The inverse of [`Timestamp::date`], by the same author.
    pub fn midnight(date: Date) -> Option<Self> {
        let Date { year, month, day } = date;
        if !(0..=9_999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year - era * 400;
        let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let midnight = Self((era * 146_097 + day_of_era - 719_468) * Self::DAY);
        // The thirtieth of February would be another day.
        Some(midnight).filter(|midnight| midnight.date() == date)
    }

    /// Hours and minutes in UTC, as `14:03`.
    pub fn clock(self) -> String {
        let minutes = self.0.rem_euclid(Self::DAY) / 60_000;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// RFC 3339 with milliseconds and `Z`: `2026-11-21T14:03:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Date { year, month, day } = self.date();
        let millis = self.0.rem_euclid(Self::DAY);
        let (seconds, millis) = (millis / 1_000, millis % 1_000);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{}:{:02}.{millis:03}Z", self.clock(), seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_utc() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_795_269_845_678, "2026-11-21T14:04:05.678Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(Timestamp::from_millis(millis).to_string(), text);
        }
    }

    #[test]
    fn a_day_that_is_none_does_not_begin() {
        for (year, month, day) in [(2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 1, 0)] {
            assert_eq!(Timestamp::midnight(Date { year, month, day }), None, "{year}-{month}-{day}");
        }
        assert!(Timestamp::midnight(Date { year: 2028, month: 2, day: 29 }).is_some());
    }

    #[test]
    fn dates_follow_each_other_without_a_hole() {
        let mut before = Timestamp::from_millis(0).date();
        for day in 1..200_000 {
            let date = Timestamp::from_millis(day * Timestamp::DAY).date();
            let next = date.year == before.year && date.month == before.month && date.day == before.day + 1;
            let first = date.day == 1 && before.day >= 28;
            assert!(next || first, "{date:?} follows {before:?}");
            assert_eq!(Timestamp::midnight(date), Some(Timestamp::from_millis(day * Timestamp::DAY)));
            before = date;
        }
    }
}
