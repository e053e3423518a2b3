//! Asking everybody in a conversation, and seeing what they choose.
//!
//! A poll is a message like any other: what it says is the question. What may be answered stands in it as a part of its
//! own, and who votes changes that part alone, like a reaction.

pub mod ballot;
pub mod drafting;
pub mod new_page;
pub mod poll_view;
pub mod server_fns;
pub mod waiting;
pub mod votes_page;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::Person,
    conversations::path,
    ids::{AccountId, ClientKey, ConversationId, MessageId},
    messages::Message,
    time::Timestamp,
};

/// Answers that a poll has at least, and at most.
pub const FEWEST_ANSWERS: usize = 2;
pub const MOST_ANSWERS: usize = 10;

/// Characters of a question.
pub const LONGEST_QUESTION: u32 = 300;

/// Characters of an answer.
pub const LONGEST_ANSWER: u32 = 100;

/// What may be answered to a message that asks, and how many have; the same for everyone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Poll {
    /// In the order in which they are shown. Votes name them by their place, from 0.
    pub answers: Vec<PollAnswer>,
    /// Whether somebody may choose several.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub several: bool,
    /// How many people have voted, each counted once.
    pub voters: u32,
    /// When it closes by itself, or was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Timestamp>,
    /// Whether it was closed when this was told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// One answer that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollAnswer {
    pub text: String,
    /// How many have chosen it.
    pub votes: u32,
}

/// Somebody has chosen, or chosen otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voted {
    pub actor: AccountId,
    /// What they choose now, in order; nothing if they have taken it back.
    pub chosen: Vec<u32>,
    /// How many have chosen each answer now.
    pub counts: Vec<u32>,
    pub voters: u32,
}

/// A conversation where the viewer may ask something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pollable {
    /// What it is called.
    pub place: String,
    /// For the form: the key under which it is posted, once, however often the form is sent.
    pub key: ClientKey,
}

/// Who has voted in a poll, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    pub message: Message,
    /// Who asks, if they are still known there.
    pub author: Option<Person>,
    /// The answer whose people are named.
    pub chosen: u32,
    /// By id; at most [`Votes::PAGE`].
    pub people: Vec<Person>,
    /// Behind whom the next page begins, if there is one.
    pub next: Option<AccountId>,
    /// What the conversation is called.
    pub place: String,
}

impl Votes {
    /// People on one page.
    pub const PAGE: usize = 50;
}

/// The address of the page where one asks something, in a thread or beside all.
pub fn poll_path(conversation: ConversationId, thread: Option<MessageId>) -> String {
    let thread = thread.map(|thread| format!("?thread={thread}")).unwrap_or_default();
    format!("{}/poll{thread}", path(conversation))
}

/// What somebody chooses who had chosen `before`, once they choose an answer, or do so no more. Where only one may be
/// chosen, another takes its place.
pub fn chosen_after(before: &[u32], answer: u32, chosen: bool, several: bool) -> Vec<u32> {
    let stays = |it: &&u32| **it != answer && (several || !chosen);
    let mut after: Vec<u32> = before.iter().filter(stays).copied().collect();
    if chosen {
        after.push(answer);
    }
    after.sort_unstable();
    after
}

impl Poll {
    /// Whether votes are taken no more, as far as this clock knows.
    pub fn is_closed(&self, now: Timestamp) -> bool {
        self.closed || self.closes.is_some_and(|closes| closes <= now)
    }

    /// The share of those who voted, in percent, that one answer has.
    pub fn share(&self, answer: usize) -> u32 {
        let votes = self.answers.get(answer).map_or(0, |answer| u64::from(answer.votes));
        let voters = u64::from(self.voters.max(1));
        // Rounded; more than all of them there cannot be.
        u32::try_from((votes * 200 + voters) / (voters * 2)).unwrap_or(100).min(100)
    }
}

impl Message {
    /// Takes in how many have chosen what now.
    pub fn count_votes(&mut self, voted: &Voted) {
        let Some(poll) = &mut self.poll else { return };
        for (answer, count) in poll.answers.iter_mut().zip(&voted.counts) {
            answer.votes = *count;
        }
        poll.voters = voted.voters;
    }

    /// Takes in that it was closed.
    pub const fn close(&mut self, at: Timestamp) {
        if let Some(poll) = &mut self.poll {
            poll.closed = true;
            poll.closes = Some(at);
        }
    }

    /// The viewer chooses an answer, or does so no more: as it will be counted.
    pub fn choose(&mut self, answer: u32, chosen: bool) {
        let Some(poll) = &mut self.poll else { return };
        let before = self.voted.take().unwrap_or_default();
        let after = chosen_after(&before, answer, chosen, poll.several);
        for (place, answer) in (0..).zip(&mut poll.answers) {
            match (before.contains(&place), after.contains(&place)) {
                (false, true) => answer.votes = answer.votes.saturating_add(1),
                (true, false) => answer.votes = answer.votes.saturating_sub(1),
                _ => {}
            }
        }
        match (before.is_empty(), after.is_empty()) {
            (true, false) => poll.voters = poll.voters.saturating_add(1),
            (false, true) => poll.voters = poll.voters.saturating_sub(1),
            _ => {}
        }
        self.voted = Some(after);
    }

    /// Whether the viewer has chosen this answer, as far as this tells.
    pub fn is_chosen(&self, answer: u32) -> bool {
        self.voted.as_ref().is_some_and(|voted| voted.contains(&answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::message;

    fn asked(several: bool) -> Message {
        let answer = |text: &str| PollAnswer { text: text.to_owned(), votes: 0 };
        let answers = ["Tea", "Coffee", "Water"].map(answer).to_vec();
        Message { poll: Some(Box::new(Poll { answers, several, ..Poll::default() })), ..message(1, 1) }
    }

    fn counts(message: &Message) -> (Vec<u32>, u32) {
        let poll = message.poll.as_ref().expect("a poll");
        (poll.answers.iter().map(|answer| answer.votes).collect(), poll.voters)
    }

    #[test]
    fn where_one_may_be_chosen_another_takes_its_place() {
        let mut message = asked(false);
        for _ in 0..2 {
            message.choose(0, true);
            assert_eq!((counts(&message), message.voted.clone()), ((vec![1, 0, 0], 1), Some(vec![0])));
        }
        message.choose(2, true);
        assert_eq!((counts(&message), message.voted.clone()), ((vec![0, 0, 1], 1), Some(vec![2])));
        // What one does not choose cannot be taken back.
        message.choose(0, false);
        assert!(message.is_chosen(2) && !message.is_chosen(0));
        message.choose(2, false);
        assert_eq!((counts(&message), message.voted.clone()), ((vec![0, 0, 0], 0), Some(vec![])));
    }

    #[test]
    fn where_several_may_be_chosen_one_person_counts_once() {
        let mut message = asked(true);
        message.choose(2, true);
        message.choose(0, true);
        assert_eq!((counts(&message), message.voted.clone()), ((vec![1, 0, 1], 1), Some(vec![0, 2])));
        message.choose(2, false);
        assert_eq!((counts(&message), message.voted), ((vec![1, 0, 0], 1), Some(vec![0])));
    }

    #[test]
    fn shares_are_of_those_who_voted() {
        let answers = [2, 1, 0].map(|votes| PollAnswer { text: String::new(), votes }).to_vec();
        let mut poll = Poll { answers, voters: 3, ..Poll::default() };
        assert_eq!([0, 1, 2, 3].map(|answer| poll.share(answer)), [67, 33, 0, 0]);
        poll.voters = 0;
        assert_eq!(poll.share(0), 100, "never more than all");
        assert_eq!(poll.share(2), 0);
    }

    #[test]
    fn it_is_closed_from_its_time_on() {
        let at = Timestamp::from_millis;
        let mut poll = Poll { closes: Some(at(10)), ..Poll::default() };
        assert_eq!([9, 10].map(|now| poll.is_closed(at(now))), [false, true]);
        poll.closed = true;
        assert!(poll.is_closed(at(9)));
        assert!(!Poll::default().is_closed(at(9)));
    }
}
