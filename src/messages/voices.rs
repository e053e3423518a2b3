//! Who speaks in a conversation: the names behind the numbers in its messages.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use litemap::LiteMap;

use super::{Message, thread::Thread};
use crate::{
    accounts::Person,
    conversations::server_fns::people,
    ids::{AccountId, ConversationId},
    sorted::SortedSet,
    text::{
        Words,
        places::{Telling, Who},
    },
    visit,
};

/// Names that are asked for at a time.
pub const MOST_ASKED: usize = 50;

/// The people of one open conversation, as far as they are known.
#[derive(Clone)]
pub struct Voices {
    me: AccountId,
    people: ArcRwSignal<LiteMap<AccountId, Person>>,
    /// Those whom the viewer has blocked: what they say is folded away.
    blocked: Arc<[AccountId]>,
    /// Who was asked for once: whoever is unknown then stays so.
    asked: ArcStoredValue<SortedSet<AccountId>>,
}

/// Those whom a page names, to whoever looks at it; none where nobody is logged in.
pub fn use_voices(people: Vec<Person>) -> Option<Voices> {
    visit::use_viewer().map(|viewer| Voices::of(&viewer.person, people, Vec::new()))
}

impl Voices {
    /// Those whom the page names, and the viewer, who has blocked some.
    pub fn of(me: &Person, people: Vec<Person>, blocked: Vec<AccountId>) -> Self {
        let known = people.into_iter().chain([me.clone()]).map(|person| (person.id, person));
        Self {
            me: me.id,
            people: ArcRwSignal::new(known.collect()),
            blocked: blocked.into(),
            asked: ArcStoredValue::default(),
        }
    }

    /// Who looks.
    pub const fn me(&self) -> AccountId {
        self.me
    }

    /// Whether the viewer has blocked `person`.
    pub fn is_blocked(&self, person: AccountId) -> bool {
        self.blocked.contains(&person)
    }

    /// How `person` is called, as far as that is known.
    pub fn called(&self, person: AccountId, words: &Words) -> String {
        let name =
            self.people.with_untracked(|people| people.get(&person).map(|person| person.called(words)));
        name.unwrap_or_else(|| words.places().somebody.to_owned())
    }

    /// The name by which one turns to `person`, as far as it is known.
    pub fn username(&self, person: AccountId) -> Option<String> {
        self.people.with_untracked(|people| people.get(&person).map(|person| person.username.clone()))
    }

    /// How these are called, as far as that is known; tracked.
    pub fn names(&self, people: &[AccountId], words: &Words) -> Vec<String> {
        self.people.track();
        people.iter().map(|person| self.called(*person, words)).collect()
    }

    /// What was done, in a sentence; none if something was said.
    pub fn tell(&self, message: &Message, words: &Words) -> Option<String> {
        let note = message.note.clone()?;
        let people = note.people().iter().map(|person| self.who(*person, words)).collect();
        Some((words.places().note)(&Telling { note, actor: self.who(message.sender, words), people }))
    }

    /// That it was deleted, and by whom; none if it was not.
    pub fn deletion(&self, message: &Message, words: &Words) -> Option<String> {
        Some((words.moderation().deleted_by)(&self.who(message.deleted?, words)))
    }

    fn who(&self, person: AccountId, words: &Words) -> Who {
        if person == self.me { Who::You } else { Who::Named(self.called(person, words)) }
    }

    /// Whether everyone whose name is needed to show `message` is known; tracked.
    pub fn know(&self, message: &Message) -> bool {
        self.people.with(|people| message.people().all(|person| people.contains_key(&person)))
    }

    /// Asks for the names of those who come to speak in `thread`, as long as it is shown.
    pub fn learn(&self, conversation: ConversationId, thread: &ArcRwSignal<Thread>) {
        let (voices, thread) = (self.clone(), thread.clone());
        Effect::new(move |_| {
            let named = |thread: &Thread| {
                let people = thread.messages().flat_map(|it| it.people().collect::<Vec<_>>());
                people.chain(thread.quoted_people()).collect()
            };
            voices.meet(conversation, &thread.with::<Vec<_>>(named));
        });
    }

    /// Asks for the names of those of `named` who are unknown.
    pub fn meet(&self, conversation: ConversationId, named: &[AccountId]) {
        let unknown = self.unknown(named);
        if unknown.is_empty() {
            return;
        }
        let voices = self.clone();
        spawn_local(async move {
            if let Ok(people) = people(conversation, &unknown).await {
                voices.people.update(|known| known.extend(people.into_iter().map(|it| (it.id, it))));
            }
        });
    }

    fn unknown(&self, named: &[AccountId]) -> Vec<AccountId> {
        let unknown: SortedSet<AccountId> = self.people.with_untracked(|people| {
            self.asked.with_value(|asked| {
                let is_new = |person: &&AccountId| !people.contains_key(person) && !asked.contains(person);
                named.iter().filter(is_new).copied().collect()
            })
        });
        let unknown: Vec<AccountId> = unknown.into_iter().take(MOST_ASKED).collect();
        self.asked.update_value(|asked| asked.extend(unknown.iter().copied()));
        unknown
    }
}
