//! Which pieces of a block of code are drawn in which colour: lengths and kinds, never text and never HTML.
//!
//! The server finds them and sends them beside the text (decision 0023). Here they are read and laid over it. Whatever
//! they say, every character of the text is drawn once and in its place.

use serde::{Deserialize, Serialize};

use super::{
    action,
    markdown::{self, Block},
};

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What has no colour of its own: punctuation, most names, white space.
    Plain,
    Keyword,
    /// A type, a class, a selector, the name of a section.
    Type,
    /// A name that is called.
    Function,
    String,
    Number,
    Comment,
    /// The name of a field, an attribute, an annotation.
    Name,
    /// `true`, `null`, and names in capitals.
    Constant,
    Variable,
    /// A line that came, in a diff.
    Added,
    /// A line that went, in a diff.
    Removed,
}

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Plain,
        Self::Keyword,
        Self::Type,
        Self::Function,
        Self::String,
        Self::Number,
        Self::Comment,
        Self::Name,
        Self::Constant,
        Self::Variable,
        Self::Added,
        Self::Removed,
    ];

    /// The letter that stands for it on the wire.
    pub const fn letter(self) -> char {
        match self {
            Self::Plain => 'p',
            Self::Keyword => 'k',
            Self::Type => 't',
            Self::Function => 'f',
            Self::String => 's',
            Self::Number => 'n',
            Self::Comment => 'c',
            Self::Name => 'a',
            Self::Constant => 'l',
            Self::Variable => 'v',
            Self::Added => 'i',
            Self::Removed => 'd',
        }
    }

    /// The class of its element in style/code.css. What is plain has no element.
    pub const fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Keyword => Some("tok-keyword"),
            Self::Type => Some("tok-type"),
            Self::Function => Some("tok-function"),
            Self::String => Some("tok-string"),
            Self::Number => Some("tok-number"),
            Self::Comment => Some("tok-comment"),
            Self::Name => Some("tok-name"),
            Self::Constant => Some("tok-constant"),
            Self::Variable => Some("tok-variable"),
            Self::Added => Some("tok-added"),
            Self::Removed => Some("tok-removed"),
        }
    }

    fn of(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.letter() == letter)
    }
}

/// The colours of one block of code: for each piece a letter and how many characters it has, `k2p1f4`. What lies behind
/// the last piece is plain, and so is a block without any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Colours(String);

impl Colours {
    /// Adds a piece of `characters`. To be called with another kind than before.
    pub fn push(&mut self, kind: Kind, characters: usize) {
        self.0.push(kind.letter());
        self.0.push_str(&characters.to_string());
    }

    /// Whether all of it is plain.
    pub fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    /// `text` in pieces. Together they are `text`, whatever these colours say: those of another text are laid over it as
    /// far as they go.
    pub fn over<'a>(&self, text: &'a str) -> Vec<(Kind, &'a str)> {
        let mut pieces = Vec::new();
        let (mut written, mut rest) = (self.0.chars().peekable(), text);
        while let Some(kind) = written.next().and_then(Kind::of) {
            let mut characters = 0_usize;
            while let Some(digit) = written.peek().and_then(|digit| digit.to_digit(10)) {
                characters = characters.saturating_mul(10).saturating_add(digit as usize);
                written.next();
            }
            let end = rest.char_indices().nth(characters).map_or(rest.len(), |(at, _)| at);
            let (piece, behind) = rest.split_at(end);
            if !piece.is_empty() {
                pieces.push((kind, piece));
            }
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push((Kind::Plain, rest));
        }
        pieces
    }
}

/// Calls `read` with the language and the text of each block of code in a message, in the order in which they are drawn.
pub fn each_code(body: &str, read: &mut impl FnMut(Option<&str>, &str)) {
    each_in(&markdown::parse(action::of(body).unwrap_or(body)), read);
}

fn each_in(blocks: &[Block], read: &mut impl FnMut(Option<&str>, &str)) {
    for block in blocks {
        match block {
            Block::Paragraph(_) => {}
            Block::Code { language, text } => read(language.as_deref(), text),
            Block::List { items, .. } => items.iter().for_each(|item| each_in(item, read)),
            Block::Quote(blocks) => each_in(blocks, read),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colours(written: &str) -> Colours {
        Colours(written.to_owned())
    }

    #[test]
    fn colours_are_laid_over_a_text() {
        let mut made = Colours::default();
        assert!(made.is_plain());
        made.push(Kind::Keyword, 2);
        made.push(Kind::Plain, 1);
        made.push(Kind::String, 3);
        assert_eq!(made, colours("k2p1s3"));
        let pieces = [(Kind::Keyword, "fn"), (Kind::Plain, " "), (Kind::String, "é🎉a"), (Kind::Plain, "()")];
        assert_eq!(made.over("fn é🎉a()"), pieces);
        assert_eq!(made.over("fn"), [(Kind::Keyword, "fn")], "of another text");
        assert_eq!(Colours::default().over("a"), [(Kind::Plain, "a")]);
    }

    #[test]
    fn every_kind_has_a_letter_and_a_class_of_its_own() {
        for (number, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(Kind::of(kind.letter()), Some(kind));
            for other in &Kind::ALL[..number] {
                assert_ne!(other.class(), kind.class());
            }
        }
    }

    #[test]
    fn blocks_of_code_are_found_wherever_they_are_drawn() {
        let mut found = Vec::new();
        let body = "/me `x`\n```rust\na\n```\n- b\n  ```\n  c\n  ```\n> ~~~sql\n> d\n> ~~~";
        each_code(body, &mut |language, text| found.push((language.map(str::to_owned), text.to_owned())));
        let expected = [(Some("rust"), "a"), (None, "c"), (Some("sql"), "d")];
        let expected = expected.map(|(language, text)| (language.map(str::to_owned), text.to_owned()));
        assert_eq!(found, expected);
    }

    proptest! {
        #[test]
        fn no_colours_change_the_text(written in "[pktfsncalvidx0-9é]{0,40}", text in "\\PC{0,60}") {
            let drawn: String = colours(&written).over(&text).iter().map(|(_, piece)| *piece).collect();
            prop_assert_eq!(drawn, text);
        }
    }
}
