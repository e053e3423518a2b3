//! What one sees of one's own changes to a message: that it was edited, and that it can still be brought back.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    about::MessageField, history_page::history_path, outbox::use_outbox, server_fns::RestoreMessage,
};
use crate::{
    browser,
    ids::{ConversationId, MessageId},
    text::use_words,
    time::Timestamp,
    visit::use_visit,
};

/// That a message was edited: leads to what it said before.
#[component]
pub fn Edited(id: ConversationId, message: MessageId, at: Timestamp, zoned: Signal<bool>) -> impl IntoView {
    let lang = use_visit().locale.code();
    let exact = move || zoned.get().then(|| browser::exact_time(at, lang));
    // With a script the list is one stop for the Tab key.
    let stop = move || zoned.get().then_some("-1");

    view! {
        <p class="message-foot">
            <a class="message-edited" href=history_path(id, message) title=exact tabindex=stop>
                {use_words().changes().edited}
            </a>
        </p>
    }
}

/// In place of what I have deleted, as long as I can bring it back.
#[component]
pub fn Retracted(id: String, conversation: ConversationId, message: MessageId) -> impl IntoView {
    let words = use_words();
    let outbox = StoredValue::new(use_outbox());
    let undo = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        outbox.with_value(|outbox| outbox.restore(conversation, message));
    };

    view! {
        <form class="message-body message-retracted" id=id method="post" action=RestoreMessage::url() on:submit=undo>
            <MessageField conversation message/>
            <span>{words.changes().you_deleted}</span>
            <button type="submit" class="button button--quiet">{words.changes().undo}</button>
        </form>
    }
}
