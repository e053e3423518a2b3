//! What somebody wants to ask: checked as a whole, before any of it is stored.

use std::collections::HashSet;

use super::{FEWEST_ANSWERS, LONGEST_ANSWER, LONGEST_QUESTION, MOST_ANSWERS};
use crate::error::{Error, Field, Why};

/// How long a poll takes votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lasts {
    Always,
    Hour,
    Day,
    ThreeDays,
    Week,
}

impl Lasts {
    pub const ALL: [Self; 5] = [Self::Always, Self::Hour, Self::Day, Self::ThreeDays, Self::Week];

    /// As forms send it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::ThreeDays => "3days",
            Self::Week => "week",
        }
    }

    /// What a form has sent; nothing means that it stays open.
    ///
    /// # Errors
    /// `Invalid` for what is none of these.
    pub fn read(code: Option<&str>) -> Result<Self, Error> {
        let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(Self::Always) };
        let known = Self::ALL.into_iter().find(|lasts| lasts.code() == code);
        known.ok_or(Error::invalid(Field::Form, Why::Shape))
    }

    /// In milliseconds; none if it never closes by itself.
    pub const fn millis(self) -> Option<i64> {
        const HOUR: i64 = 60 * 60 * 1_000;
        match self {
            Self::Always => None,
            Self::Hour => Some(HOUR),
            Self::Day => Some(24 * HOUR),
            Self::ThreeDays => Some(3 * 24 * HOUR),
            Self::Week => Some(7 * 24 * HOUR),
        }
    }
}

/// A poll that may be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPoll {
    question: String,
    answers: Vec<String>,
    several: bool,
    lasts: Lasts,
}

impl NewPoll {
    /// Takes what was typed: white space around each text goes, and so do boxes that were left empty.
    ///
    /// # Errors
    /// `Invalid` for a question or an answer that is missing, too long, or has control characters, for too few answers or
    /// too many, and for two that are the same.
    pub fn new(question: &str, answers: &[String], several: bool, lasts: Lasts) -> Result<Self, Error> {
        let question = line(question, LONGEST_QUESTION, Field::Question)?;
        if question.is_empty() {
            return Err(Error::invalid(Field::Question, Why::Missing));
        }
        let refuse = |why| Err(Error::invalid(Field::Answers, why));
        let lines = answers.iter().map(|answer| line(answer, LONGEST_ANSWER, Field::Answer));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        let answers: Vec<String> = lines.into_iter().filter(|answer| !answer.is_empty()).collect();
        if answers.len() < FEWEST_ANSWERS {
            return refuse(Why::Missing);
        }
        if answers.len() > MOST_ANSWERS {
            return refuse(Why::TooLong { at_most: MOST_ANSWERS as u32 });
        }
        if answers.iter().collect::<HashSet<_>>().len() < answers.len() {
            return refuse(Why::Wrong);
        }
        Ok(Self { question, answers, several, lasts })
    }

    pub fn question(&self) -> &str {
        &self.question
    }

    pub fn answers(&self) -> &[String] {
        &self.answers
    }

    /// Whether somebody may choose several of them.
    pub const fn is_several(&self) -> bool {
        self.several
    }

    pub const fn lasts(&self) -> Lasts {
        self.lasts
    }
}

/// One line of it. Where lines were broken there is a space: a box that grows may have some.
fn line(typed: &str, at_most: u32, field: Field) -> Result<String, Error> {
    let text = typed.replace(['\r', '\n'], " ");
    let text = text.trim();
    if text.chars().count() > at_most as usize {
        return Err(Error::invalid(field, Why::TooLong { at_most }));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::invalid(field, Why::Characters));
    }
    Ok(text.to_owned())
}

/// What is to be asked by who has begun `draft` in the box to write in, perhaps by `/poll`.
pub fn begun(draft: &str) -> &str {
    let text = draft.trim();
    let is_order = text.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("/poll"));
    match text.get(5..).filter(|rest| is_order && !rest.starts_with(|c: char| !c.is_whitespace())) {
        Some(rest) => rest.trim(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(question: &str, answers: &[&str]) -> Option<(Field, Why)> {
        let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
        match NewPoll::new(question, &answers, false, Lasts::Always) {
            Err(Error::Invalid { field, why }) => Some((field, why)),
            _ => None,
        }
    }

    #[test]
    fn boxes_that_were_left_empty_are_passed_over() {
        let answers = [" Tea ", "", "Coffee", "  "].map(str::to_owned);
        let poll = NewPoll::new(" What\r\nnow? ", &answers, true, Lasts::Day).expect("it may be asked");
        assert_eq!((poll.question(), poll.answers().join("|")), ("What  now?", "Tea|Coffee".to_owned()));
        assert!(poll.is_several() && poll.lasts() == Lasts::Day);
    }

    #[test]
    fn what_cannot_be_asked_is_refused_with_the_reason() {
        let (question, answers) = (Field::Question, Field::Answers);
        let (long, longer) = ("é".repeat(300), "é".repeat(301));
        let many: Vec<String> = (0..11).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(why(&long, &["a", "b"]), None);
        assert_eq!(why("q", &many[..10]), None);
        assert_eq!(why(" ", &["a", "b"]), Some((question, Why::Missing)));
        assert_eq!(why(&longer, &["a", "b"]), Some((question, Why::TooLong { at_most: 300 })));
        assert_eq!(why("a\0", &["a", "b"]), Some((question, Why::Characters)));
        assert_eq!(why("q", &["a", " "]), Some((answers, Why::Missing)));
        assert_eq!(why("q", &many), Some((answers, Why::TooLong { at_most: 10 })));
        assert_eq!(why("q", &["a", " a "]), Some((answers, Why::Wrong)));
        assert_eq!(why("q", &["a", "A"]), None);
        assert_eq!(why("q", &["a", &long[..202]]), Some((Field::Answer, Why::TooLong { at_most: 100 })));
        assert_eq!(why("q", &["a", "b\u{7}"]), Some((Field::Answer, Why::Characters)));
    }

    #[test]
    fn how_long_it_lasts_is_read_as_it_is_written() {
        for lasts in Lasts::ALL {
            assert_eq!(Lasts::read(Some(lasts.code())), Ok(lasts));
        }
        assert_eq!((Lasts::read(None), Lasts::read(Some(""))), (Ok(Lasts::Always), Ok(Lasts::Always)));
        assert!(Lasts::read(Some("month")).is_err());
    }

    #[test]
    fn what_was_begun_behind_the_command_is_what_is_asked() {
        for (draft, asked) in [
            ("/poll What now?", "What now?"),
            (" /Poll ", ""),
            ("What now?", "What now?"),
            ("/pollution", "/pollution"),
            ("/po", "/po"),
            ("é/pol", "é/pol"),
        ] {
            assert_eq!(begun(draft), asked, "{draft}");
        }
    }
}
