//! The ways to what is out of view: to the newest message, to the first unread one, and beyond both ends.

use leptos::prelude::*;

use super::{actions::TargetActions, paging::Paging, reading::Reading, thread::Thread};
use crate::{
    browser::keyboard,
    conversations::{
        UNREAD_COUNTED,
        reading_forms::{MarkRead, MarkUnread},
        window::Window,
    },
    ids::{ConversationId, MessageId},
    text::use_words,
    threads::head::MarkReadHere,
    ui::{
        icon::{Icon, Symbol},
        live::live,
    },
};

/// Stands above the composer while the end is out of view, with the count of what came meanwhile.
#[component]
pub fn JumpToLatest(thread: ArcRwSignal<Thread>, reading: Reading, paging: Paging) -> impl IntoView {
    let words = use_words();
    let at_end = reading.is_at_end();
    let (cut, news) = (thread.clone(), thread);
    let away = Memo::new(move |_| !at_end.get() || cut.with(|thread| thread.newer_than().is_some()));
    let count = Memo::new(move |_| news.with(Thread::news));
    let text = move || match count.get() {
        0 => words.talk().jump_to_latest.to_owned(),
        count => format!("{} · {}", words.talk().jump_to_latest, (words.talk().new_messages)(count as u32)),
    };

    view! {
        <Show when=move || away.get()>
            <a
                class="jump"
                href=paging.path(Window::Latest)
                on:click={
                    let paging = paging.clone();
                    move |event| {
                        if keyboard::follows(&event) {
                            event.prevent_default();
                            paging.go_to_latest();
                        }
                    }
                }
            >
                <Icon symbol=Symbol::Down/>
                <span>{text}</span>
            </a>
        </Show>
    }
}

/// Stands above the timeline while unread messages lie above what is in view; without a script, while there are any.
#[component]
pub fn UnreadBar(
    id: ConversationId,
    thread: ArcRwSignal<Thread>,
    unread: u32,
    target: Option<MessageId>,
    reading: Reading,
    alive: RwSignal<bool>,
    paging: Paging,
) -> impl IntoView {
    let words = use_words();
    let below_divider = reading.is_below_divider();
    let (cut, held) = (thread.clone(), thread.clone());
    let acted = StoredValue::new(thread.clone());
    let root = thread.with_untracked(Thread::spot).thread;
    // The divider may lie before all that is held.
    let before = Memo::new(move |_| {
        cut.with(|thread| thread.divider().zip(thread.older_than()).is_some_and(|(at, older)| at < older))
    });
    let shown = Memo::new(move |_| {
        if alive.get() { below_divider.get() || before.get() } else { unread > 0 || target.is_some() }
    });
    let last =
        move || held.with_untracked(|thread| thread.messages().next_back().map_or(0, |last| last.position));

    view! {
        <Show when=move || shown.get()>
            <div class="unread-bar">
                {(unread > 0).then(|| view! { <span>{(words.talk().new_messages)(unread.min(UNREAD_COUNTED))}</span> })}
                <button
                    type="button"
                    class="button button--quiet"
                    on:click={
                        let paging = paging.clone();
                        move |_| paging.go_to_divider()
                    }
                >
                    {words.talk().jump_to_first_unread}
                </button>
                {(unread > 0).then(|| match root {
                    Some(root) => view! { <MarkReadHere id root position=last()/> }.into_any(),
                    None => view! { <MarkRead conversation=id position=last()/> }.into_any(),
                })}
                // With a script every message has this at hand.
                {move || (!alive.get()).then(|| target.map(|message| view! { <MarkUnread conversation=id message/> }))}
                {live(move || target.filter(|_| !alive.get()).map(|message| view! {
                    <TargetActions id message thread=acted.get_value()/>
                }))}
            </div>
        </Show>
    }
}

/// What stands before and behind the messages that are shown: the links to more of them, which a page without a script
/// needs, or why more could not be read.
#[component]
pub fn Ends(paging: Paging, children: Children) -> impl IntoView {
    let words = use_words();
    let failure = paging.failure();
    let (before, behind) = (paging.clone(), paging.clone());
    let older = Memo::new(move |_| before.older());
    let newer = Memo::new(move |_| behind.newer());

    view! {
        <More window=older label=words.talk().older_messages paging=paging.clone()/>
        {children()}
        <More window=newer label=words.talk().newer_messages paging/>
        {move || failure.get().map(|error| view! { <p class="alert" role="alert">{words.sentence(&error)}</p> })}
    }
}

/// The way to `window`: a page of its own, which the browser fetches into this one.
#[component]
fn More(window: Memo<Option<Window>>, label: &'static str, paging: Paging) -> impl IntoView {
    let link = move |window: Window| {
        let paging = paging.clone();
        view! {
            <a
                class="more"
                href=paging.path(window)
                on:click=move |event| {
                    if keyboard::follows(&event) {
                        event.prevent_default();
                        paging.load(window);
                    }
                }
            >
                {label}
            </a>
        }
    };

    move || window.get().map(link.clone())
}
