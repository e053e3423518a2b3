//! One of those who use it: a person, their connection, and what their browser holds.

use std::{collections::BTreeMap, sync::Arc};

use salon::{
    conversations::{Conversation, window::Window},
    ids::{ConversationId, MessageId},
    messages::{
        Message,
        reactions::Reacted,
        thread::{End, Part, Thread},
    },
    polls::Voted,
    realtime::event::{Command, Event},
    threads::Spot,
};

use super::Chance;
use crate::support::{Answer, Person, Socket, cast::outcome, new_key};

/// What somebody may do, as often as it stands here.
const DEEDS: [Deed; 29] = [
    Deed::Say,
    Deed::Say,
    Deed::Say,
    Deed::Say,
    Deed::Answer,
    Deed::Answer,
    Deed::SayInThread,
    Deed::SayInThread,
    Deed::SayInThread,
    Deed::Edit,
    Deed::Edit,
    Deed::Delete,
    Deed::Delete,
    Deed::Undo,
    Deed::React,
    Deed::React,
    Deed::React,
    Deed::TakeBack,
    Deed::AskAll,
    Deed::Vote,
    Deed::Vote,
    Deed::Vote,
    Deed::ClosePoll,
    Deed::Pin,
    Deed::Read,
    Deed::MarkUnread,
    Deed::LookAside,
    Deed::Older,
    Deed::Lose,
];

#[derive(Debug, Clone, Copy)]
enum Deed {
    Say,
    Answer,
    SayInThread,
    Edit,
    Delete,
    Undo,
    React,
    TakeBack,
    /// Posts a poll.
    AskAll,
    /// Chooses in one, or takes it back.
    Vote,
    ClosePoll,
    Pin,
    Read,
    MarkUnread,
    /// Opens a thread, beside the room.
    LookAside,
    /// Reads what lies before the window.
    Older,
    /// Loses the connection, until the next time.
    Lose,
}

pub struct Guest {
    person: Person,
    group: ConversationId,
    chance: Chance,
    socket: Option<Socket>,
    /// The room, and perhaps a thread.
    windows: Vec<Thread>,
}

impl Guest {
    pub async fn comes(person: Person, group: ConversationId, chance: Chance) -> Self {
        let room = Thread::new(&person.reads_conversation(group).await, person.id);
        let socket = Some(person.connects().await);
        let mut guest = Self { person, group, chance, socket, windows: vec![room] };
        guest.hears().await;
        guest
    }

    /// Whatever it is: refused it may be, but never fail.
    pub async fn does_something(&mut self) {
        let Some(deed) = self.chance.one(&DEEDS).copied() else { return };
        let held: Vec<Arc<Message>> =
            self.windows[0].messages().filter(|held| held.is_said()).cloned().collect();
        let mine: Vec<_> = held.iter().filter(|held| held.sender == self.person.id).cloned().collect();
        let (any, own) = (self.chance.one(&held).cloned(), self.chance.one(&mine).cloned());
        match (deed, any, own) {
            (Deed::Say, ..) => self.says(&[]).await,
            (Deed::Answer, Some(any), _) => self.says(&[("reply_to", any.id)]).await,
            (Deed::SayInThread, Some(any), _) => self.says(&[("thread", any.id)]).await,
            (Deed::Edit, _, Some(own)) => {
                let body = format!("edited {}", self.chance.next() % 1_000);
                self.asks("edit_message", own.id, &[("body", &body)]).await;
            }
            (Deed::Delete, _, Some(own)) => self.asks("delete_message", own.id, &[]).await,
            (Deed::Undo, _, Some(own)) => self.asks("restore_message", own.id, &[]).await,
            (Deed::React, Some(any), _) => {
                let emoji = self.chance.one(&["👍", "🎉", "🍵"]).copied().unwrap_or("👍");
                self.asks("add_reaction", any.id, &[("emoji", emoji)]).await;
            }
            (Deed::TakeBack, Some(any), _) => self.asks("remove_reaction", any.id, &[("emoji", "👍")]).await,
            (Deed::AskAll, ..) => self.asks_all().await,
            (Deed::Vote, ..) => {
                let polls: Vec<_> = held.iter().filter(|held| held.poll.is_some()).collect();
                if let Some(poll) = self.chance.one(&polls) {
                    let answer = (self.chance.next() % 3).to_string();
                    let function =
                        if self.chance.next().is_multiple_of(4) { "remove_vote" } else { "add_vote" };
                    self.asks(function, poll.id, &[("answer", &answer)]).await;
                }
            }
            (Deed::ClosePoll, ..) => {
                let polls: Vec<_> = mine.iter().filter(|held| held.poll.is_some()).collect();
                // Not so often that nobody has time to vote.
                if let Some(poll) = self.chance.one(&polls).filter(|_| self.chance.next().is_multiple_of(4)) {
                    self.asks("close_poll", poll.id, &[]).await;
                }
            }
            (Deed::Pin, Some(any), _) => {
                let function = if any.pinned.is_some() { "unpin_message" } else { "pin_message" };
                self.asks(function, any.id, &[]).await;
            }
            (Deed::Read, ..) => {
                if let Some(position) = self.windows[0].looked_at_end() {
                    fine(&self.person.marks_read(self.group, position).await);
                }
            }
            (Deed::MarkUnread, Some(any), _) => fine(&self.person.marks_unread(self.group, any.id).await),
            (Deed::LookAside, ..) => self.looks_aside().await,
            (Deed::Older, ..) => self.reads_older().await,
            (Deed::Lose, ..) => return self.socket = None,
            _ => {}
        }
        self.hears().await;
        for window in &mut self.windows {
            window.trim(End::Oldest);
        }
    }

    async fn says(&mut self, fields: &[(&str, MessageId)]) {
        let (key, body) = (new_key(), format!("said {}", self.chance.next() % 1_000));
        let named: Vec<_> = fields.iter().map(|(name, message)| (*name, message.to_string())).collect();
        let mut all = vec![("key", &*key), ("body", &*body)];
        all.extend(named.iter().map(|(name, message)| (*name, &**message)));
        let answer = self.person.does("send_message", self.group, &all).await;
        fine(&answer);
        // Half of the answers come only after the frame, or never.
        if self.chance.next().is_multiple_of(2)
            && let Ok(message) = outcome(&answer)
        {
            self.windows.iter_mut().for_each(|window| window.said(message.clone()));
        }
    }

    async fn asks_all(&mut self) {
        let key = new_key();
        let mut all = vec![("key", &*key), ("question", "Which?")];
        all.extend(["one", "two", "three"].map(|answer| ("answers[]", answer)));
        if self.chance.next().is_multiple_of(2) {
            all.push(("several", "true"));
        }
        fine(&self.person.does("create_poll", self.group, &all).await);
    }

    async fn asks(&mut self, function: &str, message: MessageId, fields: &[(&str, &str)]) {
        let message = message.to_string();
        let all: Vec<_> = [("message", &*message)].into_iter().chain(fields.iter().copied()).collect();
        fine(&self.person.does(function, self.group, &all).await);
    }

    async fn looks_aside(&mut self) {
        let heads: Vec<_> =
            self.windows[0].messages().filter(|held| held.replies.is_some()).cloned().collect();
        let Some(head) = self.chance.one(&heads) else { return };
        let page = self.reads(Spot { conversation: self.group, thread: Some(head.id) }, Window::Latest).await;
        self.windows.truncate(1);
        self.windows.push(Thread::new(&page, self.person.id));
    }

    async fn reads_older(&mut self) {
        let Some(before) = self.windows[0].older_than() else { return };
        let page = self.reads(self.group.into(), Window::Before(before)).await;
        self.windows[0].older(before, &page);
    }

    async fn reads(&self, spot: Spot, window: Window) -> Conversation {
        let thread = spot.thread.map(|thread| format!("&thread={thread}")).unwrap_or_default();
        let query = format!("conversation?id={}&window={window}{thread}", spot.conversation);
        self.person.reads(&query).await.well().json()
    }

    /// Takes in what has come, asks for what is missing, and takes that in too.
    async fn hears(&mut self) {
        if self.socket.is_none() {
            self.socket = Some(self.person.connects().await);
            self.windows.iter_mut().for_each(Thread::reconnected);
        }
        loop {
            let wanting = self.windows.iter_mut().filter(|window| window.wants_resume());
            let from = wanting.map(|window| {
                window.asked();
                window.cursor()
            });
            let Some(socket) = &mut self.socket else { return };
            let mut events = Vec::new();
            if let Some(from) = from.min() {
                let conversations = BTreeMap::from([(self.group, from)]);
                socket.tells(&Command::Resume { conversations }).await;
                loop {
                    let event = socket.next_event().await;
                    let is_over = matches!(event, Event::Resumed { .. });
                    events.push(event);
                    if is_over {
                        break;
                    }
                }
            }
            events.extend(socket.events_so_far().await);
            events.into_iter().for_each(|event| self.takes(event));
            for place in 0..self.windows.len() {
                if self.windows[place].wants_reread() {
                    let window = &self.windows[place];
                    let page = self.reads(window.spot(), window.window_to_reread()).await;
                    self.windows[place].reread(&page);
                }
            }
            if !self.windows.iter().any(Thread::wants_resume) {
                return;
            }
        }
    }

    /// As `realtime/dispatch.rs` does it.
    fn takes(&mut self, event: Event) {
        for window in &mut self.windows {
            match event.clone() {
                Event::Message(message) => {
                    window.arrived(*message);
                }
                Event::Resumed { through, limited, .. } => window.resumed(through, limited),
                Event::Reaction { message, revision, emoji, count, actor, added, .. } => {
                    let part = Part::Reacted(Reacted { emoji, actor, added, count: Some(count) });
                    window.part(message, revision, part);
                }
                Event::Replies { message, revision, replies, .. } => {
                    window.part(message, revision, Part::Replies(replies));
                }
                Event::Vote { message, revision, counts, voters, actor, chosen, .. } => {
                    window.part(message, revision, Part::Voted(Voted { actor, chosen, counts, voters }));
                }
                Event::PollClosed { message, revision, at, .. } => {
                    window.part(message, revision, Part::Closed(at));
                }
                Event::Followed { follow, .. } => window.followed(follow),
                Event::Read { position, .. } if window.spot().thread.is_none() => window.read_up_to(position),
                Event::Retracted { message, until, .. } => window.retract(message, until.is_some()),
                _ => {}
            }
        }
    }

    /// A last new connection, on which everything comes.
    pub async fn calms_down(&mut self) {
        self.socket = None;
        self.hears().await;
    }

    /// Every window holds, between its ends, what is stored, and has heard all of it.
    pub async fn sees_what_is_stored(&self, head: i64) {
        for window in &self.windows {
            assert_eq!(window.cursor(), head, "{} has not heard all", self.person.name);
            let from = window.messages().next().map_or(0, |first| first.position);
            let mut stored = Vec::new();
            let mut at = Window::Latest;
            loop {
                let page = self.reads(window.spot(), at).await;
                stored.splice(0..0, page.messages);
                match page.older {
                    Some(older) if older > from => at = Window::Before(older),
                    _ => break,
                }
            }
            let stored: Vec<Message> =
                stored.iter().filter(|message| message.position >= from).map(settled).collect();
            let held: Vec<Message> = window.messages().map(|message| settled(message)).collect();
            for (held, stored) in held.iter().zip(&stored) {
                assert_eq!(held, stored, "{} sees something else", self.person.name);
            }
            assert_eq!(held.len(), stored.len(), "{} sees more or less", self.person.name);
        }
    }
}

/// Refused, or done: nothing else.
fn fine(answer: &Answer) {
    assert!(answer.status < 500, "{} {}", answer.status, answer.text());
}

/// The order of signs, and whether there is nothing or nothing told, is no difference.
fn settled(message: &Message) -> Message {
    let mut message = message.clone();
    message.reactions.sort_by(|one, other| one.emoji.cmp(&other.emoji));
    message.reacted.get_or_insert_default().sort();
    message.voted.get_or_insert_default();
    message
}
