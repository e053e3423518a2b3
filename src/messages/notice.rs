//! What comes of news in an open conversation: it is read by whoever looks at it, marked for those who do not, and
//! said aloud.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

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
    text::{Words, markdown, use_words},
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

        Effect::new(move |before: Option<BTreeMap<ClientKey, bool>>| {
            let outgoing = self.outbox.of(self.id);
            self.say_what_became_of(&before.unwrap_or_default(), &outgoing);
            outgoing.into_iter().map(|it| (it.key, it.state != Sending::Pending)).collect()
        });
    }

    /// Whoever has the end in view, in a window that they use, has read it.
    fn look(&self) {
        let looks = self.reading.is_at_end().get_untracked() && attention::is_attended();
        let reads = looks && !self.thread.with_untracked(Thread::is_marked_unread);
        self.threads.look_at(self.id, reads);
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
        if let Some(position) = read {
            self.realtime.read(self.id, position);
        }
    }

    fn say_what_was_heard(&self) {
        let mut heard = Vec::new();
        self.thread.maybe_update(|thread| {
            heard = thread.take_heard();
            false
        });
        if !heard.is_empty() {
            self.voice.say(heard.iter().map(|message| self.spoken(message)).collect::<Vec<_>>().join("\n"));
        }
    }

    fn spoken(&self, message: &Arc<Message>) -> String {
        match self.voices.tell(message, self.words) {
            Some(told) => told,
            None => (self.words.somebody_wrote)(
                &self.voices.called(message.sender, self.words),
                &markdown::plain(&message.body, SAID),
            ),
        }
    }

    /// Of one's own messages only what one does not know: that they have arrived, or why not.
    fn say_what_became_of(&self, before: &BTreeMap<ClientKey, bool>, now: &[Outgoing]) {
        for outgoing in now {
            if let (Sending::Failed(error), Some(false)) = (&outgoing.state, before.get(&outgoing.key)) {
                self.voice.say((self.words.not_sent)(&self.words.sentence(error)));
            }
        }
        let gone = |key: &ClientKey| now.iter().all(|outgoing| outgoing.key != *key);
        let arrived = |key: &ClientKey| {
            self.thread.with_untracked(|thread| thread.mine().any(|message| message.key == *key))
        };
        if before.keys().any(|key| gone(key) && arrived(key)) {
            self.voice.say(self.words.sent.to_owned());
        }
    }
}
