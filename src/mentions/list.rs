//! What a begun name, code or command may become: what is offered above the box at the moment, and what keys do to it.

use leptos::{ev, html::Textarea, prelude::*, task::spawn_local};

use super::{
    asked::{Asked, asked},
    completing::{Completion, with_everyone},
    options::option_id,
    server_fns::read_completions,
};
use crate::{
    browser::{self, keyboard, text_box},
    commands,
    ids::ConversationId,
    messages::{
        composer::mode::{Mode, use_mode},
        pane::{Ids, use_pane},
        thread::Thread,
    },
};

/// Between a key and the question that it leads to: whoever types on asks once.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(120);

/// What is offered at the moment.
#[derive(Clone, Copy)]
pub struct Completing {
    id: ConversationId,
    thread: StoredValue<ArcRwSignal<Thread>>,
    ids: &'static Ids,
    area: NodeRef<Textarea>,
    mode: Mode,
    asked: RwSignal<Option<Asked>>,
    pub(super) found: RwSignal<Vec<Completion>>,
    /// Which of them Enter would choose.
    pub(super) chosen: RwSignal<usize>,
    /// Where a list was that was closed: it stays so while that is written on.
    put_away: StoredValue<Option<u32>>,
    /// Counts questions: only the answer to the last one counts.
    questions: StoredValue<u32>,
}

impl Completing {
    /// With the box of a conversation, and nothing asked.
    pub fn new(id: ConversationId, thread: ArcRwSignal<Thread>, area: NodeRef<Textarea>) -> Self {
        Self {
            id,
            thread: StoredValue::new(thread),
            ids: use_pane().ids(),
            area,
            mode: use_mode(),
            asked: RwSignal::new(None),
            found: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(0),
            put_away: StoredValue::new(None),
            questions: StoredValue::new(0),
        }
    }

    /// Whether there is anything to choose; tracked.
    pub fn is_open(self) -> bool {
        self.asked.with(Option::is_some) && self.found.with(|found| !found.is_empty())
    }

    /// What is being written at the cursor, with its sign; tracked.
    pub fn begun(self) -> Option<String> {
        self.asked.with(|asked| asked.as_ref().map(|asked| asked.text.clone()))
    }

    /// The id of the list, while it is open; tracked.
    pub fn list(self) -> Option<&'static str> {
        self.is_open().then_some(self.id_of_list())
    }

    /// The id of the list.
    pub(super) const fn id_of_list(self) -> &'static str {
        self.ids.completions
    }

    /// The id of what Enter would choose; tracked.
    pub fn active(self) -> Option<String> {
        self.is_open().then(|| option_id(self.id_of_list(), self.chosen.get()))
    }

    /// Something was typed into the box, or its cursor was set.
    pub fn typed(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let (from, to) = text_box::selected(&area);
        let now = if from == to { asked(&text_box::typed(&area), to) } else { None };
        let Some(now) = now else {
            self.put_away.set_value(None);
            return self.close();
        };
        if self.put_away.get_value() != Some(now.span.from) {
            self.ask(now);
        }
    }

    fn ask(self, now: Asked) {
        if now.text.starts_with('/') {
            return self.offer_commands(now);
        }
        if let Some(emoji) = self.known(&now) {
            self.close();
            // Not at once: writing is heard by those who are just being told of the key.
            return browser::before_paint(move || self.write(&now, &emoji));
        }
        // What was offered for less stays as far as it fits, so that Enter never chooses what is not meant any more.
        if self.found.with_untracked(|found| !found.iter().all(|it| it.still_fits(&now.text))) {
            self.found.update(|found| found.retain(|it| it.still_fits(&now.text)));
            self.chosen.set(0);
        }
        self.asked.set(Some(now.clone()));
        let Some(question) = self.next_question() else { return };
        spawn_local(async move {
            browser::after(PAUSE).await;
            // The page may be gone by now, and these signals with it.
            if self.questions.try_get_value() != Some(question) {
                return;
            }
            let Ok(found) = read_completions(self.id, now.text.clone()).await.and_then(|found| found.read())
            else {
                return;
            };
            if self.questions.try_get_value() == Some(question) {
                self.answered(&now, found);
            }
        });
    }

    /// Nobody is asked about commands: the page knows them. In a message that is being edited there are none.
    fn offer_commands(self, now: Asked) {
        // What is asked already would be answered too late.
        self.close();
        if self.mode.editing_now().is_some() {
            return;
        }
        let about = self.thread.with_value(|thread| thread.with_untracked(Thread::about));
        let offered = commands::offered(&about, &now.text).into_iter();
        self.found.set(offered.map(|command| Completion::Command { command }).collect());
        self.chosen.set(0);
        self.asked.set(Some(now));
    }

    /// The emoji of a whole code, if it was offered a moment ago.
    fn known(self, asked: &Asked) -> Option<String> {
        let whole = asked.text.trim_matches(':');
        let is_it = |found: &&Completion| matches!(found, Completion::Emoji { code, .. } if code == whole);
        let written = || self.found.with_untracked(|found| found.iter().find(is_it).map(Completion::written));
        asked.is_whole_code().then(written).flatten()
    }

    fn answered(self, to: &Asked, found: Vec<Completion>) {
        if to.is_whole_code() {
            self.close();
            if let [emoji @ Completion::Emoji { .. }] = &*found {
                self.write(to, &emoji.written());
            }
            return;
        }
        let about = self.thread.with_value(|thread| thread.with_untracked(Thread::about));
        self.found.set(with_everyone(found, &to.text, &about));
        self.chosen.set(0);
    }

    /// The number of the next question; none once the page is gone.
    fn next_question(self) -> Option<u32> {
        self.questions.try_update_value(|questions| {
            *questions = questions.wrapping_add(1);
            *questions
        })
    }

    /// The keyboard has left the box. It does so too when the whole page goes, and what is changed then is to be drawn
    /// by a page that is gone: so not at once.
    pub fn left(self) {
        browser::before_paint(move || self.close());
    }

    /// Offers nothing any more.
    pub fn close(self) {
        // With its page all that is here has gone.
        if self.next_question().is_none() {
            return;
        }
        if self.asked.with_untracked(Option::is_some) {
            self.asked.set(None);
        }
        if self.found.with_untracked(|found| !found.is_empty()) {
            self.found.set(Vec::new());
        }
    }

    /// A key was pressed in the box. Whether the list took it.
    pub fn pressed(self, event: &ev::KeyboardEvent) -> bool {
        let press = keyboard::press(event);
        let last = self.found.with_untracked(Vec::len).checked_sub(1);
        let Some(last) = last.filter(|_| self.asked.with_untracked(Option::is_some)) else { return false };
        if press.composing || press.alt || press.control || press.meta || press.shift {
            return false;
        }
        let here = self.chosen.get_untracked();
        match press.key.as_str() {
            "ArrowDown" => self.chosen.set(if here >= last { 0 } else { here + 1 }),
            "ArrowUp" => self.chosen.set(if here == 0 { last } else { here - 1 }),
            "Enter" | "Tab" => self.choose(here),
            "Escape" => {
                self.put_away
                    .set_value(self.asked.with_untracked(|asked| asked.as_ref().map(|it| it.span.from)));
                self.close();
            }
            // The cursor goes elsewhere.
            "ArrowLeft" | "ArrowRight" | "Home" | "End" | "PageUp" | "PageDown" => {
                self.close();
                return false;
            }
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }

    pub(super) fn choose(self, place: usize) {
        let chosen = self.found.with_untracked(|found| found.get(place).map(Completion::written));
        let asked = self.asked.get_untracked();
        self.close();
        if let Some((written, asked)) = chosen.zip(asked) {
            self.write(&asked, &written);
        }
    }

    /// Has `written` stand in the place of what was asked, if that is still there.
    fn write(self, asked: &Asked, written: &str) {
        let Some(area) = self.area.get_untracked() else { return };
        if self::asked(&text_box::typed(&area), asked.span.to).as_ref() != Some(asked) {
            return;
        }
        let end = asked.span.from + u32::try_from(written.encode_utf16().count()).unwrap_or(0);
        text_box::replace(&area, (asked.span.from, asked.span.to), written, (end, end));
    }
}
