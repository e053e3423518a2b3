//! Pages about one message: which one, how it is shown there, and how their forms name it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{Message, voices::Voices};
use crate::{
    asking::{Answer, Question, use_answer},
    border::Json,
    error::{Error, Field as Which},
    ids::{ConversationId, MessageId},
    text::{use_words, view::prose},
    ui::{field::FieldFrame, refusal::Refusal, text_area::TextArea, time::ListTime},
};

/// The message that the address names.
pub fn use_message() -> Memo<Option<(ConversationId, MessageId)>> {
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| {
            let id = params.get("id")?.parse::<ConversationId>().ok()?;
            Some((id, params.get("message")?.parse::<MessageId>().ok()?))
        })
    })
}

/// What `read` says of the message that the address names.
pub fn use_answer_about<T, Asking>(
    read: impl Fn(ConversationId, MessageId) -> Asking + Copy + Send + Sync + 'static,
) -> Answer<T>
where
    T: 'static,
    Asking: Future<Output = Result<Json<T>, Error>> + Send + 'static,
{
    let address = use_message();
    use_answer(move || {
        let address = address.get();
        Question::new(move || async move {
            let (conversation, message) = address.ok_or(Error::NotFound)?;
            read(conversation, message).await
        })
    })
}

/// Names a message in a form about it.
#[component]
pub fn MessageField(conversation: ConversationId, message: MessageId) -> impl IntoView {
    view! {
        <input type="hidden" name="conversation" value=conversation.to_string()/>
        <input type="hidden" name="message" value=message.to_string()/>
    }
}

/// What was said, by whom and when.
#[component]
pub fn Quoted(message: Message, voices: Voices) -> impl IntoView {
    let words = use_words();
    let author = voices.called(message.sender, words);
    let text = prose(&message.body, &message.colours, &author, words);

    view! {
        <figure class="quoted">
            <figcaption class="message-head">
                <span class="message-author" dir="auto">{author}</span>
                <ListTime at=message.at class="message-time"/>
            </figcaption>
            <div class="prose">{text}</div>
        </figure>
    }
}

/// The field `body`, with what was refused, else `initial`. `text` follows what is typed.
#[component]
pub fn BodyField(
    refusal: Refusal,
    #[prop(optional)] text: RwSignal<Option<String>>,
    #[prop(optional)] initial: String,
) -> impl IntoView {
    let wrong = refusal.beside(Which::Body);

    view! {
        <FieldFrame label=use_words().talk().message name="body" hint=None error=wrong>
            <TextArea
                id="field-body"
                name="body"
                class="input"
                placeholder=String::new()
                initial=refusal.typed("body").unwrap_or(initial)
                area=NodeRef::new()
                text
                error=Signal::derive(move || wrong.with(Option::is_some).then_some("field-body-error"))
                grown=Callback::new(|()| {})
            />
        </FieldFrame>
    }
}
