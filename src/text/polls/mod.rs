//! The words about asking everybody, and what they choose.

mod en;
mod fr;

pub(super) use self::{en::WORDS as ENGLISH, fr::WORDS as FRENCH};

use crate::polls::drafting::Lasts;

/// The words of one language about polls.
pub struct PollWords {
    // Asking.
    pub new_poll: &'static str,
    pub explained: &'static str,
    pub question: &'static str,
    pub answers: &'static str,
    pub answers_hint: &'static str,
    /// Given its number, from 1.
    pub answer: fn(usize) -> String,
    pub several: &'static str,
    pub closes: &'static str,
    pub lasts: fn(Lasts) -> &'static str,
    pub ask: &'static str,

    /// The ways on from the box to write in, where they have no room.
    pub more_ways: &'static str,

    // Choosing.
    pub poll: &'static str,
    /// What is to be done where one may choose only one.
    pub choose_one: &'static str,
    pub choose_several: &'static str,
    /// Given how many have chosen an answer, for those who listen.
    pub votes_for: fn(u32) -> String,
    /// Given percent.
    pub share: fn(u32) -> String,
    /// Given how many people have voted.
    pub voters: fn(u32) -> String,
    /// Given when.
    pub closes_at: fn(&str) -> String,
    pub closed: &'static str,
    pub close: &'static str,

    // Who has voted.
    pub votes: &'static str,
    pub nobody_voted: &'static str,
}

#[cfg(test)]
mod tests {
    use crate::{
        error::{Error, Field, Why},
        text::Locale,
    };

    #[test]
    fn every_refusal_about_a_poll_is_told_in_its_own_words() {
        let reasons = [
            (Field::Question, Why::Missing),
            (Field::Question, Why::TooLong { at_most: 300 }),
            (Field::Question, Why::Characters),
            (Field::Answers, Why::Missing),
            (Field::Answers, Why::TooLong { at_most: 10 }),
            (Field::Answers, Why::Wrong),
            (Field::Answer, Why::TooLong { at_most: 100 }),
            (Field::Answer, Why::Unknown),
            (Field::Poll, Why::Past),
        ];
        for error in reasons.map(|(field, why)| Error::invalid(field, why)) {
            let [one, other] = Locale::ALL.map(|locale| locale.words().sentence(&error));
            assert_ne!(one, other);
            for sentence in [one, other] {
                assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{sentence}");
                assert!(!sentence.contains("password") && !sentence.contains("passe"), "{sentence}");
            }
        }
    }

    #[test]
    fn votes_and_shares_are_written_as_each_language_does() {
        let [english, french] = [Locale::En, Locale::Fr].map(|locale| locale.words().polls());
        assert_eq!([0, 1, 2].map(english.voters), ["0 people voted", "1 person voted", "2 people voted"]);
        assert_eq!([0, 2].map(french.voters), ["0 personne a voté", "2 personnes ont voté"]);
        assert_eq!([1, 2].map(english.votes_for), ["1 vote", "2 votes"]);
        assert_eq!(((english.share)(42), (french.share)(42)), ("42%".into(), "42\u{202f}%".into()));
    }
}
