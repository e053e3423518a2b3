//! The people of the scenarios, and what they do.

use std::ops::Deref;

use salon::{
    conversations::{Conversation, Home, about::Role, members::Members, window::Window},
    error::Error,
    friends::Friends,
    ids::{AccountId, ConversationId, MessageId},
    messages::{Message, system::SystemNote},
};

use super::{Answer, Browser, Socket, TestApp, new_key};

/// Good enough for everyone.
pub const PASSWORD: &str = "tea at five, as ever";

/// Somebody with an account, at a browser where they are logged in.
#[derive(Clone)]
pub struct Person {
    pub name: String,
    pub id: AccountId,
    browser: Browser,
}

impl Deref for Person {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Person {
    /// Signs up as `name`, with the address `name`@example.org.
    pub async fn signs_up(app: &TestApp, name: &str) -> Self {
        let browser = app.browser();
        signs_up(&browser, name, &address(name), PASSWORD).await.well();
        Self::known(app, name, browser).await
    }

    /// The person `name`, who is logged in at `browser`.
    pub async fn known(app: &TestApp, name: &str, browser: Browser) -> Self {
        let id = app.store().await.number(format!("select id from account where username = '{name}'")).await;
        Self { name: name.to_owned(), id: id.try_into().expect("an id"), browser }
    }

    /// The same person at another browser.
    pub async fn at_another_browser(&self, app: &TestApp) -> Self {
        self.at(app.browser()).await
    }

    /// The same person at `browser`, where they are logged in already.
    pub fn with(&self, browser: Browser) -> Self {
        Self { browser, ..self.clone() }
    }

    /// The same person, logged in at `browser`.
    pub async fn at(&self, browser: Browser) -> Self {
        logs_in(&browser, &self.name, PASSWORD).await.well();
        self.with(browser)
    }

    pub async fn asks(&self, name: &str) -> Answer {
        self.calls("add_friend", &[("person", name)]).await
    }

    /// Calls a function that takes an account, as `accept_friend`.
    pub async fn answers(&self, function: &str, other: &Self) -> Answer {
        self.calls(function, &[("account", &other.id.to_string())]).await
    }

    pub async fn befriends(&self, other: &Self) {
        self.asks(&other.name).await.well();
        other.answers("accept_friend", self).await.well();
    }

    pub async fn unfriends(&self, other: &Self) {
        self.answers("remove_friend", other).await.well();
    }

    pub async fn friends(&self) -> Friends {
        self.reads("friends").await.well().json()
    }

    /// Opens the private talk with a friend.
    pub async fn opens(&self, other: &Self) -> ConversationId {
        let answer =
            self.submits("/friends", "open_conversation", &[("account", &other.id.to_string())]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let id = answer.location().strip_prefix("/c/").expect("the page of a conversation");
        id.parse().expect("an id")
    }

    /// Makes a group with these friends.
    pub async fn gathers(&self, name: &str, people: &[&Self]) -> ConversationId {
        let answer = self.tries_to_gather(name, people).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let id = answer.location().strip_prefix("/c/").expect("the page of a conversation");
        id.parse().expect("an id")
    }

    pub async fn tries_to_gather(&self, name: &str, people: &[&Self]) -> Answer {
        let ids: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
        let people = ids.iter().map(|id| ("people[]", id.as_str()));
        let fields: Vec<(&str, &str)> = [("name", name)].into_iter().chain(people).collect();
        self.submits("/groups/new", "create_group", &fields).await
    }

    /// Does something about a member of a group: `add_members`, `remove_member`, `set_role`.
    pub async fn does(&self, function: &str, group: ConversationId, fields: &[(&str, &str)]) -> Answer {
        let group = group.to_string();
        let fields: Vec<(&str, &str)> =
            [("conversation", &*group)].into_iter().chain(fields.iter().copied()).collect();
        self.calls(function, &fields).await
    }

    pub async fn adds(&self, group: ConversationId, other: &Self) -> Answer {
        self.does("add_members", group, &[("people[]", &other.id.to_string())]).await
    }

    pub async fn lets_go(&self, group: ConversationId, other: &Self) -> Answer {
        self.does("remove_member", group, &[("account", &other.id.to_string())]).await
    }

    pub async fn makes(&self, group: ConversationId, other: &Self, role: &str) -> Answer {
        self.does("set_role", group, &[("account", &other.id.to_string()), ("role", role)]).await
    }

    pub async fn leaves(&self, group: ConversationId) -> Answer {
        self.does("leave_group", group, &[]).await
    }

    /// The people of a conversation, a page of them.
    pub async fn members(&self, id: ConversationId) -> Members {
        self.reads(&format!("members?id={id}")).await.well().json()
    }

    /// The names and roles of those on its first page.
    pub async fn members_by_name(&self, id: ConversationId) -> Vec<(String, Role)> {
        let people = self.members(id).await.people;
        people.into_iter().map(|line| (line.person.username, line.role)).collect()
    }

    /// What was done there, as its latest messages tell.
    pub async fn reads_notes(&self, id: ConversationId) -> Vec<SystemNote> {
        self.reads_conversation(id).await.messages.into_iter().filter_map(|message| message.note).collect()
    }

    /// Sends a message that is accepted.
    pub async fn sends(&self, conversation: ConversationId, body: &str) -> Message {
        self.tries_to_send(conversation, body).await.expect("the message is accepted")
    }

    pub async fn tries_to_send(&self, conversation: ConversationId, body: &str) -> Result<Message, Error> {
        outcome(&self.posts(conversation, &new_key(), body).await)
    }

    /// Sends under a key of one's own choice.
    pub async fn posts(&self, conversation: ConversationId, key: &str, body: &str) -> Answer {
        let fields = [("conversation", &*conversation.to_string()), ("key", key), ("body", body)];
        self.calls("send_message", &fields).await
    }

    /// Posts a poll that is accepted.
    pub async fn polls(&self, conversation: ConversationId, question: &str, answers: &[&str]) -> Message {
        let key = new_key();
        let answers = answers.iter().map(|answer| ("answers[]", *answer));
        let fields: Vec<_> = [("key", &*key), ("question", question)].into_iter().chain(answers).collect();
        self.does("create_poll", conversation, &fields).await.well();
        self.reads_conversation(conversation).await.messages.pop().expect("it stands there")
    }

    /// The conversation with its latest messages.
    pub async fn reads_conversation(&self, id: ConversationId) -> Conversation {
        self.reads_window(id, Window::Latest).await
    }

    /// The conversation with a part of its messages.
    pub async fn reads_window(&self, id: ConversationId, window: Window) -> Conversation {
        self.tries_to_read(id, window).await.well().json()
    }

    pub async fn tries_to_read(&self, id: ConversationId, window: Window) -> Answer {
        self.reads(&format!("conversation?id={id}&window={window}")).await
    }

    pub async fn home(&self) -> Home {
        self.reads("home").await.well().json()
    }

    pub async fn marks_read(&self, id: ConversationId, position: i64) -> Answer {
        let fields = [("conversation", &*id.to_string()), ("position", &*position.to_string())];
        self.calls("mark_read", &fields).await
    }

    pub async fn marks_unread(&self, id: ConversationId, message: MessageId) -> Answer {
        let fields = [("conversation", &*id.to_string()), ("message", &*message.to_string())];
        self.calls("mark_unread", &fields).await
    }

    /// One message, as it is now.
    pub async fn reads_message(&self, id: ConversationId, message: MessageId) -> Message {
        let page = self.reads_window(id, Window::Around(message)).await;
        page.messages.into_iter().find(|it| it.id == message).expect("it stands on its page")
    }

    pub async fn deletes(&self, id: ConversationId, message: MessageId) -> Answer {
        self.does("delete_message", id, &[("message", &message.to_string())]).await
    }

    /// The texts of the latest messages.
    pub async fn reads_texts(&self, id: ConversationId) -> Vec<String> {
        self.reads_conversation(id).await.messages.into_iter().map(|message| message.body).collect()
    }

    /// As [`Person::reads_texts`], without what the conversation says of itself.
    pub async fn reads_words(&self, id: ConversationId) -> Vec<String> {
        let messages = self.reads_conversation(id).await.messages.into_iter();
        messages.filter(|message| message.note.is_none()).map(|message| message.body).collect()
    }

    /// The HTML of the conversation's page.
    pub async fn looks_at(&self, id: ConversationId) -> String {
        self.page(&format!("/c/{id}")).await
    }

    /// Opens a live connection; its `hello` has arrived.
    pub async fn connects(&self) -> Socket {
        Socket::open(self.origin(), &self.cookies()).await
    }
}

/// The address of the person `name`.
pub fn address(name: &str) -> String {
    format!("{name}@example.org")
}

pub async fn signs_up(browser: &Browser, name: &str, address: &str, password: &str) -> Answer {
    browser.calls("sign_up", &[("username", name), ("email", address), ("password", password)]).await
}

pub async fn logs_in(browser: &Browser, login: &str, password: &str) -> Answer {
    browser.calls("log_in", &[("username", login), ("password", password)]).await
}

/// A message, or why not.
pub fn outcome(answer: &Answer) -> Result<Message, Error> {
    if answer.status == 200 { Ok(answer.json()) } else { Err(answer.error()) }
}
