//! What people have begun to write: on all their devices, for nobody else, and gone once it is sent.

mod forms;
mod keeping;
mod limits;
mod races;

use salon::{
    drafts::{Changed, Draft, Kept},
    ids::{ConversationId, MessageId},
};

use crate::support::{Answer, Person};

/// As browsers call themselves.
const BROWSER: &str = "a-browser-of-somebodys";
const OTHER: &str = "another-one-of-theirs";

impl Person {
    /// Has a text kept over a revision.
    async fn begins_over(&self, over: i64, talk: ConversationId, text: &str) -> Answer {
        let fields = [("text", text), ("revision", &*over.to_string()), ("writer", BROWSER)];
        self.does("save_draft", talk, &fields).await
    }

    /// As [`Person::begins_over`], where nothing is in the way; the revision that it has then.
    async fn begins(&self, over: i64, talk: ConversationId, text: &str) -> i64 {
        saved(&self.begins_over(over, talk, text).await.well()).expect("it is kept")
    }

    async fn begins_in(&self, talk: ConversationId, thread: MessageId, text: &str) -> Answer {
        let fields = [("text", text), ("thread", &*thread.to_string()), ("writer", OTHER)];
        self.does("save_draft", talk, &fields).await
    }

    async fn has_begun(&self) -> Vec<Draft> {
        self.reads("drafts").await.well().json::<Changed>().drafts
    }

    /// The texts of what they have begun.
    async fn has_in_mind(&self) -> Vec<String> {
        let drafts = self.has_begun().await.into_iter().map(|draft| draft.text);
        drafts.filter(|text| !text.is_empty()).collect()
    }

    /// What their list says that they have begun in a conversation.
    async fn is_shown_begun(&self, talk: ConversationId) -> Option<String> {
        let line = self.home().await.conversations.into_iter().find(|line| line.id == talk);
        line.expect("it is listed").draft
    }
}

/// The revision, if it was kept.
fn saved(answer: &Answer) -> Option<i64> {
    match answer.json() {
        Kept::Saved { revision } => Some(revision),
        Kept::Newer { .. } => None,
    }
}

/// What stands there instead.
fn newer(answer: &Answer) -> Draft {
    match answer.json() {
        Kept::Newer { now } => now,
        Kept::Saved { revision } => panic!("it was kept as {revision}"),
    }
}
