//! Editing a message where no script helps: a page of its own.

use std::convert::identity;

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Editable,
    about::{BodyField, MessageField, use_answer_about, use_message},
    server_fns::{EditMessage, read_editable},
};
use crate::{
    conversations::message_path,
    error::Field as Which,
    ids::{ConversationId, MessageId},
    text::use_words,
    ui::{
        button::{Submit, Weight},
        form::{Form, use_posting},
        page::Within,
        refusal::{Alert, use_refusal},
    },
};

/// The address of the page.
pub fn edit_path(conversation: ConversationId, message: MessageId) -> String {
    format!("{}/edit", message_path(conversation, message))
}

/// `/c/{id}/m/{message}/edit`
#[component]
pub fn EditPage() -> impl IntoView {
    let address = use_message();
    use_answer_about(read_editable).shown(identity, move |editable| {
        let address = address.get_untracked();
        address.map(|(id, message)| view! { <Editing conversation=id message editable/> }).into_any()
    })
}

#[component]
fn Editing(conversation: ConversationId, message: MessageId, editable: Editable) -> impl IntoView {
    let words = use_words();
    let posting = use_posting(EditMessage::url());
    let refusal = use_refusal(posting);
    let path = message_path(conversation, message);

    view! {
        <Within path=path.clone() name=editable.place title=words.changes().edit_message>
            <section class="section">
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Body])/>
                    <MessageField conversation message/>
                    <BodyField refusal initial=editable.body/>
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
