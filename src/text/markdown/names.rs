//! Where `@` stands before a name in a text, as `@bruno` does and `bruno@example.org` does not.

use std::ops::Range;

use super::{Block, Inline};

/// Characters that a name has at most, with the punctuation behind it that may not be part of it.
const LONGEST: usize = 40;

/// Where names stand in a text, in order, each with its `@`. A name begins where a word begins, and has letters from a to
/// z, digits, dots, underscores and hyphens; what any other letter or an `@` follows is none.
pub fn names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('@').map(|at| from + at) {
        let name = at + 1;
        let end = text[name..].find(|c| !may_stand(c)).map_or(text.len(), |length| name + length);
        let before = text[..at].chars().next_back();
        let behind = text[end..].chars().next();
        let is_word =
            before.is_none_or(|c| !joins(c)) && behind.is_none_or(|c| c != '@' && !c.is_alphanumeric());
        if is_word && (1..=LONGEST).contains(&(end - name)) {
            found.push(at..end);
        }
        from = end;
    }
    found
}

/// Whose name may be meant by `written`, which has no `@`: itself, or it without the punctuation at its end. The longest
/// first.
pub fn readings(written: &str) -> impl Iterator<Item = &str> {
    let without_dots = written.trim_end_matches('.');
    let bare = written.trim_end_matches(['.', '-', '_']);
    let shorter = (without_dots.len() < written.len()).then_some(without_dots);
    let shortest = (bare.len() < without_dots.len()).then_some(bare);
    [Some(written), shorter, shortest].into_iter().flatten().filter(|name| !name.is_empty())
}

fn may_stand(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
}

/// What makes an `@` behind it a part of something longer: an address, most of the time.
fn joins(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '@' | '.' | '_' | '-' | '+' | '/')
}

/// Gives all texts of `blocks` to `read` in their order, but code and what is part of a link.
pub fn each_text(blocks: &[Block], read: &mut impl FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => each_inline(inlines, read),
            Block::Code { .. } => {}
            Block::List { items, .. } => items.iter().for_each(|item| each_text(item, read)),
            Block::Quote(blocks) => each_text(blocks, read),
        }
    }
}

fn each_inline(inlines: &[Inline], read: &mut impl FnMut(&str)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => read(text),
            Inline::Strong(children) | Inline::Emphasis(children) | Inline::Strike(children) => {
                each_inline(children, read);
            }
            Inline::Code(_) | Inline::Link { .. } | Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        names(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_name_begins_where_a_word_begins() {
        assert_eq!(found("@bruno"), ["@bruno"]);
        assert_eq!(found("(@bruno), «@Anna-Lena» and:@c_d!"), ["@bruno", "@Anna-Lena", "@c_d"]);
        for text in ["", "@", "@ bruno", "a@bruno", "é@bruno", "a.@bruno", "a/@bruno", "@@bruno", "@-@"] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text:?}");
        }
    }

    #[test]
    fn what_goes_on_is_another_word() {
        for text in ["@brunoé", "@bruno@example.org", "@名", &format!("@{}", "a".repeat(41))] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text:?}");
        }
    }

    #[test]
    fn punctuation_behind_a_name_may_belong_to_the_sentence() {
        let all = |written| readings(written).collect::<Vec<_>>();
        assert_eq!(all("bruno"), ["bruno"]);
        assert_eq!(all("bruno..."), ["bruno...", "bruno"]);
        assert_eq!(all("bruno_."), ["bruno_.", "bruno_", "bruno"]);
        assert_eq!(all("..."), ["..."]);
    }
}
