//! What comes of news in an open conversation: it is read by whoever looks at it, marked for those who do not, and
//! said aloud.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use litemap::LiteMap;

use super::{
    Message,
    outbox::{Outbox, Outgoing, Sending, use_outbox},
    reading::Reading,
    thread::Thread,
    voices::Voices,
};
use crate::{
    browser::attention,
    ids::{ClientKey, ConversationId},
    realtime::{Realtime, Threads, use_realtime, use_threads},
    text::{
        Words,
        action::{Beginning, beginning},
        use_words,
    },
    threads::server_fns::mark_thread_read,
    ui::announcer::{Announcer, use_announcer},
};

/// Characters of a message that are said aloud.
const SAID: usize = 200;

/// Watches one open conversation.
#[derive(Clone)]
pub struct Notice {
    id: ConversationId,
    thread: ArcRwSignal<Thread>,
    voices: Voices,
    reading: Reading,
    realtime: Realtime,
    threads: Threads,
    outbox: Outbox,
    voice: Announcer,
    words: &'static Words,
}

impl Notice {
    pub fn new(id: ConversationId, thread: ArcRwSignal<Thread>, voices: Voices, reading: Reading) -> Self {
        let (realtime, threads) = (use_realtime(), use_threads());
        let (outbox, voice) = (use_outbox(), use_announcer());
        Self { id, thread, voices, reading, realtime, threads, outbox, voice, words: use_words() }
    }

    /// As long as the conversation is shown.
    pub fn watch(self) {
        let looking = self.clone();
        Effect::new(move |_| {
            looking.thread.track();
            looking.reading.is_at_end().track();
            looking.look();
            looking.say_what_was_heard();
        });

        let (threads, id) = (self.threads.clone(), self.id);
        on_cleanup(move || threads.look_at(id, false));
        let (looking, handles) = (self.clone(), StoredValue::new(Vec::new()));
        Effect::new(move |_| {
            let looking = looking.clone();
            handles.set_value(attention::on_change(move || looking.look()));
        });
        on_cleanup(move || {
            let handles = handles.try_update_value(std::mem::take).unwrap_or_default();
            handles.into_iter().for_each(attention::stop);
        });

        Effect::new(move |before: Option<LiteMap<ClientKey, bool>>| {
            let outgoing = self.outbox.of(self.id);
            self.say_what_became_of(&before.unwrap_or_default(), &outgoing);
            outgoing.into_iter().map(|it| (it.key, it.state != Sending::Pending)).collect()
        });
    }

    /// Whoever has the end in view, in a window that they use, has read it.
    fn look(&self) {
        let looks = self.reading.is_at_end().get_untracked() && attention::is_attended();
        let (spot, marked) = self.thread.with_untracked(|thread| (thread.spot(), thread.is_marked_unread()));
        if spot.thread.is_none() {
            self.threads.look_at(self.id, looks && !marked);
        }
        let mut read = None;
        self.thread.maybe_update(|thread| {
            let before = (thread.news(), thread.divider());
            if looks {
                read = thread.looked_at_end();
            } else {
                thread.missed();
            }
            before != (thread.news(), thread.divider())
        });
        let Some(position) = read else { return };
        match spot.thread {
            None => self.realtime.read(self.id, position),
            Some(root) if self.thread.with_untracked(|thread| thread.follows(root)) => {
                let id = self.id;
                // Where it cannot be told, the next look tells more.
                spawn_local(async move { drop(mark_thread_read(id, root, position).await) });
            }
            Some(_) => {}
        }
    }

    fn say_what_was_heard(&self) {
        let mut heard = Vec::new();
        self.thread.maybe_update(|thread| {
            heard = thread.take_heard();
            false
        });
        if !heard.is_empty() {
            let heard = heard.iter().filter(|message| !self.voices.is_blocked(message.sender));
            self.voice.say(heard.map(|message| self.spoken(message)).collect::<Vec<_>>().join("\n"));
        }
    }

    fn spoken(&self, message: &Arc<Message>) -> String {
        match self.voices.tell(message, self.words) {
            Some(told) => told,
            None => {
                let author = self.voices.called(message.sender, self.words);
                let Beginning { text, is_action } = beginning(&message.body, SAID);
                let tell = if is_action { self.words.somebody_did } else { self.words.somebody_wrote };
                tell(&author, &text)
            }
        }
    }

    /// Of one's own messages only what one does not know: that they have arrived, or why not.
    fn say_what_became_of(&self, before: &LiteMap<ClientKey, bool>, now: &[Outgoing]) {
        for outgoing in now {
            if let (Sending::Failed(error), Some(false)) = (&outgoing.state, before.get(&outgoing.key)) {
                self.voice.say((self.words.talk().not_sent)(&self.words.sentence(error)));
            }
        }
        let gone = |key: &ClientKey| now.iter().all(|outgoing| outgoing.key != *key);
        let arrived = |key: &ClientKey| {
            self.thread.with_untracked(|thread| thread.mine().any(|message| message.key == *key))
        };
        if before.keys().any(|key| gone(key) && arrived(key)) {
            self.voice.say(self.words.talk().sent.to_owned());
        }
    }
}
