//! What others did that concerns one: who is told of what, what they see of it later, and how much of it is new.

mod counting;
mod seeing;
mod telling;

use salon::{
    activity::Activity,
    ids::{ConversationId, MessageId},
    messages::Message,
    text::Locale,
};

use crate::support::{Answer, Person, cast::outcome, new_key};

impl Person {
    /// What concerns them, the newest first.
    async fn activity(&self) -> Activity {
        self.reads("activity").await.well().json()
    }

    /// The same in words: who did what, and what is quoted of it.
    pub async fn is_told(&self) -> Vec<String> {
        let words = Locale::En.words();
        let told = self.activity().await.lines.into_iter().map(|line| {
            let place = line.place.as_ref().map(|place| place.called(words)).unwrap_or_default();
            let told = (words.activity().told)(&line.actor.called(words), &line.deed, &place);
            line.quoted().map_or(told.clone(), |quoted| format!("{told}: {}", quoted.text))
        });
        told.collect()
    }

    /// How much of it is new.
    pub async fn news(&self) -> u32 {
        self.home().await.activity
    }

    async fn says_in_answer(&self, to: &Message, body: &str) -> Message {
        let fields = [("key", &*new_key()), ("body", body), ("reply_to", &*to.id.to_string())];
        outcome(&self.does("send_message", to.conversation, &fields).await).expect("the answer is accepted")
    }

    async fn reacts_to(&self, message: &Message, emoji: &str) {
        self.signs("add_reaction", message, emoji).await.well();
    }

    async fn takes_back(&self, message: &Message, emoji: &str) {
        self.signs("remove_reaction", message, emoji).await.well();
    }

    async fn signs(&self, function: &str, message: &Message, emoji: &str) -> Answer {
        let fields = [("message", &*message.id.to_string()), ("emoji", emoji)];
        self.does(function, message.conversation, &fields).await
    }

    async fn rewrites(&self, talk: ConversationId, message: MessageId, body: &str) {
        self.does("edit_message", talk, &[("message", &*message.to_string()), ("body", body)]).await.well();
    }

    async fn has_looked_up_to(&self, id: impl std::fmt::Display) -> Answer {
        self.calls("mark_activity_read", &[("up_to", &id.to_string())]).await
    }
}
