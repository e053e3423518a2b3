//! When something is to be, as a form says it.
//!
//! Without a script nobody knows the person's zone: the form offers times to wait, and takes a moment in UTC, which it says.
//! A script knows it, and sends the moment itself.

use super::FURTHEST;
use crate::{
    error::{Error, Field, Why},
    time::{Date, Timestamp},
};

/// A moment of one's own, which stands in another field.
pub const OWN: &str = "own";

/// What stands before a moment in milliseconds.
const EXACT: char = '@';

/// Hours on the morning's clock at which one is asked to think of something again.
pub const MORNING: u32 = 9;

/// A time to wait that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    TwentyMinutes,
    OneHour,
    ThreeHours,
}

impl Wait {
    pub const ALL: [Self; 3] = [Self::TwentyMinutes, Self::OneHour, Self::ThreeHours];

    /// As a form sends it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TwentyMinutes => "20m",
            Self::OneHour => "1h",
            Self::ThreeHours => "3h",
        }
    }

    /// Milliseconds.
    const fn millis(self) -> i64 {
        match self {
            Self::TwentyMinutes => 20 * 60_000,
            Self::OneHour => 60 * 60_000,
            Self::ThreeHours => 3 * 60 * 60_000,
        }
    }
}

/// A moment as a form sends it.
pub fn code(moment: Timestamp) -> String {
    format!("{EXACT}{}", moment.millis())
}

/// The moment that a form asks for: `when` is a [`Wait`], a moment, or [`OWN`], which is also meant where nothing was chosen
/// and `at`, in UTC, is filled in.
///
/// # Errors
/// `Invalid` beside [`Field::Moment`] if nothing was chosen, it cannot be read, is over, or is more than [`FURTHEST`] away.
pub fn due(when: Option<&str>, at: Option<&str>, now: Timestamp) -> Result<Timestamp, Error> {
    let refuse = |why| Error::invalid(Field::Moment, why);
    let at = at.unwrap_or_default().trim();
    let due = match when.unwrap_or_default() {
        "" | OWN if at.is_empty() => return Err(refuse(Why::Missing)),
        "" | OWN => written(at).ok_or(refuse(Why::Shape))?,
        when => match Wait::ALL.into_iter().find(|wait| wait.code() == when) {
            Some(wait) => return Ok(now.plus(wait.millis())),
            None => exact(when).ok_or(refuse(Why::Shape))?,
        },
    };
    if due <= now {
        return Err(refuse(Why::Past));
    }
    if due > now.plus(FURTHEST) {
        return Err(refuse(Why::TooFar));
    }
    Ok(due)
}

fn exact(when: &str) -> Option<Timestamp> {
    let digits = when.strip_prefix(EXACT)?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain).map(Timestamp::from_millis)
}

/// A moment as browsers write it, taken for UTC: `2026-11-23T09:00`, with seconds or without.
fn written(text: &str) -> Option<Timestamp> {
    let (day, clock) = text.split_once(['T', ' '])?;
    let mut day = day.split('-').map(number);
    let date = Date { year: day.next()??, month: day.next()??, day: day.next()?? };
    let mut clock = clock.split(':').map(number);
    let (hours, minutes) = (clock.next()??, clock.next()??);
    let seconds = clock.next().unwrap_or(Some(0))?;
    let fits = hours < 24 && minutes < 60 && seconds < 60 && day.next().is_none() && clock.next().is_none();
    let midnight = Timestamp::midnight(date).filter(|_| fits)?;
    Some(midnight.plus(((hours * 60 + minutes) * 60 + seconds) * 1_000))
}

/// Two or four digits.
fn number(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(text.len(), 2 | 4);
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21T14:04:05.678Z.
    const NOW: Timestamp = Timestamp::from_millis(1_795_269_845_678);

    fn asked(when: &str, at: &str) -> Result<String, Why> {
        match due(Some(when), Some(at), NOW) {
            Ok(due) => Ok(due.to_string()),
            Err(Error::Invalid { field: Field::Moment, why }) => Err(why),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_time_to_wait_begins_now() {
        for (wait, then) in Wait::ALL.into_iter().zip(["14:24:05.678", "15:04:05.678", "17:04:05.678"]) {
            assert_eq!(asked(wait.code(), ""), Ok(format!("2026-11-21T{then}Z")));
        }
    }

    #[test]
    fn a_moment_is_taken_to_the_letter() {
        assert_eq!(asked(&code(NOW.plus(1)), ""), Ok("2026-11-21T14:04:05.679Z".to_owned()));
        assert_eq!(asked(OWN, "2026-11-23T09:00"), Ok("2026-11-23T09:00:00.000Z".to_owned()));
        assert_eq!(asked("", " 2027-02-28 23:59:58 "), Ok("2027-02-28T23:59:58.000Z".to_owned()));
        // What was chosen counts, not what stands in a field beside it.
        assert_eq!(asked("1h", "2026-11-23T09:00"), Ok("2026-11-21T15:04:05.678Z".to_owned()));
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_reason() {
        assert_eq!(asked("", "  "), Err(Why::Missing));
        assert_eq!(asked(OWN, ""), Err(Why::Missing));
        assert_eq!(due(None, None, NOW), Err(Error::invalid(Field::Moment, Why::Missing)));
        assert_eq!(asked(&code(NOW), ""), Err(Why::Past));
        assert_eq!(asked(OWN, "2026-11-21T14:04"), Err(Why::Past));
        assert_eq!(asked(&code(NOW.plus(FURTHEST)), ""), Ok("2027-11-22T14:04:05.678Z".to_owned()));
        assert_eq!(asked(&code(NOW.plus(FURTHEST + 1)), ""), Err(Why::TooFar));
        assert_eq!(asked(OWN, "9999-12-31T23:59"), Err(Why::TooFar));
        for odd in [
            "tomorrow",
            "2026-11-23",
            "2026-11-23T",
            "2026-11-23T9:00",
            "2026-11-23T24:00",
            "2026-11-23T09:60",
            "2026-11-23T09:00:00:00",
            "2026-13-01T09:00",
            "2026-02-29T09:00",
            "2026-11-31T09:00",
            "2026-00-10T09:00",
            "2026-11-00T09:00",
            "-2026-11-23T09:00",
            "2026-11-23-01T09:00",
            "+2026-11-23T09:00",
            "2026-11-23T09:00Z",
            "٢٠٢٦-11-23T09:00",
            "2026-11-23T09:00\0",
        ] {
            assert_eq!(asked(OWN, odd), Err(Why::Shape), "{odd:?}");
        }
        for odd in ["@", "@-1", "@+5", "@1.5", "@9223372036854775808", "1m", "\0", "@1\0", "OWN"] {
            assert_eq!(asked(odd, ""), Err(Why::Shape), "{odd:?}");
        }
    }
}
