//! What people write, from Markdown to a small tree of our own: a pure function, the same on both sides.
//!
//! Only what the tree can hold has an effect. Everything else (headings, rules, images, tables, raw HTML,
//! addresses that must not be followed) stays in the text exactly as it was typed. Nothing here makes HTML.

mod addresses;
mod masks;
pub mod names;
mod reader;
#[cfg(test)]
mod tests;

/// A part of a text that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// Between fences. The language is one plain word, as typed behind the opening fence.
    Code {
        language: Option<String>,
        text: String,
    },
    /// With a number for the first item if it is an ordered list.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Strike(Vec<Inline>),
    Code(String),
    /// `href` begins with `http://`, `https://` or `mailto:`, always.
    Link {
        href: String,
        children: Vec<Inline>,
    },
    Break,
}

/// Quotes and lists, and marks within marks, are read this deep; what is deeper stays as typed.
const DEEPEST: usize = 8;

/// Reads a text. Takes time in proportion to its length, whatever it holds.
pub fn parse(source: &str) -> Vec<Block> {
    reader::read(source)
}

/// The beginning of a text in one line and without marks, for previews: `at_most` characters, of which the
/// last is an ellipsis if something is missing.
pub fn plain(source: &str, at_most: usize) -> String {
    // Enough source for any ordinary text; a preview need not read all of a long message.
    let enough = source.char_indices().nth(at_most.saturating_mul(16)).map_or(source.len(), |(at, _)| at);
    let mut line = Line::default();
    line.blocks(&parse(&source[..enough]));
    line.text.truncate(line.text.trim_end_matches(' ').len());

    let Some((last, _)) = line.text.char_indices().nth(at_most.saturating_sub(1)) else {
        return line.text;
    };
    if enough == source.len() && line.text[last..].chars().nth(1).is_none() {
        return line.text;
    }
    line.text.truncate(last);
    line.text.truncate(line.text.trim_end().len());
    if at_most > 0 {
        line.text.push('…');
    }
    line.text
}

/// Text on its way into one line.
#[derive(Default)]
struct Line {
    text: String,
}

impl Line {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => self.inlines(inlines),
                Block::Code { text, .. } => self.words(text),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(blocks) => self.blocks(blocks),
            }
            self.gap();
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.words(text),
                Inline::Strong(children)
                | Inline::Emphasis(children)
                | Inline::Strike(children)
                | Inline::Link { children, .. } => self.inlines(children),
                Inline::Break => self.gap(),
            }
        }
    }

    /// Leaves no-break spaces alone, which `split_whitespace` would not.
    fn words(&mut self, text: &str) {
        for character in text.chars() {
            if matches!(character, ' ' | '\n' | '\t') { self.gap() } else { self.text.push(character) }
        }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}
