//! What the scanner reads to an end of its own: comments, strings, patterns, numbers.

use super::{
    language::{Keys, Quote},
    scanner::{Before, Scanner},
};
use crate::text::colours::Kind;

/// Code in strings in code: deeper than this it is part of the string.
const DEEPEST: usize = 8;

impl Scanner<'_> {
    pub(super) fn comment(&mut self) -> Option<Kind> {
        let language = self.vocabulary.language;
        if let Some((open, close)) = language.blocks.iter().find(|(open, _)| self.rest().starts_with(open)) {
            self.skip(open.len());
            self.block_comment(open, close);
            return Some(Kind::Comment);
        }
        let is_free = !language.comments_begin_words || self.is_free();
        let begins = is_free && language.comments.iter().any(|open| self.rest().starts_with(open));
        begins.then(|| {
            self.take_while(|sign| sign != '\n');
            Kind::Comment
        })
    }

    /// To the end of a comment that is open, or of the text.
    fn block_comment(&mut self, open: &str, close: &str) {
        let mut depth = 1_usize;
        while let Some(sign) = self.peek() {
            if self.rest().starts_with(close) {
                self.skip(close.len());
                depth -= 1;
                if depth == 0 {
                    return;
                }
            } else if self.vocabulary.language.blocks_nest && self.rest().starts_with(open) {
                self.skip(open.len());
                depth += 1;
            } else {
                self.take(sign);
            }
        }
    }

    pub(super) fn string(&mut self) -> Option<Kind> {
        let language = self.vocabulary.language;
        if language.strings_begin_words && !self.is_free() {
            return None;
        }
        let rest = self.rest();
        let opens = |text: &str| language.strings.iter().find(|quote| text.starts_with(quote.open)).copied();
        let behind = |prefix: &&str| Some((opens(rest.strip_prefix(*prefix)?)?, prefix.len()));
        let prefixed = language.prefixes.iter().find_map(behind);
        let raw =
            || language.raw_prefixes.iter().find_map(behind).map(|(quote, prefix)| (quote.raw(), prefix));
        let (quote, prefix) = prefixed.or_else(raw).or_else(|| Some((opens(rest)?, 0)))?;
        self.skip(prefix + quote.open.len());
        self.string_from(quote);
        let is_key = language.keys == Keys::Strings && self.behind_space() == Some(':');
        Some(if is_key { Kind::Name } else { Kind::String })
    }

    /// To the end of a string that is open, or to the code within it.
    fn string_from(&mut self, quote: Quote) {
        while let Some(sign) = self.peek() {
            let rest = self.rest();
            if rest.starts_with(quote.close) {
                self.skip(quote.close.len());
                return;
            }
            if sign == '\n' && !quote.lines {
                return;
            }
            if let Some(open) = quote.insert.filter(|open| rest.starts_with(open))
                && self.inserts.len() < DEEPEST
            {
                self.skip(open.len());
                self.inserts.push((quote, self.braces));
                self.before = Before::Nothing;
                return;
            }
            self.take(sign);
            if quote.escapes
                && sign == '\\'
                && let Some(escaped) = self.peek().filter(|sign| *sign != '\n' || quote.lines)
            {
                self.take(escaped);
            }
        }
    }

    /// A string goes on behind the code within it.
    pub(super) fn resume(&mut self) -> Kind {
        self.take('}');
        if let Some((quote, _)) = self.inserts.pop() {
            self.string_from(quote);
        }
        self.before = Before::Value;
        Kind::String
    }

    /// What few languages have.
    pub(super) fn special(&mut self, first: char) -> Option<Kind> {
        let language = self.vocabulary.language;
        if language.rust {
            return self.rust(first);
        }
        let may_begin = match self.before {
            Before::Nothing => true,
            Before::Value => false,
            Before::Sign(sign) => !matches!(sign, ')' | ']' | '}'),
        };
        if language.patterns && first == '/' && may_begin {
            self.pattern();
            return Some(Kind::String);
        }
        None
    }

    fn rust(&mut self, first: char) -> Option<Kind> {
        let rest = self.rest();
        if matches!(first, 'r' | 'b' | 'c') {
            let marked = rest.trim_start_matches(['b', 'c']);
            // One letter before the `r`, at most.
            let hashed = marked.strip_prefix('r').filter(|_| rest.len() - marked.len() <= 1)?;
            let hashes = hashed.bytes().take_while(|byte| *byte == b'#').count();
            self.pieces.worked(hashes);
            hashed[hashes..].strip_prefix('"')?;
            self.skip(rest.len() - hashed.len() + hashes + 1);
            self.raw_string(hashes);
            return Some(Kind::String);
        }
        if first == '#' && (rest.starts_with("#[") || rest.starts_with("#![")) {
            self.take_while(|sign| sign != '\n' && sign != ']');
            self.take_while(|sign| sign == ']');
            return Some(Kind::Name);
        }
        if first != '\'' {
            return None;
        }
        let mut behind = rest.chars().skip(1);
        match (behind.next(), behind.next()) {
            (Some('\\'), _) | (Some(_), Some('\'')) => {
                self.take(first);
                // Even `'''` is one.
                if let Some(sign) = self.peek().filter(|sign| !matches!(sign, '\\' | '\n')) {
                    self.take(sign);
                }
                self.string_from(Quote::SINGLE);
                Some(Kind::String)
            }
            _ => {
                self.take(first);
                self.take_while(|sign| sign.is_alphanumeric() || sign == '_');
                Some(Kind::Name)
            }
        }
    }

    /// To a quote with as many `#` behind it. Those that are too few are passed over, not read again.
    fn raw_string(&mut self, hashes: usize) {
        while let Some(sign) = self.peek() {
            self.take(sign);
            if sign != '"' {
                continue;
            }
            let mut found = 0;
            while found < hashes && self.peek() == Some('#') {
                self.take('#');
                found += 1;
            }
            if found == hashes {
                return;
            }
        }
    }

    /// A pattern between slashes, with the letters behind it.
    fn pattern(&mut self) {
        self.take('/');
        let mut in_class = false;
        while let Some(sign) = self.peek().filter(|sign| *sign != '\n') {
            self.take(sign);
            match sign {
                '\\' => {
                    if let Some(escaped) = self.peek().filter(|sign| *sign != '\n') {
                        self.take(escaped);
                    }
                }
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    self.take_while(|sign| sign.is_ascii_alphabetic());
                    return;
                }
                _ => {}
            }
        }
    }

    pub(super) fn number(&mut self) {
        let mut last = '0';
        while let Some(sign) = self.peek() {
            let goes_on = sign.is_alphanumeric()
                || sign == '_'
                || (matches!(sign, '+' | '-') && matches!(last, 'e' | 'E'))
                // A digit behind it, or it is the end of a sentence, a range, a call.
                || (sign == '.' && self.rest()[1..].starts_with(|next: char| next.is_ascii_digit()))
                || sign == '%';
            if !goes_on {
                return;
            }
            self.take(sign);
            last = sign;
        }
    }
}
