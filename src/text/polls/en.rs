//! Asking everybody, in English.

use super::PollWords;
use crate::{polls::drafting::Lasts, text::counts::ENGLISH};

pub(in crate::text) const WORDS: PollWords = PollWords {
    new_poll: "New poll",
    explained: "Everybody here sees who has chosen what. A poll cannot be edited.",
    question: "Question",
    answers: "Answers",
    answers_hint: "Two to ten. Boxes that stay empty are passed over.",
    answer: |number| format!("Answer {number}"),
    several: "Several answers may be chosen",
    closes: "Closes",
    lasts: |lasts| match lasts {
        Lasts::Always => "Never",
        Lasts::Hour => "After 1 hour",
        Lasts::Day => "After 1 day",
        Lasts::ThreeDays => "After 3 days",
        Lasts::Week => "After 1 week",
    },
    ask: "Post poll",
    more_ways: "More ways to send",

    poll: "Poll",
    choose_one: "Choose one answer",
    choose_several: "Choose one answer or several",
    votes_for: |count| ENGLISH.of(count, "vote", "votes"),
    share: |percent| format!("{percent}%"),
    voters: |count| format!("{} voted", ENGLISH.of(count, "person", "people")),
    closes_at: |when| format!("Closes on {when}"),
    closed: "Closed",
    close: "Close poll",

    votes: "Votes",
    nobody_voted: "Nobody has chosen this.",
};
