//! Polls: a message that asks, answered by everybody who may write, counted and told to everybody who may read.

mod asking;
mod closing;
mod voting;

use salon::{
    error::Error,
    ids::{ConversationId, MessageId},
};

use crate::support::{Answer, Person, new_key};

const HOUR: i64 = 3_600_000;

impl Person {
    /// Posts a poll with more said about it, under a key of one's own choice.
    async fn asks_all(&self, key: &str, talk: ConversationId, fields: &[(&str, &str)]) -> Answer {
        let all: Vec<_> = [("key", key)].into_iter().chain(fields.iter().copied()).collect();
        self.does("create_poll", talk, &all).await
    }

    /// As [`Person::polls`], where several answers may be chosen, or it closes.
    async fn polls_with(&self, talk: ConversationId, more: &[(&str, &str)]) -> MessageId {
        let fields =
            [("question", "Tea?"), ("answers[]", "Yes"), ("answers[]", "No"), ("answers[]", "Later")];
        let all: Vec<_> = fields.into_iter().chain(more.iter().copied()).collect();
        self.asks_all(&new_key(), talk, &all).await.well();
        self.reads_conversation(talk).await.messages.last().expect("it stands there").id
    }

    async fn votes(&self, talk: ConversationId, poll: MessageId, answer: u32) -> Option<Error> {
        self.turns("add_vote", talk, poll, answer).await
    }

    async fn unvotes(&self, talk: ConversationId, poll: MessageId, answer: u32) -> Option<Error> {
        self.turns("remove_vote", talk, poll, answer).await
    }

    async fn turns(
        &self,
        function: &str,
        talk: ConversationId,
        poll: MessageId,
        answer: u32,
    ) -> Option<Error> {
        let fields = [("message", &*poll.to_string()), ("answer", &*answer.to_string())];
        let done = self.does(function, talk, &fields).await;
        (done.status != 200).then(|| done.error())
    }

    async fn closes(&self, talk: ConversationId, poll: MessageId) -> Option<Error> {
        let done = self.does("close_poll", talk, &[("message", &poll.to_string())]).await;
        (done.status != 200).then(|| done.error())
    }

    /// How many have chosen each answer, how many have voted, and what one has chosen oneself.
    async fn sees_votes(&self, talk: ConversationId, poll: MessageId) -> (Vec<u32>, u32, Vec<u32>) {
        let message = self.reads_message(talk, poll).await;
        let poll = message.poll.expect("a poll");
        let counts = poll.answers.iter().map(|answer| answer.votes).collect();
        (counts, poll.voters, message.voted.expect("it is told to one alone"))
    }
}
