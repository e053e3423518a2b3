//! Where one writes: a plain form, which the browser, once it helps, sends without leaving the page.

pub mod counter;
pub mod enter;
pub mod keys;
mod writing;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{reading::Reading, server_fns::SendMessage};
use crate::{
    conversations::Conversation,
    ids::ConversationId,
    realtime::use_threads,
    text::use_words,
    ui::text_area::TextArea,
    visit::{self, Flash},
};
use counter::Counter;
use writing::{REFUSAL, Writing};

/// The box to write in, below the timeline.
#[component]
pub fn Composer(conversation: Conversation, reading: Reading) -> impl IntoView {
    let words = use_words();
    let flash = flash_of(conversation.id);
    let initial = flash.as_ref().and_then(|flash| flash.typed("body")).unwrap_or_default();
    let writing = Writing::new(&conversation, reading, flash.map(|flash| flash.error));

    view! {
        <form class="composer" method="post" action=SendMessage::url() on:submit=move |event| writing.submitted(&event)>
            <input type="hidden" name="conversation" value=conversation.id.to_string()/>
            <input type="hidden" name="key" value=conversation.key.to_string()/>
            <label class="visually-hidden" for="composer-message">
                {words.message}
            </label>
            <TextArea
                id="composer-message"
                name="body"
                class="composer-input"
                placeholder=(words.write_to)(&conversation.about.called(words))
                initial
                area=writing.area()
                text=writing.text()
                error=writing.error()
                grown=Callback::new(move |()| reading.settle())
                on:keydown=move |event| writing.pressed(&event)
                on:paste=move |event| writing.pasted(&event)
            />
            // A finger on it does not take the keyboard away from the box.
            <button
                type="submit"
                class="button button--primary"
                disabled=writing.is_blank()
                on:mousedown=move |event| event.prevent_default()
            >
                {words.send}
            </button>
            <Counter left=writing.left() at_most=conversation.characters/>
            {move || {
                writing.refused().map(|error| {
                    view! { <p class="field-error" id=REFUSAL role="alert">{words.sentence(&error)}</p> }
                })
            }}
        </form>
    }
}

/// What was refused here before this page was loaded. Later, on the way back to it, it is told no more.
fn flash_of(id: ConversationId) -> Option<Flash> {
    let flash = visit::use_flash("send_message")?;
    let here = flash.typed("conversation") == Some(id.to_string());
    (here && !use_threads().have_seen(id)).then_some(flash)
}
