//! Numbers as each language writes them, and the form of a word that goes with a number.

/// How a language counts (Unicode CLDR: cardinal plural rules, and symbols of numbers).
pub(super) struct Counting {
    /// The largest number that goes with the singular, and the smallest.
    singular: std::ops::RangeInclusive<u32>,
    /// Between groups of three digits.
    separator: &'static str,
}

/// One, and nothing else, is singular.
pub(super) const ENGLISH: Counting = Counting { singular: 1..=1, separator: "," };

/// None and one are singular.
pub(super) const FRENCH: Counting = Counting { singular: 0..=1, separator: "\u{202f}" };

impl Counting {
    /// The form of a word that goes with `count`.
    pub(super) fn plural<'a>(&self, count: u32, one: &'a str, many: &'a str) -> &'a str {
        if self.singular.contains(&count) { one } else { many }
    }

    /// The number and the form of the word that goes with it.
    pub(super) fn of(&self, count: u32, one: &str, many: &str) -> String {
        format!("{} {}", self.number(count), self.plural(count, one, many))
    }

    /// A number in groups of three digits.
    pub(super) fn number(&self, count: u32) -> String {
        let digits = count.to_string();
        let mut written = String::with_capacity(digits.len() + 6);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                written.push_str(self.separator);
            }
            written.push(digit);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_many_in_english_and_one_in_french() {
        let counted = |counting: &Counting| [0, 1, 2, 1_000_000].map(|n| counting.of(n, "day", "days"));
        assert_eq!(counted(&ENGLISH), ["0 days", "1 day", "2 days", "1,000,000 days"]);
        let counted = |counting: &Counting| [0, 1, 2].map(|n| counting.of(n, "jour", "jours"));
        assert_eq!(counted(&FRENCH), ["0 jour", "1 jour", "2 jours"]);
    }

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (count, english) in
            [(0, "0"), (999, "999"), (1_234, "1,234"), (12_345, "12,345"), (4_294_967_295, "4,294,967,295")]
        {
            assert_eq!(ENGLISH.number(count), english);
            assert_eq!(FRENCH.number(count), english.replace(',', "\u{202f}"));
        }
    }
}
