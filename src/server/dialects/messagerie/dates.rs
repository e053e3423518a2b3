//! Days and moments, as clients of the document write them (ISO 8601).

use super::super::refusal::Refusal;
use crate::time::{Date, Timestamp};

const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

/// Farther from UTC nobody is, in minutes.
const FARTHEST: i64 = 14 * 60;

/// From the first to the last millisecond that two dates name. Either may be missing.
///
/// # Errors
/// 400 for what is no date, and for an end before the start.
pub fn span(start: &str, end: &str) -> Result<(Timestamp, Timestamp), Refusal> {
    let named = |text: &str| {
        let why = "A date is written like 2026-11-23, or like 2026-11-23T09:00:00Z.";
        named(text.trim()).ok_or_else(|| Refusal::shape(why).bad_request())
    };
    let first = if start.is_empty() { 0 } else { named(start)?.0 };
    let last = if end.is_empty() { i64::MAX } else { named(end)?.1 };
    if last < first {
        return Err(Refusal::shape("The end is before the start.").bad_request());
    }
    Ok((Timestamp::from_millis(first), Timestamp::from_millis(last)))
}

/// The first and the last millisecond of what is named: a day, a minute, a second or a fraction of one.
fn named(text: &str) -> Option<(i64, i64)> {
    let (day, rest) = text.split_at_checked(10)?;
    let [year, month, day] = numbers(day, '-')?;
    let midnight = Timestamp::midnight(Date { year, month, day })?.millis();
    if rest.is_empty() {
        return Some((midnight, midnight + DAY - 1));
    }
    let time = rest.strip_prefix(['T', 't', ' '])?;
    let (time, offset) = offset(time)?;
    let (time, fraction) = time.split_once('.').map_or((time, None), |(time, rest)| (time, Some(rest)));
    let (within, unit) = match (time.len(), fraction) {
        (5, None) => {
            let [hours, minutes] = numbers(time, ':')?;
            (clock(hours, minutes, 0)?, MINUTE)
        }
        (8, fraction) => {
            let [hours, minutes, seconds] = numbers(time, ':')?;
            let (millis, unit) = fraction.map_or(Some((0, 1_000)), millis)?;
            (clock(hours, minutes, seconds)? + millis, unit)
        }
        _ => return None,
    };
    let first = midnight + within - offset * MINUTE;
    Some((first, first + unit - 1))
}

fn clock(hours: i64, minutes: i64, seconds: i64) -> Option<i64> {
    (hours < 24 && minutes < 60 && seconds < 60).then_some((hours * 60 + minutes) * MINUTE + seconds * 1_000)
}

/// A fraction of a second in milliseconds, and how long what it names is. Finer ones than that are cut.
fn millis(digits: &str) -> Option<(i64, i64)> {
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let unit = [100, 10, 1][digits.len().min(3) - 1];
    let value: i64 = digits[..digits.len().min(3)].parse().ok()?;
    Some((value * unit, unit))
}

/// A time of day without its offset, and that in minutes. A plus arrives as a space where it was not encoded.
fn offset(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let at = time.len().saturating_sub(6);
    let sign = match time.as_bytes().get(at) {
        Some(b'+' | b' ') => 1,
        Some(b'-') => -1,
        _ => return Some((time, 0)),
    };
    let (time, offset) = time.split_at_checked(at)?;
    let [hours, minutes] = numbers(&offset[1..], ':')?;
    let is_offset =
        offset.as_bytes().get(3) == Some(&b':') && minutes < 60 && hours * 60 + minutes <= FARTHEST;
    is_offset.then_some((time, sign * (hours * 60 + minutes)))
}

/// Numbers of plain digits, between signs.
fn numbers<const N: usize>(text: &str, between: char) -> Option<[i64; N]> {
    let parts: Vec<&str> = text.split(between).collect();
    let is_plain = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() != N || !parts.iter().all(is_plain) {
        return None;
    }
    let numbers: Option<Vec<i64>> = parts.into_iter().map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOVEMBER_23: i64 = 1_795_392_000_000;

    #[test]
    fn a_date_names_all_of_what_it_names() {
        for (text, first, length) in [
            ("2026-11-23", 0, DAY),
            ("2026-11-23T09:30", 570 * MINUTE, MINUTE),
            ("2026-11-23 09:30:05", 570 * MINUTE + 5_000, 1_000),
            ("2026-11-23T09:30:05Z", 570 * MINUTE + 5_000, 1_000),
            ("2026-11-23T09:30:05.5z", 570 * MINUTE + 5_500, 100),
            ("2026-11-23T09:30:05.123456Z", 570 * MINUTE + 5_123, 1),
            ("2026-11-23T09:30:05+01:00", 510 * MINUTE + 5_000, 1_000),
            ("2026-11-23T09:30:05 01:00", 510 * MINUTE + 5_000, 1_000),
            ("2026-11-23T09:30-03:30", 780 * MINUTE, MINUTE),
        ] {
            let first = NOVEMBER_23 + first;
            assert_eq!(named(text), Some((first, first + length - 1)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "x",
            "2026",
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "23/11/2026",
            "2026-11-23T",
            "2026-11-23T9:30",
            "2026-11-23T24:00",
            "2026-11-23T09:60",
            "2026-11-23T09:30:60Z",
            "2026-11-23T09:30:05.Z",
            "2026-11-23Z",
            "2026-11-23T09:30:05+25:00",
            "2026-11-23T09:30:05+01:60",
            "2026-11-23T09:30:05+1:000",
            "２０２６-11-23",
            "2026-11-23T09:30:05é",
            "99999-11-23",
            "2026-11-23T+9:30",
            "2026-11-23T09:30:05ZZ",
            "+026-11-23",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn an_end_before_the_start_is_refused() {
        assert!(span("2026-11-23", "2026-11-22").is_err());
        assert!(span("2026-11-23", "2026-11-23").is_ok());
        assert!(span("", "").is_ok());
    }
}
