//! Names that run from right to left, in sentences that do not.

/// A name for the middle of a sentence. Without the isolates of UAX 9 around it, a name in Hebrew or Arabic would
/// reorder what stands beside it. In elements of their own names have `dir="auto"` instead.
pub(super) fn isolated(name: &str) -> String {
    if name.chars().any(runs_left) { format!("\u{2068}{name}\u{2069}") } else { name.to_owned() }
}

/// The blocks of Unicode for scripts that run from right to left.
const fn runs_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::isolated;

    #[test]
    fn only_names_that_run_left_are_isolated() {
        for name in ["Amina", "Zoë 🎈", "張偉", ""] {
            assert_eq!(isolated(name), name);
        }
        assert_eq!(isolated("أمينة"), "\u{2068}أمينة\u{2069}");
        assert_eq!(isolated("דנה 2"), "\u{2068}דנה 2\u{2069}");
    }
}
