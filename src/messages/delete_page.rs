//! The page that asks before a message is deleted.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Deletable, Message,
    about::{MessageField, Quoted, use_answer_about},
    server_fns::{DeleteMessage, read_deletable},
    voices::Voices,
};
use crate::{
    accounts::Viewer,
    conversations::message_path,
    ids::{ConversationId, MessageId},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
    },
    visit,
};

/// The address of the page that asks.
pub fn delete_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/delete", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/delete`
#[component]
pub fn DeletePage() -> impl IntoView {
    use_answer_about(read_deletable).shown(identity, |deletable| {
        visit::use_viewer().map(|viewer| view! { <Asking deletable viewer/> }).into_any()
    })
}

#[component]
fn Asking(deletable: Deletable, viewer: Viewer) -> impl IntoView {
    let words = use_words();
    let Deletable { message, people, place } = deletable;
    let voices = Voices::of(&viewer.person, people, Vec::new());
    let path = message_path(message.conversation, message.id);
    let inside = match voices.deletion(&message, words) {
        Some(deleted) => view! { <p class="notice" dir="auto">{deleted}</p> }.into_any(),
        None => view! { <Question message voices/> }.into_any(),
    };

    view! {
        <Within path name=place title=words.moderation().delete_message>
            <section class="section">{inside}</section>
        </Within>
    }
}

/// What follows from a yes, about which message, and the way back.
#[component]
fn Question(message: Message, voices: Voices) -> impl IntoView {
    let words = use_words();
    let (conversation, id) = (message.conversation, message.id);
    let posting = use_posting(DeleteMessage::url());
    let refusal = use_refusal(posting);
    let question = match message.sender == voices.me() {
        true => words.changes().delete_own_question,
        false => words.moderation().delete_question,
    };

    view! {
        <p>{question}</p>
        <Quoted message voices/>
        <Alert text=refusal.elsewhere(&[])/>
        <Form posting class="row">
            <MessageField conversation message=id/>
            <Submit label=words.talk().delete weight=Weight::Danger pending=posting.pending()/>
            <a class="button" href=message_path(conversation, id)>{words.cancel}</a>
        </Form>
    }
}
