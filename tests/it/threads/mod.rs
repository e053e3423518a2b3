//! What is said about one message, beside what else is said: where it stands, who hears of it, and what is counted.

mod following;
mod saying;

use salon::{
    conversations::{Conversation, window::Window},
    ids::{ConversationId, MessageId},
    messages::Message,
};

use crate::support::{Answer, Person, TestApp, cast::outcome, new_key};

impl Person {
    async fn posts_in(&self, root: &Message, key: &str, body: &str) -> Answer {
        let fields = [("key", key), ("body", body), ("thread", &*root.id.to_string())];
        self.does("send_message", root.conversation, &fields).await
    }

    async fn says_in(&self, root: &Message, body: &str) -> Message {
        outcome(&self.posts_in(root, &new_key(), body).await).expect("the message is accepted")
    }

    async fn tries_to_open(&self, talk: ConversationId, root: MessageId, window: Window) -> Answer {
        self.reads(&format!("conversation?id={talk}&thread={root}&window={window}")).await
    }

    async fn opens_thread(&self, root: &Message) -> Conversation {
        self.tries_to_open(root.conversation, root.id, Window::Unread).await.well().json()
    }

    async fn follows(&self, root: &Message, follows: bool) -> Answer {
        let fields = [("thread", &*root.id.to_string()), ("follows", &*follows.to_string())];
        self.does("follow_thread", root.conversation, &fields).await
    }

    async fn reads_thread_to(&self, root: &Message, position: i64) {
        let fields = [("thread", &*root.id.to_string()), ("position", &*position.to_string())];
        self.does("mark_thread_read", root.conversation, &fields).await.well();
    }

    /// Whether the line of the conversation says that there is news in a thread.
    async fn has_news(&self, talk: ConversationId) -> bool {
        let home = self.home().await;
        home.conversations.iter().find(|line| line.id == talk).expect("it is listed").threads
    }

    async fn unread_in(&self, root: &Message) -> (u32, Option<i64>) {
        let thread = self.opens_thread(root).await;
        (thread.unread, thread.first_unread)
    }
}

/// Amina and Bruno, and something that Amina has said, which Bruno has read.
async fn talk(app: &TestApp) -> (Person, Person, Message) {
    let (amina, bruno) = app.two_friends().await;
    let talk = amina.opens(&bruno).await;
    let said = amina.sends(talk, "Who brings what?").await;
    bruno.marks_read(talk, said.position).await.well();
    (amina, bruno, said)
}

fn bodies(page: &Conversation) -> Vec<&str> {
    page.messages.iter().map(|message| &*message.body).collect()
}
