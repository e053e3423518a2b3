//! What the switcher finds. What there is to choose is read once for each opening, and what is known of the last one
//! stands there meanwhile; which of it is meant is decided in the browser, so that no letter waits.

use leptos::{ev, prelude::*, server_fn::ServerFn, task::spawn_local};

use super::{
    Entry, Goal, LONGEST_TEXT, entry_row::EntryFace, matching::Index, server_fns::read_places,
    switcher::Switcher,
};
use crate::{
    browser::{self, keyboard},
    conversations::server_fns::OpenConversation,
    ui::{
        form::{Posting, use_posting},
        icon::{Icon, Symbol},
        live::{Row, live, rows},
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// What is sought, and what there is.
#[derive(Clone, Copy)]
struct Search {
    switcher: Switcher,
    index: RwSignal<Index>,
    text: RwSignal<String>,
    /// Which of those that are shown Enter would choose.
    chosen: RwSignal<usize>,
    opening: Posting,
}

impl Search {
    /// Begins with what was `typed` before this came.
    fn new(switcher: Switcher, typed: String) -> Self {
        Self {
            switcher,
            index: RwSignal::new(Index::default()),
            text: RwSignal::new(typed),
            chosen: RwSignal::new(0),
            opening: use_posting(OpenConversation::url()),
        }
    }

    /// Learns where one may go, whenever the window is opened.
    fn follow_openings(self) {
        let Switcher { openings, failure, words, .. } = self.switcher;
        Effect::new(move |before: Option<()>| {
            openings.track();
            if before.is_some() {
                self.ask("");
                self.opening.forget();
            } else {
                // This box has come in the place of another.
                browser::focus(".switcher-text");
            }
            spawn_local(async move {
                // The page may be gone when the answer comes, and these signals with it.
                match read_places().await.and_then(|places| places.read()) {
                    Ok(places) => drop(self.index.try_set(Index::new(places, words))),
                    Err(error) => drop(failure.try_set(Some(error))),
                }
            });
        });
        let answer = self.opening.answer();
        Effect::new(move |_| {
            if answer.with(|answer| matches!(answer, Some(Ok(())))) {
                self.switcher.close();
            }
        });
        visit::leave_if_signed_out(failure.into());
    }

    /// What is typed is `text` now: the first that it means is chosen.
    fn ask(self, text: &str) {
        self.text.set(text.chars().take(LONGEST_TEXT).collect());
        self.chosen.set(0);
    }

    /// Goes there. A talk that is still to be made is made by the form of the page about friends.
    fn go(self, entry: &Entry) {
        let way = self.switcher.way.get_value();
        match (entry.goal, entry.goal.path()) {
            (Goal::Friend(account), None) => self.opening.send_one(("account", &account.to_string()), way),
            (_, Some(path)) => {
                self.switcher.close();
                way.go(&path);
            }
            _ => {}
        }
    }

    /// A key was pressed in the box, while these are shown.
    fn pressed(self, event: &ev::KeyboardEvent, found: &[Entry]) {
        let press = keyboard::press(event);
        if press.composing || press.alt || press.control || press.meta || press.shift {
            return;
        }
        let (here, last) = (self.chosen.get_untracked(), found.len().saturating_sub(1));
        match press.key.as_str() {
            "ArrowDown" => self.chosen.set(if here >= last { 0 } else { here + 1 }),
            "ArrowUp" => self.chosen.set(if here == 0 { last } else { here - 1 }),
            "Home" => self.chosen.set(0),
            "End" => self.chosen.set(last),
            "Enter" => found.get(here).into_iter().for_each(|entry| self.go(entry)),
            _ => return,
        }
        event.prevent_default();
        browser::before_paint(|| browser::scroll::show("#switcher-list [aria-selected=true]"));
    }
}

/// Draws the box to type in, and what that means.
pub fn draw(switcher: Switcher) -> AnyView {
    let words = switcher.words.finding();
    let typed = switcher.field.get_untracked().map(|field| browser::field_text(&field)).unwrap_or_default();
    let search = Search::new(switcher, typed.clone());
    search.follow_openings();
    let refusal = use_refusal(search.opening);
    let found = Memo::new(move |_| search.index.with(|index| search.text.with(|text| index.find(text))));
    let none =
        Memo::new(move |_| found.with(Vec::is_empty) && search.text.with(|text| !text.trim().is_empty()));
    let active = move || found.with(|found| !found.is_empty()).then(|| option_id(search.chosen.get()));
    let options = move || {
        let found = found.get().into_iter().enumerate();
        found.map(|(place, entry)| option(search, place, entry)).collect()
    };

    view! {
        <div class="switcher-box">
            <Icon symbol=Symbol::Find/>
            <input
                node_ref=switcher.field
                prop:value=typed
                class="switcher-text"
                type="text"
                role="combobox"
                aria-label=words.find_what
                aria-expanded=move || if found.with(Vec::is_empty) { "false" } else { "true" }
                aria-controls="switcher-list"
                aria-autocomplete="list"
                aria-activedescendant=active
                placeholder=words.find_what
                maxlength="100"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                on:input=move |event| search.ask(&event_target_value(&event))
                on:keydown=move |event| found.with_untracked(|found| search.pressed(&event, found))
            />
            <button type="button" class="button button--quiet" on:click=move |_| switcher.close()>
                {words.close}
            </button>
        </div>
        <ul class="found" id="switcher-list" role="listbox" aria-label=words.places>
            {rows(options)}
        </ul>
        <p class="switcher-none" role="status">
            {live(move || none.get().then_some(words.nothing_found))}
        </p>
        <Alert text=refusal.elsewhere(&[])/>
    }
    .into_any()
}

fn option_id(place: usize) -> String {
    format!("switcher-{place}")
}

fn option(search: Search, place: usize, entry: Entry) -> Row {
    let key = (place, entry.goal, entry.name.clone(), entry.beside.clone(), entry.unread);
    Row::new(key, move || {
        let goal = entry.clone();
        let selected = move || if search.chosen.get() == place { "true" } else { "false" };
        view! {
            <li
                class="found-line"
                id=option_id(place)
                role="option"
                aria-selected=selected
                // The keyboard stays in the box.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| search.go(&goal)
            >
                <EntryFace entry/>
            </li>
        }
    })
}
