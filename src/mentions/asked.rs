//! What a person has begun to write at the cursor: a name behind an `@`, the code of an emoji behind a colon, or at the
//! beginning of the text a command behind a slash. Pure.

use crate::messages::formatting::{Span, byte_at};

/// Letters of a code before anything is offered: a colon stands in many places.
const SHORTEST_CODE: usize = 2;

/// Characters behind the sign, at most.
const LONGEST: usize = 40;

/// A piece of text that may become something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where it stands, with its sign; its end is the cursor.
    pub span: Span,
    /// As it was typed, with its sign.
    pub text: String,
}

impl Asked {
    /// Whether it is the whole code of an emoji, with both its colons.
    pub fn is_whole_code(&self) -> bool {
        self.text.len() > 2 && self.text.starts_with(':') && self.text.ends_with(':')
    }
}

/// What stands right before the cursor, if it may become something.
pub fn asked(text: &str, cursor: u32) -> Option<Asked> {
    let (before, after) = text.split_at(byte_at(text, cursor));
    let written = if is_command(before, after) { before } else { begun(before)? };
    if is_in_code(&before[..before.len() - written.len()]) {
        return None;
    }
    let length = u32::try_from(written.len()).ok()?;
    Some(Asked { span: Span { from: cursor.checked_sub(length)?, to: cursor }, text: written.to_owned() })
}

/// Whether all of `before` is the beginning of a command, and `after` does not go on with its word.
fn is_command(before: &str, after: &str) -> bool {
    let is_word = |word: &str| word.len() <= LONGEST && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let ends = after.chars().next().is_none_or(char::is_whitespace);
    ends && before.strip_prefix('/').is_some_and(is_word)
}

/// The name or code at the end of `before`. All of it is ASCII: as many bytes as units.
fn begun(before: &str) -> Option<&str> {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let whole = before.ends_with(':');
    let inner = if whole { &before[..before.len() - 1] } else { before };
    let length = inner.chars().rev().take_while(is_part).take(LONGEST + 1).count();
    let start = (inner.len() - length).checked_sub(1)?;
    let sign = inner.get(start..=start)?;
    let is_asked = match sign {
        "@" => !whole,
        ":" => length >= SHORTEST_CODE,
        _ => false,
    };
    // In front of it no word may go on, nor an address.
    let begins =
        inner[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"@:._-+/".contains(c));
    (is_asked && begins && length <= LONGEST).then(|| &before[start..])
}

/// Whether code goes on at the end of `before`: within backticks that are not closed on their line, or fences.
fn is_in_code(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let fences = before.lines().filter(|line| line.trim_start().starts_with("```")).count();
    fences % 2 == 1 || line.matches('`').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at_end(text: &str) -> Option<String> {
        asked(text, u32::try_from(text.encode_utf16().count()).expect("short")).map(|asked| asked.text)
    }

    #[test]
    fn a_name_is_asked_for_from_its_sign_on() {
        for (text, found) in
            [("@", "@"), ("Hello @br", "@br"), ("(@a.b-c_d", "@a.b-c_d"), ("🎉 @Br", "@Br"), ("é\n@b", "@b")]
        {
            assert_eq!(at_end(text).as_deref(), Some(found), "{text:?}");
        }
        for text in ["", "bruno", "a@br", "@bruno ", "@@", "@a@b", "/@a", "@é"] {
            assert_eq!(at_end(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_code_is_asked_for_from_its_second_letter_on() {
        for (text, found) in [(":sm", ":sm"), ("so :smile:", ":smile:"), ("(:+1", ":+1")] {
            assert_eq!(at_end(text).as_deref(), Some(found), "{text:?}");
        }
        for text in [":", ":s", "at 10:30", "https://a", "a:smile", "::", ":)"] {
            assert_eq!(at_end(text), None, "{text:?}");
        }
        assert!(asked(":smile:", 7).is_some_and(|asked| asked.is_whole_code()));
        assert!(asked(":smile", 6).is_some_and(|asked| !asked.is_whole_code()));
    }

    #[test]
    fn a_command_is_asked_for_at_the_very_beginning() {
        for text in ["/", "/to", "/TO"] {
            assert_eq!(at_end(text).as_deref(), Some(text), "{text:?}");
        }
        for text in [" /to", "a /to", "\n/to", "//", "//to", "/topic ", "/to-", "/é", "/2"] {
            assert_eq!(at_end(text), None, "{text:?}");
        }
        assert_eq!(asked("/to", 1), None, "in the middle of a word");
        assert_eq!(asked("/ there", 1).map(|asked| asked.text).as_deref(), Some("/"));
        assert_eq!(at_end("/invite @br").as_deref(), Some("@br"));
    }

    #[test]
    fn nothing_is_asked_for_in_code() {
        for text in ["`@br", "`a` `:smi", "```\n@br", "```rust\na\n:smile:"] {
            assert_eq!(at_end(text), None, "{text:?}");
        }
        for text in ["`a` @br", "```\na\n```\n@br", "it`s\n@br"] {
            assert_eq!(at_end(text).as_deref(), Some("@br"), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn it_stands_right_before_the_cursor(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec!["@", ":", "/", "a", "b1", "`", "\n", " ", "🎉", "é", ".", "_"]), 0..20,
            ),
            cursor in 0..60_u32,
        ) {
            let text = pieces.concat();
            let cursor = cursor.min(u32::try_from(text.encode_utf16().count()).expect("short"));
            if let Some(Asked { span, text: found }) = asked(&text, cursor) {
                let units: Vec<u16> = text.encode_utf16().collect();
                let there = &units[span.from as usize..span.to as usize];
                // A cursor in the middle of a character is none that a browser gives.
                prop_assert!(String::from_utf16_lossy(there) == found || text.contains('🎉'));
            }
        }
    }
}
