//! What is told below the box before a text goes: that somebody whom it names will not hear of it.

use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};
use litemap::LiteMap;

use super::{MOST_NAMED, completing::reach, list::Completing, named, server_fns::read_absent};
use crate::{
    browser,
    commands::parsing::is_order,
    conversations::{about::About, people_path},
    ids::ConversationId,
    messages::thread::Thread,
    text::use_words,
    ui::live::live,
};

/// Whoever writes on is not asked about yet.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(400);

/// Names that are remembered; beyond them all are asked about anew.
const MOST_KNOWN: usize = 500;

/// What is known of the names in the text of the box.
#[derive(Clone, Copy)]
struct Naming {
    id: ConversationId,
    /// Those in the text that are written to their end, and whether it turns to everyone.
    names: Memo<(BTreeSet<String>, bool)>,
    /// Whether nobody there has it, by name.
    absent: RwSignal<LiteMap<String, bool>>,
}

impl Naming {
    fn unknown(self) -> Vec<String> {
        let (names, absent) = (self.names.get(), self.absent.get_untracked());
        names.0.into_iter().filter(|name| !absent.contains_key(name)).take(MOST_NAMED).collect()
    }

    /// Asks about those of whom nothing is known, a moment after they were written.
    fn learn(self) {
        Effect::new(move |_| {
            let unknown = self.unknown();
            if unknown.is_empty() {
                return;
            }
            spawn_local(async move {
                browser::after(PAUSE).await;
                // Something else may stand there by now, or nothing: the page may be gone.
                if self
                    .names
                    .try_get_untracked()
                    .is_none_or(|(names, _)| !unknown.iter().all(|it| names.contains(it)))
                {
                    return;
                }
                let Ok(absent) =
                    read_absent(self.id, unknown.join(",")).await.and_then(|absent| absent.read())
                else {
                    return;
                };
                self.absent.try_update(|known| {
                    if known.len() > MOST_KNOWN {
                        known.clear();
                    }
                    known.extend(unknown.into_iter().map(|name| (name.clone(), absent.contains(&name))));
                });
            });
        });
    }

    /// Those in the text whom nobody there is called; tracked.
    fn missing(self) -> Vec<String> {
        let names = self.names.get().0;
        let is_absent = |name: &String| self.absent.with(|absent| absent.get(name) == Some(&true));
        names.into_iter().filter(is_absent).collect()
    }
}

/// The warnings about what stands in the box.
#[component]
pub fn NamingWarning(
    id: ConversationId,
    thread: ArcRwSignal<Thread>,
    /// What stands in the box; nothing until the browser has looked.
    text: RwSignal<Option<String>>,
    completing: Completing,
) -> impl IntoView {
    let words = use_words();
    let names = Memo::new(move |_| {
        // Who is named to be brought in is told soon enough.
        let said = |text: &&str| !is_order(text);
        let named = text.with(|text| text.as_deref().filter(said).map(named).unwrap_or_default());
        let begun = completing.begun().map(|begun| begun.trim_start_matches('@').to_lowercase());
        let names = named.names.into_iter().filter(|name| begun.as_ref() != Some(name));
        (names.collect::<BTreeSet<String>>(), named.all)
    });
    let naming = Naming { id, names, absent: RwSignal::new(LiteMap::new()) };
    naming.learn();
    let missing = Memo::new(move |_| naming.missing());
    let about = Memo::new(move |_| thread.with(Thread::about));
    let in_vain = Memo::new(move |_| names.get().1 && about.with(reach).is_none());

    view! {
        <div class="composer-warnings" role="status">
            {live(move || {
                let missing = missing.get();
                (!missing.is_empty()).then(|| {
                    let sentence = (words.mentions().absent)(&missing);
                    let add = about.with(About::may_choose_people);
                    view! {
                        <p class="field-hint">
                            {sentence}
                            {add.then(|| view! { " " <a href=people_path(id)>{words.places().add_people}</a> })}
                        </p>
                    }
                })
            })}
            {live(move || in_vain.get().then(|| {
                view! { <p class="field-hint">{words.mentions().all_in_vain}</p> }
            }))}
        </div>
    }
}
