//! What may be done with one message: a small toolbar, one for the whole timeline, beside the message that is active.

use leptos::{prelude::*, task::spawn_local};

use super::reading::element_id;
use crate::{
    browser::{self, clipboard, keyboard, scroll},
    conversations::{message_path, server_fns::mark_unread},
    ids::{ConversationId, MessageId},
    text::use_words,
    ui::{
        announcer::use_announcer,
        icon::{Icon, Symbol},
    },
};

/// The toolbar of the message `active`.
#[component]
pub fn Actions(id: ConversationId, active: RwSignal<Option<MessageId>>) -> impl IntoView {
    let some = Memo::new(move |_| active.with(Option::is_some));

    view! {
        <Show when=move || some.get()>
            <Toolbar id active/>
        </Show>
    }
}

#[component]
fn Toolbar(id: ConversationId, active: RwSignal<Option<MessageId>>) -> impl IntoView {
    let words = use_words();
    let voice = use_announcer();
    let top = move || {
        let top = active.get().and_then(|message| scroll::top_of(&element_id(message))).unwrap_or_default();
        format!("{top}px")
    };
    let copy = {
        let voice = voice.clone();
        move |_| {
            if let Some(message) = active.get_untracked() {
                clipboard::copy(browser::address_of(&message_path(id, message)));
                voice.say(words.copied.to_owned());
            }
        }
    };
    let unread = move |_| {
        let Some(message) = active.get_untracked() else { return };
        let voice = voice.clone();
        spawn_local(async move {
            match mark_unread(id, message).await {
                Ok(()) => voice.say(words.marked_unread.to_owned()),
                Err(error) => voice.say(words.sentence(&error)),
            }
        });
    };
    let back = move |event: leptos::ev::KeyboardEvent| {
        if keyboard::press(&event).key == "Escape" {
            event.stop_propagation();
            if let Some(message) = active.get_untracked() {
                browser::focus(&format!("#{}", element_id(message)));
            }
        }
    };

    view! {
        <div class="message-actions" role="toolbar" aria-label=words.actions style:top=top on:keydown=back>
            <button type="button" class="icon-button" title=words.copy_link on:click=copy>
                <Icon symbol=Symbol::Link/>
                <span class="visually-hidden">{words.copy_link}</span>
            </button>
            <button type="button" class="icon-button" title=words.mark_unread on:click=unread>
                <Icon symbol=Symbol::Unread/>
                <span class="visually-hidden">{words.mark_unread}</span>
            </button>
        </div>
    }
}
