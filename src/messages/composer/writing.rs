//! What stands in the box, what keys do to it, and where it goes.

use leptos::{ev, html::Textarea, prelude::*};

use super::{
    counter::{self, COUNTER},
    enter,
    keys::{self, Wish},
};
use crate::{
    browser::{keyboard, text_box},
    conversations::Conversation,
    error::{Error, Field, Why},
    ids::ConversationId,
    messages::{
        MessageBody,
        drafts::{Drafts, shelf, use_drafts},
        formatting::{self, Edit, Span, link},
        outbox::{Outbox, use_outbox},
        reading::Reading,
    },
};

/// The id of the sentence that tells why a text was refused.
pub const REFUSAL: &str = "composer-refusal";

/// A text that is being written in one conversation.
#[derive(Clone, Copy)]
pub struct Writing {
    id: ConversationId,
    characters: u32,
    reading: Reading,
    outbox: StoredValue<Outbox>,
    drafts: StoredValue<Drafts>,
    area: NodeRef<Textarea>,
    /// Nothing until the browser has looked into the box.
    text: RwSignal<Option<String>>,
    left: Memo<i64>,
    refusal: RwSignal<Option<Error>>,
    /// The last key asked for a paste without form.
    plainly: StoredValue<bool>,
}

impl Writing {
    /// Begins with the draft, unless the page shows a text that was `refused`.
    pub fn new(conversation: &Conversation, reading: Reading, refused: Option<Error>) -> Self {
        let characters = conversation.characters;
        let text = RwSignal::new(None::<String>);
        let left = Memo::new(move |_| {
            text.with(|text| {
                text.as_ref().map_or(i64::from(characters), |text| counter::left(text, characters))
            })
        });
        let writing = Self {
            id: conversation.id,
            characters,
            reading,
            outbox: StoredValue::new(use_outbox()),
            drafts: StoredValue::new(use_drafts()),
            area: NodeRef::new(),
            text,
            left,
            refusal: RwSignal::new(refused),
            plainly: StoredValue::new(false),
        };
        writing.keep();
        writing.keep_up();
        writing
    }

    /// Takes up the draft, and from then on notes what is typed.
    fn keep(self) {
        let shows_refused = self.refusal.with_untracked(Option::is_some);
        Effect::new(move |begun: Option<bool>| {
            let Some(typed) = self.text.get() else { return false };
            let drafts = self.drafts.get_value();
            if begun != Some(true) && !shows_refused {
                let whole = shelf::taken_up(&drafts.text_of(self.id), &typed);
                if whole != typed {
                    self.text.set(Some(whole));
                    return true;
                }
            }
            if begun == Some(true) && self.refusal.with_untracked(Option::is_some) {
                // It was about what stood there before.
                self.refusal.set(None);
            }
            drafts.note(self.id, &typed);
            true
        });
    }

    /// Shows what is written to the same conversation in another tab, while nobody writes here.
    fn keep_up(self) {
        Effect::new(move |begun: Option<bool>| {
            let drafts = self.drafts.get_value();
            drafts.elsewhere();
            let is_watched = self.area.get_untracked().is_none_or(|area| text_box::has_keyboard(&area));
            if begun.is_some() && !is_watched && self.text.with_untracked(Option::is_some) {
                self.text.set(Some(drafts.text_of(self.id)));
            }
            true
        });
        Effect::new(move |_| {
            if let Some(area) = self.area.get() {
                text_box::name_enter(&area, enter::sends());
            }
        });
    }

    pub const fn area(self) -> NodeRef<Textarea> {
        self.area
    }

    pub const fn text(self) -> RwSignal<Option<String>> {
        self.text
    }

    /// Characters that it may still get.
    pub const fn left(self) -> Memo<i64> {
        self.left
    }

    /// Whether there is nothing to send.
    pub fn is_blank(self) -> Signal<bool> {
        Signal::derive(move || {
            self.text.with(|text| text.as_ref().is_some_and(|text| text.trim().is_empty()))
        })
    }

    /// Why it was not sent, until it is changed.
    pub fn refused(self) -> Option<Error> {
        self.refusal.get()
    }

    /// The id of the sentence that tells what is wrong with it, while something is.
    pub fn error(self) -> Signal<Option<&'static str>> {
        Signal::derive(move || {
            let is_refused = self.refusal.with(Option::is_some);
            is_refused.then_some(REFUSAL).or_else(|| (self.left.get() < 0).then_some(COUNTER))
        })
    }

    /// The button, or Enter where a browser sends forms by it.
    pub fn submitted(self, event: &ev::SubmitEvent) {
        // Until the browser has looked into the box the form goes its own way.
        if self.text.with_untracked(Option::is_none) {
            return;
        }
        event.prevent_default();
        self.send();
        // On a screen that is touched this would bring up a keyboard that was put away.
        if let Some(area) = self.area.get_untracked().filter(|_| !keyboard::is_touched()) {
            text_box::focus(&area);
        }
    }

    /// A key was pressed in the box.
    pub fn pressed(self, event: &ev::KeyboardEvent) {
        let press = keyboard::press(event);
        self.plainly.set_value(keys::pastes_plainly(&press));
        let Some(wish) = keys::wish(&press, enter::sends(), keyboard::has_command_key()) else { return };

        event.prevent_default();
        match wish {
            Wish::Send => self.send(),
            Wish::Mark(mark) => self.change(|text, selected| Some(formatting::toggle(text, selected, mark))),
            Wish::Link => self.change(|text, selected| Some(link::toggle(text, selected))),
        };
    }

    /// Something is being pasted: an address upon a text makes a link.
    pub fn pasted(self, event: &ev::ClipboardEvent) {
        if self.plainly.try_update_value(std::mem::take) == Some(true) {
            return;
        }
        let Some(pasted) = text_box::pasted(event) else { return };
        if self.change(|text, selected| link::pasted(text, selected, &pasted)) {
            event.prevent_default();
        }
    }

    /// Makes an edit of what is selected. Whether there is one to make.
    fn change(self, edit: impl FnOnce(&str, Span) -> Option<Edit>) -> bool {
        let Some(area) = self.area.get_untracked() else { return false };
        let (from, to) = text_box::selected(&area);
        let Some(edit) = edit(&text_box::typed(&area), Span { from, to }) else { return false };

        let Edit { span, text, selected } = edit;
        text_box::replace(&area, (span.from, span.to), &text, (selected.from, selected.to));
        true
    }

    /// Says it, and empties the box. What cannot be sent stays, with the reason; nothing at all is passed over.
    fn send(self) -> bool {
        let typed = self.text.get_untracked().unwrap_or_default();
        let body = match MessageBody::new(&typed, self.characters) {
            Ok(body) => body,
            Err(Error::Invalid { field: Field::Body, why: Why::Missing }) => return false,
            Err(error) => {
                self.refusal.set(Some(error));
                return false;
            }
        };
        if !self.outbox.get_value().send(self.id, body.as_str().to_owned()) {
            self.refusal.set(Some(Error::Unavailable));
            return false;
        }

        self.text.set(Some(String::new()));
        self.refusal.set(None);
        self.reading.go_to_end();
        true
    }
}
