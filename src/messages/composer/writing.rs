//! What stands in the box, and what keys do to it.

use leptos::{ev, html::Textarea, prelude::*};

use super::{
    counter, enter,
    keys::{self, Wish},
    mode::{Mode, use_mode},
};
use crate::{
    browser::{self, keyboard, text_box},
    commands::orders::Orders,
    conversations::Conversation,
    drafts::{Draft, Drafts, use_drafts},
    error::Error,
    ids::ConversationId,
    mentions::calling::Calling,
    messages::{
        formatting::{self, Edit, Span, link},
        outbox::{Outbox, use_outbox},
        pane::{Ids, use_pane},
        quotes::Answered,
        reading::Reading,
        thread::Thread,
    },
    text::{Words, use_words},
    threads::Spot,
};

/// A text that is being written in one conversation, or a thread of it.
#[derive(Clone, Copy)]
pub struct Writing {
    pub(super) id: ConversationId,
    pub(super) spot: Spot,
    pub(super) characters: u32,
    pub(super) thread: StoredValue<ArcRwSignal<Thread>>,
    pub(super) mode: Mode,
    pub(super) reading: Reading,
    pub(super) outbox: StoredValue<Outbox>,
    pub(super) drafts: StoredValue<Drafts>,
    ids: &'static Ids,
    /// The draft that the page came with.
    page: StoredValue<Option<Draft>>,
    area: NodeRef<Textarea>,
    /// Nothing until the browser has looked into the box.
    pub(super) text: RwSignal<Option<String>>,
    left: Memo<i64>,
    /// Why it was not sent, in a sentence.
    pub(super) refusal: RwSignal<Option<String>>,
    pub(super) calling: Calling,
    pub(super) orders: Orders,
    pub(super) words: &'static Words,
    /// The last key asked for a paste without form.
    plainly: StoredValue<bool>,
}

impl Writing {
    /// Begins with the draft, unless the page shows a text that was `refused`.
    pub fn new(
        conversation: &Conversation,
        thread: ArcRwSignal<Thread>,
        reading: Reading,
        refused: Option<Error>,
    ) -> Self {
        let characters = conversation.characters;
        let (text, words) = (RwSignal::new(None::<String>), use_words());
        let spot = thread.with_untracked(Thread::spot);
        let left = Memo::new(move |_| {
            text.with(|text| {
                text.as_ref().map_or(i64::from(characters), |text| counter::left(text, characters))
            })
        });
        let writing = Self {
            id: conversation.id,
            spot,
            characters,
            thread: StoredValue::new(thread),
            mode: use_mode(),
            reading,
            outbox: StoredValue::new(use_outbox()),
            drafts: StoredValue::new(use_drafts()),
            ids: use_pane().ids(),
            page: StoredValue::new(conversation.draft.clone()),
            area: NodeRef::new(),
            text,
            left,
            refusal: RwSignal::new(refused.map(|error| words.sentence(&error))),
            calling: Calling::new(),
            orders: Orders::new(spot),
            words,
            plainly: StoredValue::new(false),
        };
        writing.keep();
        writing.keep_up();
        writing.follow_mode();
        writing
    }

    /// Takes up the draft, and from then on notes what is typed.
    fn keep(self) {
        let shows_refused = self.refusal.with_untracked(Option::is_some);
        Effect::new(move |begun: Option<bool>| {
            let Some(typed) = self.text.get() else { return false };
            let drafts = self.drafts.get_value();
            if begun != Some(true) {
                if self.area.get_untracked().is_some_and(|area| text_box::has_keyboard(&area)) {
                    drafts.hold(self.spot);
                }
                let whole = self.page.with_value(|page| drafts.take_up(self.spot, page.as_ref(), &typed));
                if whole != typed && !shows_refused {
                    self.text.set(Some(whole));
                    return true;
                }
            }
            if begun == Some(true) && self.refusal.with_untracked(Option::is_some) {
                // It was about what stood there before.
                self.refusal.set(None);
            }
            if self.mode.editing_now().is_none() {
                drafts.note(self.spot, &typed);
            }
            true
        });
    }

    /// What is to be edited comes into the box, and the draft again when that is over.
    fn follow_mode(self) {
        Effect::new(move |before: Option<bool>| {
            let editing = self.mode.editing();
            let is_editing = editing.is_some();
            match editing {
                Some(editing) => self.show(editing.body),
                None if before == Some(true) => self.show(self.drafts.get_value().text_of(self.spot)),
                None => {}
            }
            is_editing
        });
        // Whoever begins to answer goes on in the box, with what stands there.
        Effect::new(move |_| {
            if self.mode.answering().is_some()
                && let Some(area) = self.area.get_untracked()
            {
                browser::before_paint(move || text_box::focus_at_end(&area));
            }
        });
    }

    /// Puts a text into the box, with the keyboard behind it.
    fn show(self, text: String) {
        self.refusal.set(None);
        self.text.set(Some(text));
        let Some(area) = self.area.get_untracked() else { return };
        browser::before_paint(move || text_box::focus_at_end(&area));
    }

    /// Whether a message is being edited; tracked.
    pub fn is_editing(self) -> bool {
        self.mode.editing().is_some()
    }

    /// Whether it is about a message, which is edited or answered; tracked.
    pub fn is_about_one(self) -> bool {
        self.mode.editing().is_some() || self.mode.answering().is_some()
    }

    /// The message that is being answered; tracked.
    pub fn answering(self) -> Option<Answered> {
        let message = self.mode.answering();
        self.thread.with_value(|thread| thread.with(|thread| thread.answered_by(message)))
    }

    /// Explains no more, or edits or answers no more: the message stays as it was. Whether it did.
    pub fn cancel(self) -> bool {
        self.orders.end_help() || self.mode.end()
    }

    /// Begins to edit what I said last, as far as it is loaded. Whether there is any.
    fn edit_last(self) -> bool {
        let last = self.thread.with_value(|thread| {
            thread.with_untracked(|thread| {
                let mine = thread.mine().find(|message| thread.offers_edit(message.id))?;
                Some((mine.id, mine.body.clone()))
            })
        });
        let Some((message, body)) = last else { return false };
        let waits = self.outbox.with_value(|outbox| outbox.text_of(self.id, message));
        self.mode.edit(message, waits.unwrap_or(body));
        true
    }

    /// The keyboard is in the box.
    pub fn entered(self) {
        // A box that is taken away tells of it when all of this has gone.
        let _ = self.drafts.try_with_value(|drafts| drafts.hold(self.spot));
    }

    /// The keyboard has left the box.
    pub fn left_alone(self) {
        let _ = self.drafts.try_with_value(|drafts| drafts.release(self.spot));
    }

    /// Shows what is written to the same conversation elsewhere, while nobody writes here.
    fn keep_up(self) {
        let (drafts, spot) = (self.drafts.get_value(), self.spot);
        // An effect: the server has nothing to let go of.
        Effect::new(move |_| {
            let drafts = drafts.clone();
            on_cleanup(move || drafts.release(spot));
        });
        Effect::new(move |begun: Option<bool>| {
            let drafts = self.drafts.get_value();
            drafts.elsewhere();
            let is_watched = self.area.get_untracked().is_none_or(|area| text_box::has_keyboard(&area));
            let is_edited = self.mode.editing_now().is_some();
            if begun.is_some() && !is_watched && !is_edited && self.text.with_untracked(Option::is_some) {
                self.text.set(Some(drafts.text_of(self.spot)));
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

    /// What is asked before very many are turned to.
    pub const fn calling(self) -> Calling {
        self.calling
    }

    /// What is ordered in it, and what came of that.
    pub const fn orders(self) -> Orders {
        self.orders
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
    pub fn refused(self) -> Option<String> {
        self.refusal.get()
    }

    /// The id of the sentence that tells what is wrong with it, while something is.
    pub fn error(self) -> Signal<Option<&'static str>> {
        Signal::derive(move || {
            let is_refused = self.refusal.with(Option::is_some);
            is_refused
                .then_some(self.ids.refusal)
                .or_else(|| (self.left.get() < 0).then_some(self.ids.counter))
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

    /// Brings the keyboard back into the box.
    pub fn focus(self) {
        if let Some(area) = self.area.get_untracked() {
            text_box::focus(&area);
        }
    }

    /// A key was pressed in the box.
    pub fn pressed(self, event: &ev::KeyboardEvent) {
        let press = keyboard::press(event);
        self.plainly.set_value(keys::pastes_plainly(&press));
        let Some(wish) = keys::wish(&press, enter::sends(), keyboard::has_command_key()) else { return };

        let done = match wish {
            Wish::Cancel => self.cancel(),
            Wish::EditLast => {
                let is_empty = self.text.with_untracked(|text| text.as_ref().is_some_and(String::is_empty));
                is_empty && self.mode.editing_now().is_none() && self.edit_last()
            }
            Wish::Send => {
                self.send();
                true
            }
            Wish::Mark(mark) => {
                self.change(|text, selected| Some(formatting::toggle(text, selected, mark)));
                true
            }
            Wish::Link => {
                self.change(|text, selected| Some(link::toggle(text, selected)));
                true
            }
        };
        if done {
            event.prevent_default();
            event.stop_propagation();
        }
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
}
