//! Moments as programs write them: RFC 3339, with a zone.

use serde::Deserialize;

use crate::time::{Date, Timestamp};

/// A moment that a program names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Moment(pub Timestamp);

/// What was given is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a moment of RFC 3339, as 2026-11-23T09:00:00Z")]
pub struct NotAMoment;

impl TryFrom<String> for Moment {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Self, NotAMoment> {
        read(&text).map(Self).ok_or(NotAMoment)
    }
}

/// `date-time` of RFC 3339, section 5.6. Of a second more than milliseconds are passed over; a leap second is the one before.
fn read(text: &str) -> Option<Timestamp> {
    let (day, rest) = text.split_once(['T', 't'])?;
    let mut day = day.splitn(3, '-');
    let date =
        Date { year: number(day.next()?, 4)?, month: number(day.next()?, 2)?, day: number(day.next()?, 2)? };

    let zone_at = rest.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = rest.split_at(zone_at);
    let (clock, millis) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, fraction_of(fraction)?),
        None => (clock, 0),
    };
    let mut clock = clock.splitn(3, ':');
    let hours = within(number(clock.next()?, 2)?, 23)?;
    let minutes = within(number(clock.next()?, 2)?, 59)?;
    let seconds = within(number(clock.next()?, 2)?, 60)?.min(59);

    let midnight = Timestamp::midnight(date)?;
    let clock = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis;
    Some(midnight.plus(clock - offset(zone)? * 60_000))
}

/// The minutes by which a zone is ahead.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.chars().next()? {
        'Z' | 'z' => return (zone.len() == 1).then_some(0),
        '+' => 1,
        _ => -1,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    Some(sign * (within(number(hours, 2)?, 23)? * 60 + within(number(minutes, 2)?, 59)?))
}

/// Milliseconds of what stands behind the point.
fn fraction_of(digits: &str) -> Option<i64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let millis: String = digits.chars().chain(['0', '0']).take(3).collect();
    millis.parse().ok().filter(|_| plain)
}

fn within(number: i64, at_most: i64) -> Option<i64> {
    (number <= at_most).then_some(number)
}

/// Exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        for (text, told) in [
            ("2026-11-23T09:00:00Z", "2026-11-23T09:00:00.000Z"),
            ("2026-11-23t09:00:00.5z", "2026-11-23T09:00:00.500Z"),
            ("2026-11-23T09:00:00.123456789Z", "2026-11-23T09:00:00.123Z"),
            ("2026-11-23T09:00:00+01:00", "2026-11-23T08:00:00.000Z"),
            ("2026-11-22T23:30:00-09:30", "2026-11-23T09:00:00.000Z"),
            ("2026-12-31T23:59:60Z", "2026-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(read(text).map(|at| at.to_string()).as_deref(), Some(told), "{text}");
        }
        let now = Timestamp::from_millis(1_795_269_845_678);
        assert_eq!(read(&now.to_string()), Some(now));
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "T",
            "2026-11-23",
            "2026-11-23T09:00:00",
            "2026-11-23 09:00:00Z",
            "2026-11-23T09:00Z",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T09:60:00Z",
            "2026-11-23T09:00:61Z",
            "2026-11-23T09:00:00.Z",
            "2026-11-23T09:00:00ZZ",
            "2026-11-23T09:00:00+1:00",
            "2026-11-23T09:00:00+25:00",
            "+026-11-23T09:00:00Z",
            "2026-11-23T09:00:00é",
            "2026-11-23T09:00:00+é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
