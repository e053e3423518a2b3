//! What is shown of messages where others answer them.

use std::sync::Arc;

use super::Thread;
use crate::{
    ids::{AccountId, MessageId},
    messages::{
        Message,
        quotes::{Answered, Known, Quote},
    },
    sorted::SortedSet,
};

impl Thread {
    /// A message that is answered, and what is known of it.
    pub fn answered_by(&self, reply_to: Option<MessageId>) -> Option<Answered> {
        let message = reply_to?;
        let held = self.get(message).map(|held| Known::Held(Arc::clone(held)));
        let known = held.or_else(|| self.quotes.get(&message).cloned());
        Some(Answered { message, known })
    }

    /// What is shown of a message where it is answered, if that is known.
    pub fn quoted(&self, message: MessageId) -> Option<Quote> {
        self.answered_by(Some(message))?.quote()
    }

    /// Those whose messages are answered outside of the window.
    pub fn quoted_people(&self) -> impl Iterator<Item = AccountId> {
        self.quotes.values().map(Known::sender)
    }

    /// The messages that are answered here and of which nothing is known.
    pub fn unquoted(&self) -> impl Iterator<Item = MessageId> {
        let is_known =
            |message: &MessageId| self.quotes.contains_key(message) || self.get(*message).is_some();
        self.answered().filter(move |message| !is_known(message))
    }

    /// The server has said what is to be shown of a message.
    pub fn quote(&mut self, quote: Quote) {
        self.know(quote.message, Known::Told(quote));
    }

    fn know(&mut self, message: MessageId, new: Known) {
        let known = self.quotes.get(&message);
        if known.is_none_or(|known| known.revision() <= new.revision()) {
            self.quotes.insert(message, new);
        }
    }

    /// A message has changed, and with it what is shown where it is answered.
    pub(super) fn requote(&mut self, message: &Message) {
        if self.quotes.contains_key(&message.id) {
            self.know(message.id, Known::Held(Arc::new(message.clone())));
        }
    }

    /// Lets go of what is answered nowhere in the window any more.
    pub(super) fn forget_quotes(&mut self) {
        let answered: SortedSet<MessageId> = self.answered().collect();
        self.quotes.retain(|message, _| answered.contains(message));
    }

    fn answered(&self) -> impl Iterator<Item = MessageId> {
        self.messages.values().filter_map(|message| message.reply_to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::thread::fixtures::{message, page, person};

    fn answers(position: i64, to: MessageId) -> Message {
        Message { reply_to: Some(to), ..message(position, 2) }
    }

    #[test]
    fn what_stands_outside_of_the_window_is_asked_for() {
        let first = message(1, 1);
        let mut thread = Thread::new(&page(3, vec![answers(3, first.id)]), person(1));
        assert_eq!(thread.unquoted().collect::<Vec<_>>(), [first.id]);

        thread.quote(Quote::of(&first));
        assert_eq!(thread.unquoted().count(), 0);
        assert_eq!(thread.quoted(first.id), Some(Quote::of(&first)));
    }

    #[test]
    fn a_quote_follows_what_becomes_of_its_message() {
        let first = message(1, 1);
        let held = page(2, vec![answers(2, first.id)]);
        let mut thread = Thread::new(&held, person(1));
        thread.older = Some(2);
        thread.quote(Quote::of(&first));

        let edited = Message { body: "Other".to_owned(), revision: 3, ..first.clone() };
        thread.arrived(edited);
        assert_eq!(thread.quoted(first.id).and_then(|quote| quote.text), Some("Other".to_owned()));
        thread.quote(Quote::of(&first));
        assert_eq!(
            thread.quoted(first.id).map(|quote| quote.revision),
            Some(3),
            "an older answer came later"
        );

        let deleted = Message { body: String::new(), deleted: Some(person(1)), revision: 4, ..first.clone() };
        thread.arrived(deleted);
        assert_eq!(thread.quoted(first.id).map(|quote| quote.text), Some(None));
    }

    #[test]
    fn what_the_window_lets_go_of_takes_its_quotes_along() {
        let first = message(1, 1);
        let mut thread = Thread::new(&page(3, vec![answers(2, first.id), message(3, 1)]), person(1));
        thread.older = Some(2);
        thread.quote(Quote::of(&first));
        assert!(thread.trim_to(1, super::super::End::Oldest));
        assert_eq!(thread.quoted(first.id), None);
    }
}
