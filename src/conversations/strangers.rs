//! Writing to somebody by name, and answering a stranger who has written.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    about::Request,
    groups::people_page::ConversationField,
    server_fns::{AcceptTalk, DeclineTalk, WriteTo},
};
use crate::{
    accounts::Person,
    error::Field as Which,
    friends::blocking::Blocking,
    ids::ConversationId,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
};

/// `/write`
#[component]
pub fn WritePage() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(WriteTo::url());
    let refusal = use_refusal(posting);

    view! {
        <Page title=words.requests().write_to_somebody back="/friends">
            <section class="section">
                <Form posting class="form">
                    <Alert text=refusal.elsewhere(&[Which::Person])/>
                    <Field
                        label=words.friendship().person
                        name="person"
                        autocomplete="off"
                        maxlength=254
                        hint=words.requests().write_to_somebody_hint
                        value=refusal.typed("person")
                        error=refusal.beside(Which::Person)
                    />
                    <Submit label=words.requests().write weight=Weight::Primary pending=posting.pending()/>
                </Form>
            </section>
        </Page>
    }
    .into_any()
}

/// In place of the box to write in: whoever was asked answers first.
#[component]
pub fn Answering(id: ConversationId, request: Request, from: Person) -> impl IntoView {
    let words = use_words();
    let accepting = use_posting(AcceptTalk::url());
    let declining = accepting.or(DeclineTalk::url());
    let refusal = use_refusal(accepting);
    let name = from.called(words);
    let told = match request {
        Request::Pending => words.requests().wants_to_write,
        Request::Declined => words.requests().was_declined,
    };

    view! {
        <div class="notice composer-closed answering">
            <p>{told(&name)}</p>
            <div class="person-actions">
                <Form posting=accepting>
                    <ConversationField id/>
                    <Submit label=words.accept weight=Weight::Primary pending=accepting.pending()/>
                </Form>
                {(request == Request::Pending).then(|| view! {
                    <Form posting=declining>
                        <ConversationField id/>
                        <Submit label=words.decline weight=Weight::Quiet pending=accepting.pending()/>
                    </Form>
                })}
                <Blocking person=from/>
            </div>
            <Alert text=refusal.elsewhere(&[])/>
        </div>
    }
}
