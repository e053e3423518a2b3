//! What a language is made of, as far as its colours go.

use std::collections::HashMap;

use crate::text::colours::Kind;

/// A language as its table has it. Whatever is not said is not there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Language {
    /// What people write behind the fence, in small letters.
    pub names: &'static [&'static str],
    /// What begins a comment that ends with its line.
    pub comments: &'static [&'static str],
    /// Whether such a comment begins only where no word goes on.
    pub comments_begin_words: bool,
    /// What begins and ends a comment of many lines.
    pub blocks: &'static [(&'static str, &'static str)],
    /// Whether those hold one another.
    pub blocks_nest: bool,
    /// Longer ones first.
    pub strings: &'static [Quote],
    /// Whether a quote within a word is an apostrophe.
    pub strings_begin_words: bool,
    /// What may stand right before a string and belongs to it.
    pub prefixes: &'static [&'static str],
    /// The same, where a backslash means nothing then.
    pub raw_prefixes: &'static [&'static str],
    /// With spaces between them. In small letters where case does not matter.
    pub keywords: &'static str,
    pub types: &'static str,
    pub constants: &'static str,
    pub functions: &'static str,
    /// Whether case does not matter.
    pub any_case: bool,
    /// What may stand in a word beside letters, digits and `_`.
    pub word: &'static str,
    /// Signs that give the word right behind them a kind.
    pub sigils: &'static [(char, Kind)],
    /// Whether names that begin with a capital are types, and those all in capitals constants.
    pub capitals: bool,
    /// Whether a name before a parenthesis is called.
    pub calls: bool,
    pub keys: Keys,
    /// What Rust has and few others: raw strings with `#`, lifetimes, `name!`, `#[…]`.
    pub rust: bool,
    /// Whether `#` at the beginning of a line is for the preprocessor.
    pub preprocessor: bool,
    /// Whether `/` where a value may stand begins a pattern.
    pub patterns: bool,
}

/// A way to write strings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// Whether a backslash takes its meaning from what stands behind it.
    pub escapes: bool,
    /// Whether it goes on behind the end of its line.
    pub lines: bool,
    /// What begins code within it, which ends with `}`.
    pub insert: Option<&'static str>,
}

/// What names a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    Nothing,
    /// A word within braces before a colon.
    Words,
    /// A string before a colon.
    Strings,
    /// What stands on a line before `: `.
    Colon,
    /// What stands on a line before `=`; names in brackets begin a section.
    Equals,
    /// What stands at the very beginning of a line before `:`.
    Goals,
}

/// A language that is ready for use.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub language: &'static Language,
    pub words: HashMap<&'static str, Kind>,
}

impl Language {
    pub(super) const NOTHING: Self = Self {
        names: &[],
        comments: &[],
        comments_begin_words: false,
        blocks: &[],
        blocks_nest: false,
        strings: &[Quote::DOUBLE],
        strings_begin_words: false,
        prefixes: &[],
        raw_prefixes: &[],
        keywords: "",
        types: "",
        constants: "",
        functions: "",
        any_case: false,
        word: "",
        sigils: &[],
        capitals: false,
        calls: false,
        keys: Keys::Nothing,
        rust: false,
        preprocessor: false,
        patterns: false,
    };

    /// Most of those that look like C.
    pub(super) const BRACES: Self = Self {
        comments: &["//"],
        blocks: &[("/*", "*/")],
        strings: &[Quote::DOUBLE, Quote::SINGLE],
        capitals: true,
        calls: true,
        ..Self::NOTHING
    };
}

impl Quote {
    pub(super) const DOUBLE: Self = Self::of("\"");
    pub(super) const SINGLE: Self = Self::of("'");

    /// One that opens and closes with the same sign, and ends with its line.
    pub(super) const fn of(sign: &'static str) -> Self {
        Self { open: sign, close: sign, escapes: true, lines: false, insert: None }
    }

    /// The same without a meaning for backslashes.
    pub(super) const fn raw(self) -> Self {
        Self { escapes: false, ..self }
    }

    /// The same over several lines.
    pub(super) const fn lines(self) -> Self {
        Self { lines: true, ..self }
    }

    /// The same with code within it.
    pub(super) const fn inserts(self, open: &'static str) -> Self {
        Self { insert: Some(open), ..self }
    }
}

impl Vocabulary {
    pub(super) fn of(language: &'static Language) -> Self {
        let Language { keywords, types, constants, functions, .. } = language;
        let tables = [
            (Kind::Function, functions),
            (Kind::Type, types),
            (Kind::Constant, constants),
            (Kind::Keyword, keywords),
        ];
        let words =
            tables.into_iter().flat_map(|(kind, table)| table.split(' ').map(move |word| (word, kind)));
        Self { language, words: words.filter(|(word, _)| !word.is_empty()).collect() }
    }

    /// What a word always is.
    pub(super) fn kind(&self, word: &str) -> Option<Kind> {
        if self.language.any_case {
            self.words.get(&*word.to_lowercase()).copied()
        } else {
            self.words.get(word).copied()
        }
    }
}
