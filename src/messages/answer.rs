//! The line above an answer: what it answers, which it leads to.

use leptos::prelude::*;

use super::{
    pane::{Pane, use_pane},
    quotes::{Answered, Quote},
    voices::Voices,
};
use crate::{
    browser::{
        self,
        keyboard::follows,
        scroll::{self, Align},
    },
    conversations::message_path,
    ids::{ConversationId, MessageId},
    text::{Words, use_words, view::action_sign},
    ui::icon::{Icon, Symbol},
};

/// The message that the reader was led to: by the address, or by an answer to it.
#[derive(Clone, Copy)]
pub struct Pointer(RwSignal<Option<MessageId>>, Pane);

impl Pointer {
    /// Called once for each timeline, which opens at `target` if the address names one.
    pub fn provide(target: Option<MessageId>) {
        provide_context(Self(RwSignal::new(target), use_pane()));
    }

    /// Whether it is at this message; tracked.
    pub fn is_at(self, message: MessageId) -> bool {
        self.0.get() == Some(message)
    }

    /// Leads to a message, if it is drawn. Whether it is.
    pub fn lead_to(self, message: MessageId) -> bool {
        let element = self.1.element_id(message);
        if !scroll::to_element(&element, Align::Middle) {
            return false;
        }
        // Off and on, so that it glows once more.
        self.0.set(None);
        browser::before_paint(move || {
            self.0.try_set(Some(message));
        });
        browser::focus(&format!("#{element}"));
        true
    }
}

/// The pointer of the timeline around.
pub fn use_pointer() -> Pointer {
    expect_context()
}

/// What is answered, in one line: who said it and how it began.
#[component]
pub fn AnsweredLine(
    conversation: ConversationId,
    answered: Answered,
    voices: Voices,
    zoned: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let pointer = use_pointer();
    let message = answered.message;
    let Excerpt { author, text, is_said, is_action } = Excerpt::of(&answered, &voices, words);
    let lead = move |click: leptos::ev::MouseEvent| {
        if follows(&click) && pointer.lead_to(message) {
            click.prevent_default();
        }
    };
    // With a script the list is one stop for the Tab key.
    let stop = move || zoned.get().then_some("-1");
    let before = author.as_deref().map(words.replies().in_reply_to);

    view! {
        <a class="message-answered" href=message_path(conversation, message) tabindex=stop on:click=lead>
            <Icon symbol=Symbol::Reply/>
            {before.map(|before| view! { <span class="visually-hidden">{before} " "</span> })}
            {author.filter(|_| !is_action).map(|author| view! {
                <span class="message-answered-author" dir="auto" aria-hidden="true">{author}</span>
            })}
            <span class="message-answered-text" dir="auto" data-silent=(!is_said).then_some("")>
                {is_action.then(action_sign)}
                {text}
            </span>
        </a>
    }
}

/// What is told of a message that is answered.
pub struct Excerpt {
    /// How its author is called, if that is known.
    pub author: Option<String>,
    pub text: String,
    /// Whether the text is theirs.
    pub is_said: bool,
    /// Whether it tells what they did, and names them.
    pub is_action: bool,
}

impl Excerpt {
    /// What the viewer may read of it: of those whom they have blocked, nothing.
    pub fn of(answered: &Answered, voices: &Voices, words: &Words) -> Self {
        let Some(Quote { sender, text, is_action, .. }) = answered.quote() else {
            return Self::silent(None, words.replies().unknown);
        };
        let author = voices.called(sender, words);
        let instead = match &text {
            _ if voices.is_blocked(sender) => Some(words.talk().from_somebody_blocked),
            None => Some(words.replies().deleted),
            Some(_) => None,
        };
        match (instead, text) {
            (None, Some(text)) => {
                let text = if is_action { (words.somebody_did)(&author, &text) } else { text };
                Self { author: Some(author), text, is_said: true, is_action }
            }
            (instead, _) => Self::silent(Some(author), instead.unwrap_or_default()),
        }
    }

    /// In place of what they said.
    fn silent(author: Option<String>, text: &str) -> Self {
        Self { author, text: text.to_owned(), is_said: false, is_action: false }
    }
}
