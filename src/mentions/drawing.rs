//! How those whom a message names are drawn in its text.

use leptos::prelude::*;
use litemap::LiteMap;

use super::EVERYONE;
use crate::{
    messages::{Message, voices::Voices},
    text::{
        Words,
        colours::Colours,
        view::{Naming, prose_with},
    },
};

/// Whom the names in one message mean.
#[derive(Debug, Clone, Default)]
pub struct Named(LiteMap<String, Naming>);

impl Named {
    /// As far as it is known how they are called.
    pub fn of(message: &Message, voices: &Voices) -> Self {
        let naming = |is_me| if is_me { Naming::Viewer } else { Naming::Somebody };
        let people = message.mentions.iter().filter_map(|person| {
            let name = voices.username(*person)?;
            Some((name, naming(*person == voices.me())))
        });
        let to_all = naming(message.sender != voices.me());
        let all = EVERYONE.iter().filter(|_| message.all).map(|name| ((*name).to_owned(), to_all));
        Self(people.chain(all).collect())
    }

    /// The text, with the names in it and the colours of its code. It is by somebody who is called `author`.
    pub fn prose(&self, text: &str, colours: &[Colours], author: &str, words: &'static Words) -> AnyView {
        prose_with(text, colours, author, words, &|name| self.0.get(name).copied())
    }
}
