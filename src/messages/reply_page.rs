//! Answering a message where no script helps: a page of its own.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Answerable, Message,
    about::{BodyField, Quoted, use_answer_about},
    server_fns::{SendMessage, read_answerable},
    voices::use_voices,
};
use crate::{
    accounts::Person,
    conversations::message_path,
    error::Field as Which,
    ids::{ClientKey, ConversationId, MessageId},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
    },
};

/// The address of the page.
pub fn reply_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/reply", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/reply`
#[component]
pub fn ReplyPage() -> impl IntoView {
    let split = |Answerable { message, people, place, key }| (key, (message, people, place));
    use_answer_about(read_answerable).shown_with_first(split, |key, (message, people, place)| {
        view! { <Answering message people place key/> }.into_any()
    })
}

#[component]
fn Answering(message: Message, people: Vec<Person>, place: String, key: ClientKey) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SendMessage::url());
    let refusal = use_refusal(posting);
    let (conversation, answered) = (message.conversation, message.id);
    // What is said in a thread is answered there.
    let thread =
        message.thread.map(|root| view! { <input type="hidden" name="thread" value=root.to_string()/> });
    let path = message_path(conversation, answered);

    view! {
        <Within path=path.clone() name=place title=words.replies().reply_to_message>
            <section class="section">
                {use_voices(people).map(|voices| view! { <Quoted message voices/> })}
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Body])/>
                    <input type="hidden" name="conversation" value=conversation.to_string()/>
                    <input type="hidden" name="reply_to" value=answered.to_string()/>
                    {thread}
                    <input type="hidden" name="key" value=key.to_string()/>
                    <BodyField refusal/>
                    <div class="row">
                        <Submit label=words.talk().send weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}
