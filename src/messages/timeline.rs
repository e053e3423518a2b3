//! What was said, in order, from the oldest that is loaded to what is on its way.

use leptos::{ev, prelude::*};

use super::{
    actions::{Actions, Letters},
    answer::Pointer,
    jumps::{Ends, JumpToLatest, UnreadBar},
    message_view::RowView,
    notice::Notice,
    outbox::use_outbox,
    paging::Paging,
    pane::{Pane, message_of, use_pane},
    places::use_places,
    reading::{Opening, Reading},
    rows::{Row, rows},
    thread::Thread,
    voices::Voices,
};
use crate::{
    browser::{
        self, attention, clipboard,
        keyboard::{self, Press},
        roving::{self, Step},
        scroll,
    },
    conversations::about::{About, Kind},
    ids::{ConversationId, MessageId},
    polls::ballot::Ballot,
    text::use_words,
    time::Timestamp,
    ui::nothing_here::Empty,
};

/// The messages of one conversation. `target` is the one that the address names.
#[component]
pub fn Timeline(
    id: ConversationId,
    thread: ArcRwSignal<Thread>,
    voices: Voices,
    about: About,
    unread: u32,
    target: Option<MessageId>,
    reading: Reading,
) -> impl IntoView {
    let (words, pane) = (use_words(), use_pane());
    let label = match thread.with_untracked(Thread::spot).thread {
        Some(_) => format!("{} · {}", words.threads().thread, about.labelled(words)),
        None => about.labelled(words),
    };
    let hello = match about.kind {
        _ if !about.may_write => String::new(),
        Kind::Direct => (words.talk().say_hello)(&about.name),
        Kind::Group | Kind::Channel | Kind::Everyone => words.places().say_hello.to_owned(),
    };
    let paging = Paging::new(thread.clone(), reading);
    let alive = RwSignal::new(false);
    Pointer::provide(target);
    let active = RwSignal::new(None::<MessageId>);
    let lines = use_lines(id, &thread, &voices, alive);

    Ballot::provide(lines, thread.clone());
    open(&thread, target, reading, alive);
    follow(lines, reading, &paging);
    Notice::new(id, thread.clone(), voices.clone(), reading).watch();
    reading.keep_for(thread.with_untracked(Thread::spot));

    let keys = paging.clone();
    let near = paging.clone();
    let ends = paging.clone();
    let jump = paging.clone();
    let letters = Letters::of(id, thread.clone(), active);
    let acted = thread.clone();
    view! {
        <div class="timeline-frame" data-alive=move || alive.get().then_some("")>
            <UnreadBar id thread=thread.clone() unread target reading alive paging=paging.clone()/>
            <div
                class="timeline"
                tabindex="0"
                role="region"
                aria-label=label
                node_ref=reading.area()
                on:scroll=move |_| {
                    reading.look();
                    near.load_soon();
                }
                on:keydown=move |event| press(&event, reading, pane, &keys, &letters)
                on:click=move |event| {
                    if let Some(code) = roving::code_to_copy(&event) {
                        clipboard::copy(code);
                    }
                }
            >
                <div
                    class="timeline-inside"
                    on:mouseover=move |event| activate(active, &event)
                    on:focusin=move |event| activate(active, &event)
                    on:mouseleave=move |_| active.set(None)
                >
                    <Ends paging=ends>
                        <Lines lines id voices hello alive/>
                    </Ends>
                    <Actions id thread=acted active/>
                </div>
            </div>
            <JumpToLatest thread reading paging=jump/>
        </div>
    }
}

/// The lines themselves, or what stands there while there are none.
#[component]
fn Lines(
    lines: Memo<Vec<Row>>,
    id: ConversationId,
    voices: Voices,
    hello: String,
    alive: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let nothing = Memo::new(move |_| lines.with(Vec::is_empty));

    view! {
        {move || nothing.get().then(|| view! { <Empty title=words.talk().nothing_said text=hello.clone()/> })}
        <div class="messages">
            <For each=move || lines.get() key=Row::key let:row>
                <RowView row id voices=voices.clone() zoned=alive/>
            </For>
        </div>
    }
}

/// The rows, in the reader's own days once the browser knows them.
fn use_lines(
    id: ConversationId,
    thread: &ArcRwSignal<Thread>,
    voices: &Voices,
    zoned: RwSignal<bool>,
) -> Memo<Vec<Row>> {
    let (thread, voices, outbox) = (thread.clone(), voices.clone(), use_outbox());
    Memo::new(move |_| {
        let outgoing = outbox.of(id);
        let day_of = |at: Timestamp| if zoned.get() { browser::local_day(at) } else { at.date() };
        thread.with(|thread| rows(thread, &outgoing, day_of, |message| voices.know(message)))
    })
}

/// Once the page is alive: goes to where the address, the reader's last visit or what is unread says.
fn open(thread: &ArcRwSignal<Thread>, target: Option<MessageId>, reading: Reading, alive: RwSignal<bool>) {
    let (spot, divider) = thread.with_untracked(|thread| (thread.spot(), thread.divider()));
    let (places, pane) = (use_places(), use_pane());
    Effect::new(move |_| {
        alive.set(true);
        let fresh = || match (target, divider) {
            (Some(message), _) => Opening::Message(message),
            (None, Some(_)) => Opening::Divider,
            (None, None) => Opening::End,
        };
        reading.open(places.arrive(spot, pane).map_or_else(fresh, Opening::Again));
    });
}

/// Whatever changes in what is shown, or in the room for it, moves nothing under the reader's eyes.
fn follow(lines: Memo<Vec<Row>>, reading: Reading, paging: &Paging) {
    let near = paging.clone();
    Effect::new(move |_| {
        lines.track();
        reading.settle();
        let near = near.clone();
        browser::before_paint(move || near.load_soon());
    });

    Effect::new({
        let paging = paging.clone();
        move |before: Option<u32>| {
            let wanted = reading.wanted();
            if before.is_some_and(|before| before != wanted) {
                paging.go_to_latest();
            }
            wanted
        }
    });

    let resized = StoredValue::new(None);
    Effect::new(move |_| resized.set_value(Some(scroll::on_resize(move || reading.settle()))));
    on_cleanup(move || {
        if let Some(handle) = resized.try_update_value(Option::take).flatten() {
            attention::stop(handle);
        }
    });
}

/// The message under the pointer, or with the keyboard, shows what may be done with it.
fn activate(active: RwSignal<Option<MessageId>>, event: &ev::Event) {
    if roving::around(event, ".message-actions").is_some() {
        return;
    }
    let message = roving::around(event, ".message[data-state=sent]").and_then(|id| message_of(&id));
    if active.get_untracked() != message {
        active.set(message);
    }
}

/// What a key asks of the list of messages. Keys pressed within a message, as on a link, are not ours.
fn press(event: &ev::KeyboardEvent, reading: Reading, pane: Pane, paging: &Paging, letters: &Letters) {
    let Some(area) = reading.area().get_untracked() else { return };
    let Press { key, shift, alt, control, meta, composing } = keyboard::press(event);
    if alt || control || meta || composing || !roving::is_on(event, &area, MESSAGE) {
        return;
    }
    match (&*key, shift) {
        ("ArrowUp", false) => roving::step(&area, MESSAGE, Step::Previous),
        ("ArrowDown", false) => roving::step(&area, MESSAGE, Step::Next),
        ("Home", false) => roving::step(&area, MESSAGE, Step::First),
        ("End", false) if paging.newer().is_none() => roving::step(&area, MESSAGE, Step::Last),
        ("End" | "Escape", false) => paging.go_to_latest(),
        ("PageUp", true) => paging.go_to_divider(),
        ("Enter", false) => browser::focus(&pane.within(".message-actions button")),
        (letter, _) if letters.pressed(letter) => {}
        _ => return,
    }
    event.prevent_default();
}

/// One message among others, for the keyboard.
const MESSAGE: &str = ".message";
