//! Editing a message where no script helps: a page of its own.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Editable,
    delete_page::{MessageField, use_message},
    server_fns::{EditMessage, read_editable},
};
use crate::{
    asking::{Answer, Question, use_answer},
    conversations::{conversation_page::Unread, message_path},
    error::{Error, Field as Which},
    ids::{ConversationId, MessageId},
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
pub fn edit_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/edit", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/edit`
#[component]
pub fn EditPage() -> impl IntoView {
    let address = use_message();
    let editable = use_answer::<Editable>(move || {
        let address = address.get();
        Question::new(move || async move {
            let (conversation, message) = address.ok_or(Error::NotFound)?;
            read_editable(conversation, message).await
        })
    });
    visit::leave_if_signed_out(editable.error());

    view! { <Transition fallback=|| ()><Shown address editable/></Transition> }.into_any()
}

#[component]
fn Shown(address: Memo<Option<(ConversationId, MessageId)>>, editable: Answer<Editable>) -> impl IntoView {
    editable.drawn(
        |editable| editable,
        move |editable| match (editable, address.get_untracked()) {
            (Ok(editable), Some((conversation, message))) => {
                view! { <Editing conversation message editable/> }.into_any()
            }
            (Err(Error::NotFound), _) | (_, None) => view! { <NothingHere/> }.into_any(),
            (Err(error), _) => view! { <Unread error/> }.into_any(),
        },
    )
}

#[component]
fn Editing(conversation: ConversationId, message: MessageId, editable: Editable) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(EditMessage::url());
    let refusal = use_refusal(posting);
    let wrong = refusal.beside(Which::Body);
    let path = message_path(conversation, message);

    view! {
        <Within path=path.clone() name=editable.place title=words.changes.edit_message>
            <section class="section">
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Body])/>
                    <MessageField conversation message/>
                    <FieldFrame label=words.message name="body" hint=None error=wrong>
                        <TextArea
                            id="field-body"
                            name="body"
                            class="input"
                            placeholder=String::new()
                            initial=refusal.typed("body").unwrap_or(editable.body)
                            area=NodeRef::new()
                            text=RwSignal::new(None)
                            error=Signal::derive(move || wrong.with(Option::is_some).then_some("field-body-error"))
                            grown=Callback::new(|()| {})
                        />
                    </FieldFrame>
                    <div class="row">
                        <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
                        <a class="button" href=path>{words.cancel}</a>
                    </div>
                </Form>
            </section>
        </Within>
    }
    .into_any()
}
