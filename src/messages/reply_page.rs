//! Answering a message where no script helps: a page of its own.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Answerable, Message,
    delete_page::{Quoted, use_message},
    server_fns::{SendMessage, read_answerable},
    voices::Voices,
};
use crate::{
    asking::{Answer, Question, use_answer},
    conversations::{conversation_page::Unread, message_path},
    error::{Error, Field as Which},
    ids::{ClientKey, ConversationId, MessageId},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::FieldFrame,
        form::{Form, use_posting},
        nothing_here::NothingHere,
        page::Within,
        refusal::{Alert, use_refusal},
        text_area::TextArea,
    },
    visit,
};

/// The address of the page.
pub fn reply_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/reply", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/reply`
#[component]
pub fn ReplyPage() -> impl IntoView {
    let address = use_message();
    let answerable = use_answer::<Answerable>(move || {
        let address = address.get();
        Question::new(move || async move {
            let (conversation, message) = address.ok_or(Error::NotFound)?;
            read_answerable(conversation, message).await
        })
    });
    visit::leave_if_signed_out(answerable.error());

    view! { <Transition fallback=|| ()><Shown answerable/></Transition> }.into_any()
}

#[component]
fn Shown(answerable: Answer<Answerable>) -> impl IntoView {
    // Each answer brings another key; the form keeps the first, under which it may be sent twice.
    let key = StoredValue::new(None);
    answerable.drawn(
        move |Answerable { message, people, place, key: new }| {
            key.update_value(|key| {
                key.get_or_insert(new);
            });
            (message, people, place)
        },
        move |answerable| match (answerable, key.get_value(), visit::use_viewer()) {
            (Ok((message, people, place)), Some(key), Some(viewer)) => {
                let voices = Voices::of(&viewer.person, people, Vec::new());
                view! { <Answering message voices place key/> }.into_any()
            }
            (Err(Error::NotFound), ..) => view! { <NothingHere/> }.into_any(),
            (Err(error), ..) => view! { <Unread error/> }.into_any(),
            (Ok(_), ..) => ().into_any(),
        },
    )
}

#[component]
fn Answering(message: Message, voices: Voices, place: String, key: ClientKey) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(SendMessage::url());
    let refusal = use_refusal(posting);
    let wrong = refusal.beside(Which::Body);
    let (conversation, answered) = (message.conversation, message.id);
    // What is said in a thread is answered there.
    let thread =
        message.thread.map(|root| view! { <input type="hidden" name="thread" value=root.to_string()/> });
    let path = message_path(conversation, answered);

    view! {
        <Within path=path.clone() name=place title=words.replies.reply_to_message>
            <section class="section">
                <Quoted message voices/>
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Body])/>
                    <input type="hidden" name="conversation" value=conversation.to_string()/>
                    <input type="hidden" name="reply_to" value=answered.to_string()/>
                    {thread}
                    <input type="hidden" name="key" value=key.to_string()/>
                    <FieldFrame label=words.message name="body" hint=None error=wrong>
                        <TextArea
                            id="field-body"
                            name="body"
                            class="input"
                            placeholder=String::new()
                            initial=refusal.typed("body").unwrap_or_default()
                            area=NodeRef::new()
                            text=RwSignal::new(None)
                            error=Signal::derive(move || wrong.with(Option::is_some).then_some("field-body-error"))
                            grown=Callback::new(|()| {})
                        />
                    </FieldFrame>
                    <div class="row">
                        <Submit label=words.send weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}
