//! Who speaks in a conversation: the names behind the numbers in its messages.

use std::collections::{BTreeMap, BTreeSet};

use leptos::{prelude::*, task::spawn_local};

use super::{Message, thread::Thread};
use crate::{
    accounts::Person,
    conversations::server_fns::people,
    ids::{AccountId, ConversationId},
    text::{
        Words,
        places::{Telling, Who},
    },
};

/// Names that are asked for at a time.
pub const MOST_ASKED: usize = 50;

/// The people of one open conversation, as far as they are known.
#[derive(Clone)]
pub struct Voices {
    me: AccountId,
    people: ArcRwSignal<BTreeMap<AccountId, Person>>,
    /// Who was asked for once: whoever is unknown then stays so.
    asked: ArcStoredValue<BTreeSet<AccountId>>,
}

impl Voices {
    /// Those whom the page names, and the viewer.
    pub fn of(me: &Person, people: Vec<Person>) -> Self {
        let known = people.into_iter().chain([me.clone()]).map(|person| (person.id, person));
        Self { me: me.id, people: ArcRwSignal::new(known.collect()), asked: ArcStoredValue::default() }
    }

    /// Who looks.
    pub const fn me(&self) -> AccountId {
        self.me
    }

    /// How `person` is called, as far as that is known.
    pub fn called(&self, person: AccountId, words: &Words) -> String {
        let name = self
            .people
            .with_untracked(|people| people.get(&person).map(|person| person.display_name.clone()));
        name.unwrap_or_else(|| words.places.somebody.to_owned())
    }

    /// What was done, in a sentence; none if something was said.
    pub fn tell(&self, message: &Message, words: &Words) -> Option<String> {
        let note = message.note.clone()?;
        let who = |person: &AccountId| {
            if *person == self.me { Who::You } else { Who::Named(self.called(*person, words)) }
        };
        let people = note.people().iter().map(who).collect();
        Some((words.places.note)(&Telling { note, actor: who(&message.sender), people }))
    }

    /// Whether everyone whose name is needed to show `message` is known; tracked.
    pub fn know(&self, message: &Message) -> bool {
        self.people.with(|people| message.people().all(|person| people.contains_key(&person)))
    }

    /// Asks for the names of those who come to speak in `thread`, as long as it is shown.
    pub fn learn(&self, conversation: ConversationId, thread: &ArcRwSignal<Thread>) {
        let (voices, thread) = (self.clone(), thread.clone());
        Effect::new(move |_| {
            let unknown = thread.with(|thread| voices.unknown(thread));
            if !unknown.is_empty() {
                let voices = voices.clone();
                spawn_local(async move {
                    if let Ok(people) = people(conversation, &unknown).await {
                        voices.people.update(|known| known.extend(people.into_iter().map(|it| (it.id, it))));
                    }
                });
            }
        });
    }

    fn unknown(&self, thread: &Thread) -> Vec<AccountId> {
        let named = thread.messages().flat_map(|message| message.people().collect::<Vec<_>>());
        let unknown: BTreeSet<AccountId> = self.people.with_untracked(|people| {
            self.asked.with_value(|asked| {
                named.filter(|person| !people.contains_key(person) && !asked.contains(person)).collect()
            })
        });
        let unknown: Vec<AccountId> = unknown.into_iter().take(MOST_ASKED).collect();
        self.asked.update_value(|asked| asked.extend(&unknown));
        unknown
    }
}
