//! Both languages have all words, use each of them, and write as each is written.

use super::*;
use crate::{
    error::{Field, Why},
    text::Locale,
};

const FIELDS: [Field; 23] = [
    Field::Username,
    Field::DisplayName,
    Field::Email,
    Field::Password,
    Field::CurrentPassword,
    Field::Person,
    Field::Body,
    Field::Locale,
    Field::Theme,
    Field::Form,
    Field::Name,
    Field::Topic,
    Field::People,
    Field::Places,
    Field::Role,
    Field::Rank,
    Field::Reason,
    Field::Status,
    Field::Pins,
    Field::Token,
    Field::Phone,
    Field::Code,
    Field::Term,
];

const REASONS: [Why; 12] = [
    Why::Missing,
    Why::TooShort { at_least: 12 },
    Why::TooLong { at_most: 256 },
    Why::Characters,
    Why::Shape,
    Why::Reserved,
    Why::Guessable,
    Why::Wrong,
    Why::Unknown,
    Why::Yourself,
    Why::Last,
    Why::Banned,
];

fn every_error() -> Vec<Error> {
    let mut errors = vec![
        Error::SignedOut,
        Error::WrongLogin,
        Error::NotFound,
        Error::Forbidden,
        Error::Conflict,
        Error::TooMuch,
        Error::Unsupported,
        Error::Unreachable,
        Error::Unavailable,
    ];
    errors.extend([0, 1, 59, 60, 61, 3_600, 21_600].map(|retry_in| Error::TooFast { retry_in }));
    errors.extend(FIELDS.map(|field| Error::Taken { field }));
    errors.extend(FIELDS.into_iter().flat_map(|field| REASONS.map(|why| Error::invalid(field, why))));
    errors
}

#[test]
fn every_error_has_a_sentence_in_every_language() {
    for error in every_error() {
        let sentences = Locale::ALL.map(|locale| locale.words().sentence(&error));
        for sentence in &sentences {
            assert!(sentence.ends_with('.'), "{error:?} is told as {sentence:?}");
            assert!(sentence.starts_with(char::is_uppercase), "{error:?} is told as {sentence:?}");
        }
        assert_ne!(sentences[0], sentences[1], "{error:?} is not translated");
    }
}

#[test]
fn a_limit_is_named_in_the_sentence() {
    for locale in Locale::ALL {
        let words = locale.words();
        let short = Error::invalid(Field::Password, Why::TooShort { at_least: 12 });
        let long = Error::invalid(Field::Username, Why::TooLong { at_most: 32 });
        assert!(words.sentence(&short).contains("12"));
        assert!(words.sentence(&long).contains("32"));
        assert!(words.sentence(&Error::TooFast { retry_in: 42 }).contains("42"));
    }
}

/// The string literals of a source file, with its escapes for unusual spaces resolved.
fn literals(source: &str) -> Vec<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code =
        code.collect::<Vec<_>>().join("\n").replace("\\u{202f}", "\u{202f}").replace("\\u{a0}", "\u{a0}");
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn french_marks_stand_behind_a_narrow_space_that_does_not_break() {
    for text in [
        include_str!("../fr.rs"),
        include_str!("../accounts/fr.rs"),
        include_str!("../friendship/fr.rs"),
        include_str!("../talk/fr.rs"),
        include_str!("../finding/fr.rs"),
        include_str!("../moderation/fr.rs"),
        include_str!("../places/fr.rs"),
        include_str!("../presence/fr.rs"),
        include_str!("../receipts/fr.rs"),
        include_str!("../replies/fr.rs"),
        include_str!("../threads/fr.rs"),
        include_str!("../forwarding/fr.rs"),
        include_str!("../catching_up/fr.rs"),
        include_str!("../keeping/fr.rs"),
        include_str!("../later/fr.rs"),
        include_str!("../polls/fr.rs"),
        include_str!("../staff/fr.rs"),
        include_str!("../tokens/fr.rs"),
        include_str!("../bots/fr.rs"),
        include_str!("../phones/fr.rs"),
        include_str!("../mentions/fr.rs"),
        include_str!("../commands/fr.rs"),
        include_str!("../activity/fr.rs"),
        include_str!("../requests/fr.rs"),
        include_str!("../changes/fr.rs"),
    ]
    .into_iter()
    .flat_map(literals)
    {
        let mut before = ' ';
        for mark in text.chars() {
            let wants_space = matches!(mark, ':' | ';' | '!' | '?' | '»');
            assert!(!wants_space || before == '\u{202f}', "before {mark} in {text:?}");
            assert!(before != '«' || mark == '\u{202f}', "behind « in {text:?}");
            before = mark;
        }
        assert!(!text.contains('\''), "a typewriter apostrophe in {text:?}");
    }
}

#[test]
fn english_is_typed_with_plain_spaces_and_real_apostrophes() {
    for text in [
        include_str!("../en.rs"),
        include_str!("../accounts/en.rs"),
        include_str!("../friendship/en.rs"),
        include_str!("../talk/en.rs"),
        include_str!("../finding/en.rs"),
        include_str!("../moderation/en.rs"),
        include_str!("../places/en.rs"),
        include_str!("../presence/en.rs"),
        include_str!("../receipts/en.rs"),
        include_str!("../replies/en.rs"),
        include_str!("../threads/en.rs"),
        include_str!("../forwarding/en.rs"),
        include_str!("../catching_up/en.rs"),
        include_str!("../keeping/en.rs"),
        include_str!("../later/en.rs"),
        include_str!("../polls/en.rs"),
        include_str!("../staff/en.rs"),
        include_str!("../tokens/en.rs"),
        include_str!("../bots/en.rs"),
        include_str!("../phones/en.rs"),
        include_str!("../mentions/en.rs"),
        include_str!("../commands/en.rs"),
        include_str!("../activity/en.rs"),
        include_str!("../requests/en.rs"),
        include_str!("../changes/en.rs"),
    ]
    .into_iter()
    .flat_map(literals)
    {
        let odd = |c: char| matches!(c, '\u{202f}' | '\u{a0}' | '\'' | '!');
        assert!(!text.contains(odd), "{text:?}");
    }
}
