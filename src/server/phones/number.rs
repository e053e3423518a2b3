//! What a phone number is: E.164, however it was typed.

use std::fmt;

use crate::error::{Error, Field, Why};

/// Digits behind the plus. E.164 allows 15; shorter than 8 no country has them, area code included.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// Characters as typed; nobody writes a number with more.
const LONGEST: usize = 40;

/// `+` and 8 to 15 digits. Never printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// A number as people write it: with spaces, dashes, dots and brackets, and with `00` in place of the plus.
    ///
    /// # Errors
    /// `Invalid` for everything else, a number without its country code too: it might be another country's.
    pub fn typed(typed: &str) -> Result<Self, Error> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(Error::invalid(Field::Phone, Why::Missing));
        }
        let refused = Error::invalid(Field::Phone, Why::Shape);
        if typed.chars().count() > LONGEST {
            return Err(refused);
        }
        let is_between = |c: char| {
            c.is_whitespace()
                || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '.' | '(' | ')' | '[' | ']' | '/')
        };
        // The zero of calls within the country, as some write it: +44 (0)20.
        let plain: String = typed.replace("(0)", "").chars().filter(|c| !is_between(*c)).collect();
        let digits = plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")).unwrap_or_default();
        let is_number = DIGITS.contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        if is_number { Ok(Self(format!("+{digits}"))) } else { Err(refused) }
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the plus, as gateways want it.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_however_it_was_typed() {
        for typed in [
            "+237670000001",
            " +237 6 70 00 00 01 ",
            "+237-670-000-001",
            "00237 670.000.001",
            "+(237) [670] 000001",
            "+237\u{a0}670\u{202f}000\u{202f}001",
        ] {
            assert_eq!(Number::typed(typed).expect(typed).as_str(), "+237670000001");
        }
        assert_eq!(Number::typed("+44 (0)20 7946 0000").expect("a number").digits(), "442079460000");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "",
            " ",
            "+",
            "00",
            "670000001",
            "237670000001",
            "+1234567",
            "+1234567890123456",
            "+0670000001",
            "+23767000000x",
            "++237670000001",
            "+237+670000001",
            "000237670000001",
            "+٢٣٧٦٧٠٠٠٠٠٠١",
            "a\0b",
        ] {
            assert!(Number::typed(typed).is_err(), "{typed:?} was taken");
        }
        assert!(Number::typed(&format!("+237670000001{}", " -".repeat(40))).is_err());
    }
}
