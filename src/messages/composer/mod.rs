//! Where one writes: a plain form, which the browser, once it helps, sends without leaving the page.

pub mod counter;
pub mod enter;
pub mod keys;
pub mod mode;
mod sending;
mod writing;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    answer::Excerpt, pane::use_pane, reading::Reading, server_fns::SendMessage, thread::Thread,
    voices::Voices,
};
use crate::{
    commands::help::CommandHelp,
    conversations::{Conversation, groups::slow_mode::Slowness},
    later::scheduled::later_path,
    mentions::{calling::CallingQuestion, list::Completing, options::Completions, warning::NamingWarning},
    polls::poll_path,
    realtime::use_threads,
    receipts::typing::Telling,
    text::{use_words, view::action_sign},
    threads::Spot,
    ui::{
        icon::{Icon, Symbol},
        live::live,
        text_area::TextArea,
    },
    visit::{self, Flash},
};
use counter::Counter;
use writing::Writing;

/// The box to write in, below the timeline.
#[component]
pub fn Composer(
    conversation: Conversation,
    thread: ArcRwSignal<Thread>,
    voices: Voices,
    reading: Reading,
    /// Seconds between two messages, while that is so.
    slow: Memo<u32>,
) -> impl IntoView {
    let (words, ids) = (use_words(), use_pane().ids());
    let spot = thread.with_untracked(Thread::spot);
    let flash = flash_of(spot);
    let placeholder = match spot.thread {
        Some(_) => words.threads().reply_in_thread.to_owned(),
        None => (words.talk().write_to)(&conversation.about.called(words)),
    };
    let draft = conversation.draft.clone().filter(|draft| !draft.text.is_empty());
    let typed = flash.as_ref().and_then(|flash| flash.typed("body"));
    let initial = typed.or_else(|| Some(draft.as_ref()?.text.clone())).unwrap_or_default();
    // Without a script it is a draft no more once the form is taken.
    let draft = draft.map(|draft| draft.revision);
    let writing = Writing::new(&conversation, thread.clone(), reading, flash.map(|flash| flash.error));
    let completing = Completing::new(conversation.id, thread.clone(), writing.area());

    let telling = Telling::new(&conversation, writing.is_blank());

    view! {
        <form
            class="composer"
            method="post"
            action=SendMessage::url()
            on:submit=move |event| writing.submitted(&event)
            on:input=move |event| {
                telling.typed(&event);
                completing.typed();
                writing.calling().forget();
                writing.orders().forget();
            }
        >
            <input type="hidden" name="conversation" value=conversation.id.to_string()/>
            <input type="hidden" name="key" value=conversation.key.to_string()/>
            {spot.thread.map(|root| view! { <input type="hidden" name="thread" value=root.to_string()/> })}
            {draft.map(|revision| view! { <input type="hidden" name="draft" value=revision.to_string()/> })}
            <Doing writing voices/>
            <Completions completing/>
            <CommandHelp
                orders=writing.orders()
                thread=thread.clone()
                stay=Callback::new(move |()| writing.focus())
            />
            <label class="visually-hidden" for=ids.composer>
                {words.talk().message}
            </label>
            <TextArea
                id=ids.composer
                name="body"
                class="composer-input"
                placeholder
                initial
                area=writing.area()
                text=writing.text()
                error=writing.error()
                grown=Callback::new(move |()| reading.settle())
                // No role: a text area may have no other than its own (ARIA in HTML), and that one may point into a list.
                attr:aria-controls=move || completing.list()
                attr:aria-autocomplete=move || completing.list().map(|_| "list")
                attr:aria-activedescendant=move || completing.active()
                on:keydown=move |event| {
                    if !completing.pressed(&event) {
                        writing.pressed(&event);
                    }
                }
                on:click=move |_| completing.typed()
                on:focus=move |_| writing.entered()
                on:blur=move |_| {
                    completing.left();
                    writing.left_alone();
                }
                on:paste=move |event| writing.pasted(&event)
            />
            // A finger on it does not take the keyboard away from the box.
            <button
                type="submit"
                class="button button--primary"
                disabled=writing.is_blank()
                on:mousedown=move |event| event.prevent_default()
            >
                {live(move || if writing.is_editing() { words.save } else { words.talk().send })}
            </button>
            {live(move || (!writing.is_about_one()).then(|| view! { <Others spot/> }))}
            <Slowness slow/>
            <NamingWarning id=conversation.id thread text=writing.text() completing/>
            <CallingQuestion
                calling=writing.calling()
                send=Callback::new(move |()| {
                    writing.send();
                })
                stay=Callback::new(move |()| writing.focus())
            />
            <Counter left=writing.left() at_most=conversation.characters/>
            // The announcer has said it already.
            {live(move || writing.orders().told().map(|told| view! { <p class="field-hint">{told}</p> }))}
            {live(move || {
                writing.refused().map(|why| view! { <p class="field-error" id=ids.refusal role="alert">{why}</p> })
            })}
        </form>
    }
}

/// The ways to the pages where what was begun in the box goes on: those that ask when, and what may be answered. Where there
/// is little room they stand behind one button.
#[component]
fn Others(spot: Spot) -> impl IntoView {
    let words = use_words();
    // What is sent later is sent into the room.
    let later = spot
        .thread
        .is_none()
        .then(|| (later_path(spot.conversation), Symbol::Clock, words.later().send_later));
    let poll = (poll_path(spot.conversation, spot.thread), Symbol::Poll, words.polls().new_poll);
    let ways: Vec<_> = later.into_iter().chain([poll]).collect();
    let icons = ways.clone().into_iter().map(|(path, symbol, name)| {
        view! {
            <a class="icon-button" href=path title=name>
                <Icon symbol/>
                <span class="visually-hidden">{name}</span>
            </a>
        }
    });
    let lines = ways.into_iter().map(|(path, symbol, name)| {
        view! { <li><a class="composer-way" href=path><Icon symbol/> {name}</a></li> }
    });

    view! {
        <div class="composer-others">{icons.collect_view()}</div>
        <details class="composer-more">
            <summary class="icon-button" title=words.polls().more_ways>
                <Icon symbol=Symbol::More/>
                <span class="visually-hidden">{words.polls().more_ways}</span>
            </summary>
            <ul>{lines.collect_view()}</ul>
        </details>
    }
}

/// That a message is being edited or answered, and the way out.
#[component]
fn Doing(writing: Writing, voices: Voices) -> impl IntoView {
    let words = use_words();
    let answering = move || {
        let answered = writing.answering()?;
        let Excerpt { author, text, is_action, .. } = Excerpt::of(&answered, &voices, words);
        let whom = (words.replies().replying_to)(author.as_deref().unwrap_or(words.places().somebody));
        Some(view! {
            <span class="composer-answered">
                <span>{whom}</span>
                <span class="composer-answered-text" dir="auto">{is_action.then(action_sign)} {text}</span>
            </span>
        })
    };

    live(move || {
        let editing =
            writing.is_editing().then(|| view! { <span>{words.changes().editing}</span> }.into_any());
        editing.or_else(|| Some(answering()?.into_any())).map(|doing| {
            view! {
                <p class="composer-mode">
                    {doing}
                    <button type="button" class="button button--quiet" on:click=move |_| {
                        writing.cancel();
                    }>
                        {words.cancel}
                    </button>
                </p>
            }
        })
    })
}

/// What was refused here before this page was loaded. Later, on the way back to it, it is told no more.
fn flash_of(spot: Spot) -> Option<Flash> {
    let flash = visit::use_flash("send_message")?;
    let here = flash.typed("conversation") == Some(spot.conversation.to_string())
        && flash.typed("thread") == spot.thread.map(|thread| thread.to_string());
    (here && !use_threads().have_seen(spot)).then_some(flash)
}
