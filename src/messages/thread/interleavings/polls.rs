//! Polls in that world: asked, voted in, closed.

use super::{
    super::{
        Part,
        fixtures::{message, person},
    },
    world::{Frame, ME, World},
};
use crate::{
    messages::Message,
    polls::{Poll, PollAnswer, Voted, chosen_after},
    time::Timestamp,
};

impl World {
    pub(super) fn ask_all(&mut self, sender: i64, several: bool) {
        self.head += 1;
        let answers = (0..3).map(|at| PollAnswer { text: at.to_string(), votes: 0 }).collect();
        let poll = Some(Box::new(Poll { answers, several, ..Poll::default() }));
        let asked = Message { poll, ..message(self.head, sender) };
        self.frames.push(Frame::Message(Box::new(asked.clone())));
        self.stored.insert(self.head, Message { voted: Some(Vec::new()), ..asked });
    }

    /// One of the polls that are there still.
    fn poll(&self, which: usize) -> Option<i64> {
        let polls = self.stored.iter().filter(|(_, message)| message.poll.is_some());
        let polls: Vec<i64> = polls.map(|(position, _)| *position).collect();
        polls.get(which % polls.len().max(1)).copied()
    }

    pub(super) fn vote(&mut self, who: i64, which: usize, answer: u32) {
        let Some(position) = self.poll(which) else { return };
        let Some(message) = self.stored.get_mut(&position) else { return };
        let Some(poll) = message.poll.as_mut().filter(|poll| !poll.closed) else { return };
        let before = self.votes.get(&(message.id, who)).cloned().unwrap_or_default();
        let chosen = chosen_after(&before, answer, !before.contains(&answer), poll.several);
        self.votes.insert((message.id, who), chosen.clone());
        let all: Vec<&Vec<u32>> =
            self.votes.iter().filter(|((of, _), _)| *of == message.id).map(|(_, chosen)| chosen).collect();
        for (place, answer) in (0..).zip(&mut poll.answers) {
            answer.votes = u32::try_from(all.iter().filter(|it| it.contains(&place)).count()).unwrap_or(0);
        }
        poll.voters = u32::try_from(all.iter().filter(|it| !it.is_empty()).count()).unwrap_or(0);
        let counts = poll.answers.iter().map(|answer| answer.votes).collect();
        let voted = Voted { actor: person(who), chosen: chosen.clone(), counts, voters: poll.voters };
        self.head += 1;
        message.revision = self.head;
        message.reacted.get_or_insert_default();
        if who == ME {
            message.voted = Some(chosen);
        }
        self.frames.push(Frame::Part(message.id, self.head, Part::Voted(voted)));
    }

    pub(super) fn close(&mut self, which: usize) {
        let Some(position) = self.poll(which) else { return };
        let Some(message) = self.stored.get_mut(&position) else { return };
        self.head += 1;
        let at = Timestamp::from_millis(self.head);
        message.close(at);
        message.revision = self.head;
        message.reacted.get_or_insert_default();
        self.frames.push(Frame::Part(message.id, self.head, Part::Closed(at)));
    }
}
