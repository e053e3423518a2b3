//! Another address to log in with.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    phones::proof::{ProofField, ProofSender},
    server_fns::ChangeEmail,
};
use crate::{
    error::Field as Which,
    text::use_words,
    ui::{
        button::{Submit, Weight},
        field::Field,
        form::{Form, use_posting},
        page::Page,
        refusal::{Alert, use_refusal},
    },
    visit::use_viewer,
};

#[component]
pub fn EmailPage() -> impl IntoView {
    let words = use_words();
    let has_one = use_viewer().is_none_or(|viewer| !viewer.email.is_empty());
    let title = if has_one { words.accounts().change_email } else { words.phones().add_email };

    view! {
        <Page title back="/settings">
            <section class="section">
                <ProofSender/>
                <EmailForm/>
            </section>
        </Page>
    }
    .into_any()
}

#[component]
fn EmailForm() -> impl IntoView {
    let words = use_words();
    let posting = use_posting(ChangeEmail::url());
    let refusal = use_refusal(posting);
    let email = use_viewer().map(|viewer| viewer.email);

    view! {
        <Form posting class="form">
            <Alert text=refusal.elsewhere(&[Which::Email, Which::CurrentPassword, Which::Code])/>
            <Field
                label=words.accounts().email
                name="email"
                kind="email"
                autocomplete="email"
                maxlength=254
                hint=words.accounts().email_hint
                value=refusal.typed("email").or(email)
                error=refusal.beside(Which::Email)
            />
            <ProofField refusal/>
            <div class="form-actions">
                <Submit label=words.save weight=Weight::Primary pending=posting.pending()/>
                <a class="button button--quiet" href="/settings">{words.cancel}</a>
            </div>
        </Form>
    }
}
