//! What is to come: reminders and messages, at their time and never twice.

mod limits;
mod races;
mod reminders;
mod scheduled;

use salon::{
    ids::{ConversationId, MessageId, ScheduledId},
    later::{
        reminders::{Remindable, Reminders},
        scheduled::{Scheduled, ScheduledLine},
    },
    messages::Message,
};

use crate::support::{Answer, Person, TestApp, new_key, nodes::Nodes, wait_for};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

impl Person {
    /// Asks to be reminded of a message.
    async fn wants_reminder(&self, message: &Message, when: &str, note: &str) -> Answer {
        let fields = [("message", &*message.id.to_string()), ("when", when), ("note", note)];
        self.does("set_reminder", message.conversation, &fields).await
    }

    async fn wants_no_reminder(&self, message: MessageId) -> Answer {
        self.calls("remove_reminder", &[("message", &message.to_string())]).await
    }

    /// What waits: the texts of the messages, and what was noted.
    async fn waits_for(&self) -> Vec<(String, String)> {
        let reminders: Reminders = self.reads("reminders").await.well().json();
        reminders.lines.into_iter().map(|line| (line.message.body, line.reminder.note)).collect()
    }

    async fn reads_remindable(&self, talk: ConversationId, message: MessageId) -> Remindable {
        self.reads(&format!("remindable?conversation={talk}&message={message}")).await.well().json()
    }

    /// Wants something sent at a time.
    async fn schedules(&self, talk: ConversationId, body: &str, when: &str) -> Answer {
        self.schedules_under(&new_key(), talk, body, when).await
    }

    async fn schedules_under(&self, key: &str, talk: ConversationId, body: &str, when: &str) -> Answer {
        self.does("schedule_message", talk, &[("key", key), ("body", body), ("when", when)]).await
    }

    /// As [`Person::schedules`]; what it is called by.
    async fn schedules_one(&self, talk: ConversationId, body: &str, when: &str) -> ScheduledId {
        self.schedules(talk, body, when).await.well();
        self.has_waiting().await.iter().map(|line| line.id).max().expect("it waits")
    }

    /// What waits to be sent, and what was not.
    async fn has_waiting(&self) -> Vec<ScheduledLine> {
        self.reads("scheduled").await.well().json::<Scheduled>().lines
    }

    async fn revises(&self, id: ScheduledId, body: &str, when: &str) -> Answer {
        self.calls("revise_scheduled", &[("id", &id.to_string()), ("body", body), ("when", when)]).await
    }

    /// Calls `send_scheduled` or `cancel_scheduled`.
    async fn on_waiting(&self, function: &str, id: ScheduledId) -> Answer {
        self.calls(function, &[("id", &id.to_string())]).await
    }
}

/// Time passes, and whoever does what is due looks at once.
fn passes(app: &TestApp, millis: i64) {
    app.pass(millis);
    app.running.app.later.notify_one();
}

/// What they have been told, once it is as much as this.
async fn is_told_of(person: &Person, count: usize) -> Vec<String> {
    wait_for("what is due", async || Some(person.is_told().await).filter(|told| told.len() >= count)).await
}

/// Time passes at both, and both look at once.
fn pass_at_both(nodes: &Nodes, millis: i64) {
    passes(&nodes.first, millis);
    if let Some(second) = &nodes.second {
        second.clock.set(nodes.first.now());
    }
    nodes.second().running.app.later.notify_one();
}
