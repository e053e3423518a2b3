//! One pass over a text in a language of the usual kind.
//!
//! Whatever has begun goes on to its end, or to the end of its line or of the text: nothing is tried and given up, so
//! nothing is read twice but the white space behind a name, and the first part of a line in the languages of keys.

use super::{
    language::{Keys, Quote, Vocabulary},
    pieces::Pieces,
};
use crate::text::colours::Kind;

/// What a name is that stands behind one of these.
const DEFINING: &[(&str, Kind)] = &[
    ("fn", Kind::Function),
    ("def", Kind::Function),
    ("defp", Kind::Function),
    ("func", Kind::Function),
    ("fun", Kind::Function),
    ("function", Kind::Function),
    ("sub", Kind::Function),
    ("class", Kind::Type),
    ("struct", Kind::Type),
    ("enum", Kind::Type),
    ("trait", Kind::Type),
    ("interface", Kind::Type),
    ("impl", Kind::Type),
    ("type", Kind::Type),
    ("protocol", Kind::Type),
    ("record", Kind::Type),
    ("message", Kind::Type),
];

pub(super) fn scan(vocabulary: &'static Vocabulary, text: &str, pieces: &mut Pieces) {
    let mut scanner = Scanner {
        vocabulary,
        text,
        at: 0,
        pieces,
        line_begins: true,
        before: Before::Nothing,
        defining: None,
        braces: 0,
        inserts: Vec::new(),
    };
    scanner.run();
}

pub(super) struct Scanner<'a> {
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) text: &'a str,
    /// Bytes that are read.
    pub(super) at: usize,
    pub(super) pieces: &'a mut Pieces,
    /// Whether only white space stands before on this line.
    pub(super) line_begins: bool,
    pub(super) before: Before,
    /// What the next name is, behind a word that says so.
    pub(super) defining: Option<Kind>,
    /// How many braces are open.
    pub(super) braces: usize,
    /// The strings that go on behind the code within them, and the braces that are open around each.
    pub(super) inserts: Vec<(Quote, usize)>,
}

/// What stands before, white space apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Nothing,
    /// Something that has a value, behind which `/` divides.
    Value,
    Sign(char),
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(first) = self.peek() {
            let begin = self.at;
            let kind = self.token(first);
            if self.at == begin {
                self.take(first);
            }
            let text = self.text;
            self.pieces.push(kind, &text[begin..self.at]);
        }
    }

    /// Reads on, and says what that was.
    fn token(&mut self, first: char) -> Kind {
        if first == '\n' {
            self.take(first);
            self.line_begins = true;
            self.defining = None;
            return Kind::Plain;
        }
        if first.is_whitespace() {
            self.take_while(|sign| sign.is_whitespace() && sign != '\n');
            return Kind::Plain;
        }
        if let Some(kind) = self.comment().or_else(|| self.line_begin(first)) {
            return kind;
        }
        self.line_begins = false;
        if first == '}' && self.inserts.last().is_some_and(|(_, braces)| *braces == self.braces) {
            return self.resume();
        }
        if let Some(kind) = self.string().or_else(|| self.special(first)).or_else(|| self.sigil(first)) {
            self.before = Before::Value;
            return kind;
        }
        if first.is_ascii_digit() {
            self.number();
            self.before = Before::Value;
            return Kind::Number;
        }
        if self.is_word(first) && !self.is_minus(first) {
            return self.word();
        }
        self.sign(first)
    }

    /// What means something only at the beginning of a line.
    fn line_begin(&mut self, first: char) -> Option<Kind> {
        let language = self.vocabulary.language;
        if !self.line_begins {
            return None;
        }
        if language.preprocessor && first == '#' {
            self.take(first);
            self.take_while(|sign| sign == ' ');
            self.take_while(char::is_alphanumeric);
            self.line_begins = false;
            return Some(Kind::Keyword);
        }
        match language.keys {
            Keys::Equals if first == '[' => {
                self.take_while(|sign| sign != '\n' && sign != ']');
                self.take_while(|sign| sign == ']');
                Some(Kind::Type)
            }
            Keys::Colon if first == '-' => {
                // An item of a list, or the line between two documents. What follows begins the line.
                self.take_while(|sign| sign == '-');
                Some(Kind::Plain)
            }
            Keys::Colon | Keys::Equals | Keys::Goals => self.key(language.keys),
            _ => None,
        }
    }

    /// The name at the beginning of this line, if it is one. Each line is looked at once.
    fn key(&mut self, keys: Keys) -> Option<Kind> {
        let begins_text = self.at == 0 || self.text[..self.at].ends_with('\n');
        self.line_begins = false;
        if keys == Keys::Goals && !begins_text {
            return None;
        }
        let rest = self.rest();
        let line = rest.split('\n').next().unwrap_or_default();
        self.pieces.worked(line.chars().count());
        let end = match keys {
            Keys::Equals => line.find('='),
            Keys::Goals => line.find(':').filter(|at| !line[*at..].starts_with(":=")),
            _ => line
                .match_indices(':')
                .map(|(at, _)| at)
                .find(|at| line[at + 1..].chars().next().is_none_or(char::is_whitespace)),
        }?;
        let name = line[..end].trim_end();
        // Quotes are around all of it, or it is part of a text.
        let bare = match name.chars().next() {
            Some(quote @ ('"' | '\'')) => name[1..].strip_suffix(quote).unwrap_or(name),
            _ => name,
        };
        let is_name = !bare.is_empty() && !bare.contains(['{', '[', '(', '#', '`', '"', '\'', ',']);
        is_name.then(|| {
            self.skip(name.len());
            self.before = Before::Nothing;
            Kind::Name
        })
    }

    /// A word that the sign before it gives a kind.
    fn sigil(&mut self, first: char) -> Option<Kind> {
        let sigils = self.vocabulary.language.sigils;
        let (_, kind) = sigils.iter().find(|(sigil, _)| *sigil == first)?;
        if first == ':' && self.text[..self.at].ends_with(':') {
            return None;
        }
        let next = self.rest()[first.len_utf8()..].chars().next()?;
        let is_goals = self.vocabulary.language.keys == Keys::Goals;
        let braced = first == '$' && (next == '{' || (next == '(' && is_goals));
        if !braced && !next.is_alphanumeric() && !matches!(next, '_' | '-' | '?' | '@') {
            return None;
        }
        self.take(first);
        if braced {
            self.take_while(|sign| !matches!(sign, '}' | ')' | '\n' | ' '));
            self.take_while_one(|sign| matches!(sign, '}' | ')'));
        } else {
            self.take_while_one(|sign| matches!(sign, '?' | '@'));
            self.take_while(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-'));
        }
        Some(*kind)
    }

    fn word(&mut self) -> Kind {
        let begin = self.at;
        while let Some(sign) = self.peek().filter(|sign| self.is_word(*sign) || sign.is_numeric()) {
            self.take(sign);
        }
        let text = self.text;
        let word = &text[begin..self.at];
        let (before, defining) = (self.before, self.defining.take());
        self.before = Before::Value;

        let language = self.vocabulary.language;
        let known = self.vocabulary.kind(word).filter(|_| before != Before::Sign('.'));
        if language.keys == Keys::Words && self.braces > 0 && self.behind_space() == Some(':') {
            return Kind::Name;
        }
        if let Some(kind) = known {
            if kind == Kind::Keyword {
                self.before = Before::Nothing;
                self.defining =
                    DEFINING.iter().find(|(defining, _)| *defining == word).map(|(_, kind)| *kind);
            }
            return kind;
        }
        if let Some(kind) = defining {
            return kind;
        }
        if language.rust && self.rest().starts_with('!') && !self.rest().starts_with("!=") {
            self.take('!');
            return Kind::Function;
        }
        if language.calls && self.behind_space() == Some('(') {
            return Kind::Function;
        }
        if language.capitals { capitals(word) } else { Kind::Plain }
    }

    fn sign(&mut self, sign: char) -> Kind {
        match sign {
            '{' => self.braces += 1,
            '}' => self.braces = self.braces.saturating_sub(1),
            _ => {}
        }
        self.take(sign);
        self.before = Before::Sign(sign);
        // `type = 1`, `class {`: no name follows.
        self.defining = None;
        Kind::Plain
    }

    /// Whether no word goes on here.
    pub(super) fn is_free(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before.is_none_or(|sign| sign.is_whitespace() || "([{,:=;|&!".contains(sign))
    }

    /// Whether this is a sign before a number or between words, where words may hold it.
    fn is_minus(&self, sign: char) -> bool {
        let goes_on = |next: char| next.is_alphabetic() || matches!(next, '-' | '_');
        sign == '-' && !self.rest()[1..].starts_with(goes_on)
    }

    fn is_word(&self, sign: char) -> bool {
        sign.is_alphabetic() || sign == '_' || self.vocabulary.language.word.contains(sign)
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// What stands behind the white space that follows.
    pub(super) fn behind_space(&mut self) -> Option<char> {
        let mut seen = 0;
        let found = self.rest().chars().inspect(|_| seen += 1).find(|sign| !sign.is_whitespace());
        self.pieces.worked(seen);
        found
    }

    pub(super) fn take(&mut self, sign: char) {
        self.at += sign.len_utf8();
        self.pieces.worked(1);
    }

    pub(super) fn take_while(&mut self, is_part: impl Fn(char) -> bool) {
        while let Some(sign) = self.peek().filter(|sign| is_part(*sign)) {
            self.take(sign);
        }
    }

    fn take_while_one(&mut self, is_part: impl Fn(char) -> bool) {
        if let Some(sign) = self.peek().filter(|sign| is_part(*sign)) {
            self.take(sign);
        }
    }

    /// Reads `bytes` that were compared already.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
        self.pieces.worked(bytes);
    }
}

/// What its letters say of a name.
fn capitals(word: &str) -> Kind {
    let mut letters = word.chars().filter(|sign| sign.is_alphabetic());
    if !letters.next().is_some_and(char::is_uppercase) {
        return Kind::Plain;
    }
    let rest = letters.clone().count();
    if rest > 0 && letters.all(char::is_uppercase) { Kind::Constant } else { Kind::Type }
}
