//! Where what stands in the box goes: it is said, or done, or stays with the reason.

use leptos::prelude::*;

use super::{mode::Editing, writing::Writing};
use crate::{
    commands::parsing::{Order, Wanted, wanted},
    error::{Error, Field, Why},
    messages::{MessageBody, outbox::Deed, thread::Thread},
};

impl Writing {
    /// Says it or has it done, and empties the box. What cannot be sent stays, with the reason; nothing at all is passed
    /// over. In a message that is being edited there are no commands.
    pub fn send(self) -> bool {
        let typed = self.text.get_untracked().unwrap_or_default();
        let about = self.thread.with_value(|thread| thread.with_untracked(Thread::about));
        let editing = self.mode.editing_now();
        let said = match wanted(&typed, &about) {
            _ if editing.is_some() => typed,
            Wanted::Say(said) => said,
            Wanted::Do(order) => return self.order(order, typed),
            Wanted::Refuse(hitch) => return self.refuse(hitch.sentence(self.words)),
        };
        let body = match MessageBody::new(&said, self.characters) {
            Ok(body) => body,
            Err(Error::Invalid { field: Field::Body, why: Why::Missing }) => return false,
            Err(error) => return self.refuse(self.words.sentence(&error)),
        };
        if self.calling.holds(body.as_str(), &about) {
            return false;
        }
        if let Some(editing) = editing {
            return self.rewrite(&editing, body.as_str());
        }
        let reply_to = self.mode.answering_now();
        let deed = match self.spot.thread {
            Some(thread) => Deed::SayIn { thread, reply_to },
            None => reply_to.map_or(Deed::Say, Deed::Reply),
        };
        if !self.outbox.get_value().take(self.id, deed, body.as_str().to_owned()) {
            return self.refuse(self.words.sentence(&Error::Unavailable));
        }

        self.text.set(Some(String::new()));
        self.refusal.set(None);
        self.mode.end();
        self.reading.go_to_end();
        true
    }

    /// It stays, and why is said.
    fn refuse(self, why: String) -> bool {
        self.refusal.set(Some(why));
        false
    }

    /// Has `order` carried out. It stays in the box as it was `typed` until that is done; what is being answered still
    /// is.
    fn order(self, order: Order, typed: String) -> bool {
        let drafts = self.drafts.get_value();
        self.refusal.set(None);
        self.orders.carry_out(order, move |outcome| {
            if let Err(error) = outcome {
                self.refusal.try_set(Some(self.words.sentence(&error)));
                return;
            }
            // The page may be gone, and what is done must not wait to be done again on the next.
            if drafts.text_of(self.spot) == typed {
                drafts.note(self.spot, "");
            }
            if self.text.try_get_untracked().flatten() == Some(typed) {
                self.text.set(Some(String::new()));
            }
        });
        false
    }

    /// Gives a message of mine the text. If it is deleted by now, the text stays, as something new.
    fn rewrite(self, editing: &Editing, body: &str) -> bool {
        let gone = |thread: &Thread| thread.is_gone(editing.message);
        let is_mine = !self.thread.with_value(|thread| thread.with_untracked(gone));
        let deed = Deed::Edit(editing.message);
        if is_mine && body != editing.body && !self.outbox.get_value().take(self.id, deed, body.to_owned()) {
            return self.refuse(self.words.sentence(&Error::Unavailable));
        }
        if !is_mine {
            self.drafts.get_value().note(self.spot, body);
        }
        self.mode.end();
        if !is_mine {
            return self.refuse(self.words.sentence(&Error::Conflict));
        }
        true
    }
}
