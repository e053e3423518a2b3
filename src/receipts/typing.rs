//! Writing, as others see it, and as one lets them know of it.

use leptos::{ev, prelude::*};

use super::{pace::Pace, signs::use_signs};
use crate::{
    browser,
    conversations::Conversation,
    ids::ConversationId,
    messages::voices::Voices,
    presence::MOST_FOLLOWED,
    realtime::{Realtime, use_realtime},
    text::use_words,
    ui::live::live,
};

/// Who is writing, in one line whose room is kept while nobody is. To be seen, and not read aloud as it changes: it
/// would speak over what is said.
#[component]
pub fn WhoIsTyping(id: ConversationId, voices: Voices) -> impl IntoView {
    let words = use_words();
    let typists = use_signs().typists(id);
    let known = voices.clone();
    Effect::new(move |_| known.meet(id, &typists.get()));
    let text = move || {
        let names = voices.names(&typists.get(), words);
        (!names.is_empty()).then(|| (words.receipts().typing)(&names))
    };

    view! { <p class="typing">{live(text)}</p> }
}

/// Tells the others in a conversation that one is writing.
#[derive(Clone, Copy)]
pub struct Telling {
    conversation: ConversationId,
    /// None where nobody would be told.
    pace: StoredValue<Option<Pace>>,
    realtime: StoredValue<Realtime>,
}

impl Telling {
    /// As long as the box to write in is shown. `blank` says that nothing stands in it. What is written in a thread is told
    /// to nobody: in the room it would be awaited in vain.
    pub fn new(conversation: &Conversation, blank: Signal<bool>) -> Self {
        let few = conversation.about.members <= MOST_FOLLOWED && conversation.thread.is_none();
        let telling = Self {
            conversation: conversation.id,
            pace: StoredValue::new(few.then(Pace::default)),
            realtime: StoredValue::new(use_realtime()),
        };
        Effect::new(move |_| {
            if blank.get() {
                telling.is_over();
            }
        });
        on_cleanup(move || telling.is_over());
        telling
    }

    /// Somebody has typed. What stands there without that, such as a draft, is nobody's writing.
    pub fn typed(self, event: &ev::Event) {
        let is_blank = event_target_value(event).trim().is_empty();
        if !is_blank && self.paced(|pace| pace.typed(browser::now())) {
            self.say(false);
        }
    }

    fn is_over(self) {
        if self.paced(Pace::cleared) {
            self.say(true);
        }
    }

    fn paced(self, ask: impl FnOnce(&mut Pace) -> bool) -> bool {
        self.pace.try_update_value(|pace| pace.as_mut().is_some_and(ask)).unwrap_or_default()
    }

    fn say(self, stopped: bool) {
        self.realtime.try_with_value(|realtime| realtime.types(self.conversation, stopped));
    }
}
