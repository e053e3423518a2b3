//! Hides from the Markdown parser what it must not take for marks: the same text, byte for byte as long,
//! with some characters replaced by control characters, so that every place in one is the same in the other.

use std::borrow::Cow;

use super::addresses;

/// What is hidden and what stands for it.
const MASKS: [(u8, u8); 4] = [
    // Allowed where addresses are, unlike the others.
    (b':', 0x7f),
    (b'*', 0x01),
    (b'_', 0x02),
    (b'~', 0x03),
];

/// The text without control characters, and with `\n` for every line end: then no mask is in it.
pub(super) fn clean(source: &str) -> Cow<'_, str> {
    let unwanted = |c: char| c.is_control() && c != '\n' && c != '\t';
    if !source.contains(unwanted) {
        return Cow::Borrowed(source);
    }
    let lines = source.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.replace(unwanted, ""))
}

/// Hides marks within bare addresses, which would tear them apart, and the colons of link definitions
/// (`[label]: address`), which would vanish from the text.
pub(super) fn mask(source: &str) -> String {
    let mut bytes = source.as_bytes().to_vec();
    for range in addresses::bare(source) {
        if !stands_in_marks(&source[..range.start]) {
            bytes[range].iter_mut().filter(|byte| **byte != b':').for_each(hide);
        }
    }

    let mut opened = None;
    for at in 0..bytes.len() {
        match bytes[at] {
            b'[' => opened = Some(at),
            b']' => {
                let is_host = opened.take().is_some_and(|at| bytes[..at].ends_with(b"://"));
                if !is_host && bytes.get(at + 1) == Some(&b':') {
                    hide(&mut bytes[at + 1]);
                }
            }
            _ => {}
        }
    }
    String::from_utf8(bytes).expect("one ASCII character was put in the place of another")
}

/// Whether an address that follows is already marked as one, by `<` or by `](`.
fn stands_in_marks(before: &str) -> bool {
    before.ends_with('<') || before.trim_end_matches(' ').ends_with("](")
}

fn hide(byte: &mut u8) {
    if let Some((_, mask)) = MASKS.iter().find(|(hidden, _)| hidden == byte) {
        *byte = *mask;
    }
}

/// What stood there before [`mask`].
pub(super) fn unmask(text: &str) -> String {
    let shown = |c: char| {
        MASKS.iter().find(|(_, mask)| char::from(*mask) == c).map_or(c, |(shown, _)| char::from(*shown))
    };
    text.chars().map(shown).collect()
}
