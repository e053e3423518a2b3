//! What was said, in order, from the oldest that is loaded to what is on its way.

use leptos::{prelude::*, task::spawn_local};

use super::{
    delivery::deliver,
    message_view::{RowView, Voices},
    reading::Reading,
    rows::{Row, rows},
    thread::Thread,
};
use crate::{
    browser,
    conversations::{self, server_fns::conversation},
    error::Error,
    ids::ConversationId,
    text::use_words,
    ui::nothing_here::Empty,
};

/// The messages of one conversation.
#[component]
pub fn Timeline(
    id: ConversationId,
    thread: ArcRwSignal<Thread>,
    voices: Voices,
    may_write: bool,
    reading: Reading,
) -> impl IntoView {
    let words = use_words();
    let label = (words.conversation_with)(&voices.with.display_name);
    let hello = if may_write { (words.say_hello)(&voices.with.display_name) } else { String::new() };

    let shown = RwSignal::from(thread.clone());
    let zoned = RwSignal::new(false);
    let loading = RwSignal::new(false);
    let me = voices.me.id;
    let lines = Memo::new(move |_| {
        shown.with(|thread| {
            rows(thread, me, |at| if zoned.get() { browser::local_day(at) } else { at.date() })
        })
    });

    Effect::new(move |_| {
        reading.begin();
        zoned.set(true);
    });
    Effect::new(move |_| {
        lines.track();
        reading.follow();
    });

    let retry = Callback::new({
        let thread = thread.clone();
        move |key| {
            thread.update(|thread| thread.retry(&key));
            deliver(id, thread.clone());
        }
    });

    view! {
        <div
            class="timeline"
            tabindex="0"
            role="log"
            aria-label=label
            aria-relevant="additions"
            aria-busy=move || loading.get().then_some("true")
            node_ref=reading.area()
            on:scroll=move |_| reading.moved()
        >
            <Older id thread loading reading/>
            {move || {
                lines.with(Vec::is_empty).then(|| {
                    view! { <Empty title=words.nothing_said text=hello.clone()/> }
                })
            }}
            <ol class="messages">
                <For each=move || lines.get() key=Row::key let:row>
                    <RowView row voices=voices.clone() zoned retry/>
                </For>
            </ol>
        </div>
    }
}

/// The way to older messages: a page of its own, which the browser fetches into this one.
#[component]
fn Older(
    id: ConversationId,
    thread: ArcRwSignal<Thread>,
    loading: RwSignal<bool>,
    reading: Reading,
) -> impl IntoView {
    let words = use_words();
    let failure = RwSignal::new(None::<Error>);
    let before = {
        let thread = thread.clone();
        Memo::new(move |_| thread.with(Thread::older_than))
    };

    let load = move |before: i64| {
        let thread = thread.clone();
        if loading.get_untracked() {
            return;
        }
        loading.set(true);
        spawn_local(async move {
            let answer = conversation(id, Some(before)).await;
            // Whoever has gone on to another page meanwhile has taken these signals with them.
            match answer {
                Ok(page) => reading.keep_while(|| thread.update(|thread| thread.older(before, &page))),
                Err(error) => drop(failure.try_set(Some(error))),
            }
            loading.try_set(false);
        });
    };
    let link = move |before: i64| {
        let load = load.clone();
        view! {
            <a
                class="older"
                href=conversations::older_path(id, before)
                on:click=move |event| {
                    if browser::keyboard::follows(&event) {
                        event.prevent_default();
                        failure.set(None);
                        load(before);
                    }
                }
            >
                {words.older_messages}
            </a>
        }
    };

    view! {
        {move || before.get().map(link.clone())}
        {move || failure.get().map(|error| view! { <p class="alert" role="alert">{words.sentence(&error)}</p> })}
    }
}
